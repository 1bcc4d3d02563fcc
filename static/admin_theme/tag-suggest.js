/* Suggests existing tags for the word being typed; 、 or ， starts the next one. */
"use strict";
window.addEventListener("load", () => {
    const SEPARATOR = /[,，、;；]/;
    const PAUSE = 200; // milliseconds
    const MOST = 8;
    const field = document.querySelector(".model-article input#id_tags");
    if (!field) {
        return;
    }
    const source = new URL(field.dataset.suggest, document.baseURI);
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "tag-suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "已有的标签");
    field.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["autocomplete", "off"]]) {
        field.setAttribute(name, value);
    }
    let timer;
    let asked = 0;

    const startOfWord = () => {
        const before = field.value.slice(0, field.selectionStart);
        return before.length - before.split(SEPARATOR).at(-1).length;
    };
    const word = () => field.value.slice(startOfWord(), field.selectionStart).trim();

    const show = names => {
        list.replaceChildren(...names.map((name, index) => {
            const item = document.createElement("li");
            item.id = `tag-suggestion-${index}`;
            item.setAttribute("role", "option");
            item.textContent = name;
            item.addEventListener("mousedown", event => {
                event.preventDefault();
                take(name);
            });
            return item;
        }));
        list.hidden = names.length === 0;
        field.setAttribute("aria-expanded", String(!list.hidden));
        field.removeAttribute("aria-activedescendant");
    };

    const take = name => {
        const start = startOfWord();
        const head = `${field.value.slice(0, start)}${name}、`;
        const tail = field.value.slice(field.selectionStart).replace(/^[^,，、;；]*[,，、;；]?/, "");
        field.value = head + tail;
        field.setSelectionRange(head.length, head.length);
        show([]);
    };

    const ask = async () => {
        const term = word();
        const question = ++asked;
        if (!term) {
            show([]);
            return;
        }
        source.searchParams.set("term", term);
        const response = await fetch(source, { credentials: "same-origin" });
        if (!response.ok || question !== asked) {
            return;
        }
        const answer = await response.json();
        const typed = field.value.split(SEPARATOR).map(name => name.trim());
        show(answer.results.map(tag => tag.text).filter(name => !typed.includes(name)).slice(0, MOST));
    };

    const choose = step => {
        const items = [...list.children];
        const next = (items.findIndex(item => item.getAttribute("aria-selected") === "true") + step + items.length) % items.length;
        items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
        field.setAttribute("aria-activedescendant", items[next].id);
    };

    field.addEventListener("input", event => {
        clearTimeout(timer);
        if (!event.isComposing) {
            timer = setTimeout(ask, PAUSE);
        }
    });
    field.addEventListener("compositionend", () => {
        timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("blur", () => show([]));
    field.addEventListener("keydown", event => {
        if (list.hidden || event.isComposing) {
            return;
        }
        const chosen = list.querySelector('[aria-selected="true"]');
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            choose(event.key === "ArrowDown" ? 1 : chosen ? -1 : 0);
        } else if (event.key === "Enter" && chosen) {
            event.preventDefault();
            take(chosen.textContent);
        } else if (event.key === "Escape") {
            show([]);
        }
    });
});
