/* Words that the editor and the calendar ask Django's script catalogue for, and that its
   Chinese does not have. Loaded before both. */
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
    // The catalogue's form of a word with a context.
    const weekday = (name, letter) => `one letter ${name}\u0004${letter}`;
    const weekdays = {
        [weekday("Sunday", "S")]: "日",
        [weekday("Monday", "M")]: "一",
        [weekday("Tuesday", "T")]: "二",
        [weekday("Wednesday", "W")]: "三",
        [weekday("Thursday", "T")]: "四",
        [weekday("Friday", "F")]: "五",
        [weekday("Saturday", "S")]: "六",
    };
    Object.assign(window.django?.catalog ?? {}, words, weekdays);
}
