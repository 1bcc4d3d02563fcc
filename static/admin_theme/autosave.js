/* Keeps the form as it is typed with the portal, apart from the saved story: three seconds
   after the last key, at most ten seconds after the first, and when the page is left.
   Every ten seconds it says that the form is still open. presence.js shows the answers. */
"use strict";
window.addEventListener("load", () => {
    const PAUSE = 3_000; // milliseconds after the last change
    const LONGEST = 10_000; // milliseconds after the first
    const BEAT = 10_000; // between signs of life
    const LOOK = 500; // how often the form is looked at
    const BEACON = 60_000; // bytes that a page may send while it goes
    const box = document.querySelector("[data-autosave]");
    const form = box?.closest("form");
    if (!form) {
        return;
    }
    const url = box.dataset.autosave;
    const shown = document.querySelector("[data-kept-at]");
    const fault = document.querySelector("[data-kept-fault]");
    const tab = form.querySelector('input[name="tab"]');
    const own = new Set(["csrfmiddlewaretoken", "tab", "version", "story", "kept"]);

    const textOf = () => JSON.stringify(
        [...new FormData(form)].filter(([name, value]) => !own.has(name) && typeof value === "string")
    );

    let isTouched = "typed" in box.dataset;
    let kept = isTouched ? null : textOf(); // what the portal has, or what was loaded
    let last = kept;
    let changedAt = isTouched ? Date.now() : 0;
    let firstAt = changedAt;
    let heardAt = 0;
    let turn = 0;
    let isBusy = false;
    let isSaving = false;

    const message = text => {
        const data = new FormData();
        if (text === null) {
            for (const name of own) {
                data.set(name, form.elements[name].value);
            }
        } else {
            for (const [name, value] of new FormData(form)) {
                if (typeof value === "string") {
                    data.append(name, value);
                }
            }
            turn = Math.max(turn + 1, Date.now());
            data.set("turn", turn);
        }
        return data;
    };

    const say = sentence => {
        if (fault.textContent !== sentence) {
            fault.textContent = sentence;
        }
    };

    const failed = async response => {
        if (response.status === 409) {
            const answer = await response.json();
            turn = Math.max(turn, answer.turn ?? 0);
            if (answer.closed) {
                tab.value = crypto.randomUUID();
            }
            return; // the next look sends it again
        }
        if (response.status === 403) {
            say("没有暂存：你现在不能改这篇稿件，或者登录已经变了。请把写的内容复制出来，再重新打开。");
        } else if (response.headers.get("Content-Type")?.startsWith("application/json")) {
            say(`没有暂存：${(await response.json()).says}`);
        } else {
            say("没有暂存：网站出了错，正文还在本页，会再试。");
        }
    };

    const heard = async (response, text) => {
        if (response.redirected) {
            say("没有暂存：你已退出登录。请在另一个标签页登录，正文还在本页，会再试。");
            return;
        }
        if (!response.ok) {
            await failed(response);
            return;
        }
        const answer = await response.json();
        say("");
        if (text !== null) {
            kept = text;
            firstAt = last === kept ? 0 : Date.now();
            shown.textContent = `已暂存 ${answer.kept_at}`;
        }
        document.dispatchEvent(new CustomEvent("desk:heard", { detail: answer }));
    };

    const send = async text => {
        isBusy = true;
        heardAt = Date.now();
        try {
            await heard(await fetch(url, { method: "POST", body: message(text) }), text);
        } catch {
            if (text !== null) {
                say("没有暂存：连不上服务器，正文还在本页，会再试。");
            }
        } finally {
            isBusy = false;
        }
    };

    const look = () => {
        const now = Date.now();
        const text = textOf();
        if (!isTouched) {
            kept = last = text; // the editors put the form in order while it loads
        } else if (text !== last) {
            last = text;
            changedAt = now;
            firstAt ||= now;
        }
        if (isBusy || isSaving) {
            return;
        }
        const waits = fault.textContent ? now - heardAt < PAUSE : false;
        if (last !== kept && !waits && (now - changedAt >= PAUSE || now - firstAt >= LONGEST)) {
            send(last);
        } else if (now - heardAt >= BEAT) {
            send(null);
        }
    };

    const leave = () => {
        const text = textOf();
        if (!isTouched || isSaving || text === kept) {
            return;
        }
        // What is too long for a page that goes is sent the usual way, which mostly works.
        const isShort = new Blob([text]).size < BEACON;
        if (isShort && navigator.sendBeacon(url, message(text))) {
            kept = last = text;
        } else if (!isBusy) {
            send(text);
        }
    };

    for (const kind of ["keydown", "input", "change", "pointerdown", "paste", "drop"]) {
        form.addEventListener(kind, () => {
            isTouched = true;
        }, { capture: true });
    }
    form.addEventListener("submit", event => {
        // Another page opens for a comparison; this one stays.
        isSaving = !event.submitter?.formTarget;
    });
    document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") {
            leave();
        }
    });
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", event => {
        if (event.persisted) {
            isSaving = false;
        }
    });
    window.addEventListener("beforeunload", event => {
        if (isTouched && !isSaving && textOf() !== kept) {
            leave();
            if (textOf() !== kept) {
                event.preventDefault();
            }
        }
    });
    setInterval(look, LOOK);
    send(null);
});
