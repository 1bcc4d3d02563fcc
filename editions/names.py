"""Names and counts that the phrase tables take for ordinary words.

A few rules stand in for endless lists: a surname is followed by a title or belongs to
what the segmenter takes for a person's name, a transliterated name has a middle dot, and
余 and 只 after a number count.
"""

import re
from collections.abc import Iterator

from editions.segmenting import tagged

# 余, 范 and 于 before a title are surnames; 由于 and 其余 before one are found by OpenCC
# because those phrases begin earlier, so the character before is looked at here too.
_SURNAME = re.compile(
    "(?<![由对关位在属于处至终鉴善敢等过基归便勇忠始源其业剩多残有模示规典师防])[余范于](?="
    "某|先生|女士|小姐|太太|夫人|同学|同志|老师|教授|博士|院士|书记|主任|局长|县长|市长|镇长"
    "|乡长|部长|院长|校长|所长|队长|站长|会长|经理|总经理|医生|大夫|律师|法官|警官|师傅"
    "|大爷|大妈|大娘|大叔|大姐|大哥|奶奶|爷爷|阿姨|伯伯|叔叔)"
)
# 范 begins few words that are none of a name, 余 some more; what stands before tells, too.
_FAN = re.compile(
    "(?<![模规典示防师风垂就轨世遗懿])范(?![围例本文式畴])(?=[\u3400-\u9fff])"
)
_WHAT_IS_LEFT = (
    "额下地热震温粮生力味波音光晖辉款钱数种悸党孽毒暇姚杭江干庆留存量料威荫韵兴切缺怒裕闲者"
    "人万千百亿元名个户家年月天里位篇件份吨亩次座条项头"
)
_YU = re.compile(
    "(?<![其业剩多残有富盈结宽课公工农茶赢之空死劫刑年月里斤亩米岁人天元名个户家次件吨只辆所间座"
    "0-9０-９十百千万亿零一二两三四五六七八九几])余"
    f"(?![{_WHAT_IS_LEFT}])(?=[\u3400-\u9fff])"
)
_OFFICE_AND_YU = re.compile(
    "(?<=(?:书记|县长|市长|镇长|乡长|局长|部长|处长|科长|校长|院长|所长|队长|站长|会长|社长|"
    "主任|主席|总裁|经理|记者|作者|村民|居民|老人|党员|教师|老师|医生|司机|选手|演员|导演|"
    "作家|诗人|歌手|画家|代表|委员|律师|法官|社员|编辑|摄影|院士|教授|博士|主播))于"
    "(?=[\u3400-\u9fff])(?![昨今明本上下前次当同近去日年月此是何其该])"
)
# What may hold a full name that begins with one of these surnames: up to a mark or break.
_CLAUSE_WITH_SURNAME = re.compile("[\u3400-\u9fff]*[余于][\u3400-\u9fff]+")
_SURNAMES = frozenset("余于")
_LONGEST_NAME = 4
# Read as names by the segmenter, and none.
_NO_NAMES = re.compile(f"余[{_WHAT_IS_LEFT}]|于[是此今之其]")
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
    ("范", _FAN, None),
    ("余", _YU, None),
    ("于", _OFFICE_AND_YU, None),
    ("余", _NUMBER_AND_MORE, "餘"),
    ("只", _NUMBER_OF_ANIMALS, "隻"),
    ("只", _NUMBER_AND_VERB, None),
)


def name_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Offsets in Simplified text, and the Traditional form; None keeps the character.

    In the order of the text and without overlaps: the rule that is named first wins.
    """
    found: dict[int, tuple[int, int, str | None]] = {}
    for span in _found_spans(text):
        found.setdefault(span[0], span)
    yield from (found[start] for start in sorted(found))


def _found_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    for needed, pattern, form in _RULES:
        if needed in text:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), form
    yield from _full_names(text)
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


def _full_names(text: str) -> Iterator[tuple[int, int, None]]:
    for clause in _CLAUSE_WITH_SURNAME.finditer(text):
        place = clause.start()
        for word, kind in tagged(clause.group()):
            is_name = kind.startswith("nr") and 1 < len(word) <= _LONGEST_NAME
            if is_name and word[0] in _SURNAMES and not _NO_NAMES.match(word):
                yield place, place + 1, None
            place += len(word)
