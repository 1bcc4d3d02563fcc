"""How characters with several Traditional forms are written in a person's name."""

from typing import Final

# Kept in names, where ordinary words write 餘, 範, 於, 後, 裡, 嶽, 鬱, 鬥, 徵, 臺, 採, …
_KEPT: Final = "余范于后里谷岳郁斗征台采涂游朴占咸种淀岩丑吁准"
# The form that names have, in OpenCC's common Traditional. Other characters have that of
# OpenCC's table of single characters: 雲, 鍾, 萬, 葉, 豐, 傑, …
IN_NAMES: Final[dict[str, str]] = {
    **{character: character for character in _KEPT},
    "冲": "沖",
    "万俟": "万俟",
}
# These are kept as surnames only: 干宝, 党怀英, but 金干 is 金幹.
ONLY_AS_SURNAMES: Final = frozenset("干党")

# Written alone these are surnames; in ordinary words they stand in phrases of OpenCC's.
ALONE: Final[dict[str, str]] = {
    **{character: character for character in "岳郁朴"},
    # A clock; the surname is found by what stands beside it.
    "钟": "鐘",
}

# What running text may get wrong in a name: first characters, then others. The forms are
# the same in every region.
FIRST_IN_NAMES: Final[dict[str, str]] = {
    **{character: character for character in "余范于后岳郁涂游朴占周胡"},
    "钟": "鍾",
    "云": "雲",
}
LATER_IN_NAMES: Final[dict[str, str]] = {
    **{
        character: character
        for character in "余范后里岳郁斗征采涂游朴占咸准升志松秋周卷"
    },
    "冲": "沖",
    "云": "雲",
    "钟": "鍾",
    "干": "幹",
    "历": "歷",
    "发": "發",
    "复": "復",
    "尽": "盡",
}

# Frequent surnames, but for those that are rather words (来 全 和 单 成), and those above.
SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"
    "蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟"
    "龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂"
    "焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍"
    "覃霍翁隋甘景薄司柏宁柯阮桂闵解柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫苟褚廉简"
    "娄盖符奚穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽练仲乐虞卞封"
    "竺冼楚佟栗匡宗巫鞠桑荆谌沙伏岑习胥蔺朴占后云肖闫付"
)
