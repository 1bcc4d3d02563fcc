"""People in running text, and names by themselves; surnames are ordinary words besides."""

import pytest

from editions.conversion import convert
from editions.names import person_name_in


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("余建国在会上发言", "余建國在會上發言"),
        ("镇党委书记余晓东和记者范志强", "鎮黨委書記余曉東和記者范志強"),
        ("副县长于洪涛带队", "副縣長于洪濤帶隊"),
        ("村支书于大海介绍", "村支書于大海介紹"),
        ("余先生、范老师、于大妈", "余先生、范老師、于大媽"),
        ("恩里克·范尼和余秋雨", "恩里克·范尼和余秋雨"),
        ("他姓于，老板姓后", "他姓于，老闆姓后"),
        ("老于和小余，范某某", "老于和小余，范某某"),
        ("通讯员范文斌摄", "通訊員范文斌攝"),
        ("涂志刚任组长", "涂志剛任組長"),
        ("游先生和涂女士", "游先生和涂女士"),
        ("岳云山和郁文华", "岳雲山和郁文華"),
        ("基里延科说，里德也在", "基里延科說，里德也在"),
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
        ("400余克，范围广，98规范", "400餘克，範圍廣，98規範"),
        ("出于某些原因，专注于某个兴趣", "出於某些原因，專注於某個興趣"),
        ("以1∶2负于张辉", "以1∶2負於張輝"),
        ("导游先生，会后主任说", "導遊先生，會後主任說"),
        ("前腿弓、后腿蹬，村民游泳", "前腿弓、後腿蹬，村民游泳"),
        ("后继者和季后赛", "後繼者和季後賽"),
        ("衣着朴素，有山岳和忧郁", "衣著樸素，有山嶽和憂鬱"),
        ("教师于周一到校", "教師於週一到校"),
    ],
)
def test_ordinary_word_does_not(source, expected):
    assert convert(source, "zh-hant") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("余晓东", "余曉東"),
        ("范志强", "范志強"),
        ("于后里", "于后里"),
        ("后云杰", "后雲傑"),
        ("钟万丰", "鍾萬豐"),
        ("岳云鹏", "岳雲鵬"),
        ("郁采征", "郁采征"),
        ("涂游斗", "涂游斗"),
        ("朴叶台", "朴葉台"),
        ("干宝", "干寶"),
        ("党建党", "党建黨"),
        ("金若干", "金若幹"),
        ("万俟冲", "万俟沖"),
        ("恩里克·范尼", "恩里克·范尼"),
        ("云发展", "雲發展"),
        ("", ""),
    ],
)
def test_person_s_name_has_the_forms_of_names(name, expected):
    for edition in ("zh-hant", "zh-tw", "zh-hk"):
        assert person_name_in(name, edition) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("记者徐采栋报道", "記者徐采棟報道"),
        ("名叫张占山的烈士", "名叫張占山的烈士"),
        ("周冲民被采访", "周沖民被採訪"),
        ("刘占荣、赵岩、韩岳廷", "劉占榮、趙岩、韓岳廷"),
        ("田余庆教授称赞柴松岳", "田余慶教授稱讚柴松岳"),
        ("队员奋斗，采取措施", "隊員奮鬥，採取措施"),
    ],
)
def test_characters_inside_a_name_stay_and_those_of_words_do_not(source, expected):
    assert convert(source, "zh-hant") == expected


def test_person_s_name_has_the_characters_of_the_region():
    assert person_name_in("温卫峰", "zh-tw") == "溫衛峰"
    assert person_name_in("温卫峰", "zh-hk") == "溫衞峰"


def test_person_s_name_stays_in_the_simplified_edition():
    assert person_name_in("钟万丰", "zh-hans") == "钟万丰"


def test_person_s_name_is_refused_for_an_unknown_edition():
    with pytest.raises(KeyError):
        person_name_in("钟万丰", "zh-mars")
