"""The page of one story, through its address."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Section
from articles.models.desk import DatePrecision
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
YEAR = datetime.timedelta(days=365)


def story(
    *sections: tuple[str, str, str], at: datetime.datetime | None = None, **words
):
    """A published story; sections are (heading, subheading, body)."""
    made = factories.article(body="" if sections else "<p>河水清了。</p>", **words)
    for position, (heading, subheading, body) in enumerate(sections, start=1):
        Section.objects.create(
            article=made,
            position=position * 10,
            heading=heading,
            subheading=subheading,
            body=body,
        )
    publishing.publish(made, by=None, now=at)
    return made


def address(article, edition: str = "") -> str:
    return f"{edition}/article/{article.pk}/"


def opened(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return parsed(response)


def linked_data(page) -> list[dict]:
    return [
        json.loads(script.text)
        for script in select(page, "script[type=application/ld+json]")
    ]


def test_story_is_read_at_its_address(client):
    made = story(title="老街的早市 六点开门", subtitle="一条街，三十个摊")
    page = opened(client, address(made))
    assert words_of(page, "h1") == ["老街的早市 六点开门"]
    assert words_of(page, ".story__subtitle") == ["一条街，三十个摊"]
    assert words_of(page, ".prose p") == ["河水清了。"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_story_page_only_reads(client, method):
    assert getattr(client, method)(address(story())).status_code == 405


def test_planned_story_is_404_for_readers(client):
    made = factories.article()
    publishing.schedule(made, NOW + YEAR, by=None)
    assert client.get(address(made)).status_code == 404


def test_withdrawn_story_is_410_and_says_why(client):
    made = story(title="写错的消息")
    publishing.withdraw(made, by=None, public_note="地点有误。")
    response = client.get(address(made))
    assert response.status_code == 410
    text = response.content.decode()
    assert "这篇文章已撤回" in text
    assert "地点有误。" in text
    assert "写错的消息" not in text


def test_facts_name_time_source_and_authors(client):
    made = story(
        source="樟溪日报",
        authors=("林渡", "苏禾"),
        original_published_at=datetime.datetime(
            2026, 6, 17, 0, 18, tzinfo=datetime.UTC
        ),
    )
    facts = words_of(opened(client, address(made)), ".facts__fact")
    assert facts == ["时间 2026年6月17日 08:18", "来源 樟溪日报", "作者 林渡、苏禾"]


@pytest.mark.parametrize(
    ("precision", "shown", "machine"),
    [
        (DatePrecision.DAY, "2026年6月17日", "2026-06-17"),
        (DatePrecision.MINUTE, "2026年6月17日 08:18", "2026-06-17T08:18+08:00"),
        (DatePrecision.SECOND, "2026年6月17日 08:18:05", "2026-06-17T08:18:05+08:00"),
    ],
)
def test_time_is_as_precise_as_it_was_printed(client, precision, shown, machine):
    made = story(
        original_published_at=datetime.datetime(
            2026, 6, 17, 0, 18, 5, tzinfo=datetime.UTC
        ),
        original_precision=precision,
    )
    time = select(opened(client, address(made)), ".facts time")[0]
    assert (time.text, time.get("datetime")) == (shown, machine)


def test_update_is_shown_once_the_words_changed(client):
    made = story(at=NOW - YEAR / 12)
    assert "更新于" not in client.get(address(made)).content.decode()
    made.sections.update(body="<p>河水又清了一些。</p>")
    publishing.replace(made, by=None, now=NOW - YEAR / 24)
    assert "更新于" in client.get(address(made)).content.decode()


def test_two_line_heading_keeps_its_second_line_small(client):
    made = story(("", "", "<p>开头。</p>"), ("怎么数", "十只一把", "<p>站在桥上。</p>"))
    page = opened(client, address(made))
    assert words_of(page, ".prose h2") == ["怎么数 十只一把"]
    assert words_of(page, ".prose h2 small") == ["十只一把"]
    assert len(select(page, ".prose section")) == 2


def test_contents_lead_to_the_sections(client):
    made = story(*[(f"第{n}节", "", f"<p>{'走路。' * 20}</p>") for n in "一二三"])
    page = opened(client, address(made))
    assert words_of(page, "summary") == ["本文共 3 节"]
    anchors = [link.get("href") for link in select(page, ".contents a")]
    assert anchors == [f"#{node.get('id')}" for node in select(page, "section[id]")]


def test_short_story_has_no_contents_box(client):
    made = story(*[(f"第{n}节", "", "<p>走路。</p>") for n in "一二"])
    assert "<details" not in client.get(address(made)).content.decode()


def test_responsible_editors_sign_at_the_end(client):
    made = story(editors=("沈砚秋", "陆知夏"))
    page = opened(client, address(made))
    assert words_of(page, ".story__signing") == ["责任编辑：沈砚秋、陆知夏"]


def test_tags_lead_to_their_pages(client):
    made = story(tags=("老街",))
    link = select(opened(client, address(made)), "a[rel=tag]")[0]
    assert link.text == "#老街"
    assert client.get(link.get("href")).status_code == 200


def test_old_story_says_how_old_it_is(client):
    made = story(original_published_at=NOW - 3.1 * YEAR)
    text = client.get(address(made)).content.decode()
    assert "本文发布于 3 年前，情况可能已变化。" in text


def test_recent_story_has_no_notice(client):
    made = story(original_published_at=NOW - 0.9 * YEAR)
    assert select(opened(client, address(made)), ".notice") == []


@pytest.mark.parametrize(
    ("script", "edition", "original"),
    [("zh-Hans", "/zh-tw", ""), ("zh-Hant", "", "/zh-hant")],
)
def test_converted_edition_points_to_the_authors_words(
    client, script, edition, original
):
    made = story(script=script)
    link = select(opened(client, address(made, edition)), ".notice a")[0]
    assert link.get("href") == address(made, original)


@pytest.mark.parametrize(
    ("script", "edition"), [("zh-Hans", ""), ("zh-Hant", "/zh-hk")]
)
def test_edition_in_the_authors_script_is_not_called_converted(client, script, edition):
    page = opened(client, address(story(script=script), edition))
    assert select(page, ".notice") == []


def test_words_authored_in_traditional_stay_as_written_there(client):
    made = story(script="zh-Hant", title="屋裏的燈", authors=("陳望川",))
    page = opened(client, address(made, "/zh-tw"))
    assert words_of(page, "h1") == ["屋裏的燈"]
    assert page.findtext(".//title").startswith("屋裏的燈 - ")
    simplified = opened(client, address(made))
    assert words_of(simplified, "h1") == ["屋里的灯"]
    assert words_of(simplified, ".facts__fact")[-1] == "作者 陈望川"


def test_edition_links_lead_to_the_same_story(client):
    made = story()
    page = opened(client, address(made, "/zh-hk"))
    links = select(page, ".masthead .editions__link")
    assert [(link.get("href"), link.text) for link in links] == [
        (address(made), "简体"),
        (address(made, "/zh-hant"), "繁體"),
        (address(made, "/zh-tw"), "臺灣"),
        (address(made, "/zh-hk"), "香港"),
    ]
    assert [link.get("aria-current") for link in links] == [None, None, None, "true"]


def test_search_engines_learn_the_address_in_every_edition(client, settings):
    made = story()
    page = opened(client, f"{address(made, '/zh-tw')}?from=mail")
    site = settings.SITE_URL
    canonical = select(page, "link[rel=canonical]")[0].get("href")
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in select(page, "link[hreflang]")
    }
    assert canonical == f"{site}{address(made, '/zh-tw')}"
    assert alternates == {
        "zh-Hans": f"{site}{address(made)}",
        "zh-Hant": f"{site}{address(made, '/zh-hant')}",
        "zh-Hant-TW": f"{site}{address(made, '/zh-tw')}",
        "zh-Hant-HK": f"{site}{address(made, '/zh-hk')}",
        "x-default": f"{site}{address(made)}",
    }


def test_title_cannot_break_out_of_structured_data(client):
    made = story(title="</script><script>alert(1)</script>&<!--")
    page = opened(client, address(made))
    assert linked_data(page)[0]["headline"] == made.title
    assert "<script>alert" not in client.get(address(made)).content.decode()


def test_markup_in_words_is_shown_as_words(client):
    words = '"><b onmouseover="x">粗</b>'
    made = story(
        (words, words, "<p>正文。</p>"),
        title=words,
        subtitle=words,
        kicker=words,
        standfirst=words,
        authors=(words,),
        editors=(words,),
        source=words,
    )
    page = opened(client, address(made))
    assert select(page, "[onmouseover]") == []
    assert select(page, "main b") == []


def test_table_scrolls_in_a_box_of_its_own(client):
    table = "<table><tbody><tr><td><p>白鹭</p></td></tr></tbody></table>"
    page = opened(client, address(story(("", "", f"<p>数：</p>{table}<p>完。</p>"))))
    assert words_of(page, ".scroll[tabindex=0] > table td") == ["白鹭"]
    assert words_of(page, ".prose section > p") == ["数：", "完。"]


def test_upright_picture_keeps_its_proportions(client):
    cover = factories.picture(width=300, height=400, alt_text="姚红梅，公交司机")
    page = opened(client, address(story(cover=cover)))
    image = select(page, ".figure--upright img")[0]
    assert (image.get("width"), image.get("height")) == ("300", "400")
    assert image.get("alt") == "姚红梅，公交司机"


def test_neighbours_and_related_stories_are_of_the_same_channel(client):
    desk = factories.channel()
    hours = [NOW - datetime.timedelta(hours=n) for n in (3, 2, 1)]
    older, made, newer = (
        story(title=f"第{n}篇", channel=desk, at=hour)
        for n, hour in zip("一二三", hours, strict=True)
    )
    story(title="别处的一篇")
    page = opened(client, address(made))
    assert select(page, "a[rel=prev]")[0].get("href") == address(older)
    assert select(page, "a[rel=next]")[0].get("href") == address(newer)
    assert words_of(page, ".related h3") == ["第三篇", "第一篇"]


def test_no_page_of_a_story_needs_inline_style_or_script(client):
    made = story(("一", "二", "<p>三。</p>"), cover=factories.picture())
    page = opened(client, address(made))
    assert select(page, "[style]") == []
    assert select(page, "style") == []
    assert {
        script.get("src") or script.get("type") for script in select(page, "script")
    } == {
        "application/ld+json",
        "/static/js/frame.js",
        "/static/js/read-aloud.js",
        "/static/js/share.js",
        "/static/js/views.js",
    }


def test_queries_do_not_grow_with_the_stories_around(client):
    desk = factories.channel()
    made = story(channel=desk, tags=("老街",))
    counts = []
    for more in (6, 14):
        for _ in range(more):
            story(channel=desk, tags=("老街",))
        with CaptureQueriesContext(connection) as queries:
            opened(client, address(made))
        counts.append(len(queries))
    assert counts[0] == counts[1]
