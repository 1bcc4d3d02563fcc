"""Surnames that are ordinary words besides: 余, 范, 于."""

import pytest

from editions.conversion import convert


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("余建国在会上发言", "余建國在會上發言"),
        ("镇党委书记余晓东和记者范志强", "鎮黨委書記余曉東和記者范志強"),
        ("副县长于洪涛带队", "副縣長于洪濤帶隊"),
        ("村支书于大海介绍", "村支書于大海介紹"),
        ("余先生、范老师、于大妈", "余先生、范老師、于大媽"),
        ("恩里克·范尼和余秋雨", "恩里克·范尼和余秋雨"),
    ],
)
def test_surname_stays(source, expected):
    assert convert(source, "zh-hant") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "十余万人，三百余名群众，有百余年历史",
            "十餘萬人，三百餘名群眾，有百餘年歷史",
        ),
        ("其余人员用剩余资金", "其餘人員用剩餘資金"),
        ("余下的钱，余额和余震", "餘下的錢，餘額和餘震"),
        ("余姚市、余杭区", "餘姚市、餘杭區"),
        ("示范小区的范围，典范建筑", "示範小區的範圍，典範建築"),
        ("由于海浪太大，关于建国初期", "由於海浪太大，關於建國初期"),
        ("局长于昨日到任，书记于今年退休", "局長於昨日到任，書記於今年退休"),
        ("对于小学生来说", "對於小學生來說"),
    ],
)
def test_ordinary_word_does_not(source, expected):
    assert convert(source, "zh-hant") == expected
