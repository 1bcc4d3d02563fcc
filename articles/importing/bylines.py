"""Authors where no label names them: in the dateline, beside the time, after the last stop."""

import re
from collections.abc import Sequence

from articles.importing.names import (
    leading_person,
    looks_like_person,
    names_in_running_text,
)

_HEAD = 160  # characters of a paragraph in which a dateline stands
_TAIL = 60  # characters of a paragraph in which a signature stands

_ROLE = (
    "记者|記者|特派员|特派員|通讯员|通訊員|评论员|評論員|实习生|實習生|撰稿人|特约撰稿"
)
_BRACKETED = re.compile(
    rf"[（(〔【\[](?P<inner>[^（()）〔〕【】\[\]。]{{0,40}}?(?:{_ROLE})[^（()）〔〕【】\[\]。]{{1,50}})[)）〕】\]]"
)
_DATELINE = re.compile(r"(?:[电電讯訊])\s*[（(](?P<inner>[^（()）]{2,50})[)）]")
_REPORTED = re.compile(
    r"(?P<names>[\u3400-\u9fff、 ]{2,24})\s*[/／╱]\s*[\u3400-\u9fff]{0,10}(?:報導|報道|报导|报道|專訪|专访)"
)
_LINE = re.compile(
    rf"^[（(【\s□■◎●▲◆]*(?P<before>[\u3400-\u9fffA-Za-z0-9—·“”《》 ]{{0,24}}?)(?:{_ROLE})\s*[:：]?\s*(?P<names>[^。！？，]{{2,40}}?)"
    r"\s*(?:摄影报道|报道|報導|報道|文/图|文／图|图/文|采写|发自[\u3400-\u9fff]{2,8})?[)）】\s]*$"
)
_OFFICE_AND_NAME = re.compile(
    r"^[\u3400-\u9fff“”《》·]{2,20}(?:发言人|發言人|主任|书记|部长|主席|院长|局长|县长|市长|省长|教授|主编)\s+[\u3400-\u9fff]{2,4}$"
)
_SIGNATURE = re.compile(
    r"[。！？”’」』…；.!?]\s*[（(](?P<inner>[^（()）]{2,40})[)）]\s*$"
)
_ROLE_SPLIT = re.compile(
    rf"(?:[\u3400-\u9fffA-Za-z0-9—·“”]{{0,16}}?)(?:{_ROLE})(?:[:：]|\s)*"
)
_PLACE_AND_DAY = re.compile(r"[\u3400-\u9fff]{0,6}\d{1,2}日[\u3400-\u9fff]{0,6}$")
_MANNER = re.compile(
    r"\s*(?:文\s*[/／、]?\s*[图圖]|[图圖]\s*[/／、]?\s*文|摄影报道|摄影报导|文并摄|文)\s*$"
)
_PICTURE = re.compile(r"[摄攝]影?$|摄$|圖$|图$|供图|拍[摄攝]")


def authors_in_body(paragraphs: Sequence[str]) -> list[str]:
    """The authors that the text names, looking where papers print them; may be empty."""
    for paragraph in paragraphs[:3]:
        authors = authors_in_dateline(paragraph[:_HEAD])
        if authors:
            return authors
    for paragraph in (*paragraphs[:2], *paragraphs[-3:]):
        authors = authors_of_line(paragraph)
        if authors:
            return authors
    for paragraph in reversed(paragraphs[-3:]):
        authors = _authors_in_signature(paragraph[-_TAIL:])
        if authors:
            return authors
    return []


def authors_in_dateline(text: str) -> list[str]:
    """The people of （记者 …）, …电（…） and 〔記者…／…報導〕."""
    for match in _BRACKETED.finditer(text):
        authors = _after_roles(match["inner"])
        if authors:
            return authors
    for match in _DATELINE.finditer(text):
        authors = names_in_running_text(_ROLE_SPLIT.sub(" ", match["inner"]))
        if authors:
            return authors
    reported = _REPORTED.search(text[:60])
    return _reported(reported["names"]) if reported else []


def authors_of_line(line: str) -> list[str]:
    """The people of a line that is nothing but a by-line: 本报记者 张三 李四."""
    if len(line) > 50 or _PICTURE.search(_without_manner(line)):
        return []
    match = _LINE.match(line)
    if match:
        return _after_roles(line.strip("（()）【】[] "))
    reported = _REPORTED.fullmatch(line.strip("〔〕【】（()） "))
    return _reported(reported["names"]) if reported else []


def is_byline(line: str) -> bool:
    """Whether a line only says who speaks or writes, and so is neither text nor heading."""
    return bool(authors_of_line(line) or _OFFICE_AND_NAME.match(line))


def is_signature(line: str) -> bool:
    """Whether a whole line is a name or names in brackets."""
    match = re.fullmatch(r"[（(](?P<inner>[^（()）]{2,40})[)）]", line)
    inner = _without_manner(match["inner"]) if match else ""
    return bool(names_in_running_text(_ROLE_SPLIT.sub(" ", inner)))


def _without_manner(inner: str) -> str:
    """苏眉 of 苏眉 文/图: what they did is no name, and no sign of a caption."""
    return _MANNER.sub("", inner)


def _authors_in_signature(text: str) -> list[str]:
    match = _SIGNATURE.search(text) or re.fullmatch(
        r"[（(](?P<inner>[^（()）]{2,40})[)）]", text
    )
    inner = _without_manner(match["inner"]) if match else ""
    if not inner or _PICTURE.search(inner):
        return []
    return names_in_running_text(_ROLE_SPLIT.sub(" ", inner))


def _reported(names: str) -> list[str]:
    """林宸誼 of 聯合報 記者林宸誼, before the stroke."""
    after = re.split(rf"(?:{_ROLE})", names)[-1]
    return names_in_running_text(after)


def _after_roles(inner: str) -> list[str]:
    inner = _without_manner(inner)
    if _PICTURE.search(inner):
        return []
    inner = re.split(r"[/／╱]", inner)[0]
    first, *pieces = _ROLE_SPLIT.split(inner)
    authors = names_in_running_text(first)
    for piece in pieces:
        authors += names_in_running_text(piece) or _run_on(piece)
    return list(dict.fromkeys(authors))


def _run_on(piece: str) -> list[str]:
    """王小明台北16日電: a name, a place and a day without a break."""
    if not _PLACE_AND_DAY.search(piece):
        return []
    names = [leading_person(part) for part in re.split(r"[、\s]", piece.strip())]
    return [name for name in names if name and looks_like_person(name)]
