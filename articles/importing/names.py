"""Names of people as printed, and what only looks like one."""

import re
from collections.abc import Iterable

# Surnames in both scripts: they decide only where no label says that a name follows.
_SURNAMES = frozenset(
    "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金"
    "魏陶姜戚谢謝邹鄒喻柏水窦竇章云雲苏蘇潘葛奚范彭郎鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳鲍鮑史唐"
    "费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐樂于时時傅皮卞齐齊康伍余元卜顾顧孟黄黃和穆"
    "萧蕭尹姚邵湛汪祁毛禹狄米贝貝明臧计計伏成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季"
    "麻强強贾賈路娄婁危江童颜顏郭梅盛林刁钟鐘鍾徐邱丘骆駱高夏蔡田樊胡凌霍虞万萬支柯昝管卢盧莫"
    "房裘缪繆干解应應宗丁宣贲邓鄧郁单單杭洪包诸諸左石崔吉钮鈕龚龔程邢滑裴陆陸荣榮翁荀羊惠甄"
    "曲家封芮储儲靳汲松井段富巫乌烏焦巴弓牧隗山谷车車侯宓蓬全班仰秋仲伊宫宮宁寧仇栾欒甘厉厲祖武"
    "符刘劉景詹束龙龍叶葉幸司韶黎蓟薄印宿白怀懷蒲邰鄂索咸籍赖賴卓蔺藺屠蒙池乔喬阴陰胥苍闻聞"
    "莘党黨翟谭譚贡貢劳勞姬申扶冉宰雍桑桂牛寿壽通边邊扈燕冀郏浦尚农農温溫别別庄莊晏柴瞿阎閻连連习"
    "習艾鱼魚容向古易慎戈廖庾终居衡步耿满滿弘匡国國文寇广東东欧歐利蔚越隆师師巩鞏聂聶晁勾敖融"
    "冷辛那简簡饶饒曾沙鞠关關游竺权權盖蓋益桓公岳帅帅缑亢况琴商佘覃赫迟遲佟闫闫苑柴肖初亓仝"
    "尉鹿代邸晋晉娜冼涂塗粟漆敬凡揭门門占"
)
_DOUBLE = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|令狐|慕容|宇文|长孙|司徒|夏侯|端木|范姜"
    "|張簡|张简|南宫|闻人"
)
_HAN = r"\u3400-\u9fff"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_FOREIGN = re.compile(rf"[{_HAN}]{{1,8}}(?:[·•・][{_HAN}A-Za-z.]{{1,10}}){{1,3}}")
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]*(?: [A-Z][A-Za-z'’.-]*){1,3}")
_PEN_NAME = re.compile(rf"[{_HAN}]{{2,6}}")

# Ends of names of offices and outlets, which no person's name has.
_UNIT_END = re.compile(
    r"[部社网網报報台臺局委办辦办厅廳院校厂廠队隊处處室科股会會区區县縣市镇鎮乡鄉村省所司站组組刊店]$"
    r"|(?:中心|公司|集团|集團|频道|頻道|记者|記者|通讯员|通訊員|编辑|編輯|客户端|新闻|新聞|融媒|在线|快讯|快訊)$"
)
_OFFICE_END = re.compile(
    r"(?:[部社网網报報台臺局委办辦厅廳]|办公室|辦公室|中心|公司|集团|集團|频道|頻道|客户端|融媒体?|在线|快讯|新闻|新聞|宣传科|支队|大队|学院|大学)$"
)
_NOBODY = re.compile(
    r"管理员|管理員|系统|系統|本站|本网|本網|本报|本報|编辑|編輯|記者|记者|小编|小編|佚名|不详|未知|匿名|网络|網絡|網路|网友|網友"
    r"|整理|综合|綜合|原创|原創|转载|轉載|来源|來源|责任|責任|审核|審核|校对|校對|作者|发布|發布|图片|圖片|报道|報導|報道"
    r"|摄影|攝影|供图|供稿|新华|新華|完毕|暂无|無|管理|用户|用戶|微信|客服|完$"
)
_ROLE = re.compile(
    rf"[{_HAN}A-Za-z0-9—·\s]{{0,16}}?(?:记者|記者|通讯员|通訊員|特派员|特派員|评论员|評論員|实习生|實習生|撰稿人|特约撰稿|特約撰稿)"
    r"(?:员|員)?\s*[:：]?"
)
_SUFFIX = re.compile(
    r"(?:文\s*[/／]?\s*图|文\s*[/／]?\s*圖|图文|圖文|摄影报道|报道|報道|報導|采写|撰文|文|整理|编译|編譯)$"
)
_CODE = re.compile(r"[_＿\s]*[（(]?\s*[A-Za-z]{0,6}[_-]?\d{2,}\s*[)）]?")
_ASIDE = re.compile(r"(?<=\S)[（(][^（()）]{0,12}[）)]")
_SPACED = re.compile(rf"(?<![{_HAN}])([{_HAN}])\s+([{_HAN}])(?![{_HAN}])")
_SEPARATORS = re.compile(
    rf"[、，,;；/／|｜丨&＆]|(?<=[{_HAN}]{{2}})[和与與及](?=[{_HAN}]{{2}})"
)
_EDGES = " \t:：()（）[]【】〔〕<>《》.。·-—_*"


def names_after_label(value: str) -> list[str]:
    """The people in a labelled value: codes, roles, offices and accounts fall away.

    A pen name is accepted here, since the page itself says that somebody stands there.
    """
    names: list[str] = []
    for piece in _pieces(value):
        tokens = [name for token in _words(piece) if (name := _tidy(token))]
        # What follows a space may be the next word of the line, so it must be a name.
        names += [name for name in tokens[:1] if _is_credited(name)]
        names += [name for name in tokens[1:] if looks_like_person(name)]
    return _unique(names)


def names_in_running_text(value: str) -> list[str]:
    """The people in `value` if it holds nothing but people; else nobody."""
    names = [_tidy(token) for piece in _pieces(value) for token in _words(piece)]
    names = [name for name in names if name]
    if not names or not all(looks_like_person(name) for name in names):
        return []
    return _unique(names)


def looks_like_person(name: str) -> bool:
    """Whether a name stands alone as a person's: by surname and length."""
    if _FOREIGN.fullmatch(name) or _LATIN.fullmatch(name):
        return True
    if not _NAME.fullmatch(name) or _is_office(name):
        return False
    if _DOUBLE.match(name):
        return len(name) >= 3
    if len(name) == 4:
        return name[0] in _SURNAMES and name[1] in _SURNAMES
    return name[0] in _SURNAMES


def leading_person(text: str) -> str:
    """The name at the start of unseparated text, as in 王小明台北16日電; empty if none."""
    for length in (3, 2, 4):
        if len(text) >= length and looks_like_person(text[:length]):
            return text[:length]
    return ""


def _pieces(value: str) -> list[str]:
    value = _ASIDE.sub(" ", _CODE.sub(" ", value))
    value = _SPACED.sub(r"\1\2", value)
    return [piece.strip(_EDGES) for piece in _SEPARATORS.split(value)]


def _words(piece: str) -> list[str]:
    return [piece] if piece.isascii() else piece.split()


def _tidy(token: str) -> str:
    token = _ROLE.sub("", token.strip(_EDGES), count=1)
    return _SUFFIX.sub("", token).strip(_EDGES)


def _is_credited(name: str) -> bool:
    if _FOREIGN.fullmatch(name) or _LATIN.fullmatch(name):
        return True
    if not _PEN_NAME.fullmatch(name) or _NOBODY.search(name):
        return False
    return looks_like_person(name) or not _OFFICE_END.search(name)


def _is_office(name: str) -> bool:
    return bool(_UNIT_END.search(name) and not _is_known_shape(name)) or bool(
        _NOBODY.search(name)
    )


def _is_known_shape(name: str) -> bool:
    """Two characters with a surname first: 张村 is a person where a name is expected."""
    return (
        len(name) == 2
        and name[0] in _SURNAMES
        and not name.endswith(tuple("报報社网網台"))
    )


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
