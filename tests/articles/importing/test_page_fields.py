"""Time, source, authors and editors where pages of different make print them."""

import pytest

from articles.importing import extract
from tests.articles.importing.samples import BODY, INFO, TITLE, page

MINUTE = "2021-05-06T07:08+08:00"
SECOND = "2021-05-06T07:08:09+08:00"


def top(dateline: str) -> str:
    return f"<h1>{TITLE}</h1>{dateline}"


@pytest.mark.parametrize(
    ("html", "time", "source"),
    [
        (page(top=top("<p>2021年05月06日07:08&nbsp;来源：<a href='/'>青石日报</a></p>")), MINUTE, "青石日报"),
        (page(top=top("<div>来源：青石台 | 2021年05月06日 07:08:09</div>")), SECOND, "青石台"),
        (page(top=top("<span>2021-05-06 07:08:09</span> [ 青石在线 原创 ]")), SECOND, "青石在线"),
        (page(top=top("<p>青石日报</p><p>2021-05-06 07:08</p>")), MINUTE, "青石日报"),
        (page(top=top("<div>2021-05-06 07:08·青石日报</div>")), MINUTE, "青石日报"),
        (page(top=top("<div>2021-05-06 07:08</div><div>来源：</div><div>青石日报</div>")), MINUTE, "青石日报"),
        (
            page(
                top="<div>2021</div><div>05/06</div><div>07:08</div><a href='/'>青石日报</a>"
                f"<h1>{TITLE}</h1>"
            ),
            MINUTE,
            "青石日报",
        ),
        (page(top=top("<div>2021-05-06 07:08</div>"), body=BODY + "<p>（来源：青石日报）</p>"), MINUTE, "青石日报"),
    ],
)  # fmt: skip
def test_time_and_source_are_read_beside_the_title(html, time, source):
    found = extract(html, "x.html")

    assert (found.published_at, found.source) == (time, source)


@pytest.mark.parametrize(
    "html",
    [
        page(top=top("<div>05-06 07:08 来源：青石日报</div>")),
        page(
            top=top("<div>05-06 07:08</div>"),
            head="<meta name='pubdate' content='2021-05-06 07:08:00'>",
        ),
        page(top=top("<div>来源：青石日报</div>")),
        page(top=f"<div>今天是2023年9月1日 星期五</div><h1>{TITLE}</h1>"),
        page(top=top("<p>（2007年6月29日第二十八次会议通过）</p>")),
        page(top=f"<p>2021-05-06 07:08</p><p>2021-05-07 08:09</p><h1>{TITLE}</h1>"),
        page(
            top=top(""), after="<div class='comment'>网友 发表于 2021-05-06 07:08</div>"
        ),
    ],
    ids=[
        "no year",
        "no year, metadata",
        "no date",
        "the date of today",
        "the date of a vote",
        "a list",
        "a comment",
    ],
)
def test_a_time_that_the_page_does_not_tell_is_never_made_up(html):
    assert extract(html, "x.html").published_at is None


def test_the_time_of_the_head_serves_a_page_that_prints_none():
    head = (
        "<meta property='article:published_time' content='2021-05-06T07:08:09+08:00'>"
    )

    assert extract(page(head=head, top=top("")), "x.html").published_at == SECOND


def test_metadata_authors_are_not_believed():
    assert (
        extract(page(head="<meta name='author' content='苏眉'>"), "x.html").authors
        == ()
    )


@pytest.mark.parametrize(
    "html",
    [
        page(top=top(f"<div>{INFO} 作者：苏眉</div>")),
        page(top=top("<p>苏眉/青石日报</p><p>2021-05-06 07:08</p>")),
        page(top=top(f"<p class='author'>苏眉</p><div>{INFO}</div>")),
        page(body="<p>青石日报记者 苏眉</p>" + BODY),
        page(body="<p>□本报记者 苏眉</p>" + BODY),
        page(body="<p>文/苏眉 图/陶然</p>" + BODY),
        page(body=BODY + "<p style='text-align:right'>（苏眉）</p>"),
        page(body=BODY + "<p>本文来源：青石日报 作者：苏眉 责任编辑：NF055</p>"),
    ],
)
def test_the_author_is_read_wherever_papers_print_it(html):
    assert extract(html, "x.html").authors == ("苏眉",)


@pytest.mark.parametrize(
    "after",
    [
        "<div>责任编辑：NF055</div>",
        "<div>责任编辑：biaoffeng</div>",
        "<div>责任编辑：</div>",
    ],
)
def test_codes_and_empty_labels_make_no_editor(after):
    assert extract(page(after=after), "x.html").editors == ()


def test_the_portal_editor_outranks_the_editor_of_the_reprinted_paper():
    html = page(
        body=BODY + "<p>编辑 金铃 校对 陶然</p>",
        after="<div>责任编辑：顾盼_NT6056</div>",
    )

    assert extract(html, "x.html").editors == ("顾盼",)
