/* Says who else is at the story, and that somebody saved it meanwhile, as soon as the
   portal tells autosave.js. A line changes only when its words do: it is read aloud. */
"use strict";
{
    const put = (line, words) => {
        if (line && line.textContent !== words) {
            line.textContent = words;
        }
    };
    document.addEventListener("desk:heard", event => {
        const saved = document.querySelector("[data-saved]");
        put(document.querySelector("[data-present]"), event.detail.present);
        if (saved && event.detail.saved && !document.querySelector(".conflict")) {
            saved.hidden = false;
            put(saved.querySelector("[data-saved-words]"), event.detail.saved);
        }
    });
}
