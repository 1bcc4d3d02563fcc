"""Names in running text, and a person's name by itself.

Foreign names are told by their middle dot, or because the segmenter takes them for names
and they are written with the characters of transcription alone. Chinese names have a
module of their own, editions.chinese_names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from editions.catalogue import HANS, by_code
from editions.chains import name_converter
from editions.chinese_names import chinese_name_spans
from editions.name_forms import ONLY_AS_SURNAMES
from editions.segmenting import tagged

# The characters that transcribe foreign names. 里 and 范 are among them, and only these
# two would change; 于 and 余 begin no foreign name that news writes with a dot.
_SOUND = (
    "阿埃艾爱安昂奥澳巴白柏拜班邦保鲍贝本比彼毕宾波伯勃博布查茨达戴丹当道德登邓狄迪蒂丁顿"
    "多恩尔范菲芬丰冯佛夫弗福富盖甘冈高戈格葛根古哈海汉豪赫亨洪胡华怀惠霍基吉加贾杰捷金"
    "卡凯坎康考柯科可克肯库奎拉莱赖兰朗劳勒雷里理利莉丽林龙隆卢鲁伦罗洛吕马玛迈曼梅门蒙米"
    "密明莫默穆纳娜南内尼宁纽努诺欧帕潘佩彭皮珀普契乔琼瑞若萨塞桑瑟森沙莎山尚舍圣施史什"
    "士世斯松苏索塔泰坦汤唐特提廷图托瓦万旺威韦维魏温文翁沃乌武西希锡夏肖谢辛休逊雅亚扬"
    "延耶叶伊因英尤约泽詹珍祖佐兹"
)
_SOUNDS = frozenset(_SOUND)
_FOREIGN_NAME = re.compile(f"[{_SOUND}]{{1,10}}+(?:·[{_SOUND}]{{1,10}}+)+")
# Where one without a dot may stand, to be asked of the segmenter.
_AMONG_SOUNDS = re.compile(f"里(?:(?=[{_SOUND}])|(?<=[{_SOUND}]{{2}}里))")
_AROUND = re.compile("[\u3400-\u9fff]*")
_WINDOW = 8  # characters on either side
_CHANGING = re.compile("[里范]")
_PLACE_BEFORE = "这那哪家城村乡镇县市区省屋房校院园山河湖海江夜年月日心手眼嘴梦"


def person_name_in(name: str, edition_code: str) -> str:
    """A person's name, written in Simplified, as the edition prints it.

    `name` is the whole name and nothing else. A name is no text: characters with several
    Traditional forms get the one usual in names whatever stands beside them (岳云鹏 is
    岳雲鵬, 范后 stays), all others convert one by one. Foreign names with a middle dot
    keep 里, 范, 于 and 余 too. The number of characters stays. In the Simplified edition
    the name is returned as it is. Raises KeyError for an unknown edition.
    """
    if by_code(edition_code).script == HANS:
        return name
    written = name_converter(edition_code).convert(name)
    if name[:1] in ONLY_AS_SURNAMES:
        return name[0] + written[1:]
    return written


def name_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Offsets in Simplified text, and the Traditional form; None keeps the character.

    In no order and without overlaps: the rule that is named first wins.
    """
    found: dict[int, tuple[int, int, str | None]] = {}
    for span in _found_spans(text):
        found.setdefault(span[0], span)
    yield from found.values()


def _found_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    yield from chinese_name_spans(text)
    for match in _AMONG_SOUNDS.finditer(text):
        at = match.start()
        before = _han_before(text, at)
        after = _AROUND.match(text, at, at + 1 + _WINDOW)
        if after and _is_transcribed(before, after.group()):
            yield at, at + 1, None
    if "·" in text:
        for match in _FOREIGN_NAME.finditer(text):
            yield from _inside_name(text, match)


def _han_before(text: str, at: int) -> str:
    reversed_text = text[max(0, at - _WINDOW) : at][::-1]
    match = _AROUND.match(reversed_text)
    return match.group()[::-1] if match else ""


@lru_cache(maxsize=4096)
def _is_transcribed(before: str, after: str) -> bool:
    """Whether 里, the first of `after`, is in what the segmenter takes for a name and is
    sound from end to end."""
    place = 0
    for word, kind in tagged(before + after):
        if place <= len(before) < place + len(word):
            is_long = len(word) > 2 or (word[0] == "里" and len(word) > 1)
            return is_long and kind.startswith("nr") and set(word) <= _SOUNDS
        place += len(word)
    return False


def _inside_name(
    text: str, name: re.Match[str]
) -> Iterator[tuple[int, int, str | None]]:
    for match in _CHANGING.finditer(text, name.start(), name.end()):
        at = match.start()
        is_a_place_word = at == name.start() and text[at - 1 : at] in set(_PLACE_BEFORE)
        if not is_a_place_word:
            yield at, match.end(), None
