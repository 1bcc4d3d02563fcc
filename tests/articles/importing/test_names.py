import pytest

from articles.importing.names import (
    looks_like_person,
    names_after_label,
    names_in_running_text,
)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("汤诗瑶、丁涛", ["汤诗瑶", "丁涛"]),
        ("何苗 张梦洁", ["何苗", "张梦洁"]),
        ("邱 烨、罗 娜", ["邱烨", "罗娜"]),
        ("姚立伟_NT6056", ["姚立伟"]),
        ("HN666 苏眉", ["苏眉"]),
        ("苏眉(PK155)", ["苏眉"]),
        ("青石日报记者陆一舟", ["陆一舟"]),
        ("Demi Xia", ["Demi Xia"]),
        ("玛丽·安", ["玛丽·安"]),
        ("几乎不流浪", ["几乎不流浪"]),
        ("杨仕省", ["杨仕省"]),
        ("苏眉 点击", ["苏眉"]),
    ],
)
def test_a_label_gives_the_people_printed_after_it(value, names):
    assert names_after_label(value) == names


@pytest.mark.parametrize(
    "value",
    [
        "NF055",
        "HN666",
        "系统管理员",
        "biaoffeng",
        "网络整理",
        "佚名",
        "编辑部",
        "本站",
        "",
    ],
)
def test_codes_accounts_and_offices_are_nobody(value):
    assert names_after_label(value) == []


@pytest.mark.parametrize(
    "value", ["德清县发改局", "高新区", "完", "高新区 苏眉", "全文完", "图"]
)
def test_brackets_with_anything_but_people_name_nobody(value):
    assert names_in_running_text(value) == []


def test_surnames_tell_a_person_where_no_label_does():
    assert looks_like_person("范姜佳鈺")
    assert looks_like_person("欧阳小满")
    assert not looks_like_person("的确如此")
