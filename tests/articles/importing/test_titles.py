import pytest

from articles.importing import extract
from articles.importing.titles import claimed_title
from tests.articles.importing.samples import INFO, TITLE, page


@pytest.mark.parametrize(
    "top",
    [
        f"<div>{INFO}</div>",
        f"<div class='logo'><h1><a href='/'>青石网</a></h1></div><div class='bt'>{TITLE}</div><div>{INFO}</div>",
        f"<h1></h1><div class='h-title'>{TITLE}</div><div>{INFO}</div>",
        f"<h1>快讯：湖边公园明天开放</h1><h2>{TITLE}</h2><div>{INFO}</div>",
        f"<div>{INFO}</div><h2>{TITLE}</h2>",
    ],
    ids=[
        "not printed",
        "h1 is the site",
        "h1 is empty",
        "h1 is a ticker",
        "under the dateline",
    ],
)
def test_the_title_is_found_wherever_it_stands(top):
    assert extract(page(top=top), "x.html").title == TITLE


def test_the_printed_line_counts_where_the_page_claims_only_its_section():
    html = page(title="县域新闻", top=f"<h3>{TITLE}</h3><div>{INFO}</div>")

    assert extract(html, "x.html").title == TITLE


def test_a_title_broken_over_lines_is_put_together():
    top = f"<p><b>河边的晨练队伍</b><br><b>三代人一起出汗</b></p><div>{INFO}</div>"
    html = page(title="河边的晨练队伍三代人一起出汗_青石网", top=top)

    assert extract(html, "x.html").title == "河边的晨练队伍三代人一起出汗"


def test_a_line_between_title_and_dateline_is_the_subtitle():
    html = page(top=f"<h2>{TITLE}</h2><h3>文化馆提供场地和音响</h3><div>{INFO}</div>")

    assert extract(html, "x.html").subtitle == "文化馆提供场地和音响"


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        ("女儿出嫁那一天--文化--青石网", "女儿出嫁那一天"),
        (
            "老渡口的最后一班船|渡口|青石河_新闻中心_青石在线",
            "老渡口的最后一班船|渡口|青石河",
        ),
        ("1-10月青石县旅游人数增长-青石网", "1-10月青石县旅游人数增长"),
        ("青石网", ""),
    ],
)
def test_site_names_are_cut_off_a_claimed_title(claim, title):
    assert claimed_title([claim]) == title
