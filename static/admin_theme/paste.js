/* Keeps the rich form of what is pasted, in a hidden field beside the plain text.
   The rich form is read on the server and never shown here. Once the words are changed
   by hand it no longer fits them, and is given up. */
"use strict";
{
    const MOST = 900000; // bytes: with the words it must stay below what the server takes
    const TELLING = /font-weight|display|mso-list|mso-hide/i;

    /* As a string: a parsed document would try to apply its styles, which this page forbids. */
    const essence = html => html
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/<(style|script|xml|svg|noscript|title)\b[\s\S]*?<\/\1\s*>/gi, "")
        .replace(/\sstyle=("[^"]*"|'[^']*')/gi, (_, quoted) => {
            const kept = quoted.slice(1, -1).split(";").filter(rule => TELLING.test(rule));
            return kept.length ? ` style=${quoted[0]}${kept.join(";")}${quoted[0]}` : "";
        });

    const size = text => new Blob([text]).size;

    document.querySelectorAll("[data-paste]").forEach(form => {
        const words = form.querySelector("[data-paste-text]");
        const rich = form.querySelector("[data-paste-html]");
        const status = form.querySelector("[data-paste-status]");
        let pastedNow = false;

        const tell = key => {
            status.textContent = key ? status.dataset[key] : "";
        };

        words.addEventListener("paste", event => {
            const html = event.clipboardData.getData("text/html");
            const replacesAll = words.selectionStart === 0 && words.selectionEnd === words.value.length;
            const goesToEnd = words.selectionStart === words.value.length && rich.value;
            pastedNow = true;
            if (!html || !(replacesAll || goesToEnd)) {
                tell(rich.value ? "lost" : "");
                rich.value = "";
                return;
            }
            const whole = replacesAll ? essence(html) : rich.value + essence(html);
            rich.value = size(whole) <= MOST ? whole : "";
            tell(rich.value ? "kept" : "tooBig");
        });

        words.addEventListener("input", () => {
            if (!pastedNow && rich.value) {
                rich.value = "";
                tell("lost");
            }
            pastedNow = false;
        });

        tell(rich.value ? "kept" : "");
    });
}
