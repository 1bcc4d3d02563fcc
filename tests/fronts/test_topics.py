"""Special topics as readers see them: the page of one, the list, and where else they stand."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from channels.models import Channel
from fronts import absence, surfaces
from fronts.models import Topic, TopicBlock
from fronts.templatetags.topics import topics_of_story
from fronts.topics import running_topics, topics_of_channel
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

Layout = TopicBlock.Layout
Standing = Topic.Standing
NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
MAY, JUNE = datetime.date(2026, 5, 16), datetime.date(2026, 6, 19)


def opened(client, topic: Topic, status: int = 200):
    response = client.get(topic.get_absolute_url())
    assert response.status_code == status
    return parsed(response)


def block_with(*entries: dict, **fields) -> TopicBlock:
    """A block of a public topic with these entries, in this order."""
    topic = fields.pop("topic", None) or factories.topic(public=True)
    block = factories.topic_block(topic=topic, **fields)
    for position, entry in enumerate(entries, start=1):
        block.entries.create(position=position, **entry)
    return block


def person(**fields):
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    return factories.article(channel=gallery, published=True, **fields)


def hrefs(page, selector: str) -> list[str]:
    return [link.get("href") for link in select(page, selector)]


def frame_queries(client) -> int:
    """How many queries a page needs that has nothing but its frame."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/nowhere/")
    return len(queries)


def linked_data(page, kind: str) -> dict:
    found = [
        json.loads(script.text)
        for script in select(page, "script[type=application/ld+json]")
    ]
    return next(data for data in found if data["@type"] == kind)


def test_pages_of_topics_only_read(client):
    topic = factories.topic(public=True)
    for path in (topic.get_absolute_url(), "/topic/"):
        assert client.post(path).status_code == 405


def test_hero_has_title_intro_and_picture(client):
    cover = factories.picture(alt_text="溪上的桥", credit="程远山 绘")
    topic = factories.topic(
        public=True, title="沿着樟溪走", intro="四十七公里。", cover=cover
    )
    page = opened(client, topic)
    assert words_of(page, "h1") == ["沿着樟溪走"]
    assert words_of(page, ".topic-head .list-head__intro") == ["四十七公里。"]
    assert [image.get("alt") for image in select(page, ".topic-head img")] == [
        "溪上的桥"
    ]
    assert words_of(page, ".topic-head__credit") == ["图片：程远山 绘"]


def test_topic_without_picture_has_none(client):
    page = opened(client, factories.topic(public=True))
    assert select(page, ".topic-head img") == []
    assert select(page, "meta[property=og:image]") == []


def test_page_says_where_it_stands_and_what_it_holds(client, settings):
    story = factories.article(title="老街的早市", published=True)
    topic = factories.topic(
        public=True, title="沿着樟溪走", slug="stream", intro="水。"
    )
    block_with({"article": story}, topic=topic)
    page = opened(client, topic)
    assert words_of(page, ".breadcrumb li") == ["首页", "专题", "沿着樟溪走"]
    assert hrefs(page, "link[rel=canonical]") == [f"{settings.SITE_URL}/topic/stream/"]
    assert select(page, "meta[property=og:title]")[0].get("content") == "沿着樟溪走"
    data = linked_data(page, "CollectionPage")
    assert (data["name"], data["description"]) == ("沿着樟溪走", "水。")
    listed = data["mainEntity"]["itemListElement"]
    assert [(one["name"], one["url"]) for one in listed] == [
        ("老街的早市", f"{settings.SITE_URL}/article/{story.pk}/")
    ]
    assert hrefs(page, ".topic-head .list-head__feed a") == ["/topic/stream/feed/"]
    steps = linked_data(page, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == ["首页", "专题", "沿着樟溪走"]


def test_list_has_its_stories_in_the_editors_order(client):
    first, second = (factories.article(title=t, published=True) for t in "甲乙")
    block = block_with({"article": second, "text": "编者的话"}, {"article": first})
    page = opened(client, block.topic)
    assert words_of(page, ".topic-block h2") == ["文章"]
    assert words_of(page, ".topic-stories h3") == ["乙", "甲"]
    assert words_of(page, ".topic-stories .row__deck")[0] == "编者的话"


def test_blocks_have_anchors_that_the_navigation_names(client):
    topic = factories.topic(public=True)
    for heading in ("一路", "人物"):
        story = factories.article(published=True)
        block_with({"article": story}, topic=topic, heading=heading)
    page = opened(client, topic)
    links = select(page, ".topic-head nav a")
    assert [link.text for link in links] == ["一路", "人物"]
    for link in links:
        assert select(page, f"section{link.get('href')}")


def test_timeline_is_sorted_by_day_and_links_where_there_is_a_story(client):
    story = factories.article(title="龙舟日", published=True)
    block = block_with(
        {"article": story, "happened_on": JUNE},
        {"text": "水库开放。", "happened_on": MAY},
        {"text": "没有日期。"},
        layout=Layout.TIMELINE,
    )
    page = opened(client, block.topic)
    assert words_of(page, "ol.timeline li") == [
        "2026年5月16日 水库开放。",
        "2026年6月19日 龙舟日",
    ]
    assert hrefs(page, ".timeline a") == [f"/article/{story.pk}/"]
    assert select(page, ".timeline time")[0].get("datetime") == "2026-05-16"


def test_figures_stand_with_their_words(client):
    block = block_with(
        {"figure": "47 公里", "text": "樟溪的长度"},
        {"text": "没有数字"},
        layout=Layout.FIGURES,
    )
    page = opened(client, block.topic)
    assert words_of(page, ".figures li") == ["47 公里 樟溪的长度"]


def test_people_are_shown_as_in_the_gallery(client):
    shown = person(title="范玉梅")
    block = block_with(
        {"article": shown},
        {"article": factories.article(title="不是人物", published=True)},
        layout=Layout.PEOPLE,
    )
    page = opened(client, block.topic)
    assert words_of(page, ".people h3") == ["范玉梅"]
    assert hrefs(page, ".people a") == [f"/article/{shown.pk}/"]


@pytest.mark.parametrize("layout", Layout.values)
def test_entry_is_shown_only_while_its_story_is(client, layout):
    """Also its own words: they may tell what the story told."""
    story = person(title="新桥合龙")
    entry = {"article": story, "text": "桥合龙了", "figure": "1 座", "happened_on": MAY}
    block = block_with(entry, layout=layout, heading="几件事")
    assert words_of(opened(client, block.topic), "h2") == ["几件事"]
    publishing.withdraw(story, by=None)
    page = opened(client, block.topic)
    assert select(page, "h2") == []
    assert "桥" not in page.text_content()
    assert words_of(page, ".nothing") == ["这个专题还没有内容。去看看 全部专题。"]


def test_planned_story_joins_the_topic_at_its_time(client, time_machine):
    story = factories.article(title="明天的事")
    publishing.schedule(story, NOW + DAY, by=None, now=NOW)
    block = block_with({"article": story})
    assert select(opened(client, block.topic), "h3") == []
    time_machine.move_to(NOW + DAY)
    assert words_of(opened(client, block.topic), "h3") == ["明天的事"]


def test_story_keeps_the_script_of_its_author(client):
    story = factories.article(title="溪邊的書店", script="zh-Hant", published=True)
    block = block_with({"article": story, "happened_on": MAY}, layout=Layout.TIMELINE)
    path = block.topic.get_absolute_url()
    assert words_of(parsed(client.get(f"/zh-hant{path}")), ".timeline a") == [
        "溪邊的書店"
    ]
    assert words_of(parsed(client.get(path)), ".timeline a") == ["溪边的书店"]


def test_ended_topic_says_when(client):
    ended_at = timezone.make_aware(datetime.datetime(2026, 3, 4, 18))  # noqa: DTZ001
    topic = factories.topic(visible_from=ended_at - DAY, ended_at=ended_at)
    said = words_of(opened(client, topic), ".list-head__closed")
    assert said == ["本专题于 2026年3月4日 结束更新。"]


@pytest.mark.parametrize("ended_at", [None, NOW + DAY])
def test_running_topic_says_nothing_of_an_end(client, ended_at):
    topic = factories.topic(public=True, ended_at=ended_at)
    assert "结束更新" not in opened(client, topic).text_content()


@pytest.mark.parametrize(
    ("moments", "standing"),
    [
        ({}, Standing.PREPARING),
        ({"visible_from": NOW + HOUR}, Standing.PREPARING),
        ({"visible_from": NOW}, Standing.RUNNING),
        ({"visible_from": NOW - DAY, "ended_at": NOW + HOUR}, Standing.RUNNING),
        ({"visible_from": NOW - DAY, "ended_at": NOW}, Standing.ENDED),
        ({"visible_from": NOW - DAY, "visible_until": NOW + HOUR}, Standing.RUNNING),
        ({"visible_from": NOW - DAY, "visible_until": NOW}, Standing.DOWN),
        (
            {"visible_from": NOW - DAY, "ended_at": NOW - HOUR, "visible_until": NOW},
            Standing.DOWN,
        ),
    ],
)
def test_one_topic_and_all_topics_agree_on_where_it_stands(moments, standing):
    topic = factories.topic(**moments)
    assert topic.standing_at(NOW) == standing
    seen = {Standing.RUNNING, Standing.ENDED}
    assert Topic.objects.visible(NOW).exists() == (standing in seen)
    assert Topic.objects.running(NOW).exists() == (standing == Standing.RUNNING)
    assert Topic.objects.ended(NOW).exists() == (standing == Standing.ENDED)


@pytest.mark.parametrize("visible_from", [None, NOW + DAY])
def test_topic_that_is_not_public_yet_is_404(client, visible_from):
    topic = factories.topic(visible_from=visible_from, title="还没有公开")
    assert "还没有公开" not in opened(client, topic, 404).text_content()
    assert "还没有公开" not in client.get("/topic/").content.decode()


def test_topic_that_was_taken_down_says_so(client):
    topic = factories.topic(
        title="从前的事", visible_from=NOW - DAY, visible_until=NOW - HOUR
    )
    page = opened(client, topic, 410)
    assert words_of(page, "h1") == ["这个专题已下线"]
    assert "从前的事" not in page.text_content()
    assert select(page, "link[rel=canonical]") == []


def test_unknown_topic_is_404(client):
    assert client.get("/topic/nowhere/").status_code == 404


@pytest.mark.parametrize("layout", Layout.values)
def test_queries_of_a_topic_do_not_grow(client, django_assert_num_queries, layout):
    frame = frame_queries(client)
    cover = factories.picture()
    topic = factories.topic(public=True, cover=cover)
    for count in (1, 19):
        for _ in range(count):
            story = person(cover=cover)
            entry = {"article": story, "happened_on": MAY, "figure": "1", "text": "字"}
            block_with(entry, topic=topic, layout=layout)
        # The topic, its entries, their stories.
        with django_assert_num_queries(frame + 3):
            opened(client, topic)


def test_list_of_topics_has_the_running_ones_first(client):
    factories.topic(public=True, title="旧的", ended_at=NOW - HOUR, position=1)
    factories.topic(public=True, title="后面的", position=3)
    factories.topic(public=True, title="前面的", intro="先看。", position=2)
    page = parsed(client.get("/topic/"))
    assert words_of(page, "h2") == ["正在更新", "已结束更新"]
    assert words_of(page, ".topic-cards h3") == ["前面的", "后面的", "旧的"]
    assert "先看。" in words_of(page, ".topic-card__intro")


def test_list_without_topics_says_so(client):
    page = parsed(client.get("/topic/"))
    assert words_of(page, ".nothing") == ["这里还没有专题。去看看 首页。"]


def test_queries_of_the_list_do_not_grow(client, django_assert_num_queries):
    frame = frame_queries(client)
    cover = factories.picture()
    for count in (1, 19):
        for _ in range(count):
            factories.topic(public=True, cover=cover)
        # How many, and which.
        with django_assert_num_queries(frame + 2):
            client.get("/topic/")


def test_list_of_topics_has_pages(client, monkeypatch):
    monkeypatch.setattr("fronts.views.topics.PAGE_SIZE", 2)
    for number in range(3):
        factories.topic(public=True, title=f"专题{number}", position=number)
    page = parsed(client.get("/topic/?page=2"))
    assert words_of(page, ".topic-cards h3") == ["专题2"]
    assert client.get("/topic/?page=3").status_code == 404


def test_fronts_show_running_topics_of_their_own():
    desk, other = factories.channel(), factories.channel()
    here = factories.topic(public=True, position=2)
    there = factories.topic(public=True, position=1)
    over = factories.topic(public=True, ended_at=NOW - HOUR)
    here.channels.set([desk])
    there.channels.set([other])
    over.channels.set([desk])
    assert running_topics(NOW) == [there, here]
    assert running_topics(NOW, 1) == [there]
    assert topics_of_channel(desk, NOW) == [here]


def test_story_names_its_topics_once_each(client):
    story = factories.article(published=True)
    ended = factories.topic(public=True, title="晒秋", ended_at=NOW - HOUR)
    hidden = factories.topic(title="还没有公开")
    for topic in (ended, ended, hidden):
        block_with({"article": story}, topic=topic)
    block_with({"text": "没有稿件的一条"})
    page = parsed(client.get(f"/article/{story.pk}/"))
    assert words_of(page, ".story-topics") == ["所属专题：晒秋"]
    assert topics_of_story(None) == []
    other = factories.article(published=True)
    assert "所属专题" not in client.get(f"/article/{other.pk}/").content.decode()


def test_withdrawn_story_is_looked_for_on_its_topics(monkeypatch):
    monkeypatch.setattr(absence, "SURFACES", [surfaces.topic_pages])
    story = factories.article(title="新桥昨天合龙", published=True)
    block = block_with({"article": story}, {"text": "另一条", "happened_on": MAY})
    check = absence.check(publishing.withdraw(story, by=None))
    path = block.topic.get_absolute_url()
    assert [row["address"] for row in check.surfaces] == [
        path,
        f"/zh-hant{path}",
        f"/zh-tw{path}",
        f"/zh-hk{path}",
    ]
    assert all(row["clean"] for row in check.surfaces)
