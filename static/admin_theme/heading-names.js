/* The choice between heading and paragraph speaks Chinese: the package has its words
   built in. editor-names.js names everything else. */
"use strict";
{
    const words = { heading2: "小标题", paragraph: "普通段落" };
    const titles = { "heading 2": "小标题" };

    const finish = () => {
        for (const option of document.querySelectorAll(".prose-menubar__option[data-name]")) {
            const word = words[option.dataset.name];
            const text = option.firstElementChild ?? option;
            if (word && text.textContent !== word) {
                text.textContent = word;
            }
        }
        for (const button of document.querySelectorAll(".prose-menubar__button[title]")) {
            const word = titles[button.title.toLowerCase()];
            if (word) {
                button.title = word;
                button.setAttribute("aria-label", word);
            }
        }
    };
    new MutationObserver(finish).observe(document.documentElement, { childList: true, subtree: true });
}
