"""Names and counts that the phrase tables take for ordinary words.

A few rules stand in for endless lists: a surname is followed by a title, a transliterated
name has a middle dot, and 余 and 只 after a number count.
"""

import re
from collections.abc import Iterator

# 余, 范 and 于 before a title are surnames; 由于 and 其余 before one are found by OpenCC
# because those phrases begin earlier, so the character before is looked at here too.
_SURNAME = re.compile(
    "(?<![由对关位在属于处至终鉴善敢等过基归便勇忠始源其业剩多残有模示规典师防])[余范于](?="
    "某|先生|女士|小姐|太太|夫人|同学|同志|老师|教授|博士|院士|书记|主任|局长|县长|市长|镇长"
    "|乡长|部长|院长|校长|所长|队长|站长|会长|经理|总经理|医生|大夫|律师|法官|警官|师傅"
    "|大爷|大妈|大娘|大叔|大姐|大哥|奶奶|爷爷|阿姨|伯伯|叔叔)"
)
_NUMBER_AND_MORE = re.compile("(?<=[0-9０-９十百千万亿])余(?!姓|氏)")
# 只 after a number counts animals and vessels, unless it begins a verb: 一年只有, 2万只能.
_NUMBER_OF_ANIMALS = re.compile(
    "(?<=[0-9０-９零一二两三四五六七八九十百千万亿几半])只"
    "(?![有是要能会想好见不为用可够顾管剩在需卖做开收买准许求当让给])"
)
_NUMBER_AND_VERB = re.compile("(?<=[0-9０-９百千万亿])只(?=[要能会需想好])")
# The characters that transcribe foreign names. 里 and 范 are among them, and only these
# two would change; 于 and 余 begin no foreign name that news writes with a dot.
_SOUND = (
    "阿埃艾爱安昂奥澳巴白柏拜班邦保鲍贝本比彼毕宾波伯勃博布查茨达戴丹当道德登邓狄迪蒂丁顿"
    "多恩尔范菲芬丰冯佛夫弗福富盖甘冈高戈格葛根古哈海汉豪赫亨洪胡华怀惠霍基吉加贾杰捷金"
    "卡凯坎康考柯科可克肯库奎拉莱赖兰朗劳勒雷里理利莉丽林龙隆卢鲁伦罗洛吕马玛迈曼梅门蒙米"
    "密明莫默穆纳娜南内尼宁纽努诺欧帕潘佩彭皮珀普契乔琼瑞若萨塞桑瑟森沙莎山尚舍圣施史什"
    "士世斯松苏索塔泰坦汤唐特提廷图托瓦万旺威韦维魏温文翁沃乌武西希锡夏肖谢辛休逊雅亚扬"
    "耶叶伊因英尤约泽詹珍佐兹"
)
_FOREIGN_NAME = re.compile(f"[{_SOUND}]{{1,10}}+(?:·[{_SOUND}]{{1,10}}+)+")
_CHANGING = re.compile("[里范]")
_PLACE_BEFORE = "这那哪家城村乡镇县市区省屋房校院园山河湖海江夜年月日心手眼嘴梦"


# (what must stand in the text, the pattern, the form; None keeps the character)
_RULES: tuple[tuple[str, re.Pattern[str], str | None], ...] = (
    ("", _SURNAME, None),
    ("余", _NUMBER_AND_MORE, "餘"),
    ("只", _NUMBER_OF_ANIMALS, "隻"),
    ("只", _NUMBER_AND_VERB, None),
)


def name_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Offsets in Simplified text, and the Traditional form; None keeps the character."""
    for needed, pattern, form in _RULES:
        if needed in text:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), form
    if "·" in text:
        for match in _FOREIGN_NAME.finditer(text):
            yield from _inside_name(text, match)


def _inside_name(
    text: str, name: re.Match[str]
) -> Iterator[tuple[int, int, str | None]]:
    for match in _CHANGING.finditer(text, name.start(), name.end()):
        at = match.start()
        is_a_place_word = at == name.start() and text[at - 1 : at] in set(_PLACE_BEFORE)
        if not is_a_place_word:
            yield at, match.end(), None
