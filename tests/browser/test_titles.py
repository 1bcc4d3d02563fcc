"""Lines as a browser sets them: where they end in titles, and in text."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator

from articles.models import Article
from editions.words import line_breaks
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = [
    "樟溪县47公里环湖绿道全线贯通 骑行驿站国庆前开放",
    "提神振气聚合力——樟溪县构建基层党建全域提升新格局",
    "老街早市几点开门？记者连走三天：六点不到已经满座",
    "樟溪三中“把课堂搬到田里” 孩子们种出第一垄水稻",
    "2754人领到技能补贴 最高每人0.17万元",
    "山上的茶园里，装上了会“看天”的小气象站",
    "非遗传承人余根生：一把刻刀用了五十三年",
    "樟溪县人民政府办公室关于做好2026年冬季清洁取暖工作的通知",
]
ENDS_OF_CLAUSES = "—：，；？！ "
TEXT = (
    "“这条路修了三年——从2019年到2022年——总共47公里。”老人说，“我走了一辈子……”他停了停。"
)
# The words of an element by the lines they stand on.
LINES = """
root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const lines = [];
    let middle = null;
    while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let place = 0; place < node.length; place += 1) {
            const range = document.createRange();
            range.setStart(node, place);
            range.setEnd(node, place + 1);
            const box = range.getClientRects()[0];
            if (!box?.width) {
                continue;
            }
            const here = box.top + box.height / 2;
            if (middle === null || Math.abs(here - middle) > 6) {
                lines.push("");
                middle = here;
            }
            lines[lines.length - 1] += node.data[place];
        }
    }
    return lines;
}
"""


def address(story: Article) -> str:
    return f"/article/{story.pk}/"


def lines_of(element: Locator) -> list[str]:
    return element.evaluate(LINES)


def torn(title: str, lines: list[str]) -> list[str]:
    """The lines that end inside a word, or are a single character."""
    allowed = line_breaks(title)
    faults = [line for line in lines if len(line.strip()) < 2]
    place = 0
    for line in lines[:-1]:
        place += len(line)
        is_end_of_clause = title[place - 1] in ENDS_OF_CLAUSES or title[place] == " "
        if place not in allowed and not is_end_of_clause:
            faults.append(line)
    return faults


def test_lines_of_titles_end_between_words_or_clauses(page):
    desk = factories.channel()
    stories = [
        factories.article(title=title, channel=desk, published=True) for title in TITLES
    ]
    page.goto(desk.get_absolute_url())
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for title in page.locator(".row__link").all():
            assert torn(title.text_content().strip(), lines_of(title)) == [], width
    assert page.locator(".row__link").count() == len(TITLES)
    page.goto(address(stories[1]))
    assert lines_of(page.locator("h1")) == [
        "提神振气聚合力——",
        "樟溪县构建基层党建",
        "全域提升新格局",
    ]


def test_long_latin_word_stays_on_the_page(page):
    story = factories.article(title=f"{'averylongword' * 4} 上线", published=True)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address(story))
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_dashes_stay_whole_and_no_line_begins_with_a_stop(page):
    story = factories.article(body=f"<p>{TEXT * 3}</p>", published=True)
    page.goto(address(story))
    paragraph = page.locator(".prose p").first
    for width in range(320, 400, 4):
        page.set_viewport_size({"width": width, "height": 800})
        lines = lines_of(paragraph)
        assert not [line for line in lines if line[0] in "。，、；：？！”’）》…"], width
        ends = [
            (line, following)
            for line, following in pairwise(lines)
            if line[-1] in "—“‘（《" and (line[-1] != "—" or following[0] == "—")
        ]
        assert ends == [], width


def test_picture_that_fails_keeps_its_box_and_shows_its_words(page, page_faults):
    cover = factories.picture(width=900, height=600, alt_text="河边的老街，灯亮着")
    story = factories.article(cover=cover, published=True)
    page.route("**/media/**", lambda route: route.abort())
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address(story))
    box = page.locator(".figure img").bounding_box()
    assert box["height"] == pytest.approx(box["width"] * 2 / 3, abs=1)
    page_faults.clear()


def test_head_of_a_long_table_stays_in_sight(page):
    row = "<tr><td><p>云坪</p></td><td><p>1374</p></td></tr>"
    head = "<tr><th><p>村</p></th><th><p>户数</p></th></tr>"
    body = f"<table><tbody>{head}{row * 60}</tbody></table>"
    story = factories.article(body=body, published=True)
    page.goto(address(story))
    page.locator(".scroll").evaluate("box => { box.scrollTop = 600; }")
    frame = page.locator(".scroll").bounding_box()
    head_box = page.locator(".scroll th").first.bounding_box()
    assert head_box["y"] == pytest.approx(frame["y"], abs=2)
