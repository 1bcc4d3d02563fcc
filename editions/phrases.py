"""Our own phrases for OpenCC's dictionary of Simplified text, where it errs in news.

OpenCC takes the longest phrase it knows, from left to right, and its list holds rare
words but not the ordinary ones. 部长发言 is read as 部|长发|言 and comes out as long hair.
Two kinds of entries mend this: clashes, where the last character of a common word makes
a rare phrase with the first of the next, and plain corrections. Forms are written in
OpenCC's common Traditional (裏, 爲, 羣); the regional stages follow. Every entry keeps its
number of characters, and each group has its sentences in tests/editions/test_phrases.py.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

# Traditional forms of the characters that stand before a clash.
_BEFORE = str.maketrans(
    "结护总长养乱华编换红乌黄净发东无会刚马订调绘监产国阴阳单强预带谈变应开体农旧"
    "专别转龙维关联没两万几双标机学节军细紧电对获头并台挂庆宝采压从远这导怀吃捞寿酱凉热县网区断试实",
    "結護總長養亂華編換紅烏黃淨發東無會剛馬訂調繪監產國陰陽單強預帶談變應開體農舊"
    "專別轉龍維關聯沒兩萬幾雙標機學節軍細緊電對獲頭並臺掛慶寶採壓從遠這導懷喫撈壽醬涼熱縣網區斷試實",
)

# (characters before, common words that they must not be torn from, as pairs)
_CLASHES: Final = (
    (  # 理发 生发 长发 金发 …: hair
        "理生结护括被总长养乱华编换红乌黄净美金素植束断染洗落直白秋",
        "发展發展 发布發佈 发现發現 发表發表 发挥發揮 发放發放 发行發行 发言發言 发送發送 "
        "发起發起 发出發出 发达發達 发电發電 发明發明 发射發射 发改發改 发票發票 发扬發揚 "
        "发动發動 发掘發掘 发货發貨 发病發病 发育發育 发力發力 发证發證 发声發聲 发文發文 "
        "发函發函 发给發給 发往發往 发回發回 发到發到 发生發生 发售發售 发愁發愁 发还發還",
    ),
    ("头", "发放發放 发言發言 发布發佈 发起發起 发动發動 发力發力 发挥發揮 发展發展"),
    (  # 并发 is a complication
        "并",
        "发展發展 发布發佈 发现發現 发表發表 发挥發揮 发放發放 发行發行 发言發言 发送發送 "
        "发起發起 发出發出 发动發動 发给發給 购买購買 成为成爲 成立成立 成功成功 入选入選 "
        "入围入圍 入驻入駐 入住入住 产生產生 到场到場 到达到達 名列名列 力争力爭 力求力求 "
        "案件案件 火速火速 科学科學",
    ),
    (  # 全干 半干 河干 …: dry, or by the river
        "全半好太很快无未一十比日东江河海流水马空刚相天白",
        "干部幹部 干事幹事 干警幹警 干群幹羣 干活幹活 干劲幹勁 干线幹線 干道幹道 干流幹流",
    ),
    ("察", "干部幹部 干警幹警"),
    (  # 天干 会干 能干 …: stems, work
        "天会能不更最多高才所被老新主",
        "干旱乾旱 干燥乾燥",
    ),
    (
        "全半好被公水海口单又很多强再打提实事快主无白",
        "干预干預 干涉干涉 干扰干擾",
    ),
    (  # 年历 国历 日历 …: calendars
        "国年月日农公阴阳旧西新台挂黄老官商合古夏庆宝藏长大",
        "历史歷史 历届歷屆 历来歷來 历任歷任 历时歷時 历经歷經 历代歷代 历程歷程 历年歷年",
    ),
    (  # 国制 试制 监制 …: made in
        "国试监产外日定订调绘精木土台港提停打承再采自炮",
        "制度制度 制定制定 制约制約 制止制止 制裁制裁 制订制訂 制衡制衡 制胜制勝",
    ),
    (  # 机制 体制 强制 …: system, to force; 制造 alone may be 机制|造成
        "机体强学市国联限",
        "制造商製造商 制造业製造業 制造厂製造廠 制造企製造企 制造工製造工 制造技製造技 "
        "制造基製造基 制造能製造能 制造者製造者 制药业製藥業 制药企製藥企 制药厂製藥廠",
    ),
    (  # 新征 应征 特征 …: levies and features
        "新预带强谈明象变应开停体有的大从",
        "征程征程 征途征途 征战征戰",
    ),
    (
        "长秋远关专东南西北初出",
        "征求徵求 征收徵收 征文徵文 征兵徵兵 征集徵集 征信徵信 征用徵用 征地徵地 征迁徵遷",
    ),
    (  # 几只 船只 …: measure word
        "这那是有别",
        "只能只能 只是只是 只有只有 只会只會 只要只要 只好只好 只想只想 只需只需 只为只爲",
    ),
    (  # 一出 三出 …: plays
        "一二三四五六七八九十几",
        "出现出現 出口出口 出发出發 出版出版 出席出席 出台出臺 出生出生 出任出任 出售出售 "
        "出行出行 出演出演 出场出場 出线出線",
    ),
    (  # 上游 中游 浮游 …: reaches of a river, to swim
        "上下中浮龙转回漂洄",
        "游戏遊戲 游客遊客 游览遊覽 游行遊行 游玩遊玩 游乐遊樂 游人遊人",
    ),
    (
        "",
        "第一出场第一出場 第一出现第一出現 第一出口第一出口 第一出版第一出版 第一出发第一出發",
    ),
    ("导", "游击游擊 游泳游泳"),
    ("关联维没有", "系统系統 系列系列"),
    (  # 手表 水表 …: watches and meters
        "手名电水跳转看调对快慢怀秒金破戴修",
        "表示表示 表现表現 表达表達 表明表明 表演表演 表格表格 表彰表彰 表决表決 表扬表揚 "
        "表态表態 表述表述",
    ),
    (  # 和面 冷面 …: dough and noodles
        "和泡拌吃捞冷煮烤豆米寿液洋酱削扯凉热",
        "面对面對 面临面臨 面积面積 面向面向 面前面前 面貌面貌 面试面試 面世面世",
    ),
    ("不只", "准备準備 准确準確 准时準時"),
    ("这一本上下单双三四五六七八", "周围周圍 周边周邊 周密周密 周全周全 周到周到"),
    ("有所古人亦又注", "云层雲層 云计雲計 云集雲集 云海雲海 云雾雲霧 云端雲端"),
    (  # 县志 地志 …: annals
        "县方地路网日墓物人民省市区",
        "志愿志願 志气志氣 志向志向",
    ),
    ("口", "占比佔比 占全佔全 占总佔總 占地佔地 占用佔用 占据佔據 占有佔有 占领佔領"),
    (  # 别致 细致 …: refined
        "别细精景密标紧雅工",
        "致力致力 致富致富 致敬致敬 致辞致辭 致函致函 致电致電 致谢致謝 致使致使 致信致信",
    ),
    ("收", "获得獲得 获奖獲獎 获批獲批 获利獲利 获评獲評"),
    (  # 于姓 names
        "",
        "于军民於軍民 于军队於軍隊 于军事於軍事 于山区於山區 于山水於山水 于山林於山林 "
        "于山间於山間 于山地於山地 于田间於田間 于田野於田野 于思想於思想 于思考於思考 "
        "于坚持於堅持 于振兴於振興 于吉安於吉安 于吉林於吉林 于杰出於傑出 于敏感於敏感 "
        "于越来於越來 于洪水於洪水 于波动於波動 于大海於大海 于明天於明天 于成立於成立",
    ),
)  # fmt: skip

_CORRECTIONS: Final = """
快干 快幹  中国制度 中國制度  告发布 告發佈  福建制造 福建製造  关系统一 關係統一
头发布满 頭髮佈滿  收获得到 收穫得到  快干漆 快乾漆  快干胶 快乾膠  快干衣 快乾衣  速干 速乾  才不适 才不適
一个 一個  两个 兩個  三个 三個  多个 多個  每个 每個  这个 這個  那个 那個  几个 幾個
整个 整個  各个 各個  四个 四個  五个 五個  六个 六個  十个 十個  百个 百個
回归 回歸  回归分析 迴歸分析  回归方程 迴歸方程  回归模型 迴歸模型  线性回归 線性迴歸
北回归线 北迴歸線  南回归线 南迴歸線  回流 回流  回音 回音
巨变 巨變  复校 復校  折成纸 摺成紙  台积电 台積電  理发行业 理髮行業  美发行业 美髮行業
咸福宫 咸福宮  余秋雨 余秋雨  新干县 新干縣  胡同 胡同  赞比骂 讚比罵  资溪 資溪  慈溪 慈溪  玉溪 玉溪  竹溪 竹溪
兰溪 蘭溪  辰溪 辰溪  太平里 太平里  万里 萬里  两万里 兩萬里  百万里 百萬里  千万里 千萬里
里瓦斯 里瓦斯  海因里希 海因里希  埃里克 埃里克  里约 里約  里昂 里昂  里根 里根  里斯本 里斯本
"""


# Plain corrections alone, for readings that know the words by themselves.
CORRECTIONS: Final[dict[str, str]] = dict(
    zip(_CORRECTIONS.split()[::2], _CORRECTIONS.split()[1::2], strict=True)
)


def _entries() -> Iterator[tuple[str, str]]:
    for before, words in _CLASHES:
        halves = [_split(word) for word in words.split()]
        for first, (simplified, traditional) in product(before or [""], halves):
            yield first + simplified, first.translate(_BEFORE) + traditional
    yield from CORRECTIONS.items()


def _split(pair: str) -> tuple[str, str]:
    """The pair holds a word and its other form, of equal length, without a space."""
    middle = len(pair) // 2
    return pair[:middle], pair[middle:]


# Simplified phrase to its common Traditional form.
PHRASES: Final[dict[str, str]] = dict(_entries())
