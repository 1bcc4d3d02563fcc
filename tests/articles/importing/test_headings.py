import pytest

from articles.importing import extract
from tests.articles.importing.samples import FIRST, SECOND, THIRD, body_with, page


def headings(*lines: str) -> list[list[str]]:
    return extract(page(body=body_with(*lines)), "x.html").headings


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>从七个人开始</strong></p>",
        "<p><b>“早起一小时”</b></p>",
        "<h3>从七个人开始</h3>",
        "<p style='font-weight:bold'>队伍怎么来的？</p>",
        "<p>一、从七个人开始</p>",
        "<p>从七个人开始</p>",
    ],
)
def test_a_short_line_that_stands_alone_is_a_heading(line):
    assert len(headings(line)) == 1


def test_two_lines_are_one_heading():
    assert headings("<p><b>从七个人开始</b></p><p><b>队伍一天天长</b></p>") == [
        ["从七个人开始", "队伍一天天长"]
    ]
    assert headings("<p><b>从七个人开始<br>队伍一天天长</b></p>") == [
        ["从七个人开始", "队伍一天天长"]
    ]


def test_a_numeral_and_the_line_after_it_are_one_heading():
    assert headings("<p><b>01</b></p><p><b>从七个人开始</b></p>") == [
        ["01", "从七个人开始"]
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>一套动作要练三个月。</b></p>",
        "<p><b>从七个人开始。</b>后来队伍一天天长，站满了整个码头。</p>",
        "<p><b>1</b></p>",
        "<p><b>点评：</b></p>",
        "<p><b>2012年6月24日</b></p>",
        "<p><b>本报记者 苏眉</b></p>",
        "<p><b>文化馆新闻发言人 武小平</b></p>",
        "<p><b>记者：您好</b></p>",
        "<p><b>（苏眉）</b></p>",
        "<p>王建国</p><p>李小红</p><p>张大明</p><p>赵青</p>",
        "<p><a href='/1'>夜跑队的灯光</a></p>",
    ],
)
def test_what_only_looks_emphasised_is_no_heading(line):
    assert headings(line) == []


def test_bold_captions_are_no_headings():
    caption = (
        "<p align='center'><img src='1'></p><p align='center'><b>队员们伸展手臂</b></p>"
    )

    assert headings(caption, caption.replace("队员们", "教练")) == []


def test_a_page_with_emphasis_is_not_judged_by_the_length_of_its_lines():
    assert headings("<p><b>从七个人开始</b></p>", "<p>风雨无阻的早晨</p>") == [
        ["从七个人开始", ""]
    ]


def test_the_last_line_is_no_heading():
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p><b>明天见</b></p>"

    assert extract(page(body=body), "x.html").headings == []


def test_a_couplet_near_the_end_begins_the_closing():
    closing = "<p>春风又到柳溪岸，今日重开旧渡船。</p>" + f"<p>{THIRD}</p>"
    lines = f"<p>{SECOND}</p><p><b>从七个人开始</b></p><p>{FIRST}</p><p>{SECOND}</p>{closing}"
    sections = extract(page(body=lines), "x.html").sections
    assert [section.heading for section in sections][-2:] == ["从七个人开始", ""]
    assert "柳溪岸" in sections[-1].paragraphs[0]


def test_a_story_without_a_couplet_ends_in_its_last_titled_part():
    lines = f"<p>{SECOND}</p><p><b>从七个人开始</b></p><p>{FIRST}</p><p>{SECOND}</p>"
    sections = extract(page(body=lines), "x.html").sections
    assert sections[-1].heading == "从七个人开始"
