"""Characters whose form is told by what stands beside them."""

import pytest

from editions.conversion import convert
from editions.terms import CompiledGlossary, TermEntry


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("这出戏和三出《山雀》", "這齣戲和三齣《山雀》"),
        ("一出精彩的好戏", "一齣精彩的好戲"),
        ("刚一出戏院，一出门就看戏", "剛一出戲院，一出門就看戲"),
        ("报道一出，一出租房", "報道一出，一出租房"),
        ("四千里路，二里地，心里头", "四千里路，二里地，心裡頭"),
        ("三天后，青岛天后宫", "三天後，青島天后宮"),
        ("有人喂她喝水，给牛喂料", "有人餵她喝水，給牛餵料"),
        ("“喂，你好”，喂喂", "「喂，你好」，喂喂"),
        ("有词云：“稻花香”，古人云：“知之”", "有詞云：「稻花香」，古人云：「知之」"),
        ("马云：“相信”", "馬雲：「相信」"),
        ("事故系人为造成，嫌疑人系本地人", "事故係人為造成，嫌疑人係本地人"),
        ("中文系由三人组成", "中文系由三人組成"),
        ("他游了一小时，游到对岸，畅游了景区", "他游了一小時，游到對岸，暢遊了景區"),
        ("河床已干，汤汁收干了，他已干了三年", "河床已乾，湯汁收乾了，他已幹了三年"),
        ("无数只鸟，一只只鹭", "無數隻鳥，一隻隻鷺"),
        ("十余人，三百余名", "十餘人，三百餘名"),
    ],
)
def test_form_follows_what_stands_beside(source, expected):
    assert convert(source, "zh-hant") == expected


def test_glossary_term_keeps_its_form():
    terms = CompiledGlossary("1", [TermEntry("喂鸟节", "zh-Hans", is_protected=True)])
    assert convert("去喂鸟节喂鸟", "zh-hant", glossary=terms) == "去喂鸟节餵鳥"
