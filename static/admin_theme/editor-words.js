/* The rich text editor speaks Chinese, and each one is named by the label of its field.
   The package asks Django's script catalogue for some words and has others built in. */
"use strict";
{
    const words = {
        "Add caption": "加图说",
        "Alternative Text": "替代文字",
        "Bullets": "圆点",
        "Cancel": "取消",
        "Caption": "图说",
        "Columns": "列数",
        "Decimal numbers": "1、2、3",
        "Edit Link": "链接",
        "Include header row": "第一行是表头",
        "Insert": "插入",
        "Insert Table": "插入表格",
        "List properties": "编号样式",
        "List Properties": "编号样式",
        "List type": "样式",
        "Lowercase letters": "a、b、c",
        "Lowercase Roman numerals": "i、ii、iii",
        "Rows": "行数",
        "Start at": "从几开始",
        "Table Properties": "表格",
        "Title": "标题",
        "URL": "网址",
        "Update": "确定",
        "Uppercase letters": "A、B、C",
        "Uppercase Roman numerals": "I、II、III",
    };
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
    Object.assign(window.django?.catalog ?? {}, words);

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
            const word = buttons[button.title.toLowerCase()] ?? words[button.title];
            if (word) {
                button.title = word;
                button.setAttribute("aria-label", word);
            }
        }
    };
    new MutationObserver(() => finish(document)).observe(document.documentElement, { childList: true, subtree: true });
}
