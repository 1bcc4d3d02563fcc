import pytest

from articles.importing.credits import (
    clean_source,
    is_credit,
    outlet_in_dateline,
    read_labels,
    split_byline,
)


@pytest.mark.parametrize(
    "label",
    ["来源", "来源 ", "本文来源", "稿件来源", "信息来源", "出处", "來源"],
)
def test_every_label_of_a_source_is_read(label):
    assert read_labels([f"2021-05-06 07:08 {label}：青石日报"]).source == "青石日报"


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("青石日报(北京)", "青石日报"),
        ("人民日报（海外版）", "人民日报（海外版）"),
        ("青石日报 举报", "青石日报"),
        ("青石日报 青石网", "青石日报"),
        ("青石网-《青石日报》2021-05-06 07:08", "青石网-《青石日报》"),
        ("BBC News", "BBC News"),
        ("青石日报）", "青石日报"),
    ],
)
def test_a_source_ends_before_city_counters_and_dates(value, source):
    assert clean_source(value) == source


def test_labels_glued_into_one_string_are_told_apart():
    found = read_labels(["2019-09-26 12:11来源：青石商报作者：巫小舟责任编辑：倪可"])

    assert (found.source, found.authors, found.editors) == (
        "青石商报",
        ["巫小舟"],
        ["倪可"],
    )


@pytest.mark.parametrize(
    "line",
    [
        "（责任编辑：苏眉）",
        "[责任编辑:苏眉]",
        "【编辑:苏眉】",
        "責編:苏眉",
        "编辑 苏眉 校对 陶然",
    ],
)
def test_editors_are_read_in_every_bracket(line):
    assert read_labels([line]).responsible == ["苏眉"]


def test_the_responsible_editor_outranks_a_bare_editor():
    found = read_labels(["编辑：金铃", "责任编辑：顾盼"])

    assert found.responsible == ["顾盼"]


def test_other_roles_name_no_editor_and_no_author():
    found = read_labels(["图片编辑：胡杨 校对：栾斌 摄影/程远 总编辑：石磊 编译/鲁南"])

    assert (found.responsible, found.authors) == ([], [])


def test_a_value_may_stand_on_the_line_after_its_label():
    assert read_labels(["来源：", "青石日报"]).source == "青石日报"
    assert read_labels(["责任编辑：", "平台声明：仅代表作者本人"]).responsible == []


def test_a_speaker_is_no_credit():
    assert not is_credit("记者：您好")
    assert is_credit("记者：苏眉")


def test_author_and_outlet_around_a_stroke_are_told_apart():
    assert split_byline("石小佳/青石日报") == ("石小佳", "青石日报")
    assert split_byline("青石快訊／范姜佳鈺") == ("范姜佳鈺", "青石快訊")
    assert split_byline("早上/晚上") == ("", "")


def test_an_agency_in_the_dateline_is_an_outlet_and_our_paper_is_not():
    assert outlet_in_dateline("（青石社記者林小滿台中15日電）") == "青石社"
    assert outlet_in_dateline("本报讯（记者 苏眉）") == ""
