/* How long the title is, while it is typed. */
"use strict";
window.addEventListener("load", () => {
    const LONG = 30;
    const title = document.querySelector(".model-article input#id_title");
    if (!title) {
        return;
    }
    const count = document.createElement("span");
    count.className = "title-count";
    const update = () => {
        const length = [...title.value.trim()].length;
        count.textContent = length > LONG ? `${length} 字，偏长` : `${length} 字`;
        count.toggleAttribute("data-long", length > LONG);
    };
    title.after(count);
    title.addEventListener("input", update);
    update();
});
