import pytest

from articles.importing import extract
from tests.articles.importing.samples import FIRST, SECOND, THIRD, dump

MENU = "频道首页政务要闻青石党建生活旅游教育"
PATH = "青石网>>生活"
TITLE = "河边的晨练队伍 三代人一起出汗"
DATELINE = "2021年05月06日07:08    来源:青石日报"
SIGN_OFF = "(责编:邱小烨、罗小娜)"
ALL = (MENU, PATH, TITLE, DATELINE, FIRST, SECOND, THIRD, SIGN_OFF)


def paragraphs(page) -> int:
    return sum(len(section.paragraphs) for section in page.sections)


@pytest.mark.parametrize(
    "lines",
    [
        ALL,
        (*ALL, "微信“扫一扫”添加“学习青石”"),
        (MENU, PATH, TITLE, DATELINE, "分享到:", "小字号", *ALL[4:]),
        (MENU, *ALL[2:]),
        ALL[2:],
        (MENU, PATH, DATELINE, TITLE, *ALL[4:]),
        (MENU, PATH, TITLE, "来源:青石日报  发布时间:2021-05-06 07:08", *ALL[4:]),
        (*ALL[:7], "【1】【2】【3】", "下一页", SIGN_OFF),
        (*ALL[:7], "相关报道:", "夜跑队的灯光", SIGN_OFF),
        (*ALL, "推荐阅读", "夜跑队的灯光照亮了一条河,也照亮了很多人的生活。"),
    ],
    ids=[
        "plain", "qr", "share", "no path", "bare", "date first", "labels", "pager", "related",
        "recommended",
    ],
)  # fmt: skip
def test_a_dump_of_any_shape_gives_the_same_story(lines):
    page = extract(dump(*lines), "x.txt")

    assert (
        page.title,
        page.published_at,
        page.source,
        page.editors,
        paragraphs(page),
    ) == (
        TITLE,
        "2021-05-06T07:08+08:00",
        "青石日报",
        ("邱小烨", "罗小娜"),
        3,
    )


def test_headings_of_one_and_of_two_lines_are_found_without_mark_up():
    lines = (
        *ALL[:5],
        "从七个人开始",
        SECOND,
        "一套动作",
        "老人孩子都会",
        THIRD,
        SIGN_OFF,
    )

    assert extract(dump(*lines), "x.txt").headings == [
        ["从七个人开始", ""],
        ["一套动作", "老人孩子都会"],
    ]


def test_lines_around_the_title_are_kicker_subtitle_and_by_line():
    lines = (
        MENU,
        PATH,
        "晨光里的县城",
        TITLE,
        "——来自河边的见闻",
        "记者 苏眉",
        *ALL[3:],
    )
    page = extract(dump(*lines), "x.txt")

    assert (page.kicker, page.title, page.subtitle) == (
        "晨光里的县城",
        TITLE,
        "——来自河边的见闻",
    )


def test_half_width_punctuation_between_han_characters_is_restored():
    half = FIRST.replace("，", ",")
    page = extract(dump(TITLE, DATELINE, half, SECOND), "x.txt")

    assert page.sections[0].paragraphs[0] == f"<p>{FIRST}</p>"


def test_a_dump_without_dateline_has_no_time():
    page = extract(dump(MENU, TITLE, FIRST, SECOND, THIRD), "x.txt")

    assert (page.title, page.published_at) == (TITLE, None)
