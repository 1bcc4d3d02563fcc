"""Who and where from, as a page labels them: 来源：… 作者：… 责任编辑：…"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.importing.names import (
    looks_like_person,
    names_after_label,
    names_in_running_text,
)

_SOURCE = (
    "本文来源|稿件来源|信息来源|新闻来源|文章来源|内容来源|消息来源|来源媒体|来源|出处|转自|摘自"
    "|本文來源|稿件來源|新聞來源|文章來源|來源|出處|轉自"
)
_EDITOR = "责任编辑|责任编审|责编|責任編輯|責編"
_PLAIN_EDITOR = (
    "网络编辑|本期编辑|值班编辑|本页编辑|执行编辑|见习编辑|实习编辑|新媒体编辑|文字编辑|稿件编辑|编辑"
    "|核稿編輯|執行編輯|編輯"
)
_AUTHOR = "本文作者|作者|撰文|撰稿人|撰稿|采写|採寫|执笔|執筆|文[/／、]?\\s*图|文[/／、]?\\s*圖|图文|圖文|文字"
# A role may also open a speech (记者：您好): the value must be people and nothing else.
_REPORTER = "通讯员|通訊員|实习记者|见习记者|本报记者|本网记者|全媒体记者|记者|記者"
_COLLEAGUE = (
    "总编辑|總編輯|副主编|主编|總編|总编|美术编辑|美编|图片编辑|视频编辑|音频编辑|版面编辑|英文编辑|责任校对|校对|校對|审核人?|審核"
    "|初审|复审|终审|三审|二审|一审|审校|审读|监制|監製|摄影|攝影|摄像|编译|編譯|翻译|制图|製圖|统筹|策划|出品人?|剪辑|签发|值班主任|值班"
    "|供稿|供图|通联|核稿|譯者|译者"
)
_MAKER = "图片|圖片|视频|影像|设计"
_OTHER = (
    "编辑部|編輯部|图|圖|大小|浏览次数|浏览量|浏览|点击数|点击量|点击率|点击|點閱|阅读量|阅读次数|阅读|人气|热度|字号|字體|字体"
    "|发布时间|发布日期|發布時間|發布日期|发稿时间|发表时间|发布机构|发布单位|更新时间|时间|時間|日期|成文日期|公开日期|分享到|分享|关键词|關鍵字"
    "|关键字|标签|標籤|评论数?|留言|跟贴|参与|打印|收藏|索引号|文号|主题分类|原标题|原題|声明|版权|电话|邮箱"
)
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:(?P<source>{_SOURCE})|(?P<editor>{_EDITOR})|(?P<colleague>{_COLLEAGUE})"
    rf"|(?P<maker>{_MAKER})|(?P<other>{_OTHER})"
    rf"|(?P<plain_editor>{_PLAIN_EDITOR})|(?P<author>{_AUTHOR})|(?P<reporter>{_REPORTER}))"
    r"(?:\s*[)）]?\s*[：:︰∶]+\s*|\s*[丨|/／]\s*(?=[\u4e00-\u9fff]))"
)
# Labels glued to the words before them, as in “来源：青石日报作者：…责任编辑：…”.
_GLUED = re.compile(
    rf"(?P<editor>{_EDITOR})[：:]|(?P<author>本文作者|作者)[：:]|(?P<other>浏览次数|发布时间|点击|阅读)[：:]"
)
_SLASH_BYLINE = re.compile(
    r"^[\s　（(【\[]*(?:文|撰文|采写|图文|文图|文、图|文/图)\s*[/／丨|]\s*(?P<names>[^。！？]{2,40})"
)
_BARE_EDITOR = re.compile(
    r"^[（(\[【\s]*(?P<label>责任编辑|责编|責任編輯|責編|编辑|編輯)\s+(?P<names>[\u4e00-\u9fff、 ]{2,24}?)"
    r"(?=\s*(?:校对|审核|校對|[)）\]】]|$))"
)
_COMES_FROM = re.compile(r"来源于\s*(?P<source>[\u4e00-\u9fffA-Za-z0-9《》“”]{2,20})")
_COMPILED_FROM = re.compile(
    r"(?:综合整理自|整理自|综合自|編譯自|编译自)(?P<source>[^）)。\n]{2,40})"
)
_VALUE_END = re.compile(
    r"[\]】〕]|\n|(?:19|20)\d\d\s*[-年/.]"
    r"|\s(?:A-|字号|字体|分享|举报|打印|收藏|评论|浏览|点击|阅读|人气|参与|我要|进入|关注|原创稿|大\s*中\s*小)"
)
_PLACE = (
    "北京|上海|天津|重庆|广州|深圳|杭州|南京|武汉|成都|西安|长沙|郑州|济南|青岛|大连|沈阳|长春|哈尔滨|福州|厦门|南昌|合肥|石家庄|太原"
    "|呼和浩特|昆明|贵阳|南宁|海口|兰州|西宁|银川|乌鲁木齐|拉萨|香港|澳门|台北|宁波|苏州|无锡|东莞|佛山|珠海"
)
_CITY = re.compile(rf"\s*[（(](?:{_PLACE})[)）]$")
_OUTLET = re.compile(
    r"(?:[报報社网網台臺局委办厅部院]|日报|晚报|新闻|新聞|快讯|快訊|头条|頭條|客户端|融媒体中心|融媒体|频道|在线|周刊|週刊|杂志|雜誌|中心|政府"
    r"|电视台|通讯社|发布|传媒|媒体|海外版|财经|科技|观察|时报)$"
)
_AGENCY = re.compile(
    r"^\s*[（(【]?(?P<source>[\u4e00-\u9fff]{1,6}(?:社|网|網|报|報|台|臺))(?=记者|記者|[\u4e00-\u9fff、]{2,8}\d{1,2}[月日]|快?[讯訊][（( ])"
)
_OURS = ("本报", "本報", "本网", "本網", "本台", "本臺", "本社")
_HAN_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·—《》“”（）()-]{2,20}")
MAX_SOURCE = 40  # characters
_LONGEST_NAMES = 60  # characters


@dataclass
class Credits:
    """What a page says. Lists keep the order printed.

    `dateline_source` is an outlet that only the opening of the text names.
    """

    source: str = ""
    dateline_source: str = ""
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    plain_editors: list[str] = field(default_factory=list)

    @property
    def responsible(self) -> list[str]:
        """责任编辑 if the page names any; the bare 编辑 counts only without them."""
        return self.editors or self.plain_editors


def read_labels(lines: Iterable[str]) -> Credits:
    """Read every label of `lines`; for the source the first one wins."""
    found = Credits()
    pending = ""
    for line in lines:
        pairs = [(pending, line)] if pending and _answers(pending, line) else []
        pending = ""
        pairs += _pairs(line)
        if pairs and not pairs[-1][1].strip(" ：:"):
            pending = pairs[-1][0]
        for kind, value in pairs:
            _note(found, kind, value)
        _note_unlabelled(found, line)
    return found


def has_label(line: str) -> bool:
    return bool(_LABEL.search(line) or _GLUED.search(line))


def is_credit(line: str) -> bool:
    """Whether the line names source or people by label, and not a speaker or a date."""
    for kind, value in _pairs(line):
        if kind in ("reporter", "maker"):
            if names_in_running_text(value):
                return True
        elif kind != "other":
            return True
    return bool(_BARE_EDITOR.search(line) or _SLASH_BYLINE.search(line))


def has_editor_label(line: str) -> bool:
    """Whether the line credits an editor: articles end there."""
    kinds = {match.lastgroup for match in _LABEL.finditer(line)}
    return bool({"editor", "plain_editor"} & kinds or _BARE_EDITOR.search(line))


def clean_source(value: str) -> str:
    """The outlet in a labelled value: without city, counters and what stands behind."""
    value = _cut(value).strip(" ：:|丨>〉\t")
    words = value.split()
    if len(words) > 1 and not value.isascii():
        value = words[0]
    value = _CITY.sub("", value.strip("，,。；;|丨-—_ "))
    return "" if len(value) > MAX_SOURCE or not re.search(r"\w", value) else value


def looks_like_outlet(value: str) -> bool:
    """Whether unlabelled words near the time name an outlet."""
    return bool(_HAN_WORD.fullmatch(value) and _OUTLET.search(value))


def outlet_in_dateline(text: str) -> str:
    """The outlet that opens a story: 中央社 in （中央社記者…, 青石网 in 青石网云溪5月1日电."""
    match = _AGENCY.search(text[:60])
    return "" if match is None or match["source"] in _OURS else match["source"]


def split_byline(value: str) -> tuple[str, str]:
    """Author and outlet in 石佳/中国青年报 or 上報快訊／范姜佳鈺; empty strings if neither."""
    parts = [part.strip() for part in re.split(r"[/／╱]", value)]
    if len(parts) != 2:
        return "", ""
    for author, outlet in (parts, parts[::-1]):
        if looks_like_person(author) and looks_like_outlet(outlet):
            return author, outlet
    return "", ""


def _pairs(line: str) -> list[tuple[str, str]]:
    """(kind, value) of each label in the line; a value ends where the next label begins."""
    matches = sorted(
        {
            match.start(): match
            for pattern in (_GLUED, _LABEL)
            for match in pattern.finditer(line)
        }.items()
    )
    found = []
    for index, (_, match) in enumerate(matches):
        end = matches[index + 1][0] if index + 1 < len(matches) else len(line)
        found.append((match.lastgroup or "", line[match.end() : end]))
    return found


def _answers(kind: str, line: str) -> bool:
    """Whether a line can be the value of the label that ended the line before."""
    if _LABEL.search(line) or len(line) > MAX_SOURCE:
        return False
    return kind == "source" or bool(names_in_running_text(line))


def _note(found: Credits, kind: str, value: str) -> None:
    if kind == "source":
        found.source = found.source or clean_source(value)
        return
    people = {
        "editor": found.editors,
        "plain_editor": found.plain_editors,
        "author": found.authors,
        "reporter": found.authors,
    }.get(kind)
    if people is not None:
        find = names_in_running_text if kind == "reporter" else names_after_label
        names = find(_cut(value)[:_LONGEST_NAMES])
        people += [name for name in names if name not in people]


def _cut(value: str) -> str:
    """Up to what cannot be part of it: a date, a counter, a bracket opened before it."""
    end = _VALUE_END.search(value)
    value = value[: end.start()] if end else value
    depth = 0
    for position, character in enumerate(value[:200]):
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return value[:position]
    return value


def _note_unlabelled(found: Credits, line: str) -> None:
    bare = _BARE_EDITOR.search(line)
    if bare and names_in_running_text(bare["names"]):
        kind = "editor" if bare["label"].startswith(("责", "責")) else "plain_editor"
        _note(found, kind, bare["names"])
    slash = _SLASH_BYLINE.search(line)
    if slash:
        _note(found, "author", re.split(r"[图圖摄攝]", slash["names"])[0])
    for pattern in (_COMES_FROM, _COMPILED_FROM):
        match = pattern.search(line)
        if match and not found.source:
            found.source = match["source"].strip()
