"""Sentences that OpenCC alone gets wrong, one at least for each of our own phrases.

More of them stand in regressions.tsv.
"""

from pathlib import Path

import pytest

from editions.conversion import convert
from editions.phrases import PHRASES

TEXT = """
县长发言后，资金发放到户
縣長發言後，資金發放到戶
学生发现河边的理发店换了招牌
學生發現河邊的理髮店換了招牌
总发电量创新高，包括发动机在内
總發電量創新高，包括發動機在內
消息被发布以后，经理发起募捐
消息被發佈以後，經理發起募捐
源头发力，带头发言
源頭發力，帶頭發言
风吹得头发布满灰尘
風吹得頭髮佈滿灰塵
登录并发表意见，并购买门票，并成为会员
登錄並發表意見，並購買門票，並成為會員
健全干部考核，赣江干流水位上涨
健全幹部考核，贛江幹流水位上漲
警察干部在纪检监察干部会上讲课
警察幹部在紀檢監察幹部會上講課
今天干燥，不会干旱
今天乾燥，不會乾旱
行政干预不等于事干扰
行政干預不等於事干擾
美国历史和成长历程
美國歷史和成長歷程
考试制度和总监制度
考試制度和總監制度
手机制造商支持强制造业
手機製造商支持強製造業
奋进新征程，体征征途
奮進新征程，體徵征途
市场征集作品，部长征求意见
市場徵集作品，部長徵求意見
这只能说明，不是只有一种
這只能說明，不是只有一種
这一出口很小，唯一出现的人
這一出口很小，唯一出現的人
他第一出场，第一出现，第一出口，第一出版，第一出发
他第一出場，第一出現，第一出口，第一出版，第一出發
线上游戏很多，路上游客不少
線上遊戲很多，路上遊客不少
领导游击战的老人
領導游擊戰的老人
机关系统和有关系列
機關系統和有關系列
选手表现出色，对手表示佩服
選手表現出色，對手表示佩服
人口和面积都增长了
人口和面積都增長了
他不准备去，也不只准备一份
他不準備去，也不只準備一份
这周围都是稻田，这周到的服务
這周圍都是稻田，這周到的服務
山顶若有云层遮挡
山頂若有雲層遮擋
全县志愿者和各方志愿者
全縣志願者和各方志願者
人口占比上升，出口占全省一半
人口佔比上升，出口佔全省一半
两位代表分别致辞
兩位代表分別致辭
丰收获得好评，秋天的收获得到肯定
豐收獲得好評，秋天的收穫得到肯定
他奔走于田间地头，服务于军民
他奔走於田間地頭，服務於軍民
用实干、苦干、快干谱写新篇，快干漆和快干胶要通风，快干衣是速干的
用實幹、苦幹、快幹譜寫新篇，快乾漆和快乾膠要通風，快乾衣是速乾的
才不适岗就调岗
才不適崗就調崗
讲好中国制度的故事
講好中國制度的故事
请在公告发布前看清
請在公告發佈前看清
这是福建制造，关系统一认识
這是福建製造，關係統一認識
一个中国，两个中心，三个中学，四个中队，五个中午，六个中旬，十个中年人，百个中小企业
一個中國，兩個中心，三個中學，四個中隊，五個中午，六個中旬，十個中年人，百個中小企業
多个中队，每个中心，这个中年人，那个中学，几个中等城市，整个中部，各个中心
多個中隊，每個中心，這個中年人，那個中學，幾個中等城市，整個中部，各個中心
香港回归，资金回流，没有回音
香港回歸，資金回流，沒有回音
回归分析、回归方程、回归模型和线性回归
迴歸分析、迴歸方程、迴歸模型和線性迴歸
北回归线和南回归线
北迴歸線和南迴歸線
山乡巨变，新竹复校
山鄉巨變，新竹復校
把钞票折成纸飞机
把鈔票摺成紙飛機
台积电宣布扩产
台積電宣佈擴產
理发行业和美发行业
理髮行業和美髮行業
咸福宫在北京
咸福宮在北京
余秋雨的散文
余秋雨的散文
胡同口的留言里赞比骂多，鼻梁高的人说有人偷梁换柱
胡同口的留言裡讚比罵多，鼻樑高的人說有人偷樑換柱
新干县和资溪县都在江西，慈溪、玉溪、竹溪、兰溪、辰溪不在
新干縣和資溪縣都在江西，慈溪、玉溪、竹溪、蘭溪、辰溪不在
太平里在老城，行程两万里，跋涉百万里，相隔千万里
太平里在老城，行程兩萬里，跋涉百萬里，相隔千萬里
他去过里瓦斯、里约、里昂和里斯本，没有见过里根
他去過里瓦斯、里約、里昂和里斯本，沒有見過里根
海因里希和埃里克是朋友
海因里希和埃里克是朋友
"""
SENTENCES = TEXT.split()

PAIRS = list(zip(SENTENCES[::2], SENTENCES[1::2], strict=True))
SOURCE_TEXT = "\n".join(SENTENCES[::2])


@pytest.mark.parametrize(("simplified", "traditional"), PAIRS)
def test_a_sentence_that_the_stock_tables_get_wrong_is_right(simplified, traditional):
    assert convert(simplified, "zh-hant") == traditional


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_has_a_sentence(phrase):
    regressions = Path(__file__).with_name("regressions.tsv").read_text("utf-8")
    assert phrase in SOURCE_TEXT or phrase in regressions


def test_phrases_keep_the_number_of_characters():
    assert {len(old) - len(new) for old, new in PHRASES.items()} == {0}


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("体制成为主流", "體制成為主流"),
        ("机制成熟", "機制成熟"),
        ("限制作用", "限制作用"),
        ("获准备案", "獲准備案"),
        ("若干部门", "若干部門"),
        ("饼干部分", "餅乾部分"),
        ("两只羊", "兩隻羊"),
        ("船只有序", "船隻有序"),
        ("一头长发", "一頭長髮"),
        ("毛发浓密", "毛髮濃密"),
        ("头发生长", "頭髮生長"),
    ],
)
def test_our_phrases_leave_what_is_right_alone(simplified, traditional):
    assert convert(simplified, "zh-hant") == traditional
