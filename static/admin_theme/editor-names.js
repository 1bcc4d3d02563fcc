/* Each rich text editor is named by its section and the label of its field, and its
   buttons speak Chinese: the package has their names built in. */
"use strict";
{
    const buttons = {
        "bold": "加粗",
        "blockquote": "引用",
        "unordered list": "项目列表",
        "ordered list": "编号列表",
        "insert link": "加链接",
        "remove link": "去掉链接",
        "paragraph": "普通段落",
        "undo": "撤销",
        "redo": "重做",
        "insert table": "插入表格",
        "add column": "右边加一列",
        "delete column": "删除这一列",
        "add row": "下面加一行",
        "delete row": "删除这一行",
        "merge cells": "合并单元格",
        "delete table": "删除表格",
        "split cell": "拆分单元格",
        "toggle header cell": "表头单元格",
    };
    const answers = { Yes: "是", No: "否" };
    let count = 0;
    const idOf = element => {
        element.id ||= `editor-label-${++count}`;
        return element.id;
    };

    const finish = root => {
        for (const editor of root.querySelectorAll(".ProseMirror:not([aria-labelledby])")) {
            const label = editor.closest(".prose-editor")?.querySelector("textarea")?.labels[0];
            // By reference: the number of a section changes when it moves.
            const section = editor.closest(".inline-related")?.querySelector(".inline_label");
            if (label) {
                const parts = [section, label].filter(Boolean);
                editor.setAttribute("aria-labelledby", parts.map(idOf).join(" "));
            }
        }
        for (const button of root.querySelectorAll(".prose-menubar__button[title]")) {
            const word = buttons[button.title.toLowerCase()] ?? window.gettext?.(button.title);
            if (word) {
                button.title = word;
                button.setAttribute("aria-label", word);
            }
        }
        for (const option of root.querySelectorAll(".prose-editor-dialog option")) {
            const answer = answers[option.textContent];
            if (answer) {
                option.textContent = answer; // only once: this is a change too
            }
        }
    };
    new MutationObserver(() => finish(document)).observe(document.documentElement, { childList: true, subtree: true });
}
