"""Characters whose Traditional form is told by what stands beside them, not by a word.

Measure words after a number (三隻羊, 一齣京劇, 五千里), 餘 after one, and verbs that are
names of something else: (他)喂(牛) is 餵, “喂，你好” is not. Each rule is a pattern and
the form that its one character takes.
"""

import re
from collections.abc import Iterator
from typing import Final

_NUMBER = "0-9０-９零一二两三四五六七八九十百千万亿"

# The patterns begin with the character itself, so that looking for them is quick. None
# keeps the character as it is.
_RULES: Final[tuple[tuple[str, str | None], ...]] = (
    # More than a number: 十餘人. 三余姓 is a surname.
    ("余(?<=[0-9０-９十百千万亿]余)(?!姓|氏)", "餘"),
    # Animals and vessels, unless 只 begins a verb: 一年只有, 2万只能.
    (
        f"只(?<=[{_NUMBER}几数]只)(?![有是要能会想好见不为用可够顾管剩在需卖做开收买准许求当让给])",
        "隻",
    ),
    ("只(?<=[一两]只只)", "隻"),
    ("只(?<=[0-9０-９百千万亿]只)(?=[要能会需想好])", None),
    # 船只 are ships, but one ship only … : 货船只能夜航.
    (
        "只(?<=[渔货客游轮帆木飞龙商油快拖救这该每]船只)(?=[能限会要许想剩载装停])",
        None,
    ),
    # Plays: 这出戏, 一出精彩的大戏, 三出《…》; not 一出戏院, 一出门就.
    (
        "出(?<=[一二两三四五六七八九十几这那每首整半]出)"
        "(?=《|(?![门口来去现发生租国场手入于了])[\u3400-\u9fff]{0,5}?[戏剧](?![院场组校台团迷种曲]))",
        "齣",
    ),
    # Miles after a number; 前十里面 and 百里外 are not.
    (f"里(?<=[{_NUMBER}]里)(?![面边头外内])", None),
    # Dried up, at the end of a clause: 河床已干, 汤汁收干.
    (
        "干(?<=[已收渐变烤熬流哭拧甩抽排淘舀沥焙]干)(?=[，。；！？、的后]|了(?![0-9一二两三四五六七八九十几])|$)",
        "乾",
    ),
    # To be: 该车系本人所有, 事故系人为造成.
    (
        "系(?<=[人故品件物者车货案均确实原此亦应名号款地楼房屋图]系)"
        "(?=由|因|人为|本[地市县省人村]|外[地省]|其|该|一[名个种家起件]|我国|全[国省市县]|首次|伪|假冒|误"
        "|他[人杀]|自[杀费]|未成年|夫妻|父子|母子|兄弟|姐妹|同一|某|国家|谣言|不实|虚假)",
        "係",
    ),
    # To tie: 绳子系在树上; not 关系在.
    ("系(?<=[绳子带线巾链裙索]系)(?=[在上着住牢紧])", "繫"),
    # To put on: 系领带, 系好围裙; to tie a boat: 把船系在岸边.
    ("系(?=[上好着了]?(?:领带|红领巾|围巾|围裙|腰带|鞋带|蝴蝶结))", "繫"),
    ("系(?<=把[\u3400-\u9fff]系)(?=在)", "繫"),
    # To have one's hair cut or dyed: 理了发, 又染了发; not 处理了发票.
    (
        "发(?<=[理染烫剪护][了过完个]发)(?<![处办料管整修受审]理[了过完个]发)(?![票布给出放现生行展表])",
        "髮",
    ),
    # To swim rather than to travel: 他游了一小时, 游到对岸; not 畅游了.
    (
        "游(?<![旅畅周漫云导巡郊出环遨同夜春秋重神交远纵悠一日]游)(?=了|到[对岸河湖江海]|过[河湖江海]|上岸|回岸|向[对岸])",
        "游",
    ),
    # After some days; 天后 alone is a goddess or a singer.
    (f"后(?<=[{_NUMBER}几数多余]天后)", "後"),
    # To feed, unless somebody is called: “喂，…”.
    ("喂(?<!喂喂)(?=[\u3400-\u9fff])(?!喂)", "餵"),
    # Before what is quoted: 词云：“…”. 马云： is a name.
    ("云(?<=[诗词曰书经有又古语亦人]云)(?=[:：，]?[“「『])", None),
    ("云(?<=[诗词书经语]云)(?=[:：])", None),
)
_PATTERNS: Final = tuple((re.compile(pattern), form) for pattern, form in _RULES)


def context_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Offsets in Simplified text, and the Traditional form; None keeps the character.

    In no order and without overlaps: the rule that is named first wins.
    """
    told: dict[int, tuple[int, int, str | None]] = {}
    for pattern, form in _PATTERNS:
        for match in pattern.finditer(text):
            told.setdefault(match.start(), (match.start(), match.end(), form))
    yield from told.values()
