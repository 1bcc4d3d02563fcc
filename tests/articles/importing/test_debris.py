import pytest

from articles.importing import extract
from articles.importing.page import plain
from tests.articles.importing.samples import BODY, FIRST, SECOND, THIRD, body_with, page


def text_of(html: bytes) -> list[str]:
    page = extract(html, "x.html")
    return [
        plain(paragraph)
        for section in page.sections
        for paragraph in section.paragraphs
    ]


@pytest.mark.parametrize(
    "debris",
    [
        "<p>（原标题：晨练队伍）</p>",
        "<p>分享到：</p>",
        "<p>▲晨练的人们。青石日报记者 陶然 摄</p>",
        "<p><img src='1'></p><p style='text-align:center'>晨练的人们。</p>",
        "<figure><img src='1'><figcaption>晨练的人们</figcaption></figure>",
        "<p><a href='/1'>夜跑队的灯光，照亮了谁的路</a></p>",
        "<p>广告</p>",
        "<p>点击进入专题</p>",
        "<p>【1】<a href='2'>【2】</a></p>",
        "<div><h4>相关阅读</h4><p><a href='/1'>夜跑队的灯光</a></p></div>",
        "<p>请继续往下阅读...</p>",
    ],
)
def test_debris_between_paragraphs_falls_away(debris):
    assert text_of(page(body=body_with(debris))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "debris",
    [
        "<p>（责任编辑：苏眉）</p>",
        "<p>编辑 苏眉 校对 陶然</p>",
        "<p>延伸 · 推荐</p><p><a href='/1'>夜跑队的灯光</a></p>",
        "<p>本文来源：青石日报 责任编辑：苏眉_NF4425</p>",
        "<p>+1</p><p>【纠错】</p>",
        "<p>扫一扫在手机打开当前页面</p>",
        "<p>声明：本文仅代表作者个人观点，与青石网无关，请读者仅作参考，并请自行核实相关内容。</p>",
        "<p>（来源：青石日报）</p>",
        "<p>- THE END -</p>",
    ],
)
def test_debris_after_the_last_paragraph_falls_away(debris):
    assert text_of(page(body=BODY + debris)) == [FIRST, SECOND, THIRD]


def test_credits_at_the_end_of_a_paragraph_are_cut_off():
    assert (
        text_of(page(body=BODY.replace(THIRD, f"{THIRD}（责任编辑：苏眉）")))[-1]
        == THIRD
    )
    link = f"{THIRD}<a href='/'>返回首页，查看更多</a>"
    assert text_of(page(body=BODY.replace(THIRD, link)))[-1] == THIRD


def test_comments_longer_than_the_article_are_not_the_article():
    comment = "<div class='c'><p>我也去过几次，早上的空气真的很好，教练很有耐心，老人孩子都能跟上。</p></div>"

    assert text_of(page(after=f"<div class='comment-list'>{comment * 12}</div>")) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_the_article_goes_on_after_a_box_of_links():
    box = "<div><h2>更多相关内容</h2><ul><li><a href='/1'>夜跑队的灯光</a></li></ul></div>"
    html = page(
        body=f"<div><p>{FIRST}</p></div><div><p>{SECOND}</p></div>{box}<div><p>{THIRD}</p></div>"
    )

    assert text_of(html) == [FIRST, SECOND, THIRD]


def test_sentences_that_hold_a_word_of_the_debris_stay():
    sentence = "他说，分享到朋友圈的照片都是队员自己拍的，场地和音响由文化馆提供。"

    assert sentence in text_of(page(body=body_with(f"<p>{sentence}</p>")))


def test_bold_inside_a_paragraph_is_kept():
    html = page(body=BODY.replace(FIRST, f"<b>从七个人开始。</b>{FIRST}"))

    assert (
        extract(html, "x")
        .sections[0]
        .paragraphs[0]
        .startswith("<p><strong>从七个人开始。</strong>早上")
    )
