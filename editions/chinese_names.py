"""Where running Simplified text names people, and which characters names keep there.

A few rules stand in for endless lists: a surname stands before a title or after an
office, or begins what the segmenter takes for a person's name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from editions import lexicon
from editions.name_forms import FIRST_IN_NAMES, LATER_IN_NAMES, SURNAMES
from editions.segmenting import is_listed, tagged

Span = tuple[int, int, str | None]

_TITLE: Final = (
    "先生|女士|小姐|太太|夫人|同学|同志|老师|教授|博士|院士|书记|主任|局长|县长|市长|镇长"
    "|乡长|部长|院长|校长|所长|队长|站长|会长|经理|总经理|医生|大夫|律师|法官|警官|师傅"
    "|大爷|大妈|大娘|大叔|大姐|大哥|奶奶|爷爷|阿姨|伯伯|叔叔"
)
_OFFICES: Final = (
    "书记县长市长镇长乡长局长部长处长科长校长院长所长队长站长会长社长组长村长主任主席总裁经理记者"
    "作者村民居民市民老人党员干部教师老师医生护士司机选手演员导演作家诗人歌手画家代表委员律师法官"
    "社员编辑摄影院士教授博士主播学生同学农民工人民警冠军讯员等奖承人责人疑人害人"
)
_OFFICE: Final = "|".join(_OFFICES[at : at + 2] for at in range(0, len(_OFFICES), 2))
# Compounds that begin with 余: what is left, and places.
_LEFT_OVER: Final = "额下地热震温粮生力味波音光晖辉款钱数种悸党孽毒暇姚杭江干庆留存量料威荫韵兴切缺怒裕闲者脉火年"
_RULES: Final = (
    # 由于 and 其余 before a title are found by OpenCC because those phrases begin
    # earlier, so the character before is looked at here too.
    "[余范于](?<![由对关位在属于处至终鉴善敢等过基归便勇忠始源其业剩多残有模示规典师防].)"
    f"(?={_TITLE})",
    f"[涂游](?<![导旅出巡漫浮粉糊上].)(?={_TITLE})",
    # Somebody: 范某, 余某某; not 属于某地, 于某些.
    "[余范于](?<![属从等致限便终至对由关在位处其].)(?=某(?![一些个种方]))",
    "[余范于后涂游占岳](?<=姓.)(?!名|氏)",
    # Old and young: 老于, 小余; not 老于世故, 小于十, 小范围.
    "余(?<=[老小]余)|范(?<=[老小]范)(?![围例])|于(?<=老于)(?!世故)",
    f"范(?<=(?:{_OFFICE})范)(?![围例畴])",
    # 范 begins few words that are none of a name; what stands before tells, too.
    "范(?<![模规典示防风垂就轨世遗懿]范)(?<!(?<![老疗厨律程医术计药训])师范)(?![围例本文式畴])"
    "(?=[\u3400-\u9fff])",
    # 余 some more.
    "余(?<![其业剩多残有富盈结宽课公工农茶赢之空死劫刑年月里斤亩米岁人天元名个户家次件吨只辆所间座"
    "0-9０-９十百千万亿零一二两三四五六七八九几]余)"
    f"(?![{_LEFT_OVER}]|部(?!长))(?=[\u3400-\u9fff])",
    # After an office 涂 begins a name, unless somebody paints.
    f"涂(?<=(?:{_OFFICE})涂)(?=[\u3400-\u9fff])(?![了上抹成满料改写鸦着在黑红白])",
    # After an office 于 begins a name rather than a time or a place.
    f"于(?<=(?:{_OFFICE})于)(?=[\u3400-\u9fff])"
    "(?![昨今明本上下前次当同近去日年月此是何其该周一二三四五六七八九十])",
)
# By itself 钟 is a clock. 钟南山院士 is what the segmenter finds.
_SURNAMES_LOST: Final = (
    (
        f"钟(?=某|姓|氏|家[村庄沟坪湾埠]|{_TITLE})|钟(?<=姓钟)"
        "|钟(?<=[老小]钟)(?![头表点楼爷摆声乳])"
        f"|钟(?<=(?:{_OFFICE})钟)(?=[\u3400-\u9fff])(?![表点声楼摆响])"
        "|(?<![\u3400-\u9fff])钟(?![表点声楼摆响情爱])"
        f"(?=[\u3400-\u9fff]{{1,2}}(?:说|表示|介绍|告诉|坦言|认为|指出|回忆|{_TITLE}|老人))",
        "鍾",
    ),
)
# What a person does, or is with others: a name stands before it.
_ACTS: Final = (
    "说|表示|介绍|告诉|坦言|认为|指出|回忆|报道|荣获|走进|带头|强调|主持|出席|透露|解释|担任|来到|摄"
    f"|任|把|被|率|带|等|、|和|与|[两二三四五六七八九十]人|{_TITLE}|老人"
)
_ACTOR: Final = re.compile(
    f"(?:^[于涂游]|(?<=[、和与及])于|(?<=(?:{_OFFICE}))[于后占游涂])(?=([\u3400-\u9fff]{{1,2}}?)(?:{_ACTS}))"
)
_PATTERNS: Final = tuple(re.compile(rule) for rule in _RULES)
_LOST_PATTERNS: Final = tuple((re.compile(rule), form) for rule, form in _SURNAMES_LOST)

_FIRST: Final = "".join(sorted(FIRST_IN_NAMES))
_LATER: Final = "".join(sorted(LATER_IN_NAMES))
# What may hold a full name with a character that conversion could get wrong.
_CLAUSE: Final = re.compile(
    f"[\u3400-\u9fff]{{0,40}}(?:[{_FIRST}][\u3400-\u9fff]"
    f"|[{''.join(sorted(SURNAMES))}][\u3400-\u9fff]?[{_LATER}])[\u3400-\u9fff]{{0,40}}"
)
_LONGEST: Final = 3
# Kinds of the segmenter: time, place, direction, number, pronoun, preposition, …
_NOT_GIVEN: Final = frozenset("tsfmrpcdu")
# Before 于 and 后 as surnames, if the clause does not begin with them.
_BEFORE_PERSON: Final = re.compile(f"(?:{_OFFICE}|[、和与及的叫是岁予])$")
_WEAK: Final = frozenset("于后占游")
# 任丘后, 清莲里 are places and what follows them.
_AFTER_NAMES: Final = frozenset("里后")
# Read as names by the segmenter, and none.
_NO_NAMES: Final = re.compile(
    f"余[{_LEFT_OVER}].?$|于[是此今之其].?$|范[围例本文式畴].?$|周[一二三四五六日末年刊转围边期].?$"
    "|钟[情爱表头点声楼乳摆山鼓].?$|胡[子须同闹说乱琴椒萝].?$|云[南贵雾霄天石].?$|后[来天面者续期代继].?$|朴[素实].?$"
    "|占[山领据用有上地到了].?$|涂[抹满料改写].?$|游[客人玩览泳戏].?$|岳[父母阳].?$"
    "|[白毛金黄]发.?$|[单金]周$|金钟|黄钟|洪钟|龙卷|包里|.后赛|查干"
)


def chinese_name_spans(text: str) -> Iterator[Span]:
    """Offsets and forms of single characters; None keeps the character. May overlap."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), None
    for pattern, surname in _LOST_PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), surname
    for clause in _CLAUSE.finditer(text):
        start = clause.start()
        before = "0" if text[start - 1 : start].isdigit() else ""
        for at, form in full_names(before, clause.group()):
            yield start + at, start + at + 1, form


# A page is converted for each edition, and its titles stand on it more than once.
@lru_cache(maxsize=4096)
def full_names(before: str, clause: str) -> tuple[tuple[int, str | None], ...]:
    """Offsets in the clause, and forms; None keeps the character. `before` is a digit
    where one stands before the clause."""
    return tuple(_found_names(before, clause))


def _found_names(before: str, clause: str) -> Iterator[tuple[int, str | None]]:
    place = 0
    for word, kind in tagged(clause):
        if kind.startswith("nr") and _is_name(word, before + clause[:place]):
            for at, character in enumerate(word):
                forms = LATER_IN_NAMES if at else FIRST_IN_NAMES
                form = forms.get(character)
                if form:
                    yield place + at, form
        place += len(word)
    for actor in _ACTOR.finditer(clause):
        if _is_given_name(actor[0], actor[1]):
            yield actor.start(), None


def _is_given_name(surname: str, given: str) -> bool:
    """No word that anybody would read together with the surname or by itself as a place,
    a time or somebody else."""
    if surname == "游" and len(given) == 1:
        return False  # 游船, 游园
    if lexicon.is_word(surname + given[0]) or lexicon.is_word(given):
        return False
    return all(kind[:1] not in _NOT_GIVEN and kind != "ns" for _, kind in tagged(given))


def _is_name(word: str, before: str) -> bool:
    if before == "0" or not 1 < len(word) <= _LONGEST or word[0] not in SURNAMES:
        return False
    if _NO_NAMES.match(word) or lexicon.is_word(word[:2]):
        return False
    if len(word) == _LONGEST and is_listed(word):
        return True
    if word[-1] in _AFTER_NAMES:
        return False
    return word[0] not in _WEAK or not before or bool(_BEFORE_PERSON.search(before))
