"""The home page: what editors placed, then the newest, and nothing twice."""

import datetime

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article
from channels.models import Channel
from fronts.home import home_front
from fronts.models import Placement
from tests import factories
from tests.markup import select, words_of
from tests.reader_pages import HOUR, opened, query_count, stories

pytestmark = pytest.mark.django_db

Slot = Placement.Slot
OLD = datetime.timedelta(days=30)


def old_story(title: str, **fields):
    """A story that time alone would not put on the home page."""
    return factories.article(
        title=title, published_at=timezone.now() - OLD, **{"channel": None, **fields}
    )


def test_home_without_stories_says_so(client):
    assert "这里还没有文章。" in client.get("/").content.decode()


def test_home_leads_with_the_newest_story_that_has_a_picture(client):
    stories(2)
    factories.article(
        title="有图的一篇",
        cover=factories.picture(),
        published_at=timezone.now() - 9 * HOUR,
    )
    page = opened(client, "/")
    assert words_of(page, ".lead__title") == ["有图的一篇"]
    assert words_of(page, ".front__news h3") == ["第1篇", "第2篇"]


def test_home_shows_each_story_once(client):
    desk, other = factories.channel(), factories.channel()
    stories(14, channel=desk)
    for story in desk.articles.all():
        story.further_channels.add(other)
        publishing.replace(story, by=None)
    links = [
        link.get("href")
        for link in select(opened(client, "/"), "main a[href*=article]")
    ]
    assert len(links) > 7
    assert len(links) == len(set(links))


def test_home_has_no_block_for_a_channel_with_one_story(client):
    few, many = factories.channel(name="乡村"), factories.channel(name="校园")
    stories(9, channel=many)
    factories.article(channel=few, published_at=timezone.now() - 99 * HOUR)
    assert words_of(opened(client, "/"), ".block h2") == ["校园"]


def test_home_shows_people_by_name_and_honour(client):
    gallery = factories.channel(name="樟溪好人", kind=Channel.Kind.GALLERY)
    factories.article(
        title="范玉梅", subtitle="2026年度樟溪好人", channel=gallery, published=True
    )
    page = opened(client, "/")
    assert words_of(page, ".honours h2") == ["樟溪好人"]
    assert words_of(page, ".person h3") == ["范玉梅"]
    assert words_of(page, ".person__honour") == ["2026年度樟溪好人"]


def test_home_has_a_strip_of_each_gallery_and_nobody_twice(client):
    kind = Channel.Kind.GALLERY
    craft = factories.channel(name="手艺人", slug="craft", kind=kind, position=30)
    good = factories.channel(name="樟溪好人", slug="good", kind=kind, position=20)
    factories.channel(name="没有人", kind=kind, position=10)
    factories.person(title="余根生", channel=craft)
    both = factories.person(title="范玉梅", channel=good, published=False)
    both.further_channels.add(craft)
    publishing.publish(both, by=None)
    page = opened(client, "/")
    assert words_of(page, ".honours h2") == ["樟溪好人", "手艺人"]
    assert words_of(page, ".honours h3") == ["范玉梅", "余根生"]
    named = [strip.get("aria-labelledby") for strip in select(page, ".honours")]
    assert named == ["people-good", "people-craft"]


def test_home_holds_up_nobody_whose_honour_was_revoked(client):
    gallery = factories.channel(name="樟溪好人", kind=Channel.Kind.GALLERY)
    revoked = {"revoked_on": datetime.date(2026, 3, 18)}
    factories.article(title="褚长河", channel=gallery, published=True)
    for number in range(4):
        factories.person(title=f"好人{number}", channel=gallery)
    factories.person(title="余根生", channel=gallery, honour=revoked)
    page = opened(client, "/")
    people = ["好人3", "好人2", "好人1", "好人0", "褚长河"]
    assert words_of(page, ".person h3") == people
    assert "余根生" in words_of(
        opened(client, gallery.get_absolute_url()), ".person h2"
    )


def test_home_queries_do_not_grow_with_the_stories(client):
    desk = factories.channel()
    stories(2, channel=desk, cover=factories.picture())
    query_count(client, "/")  # what was read most is remembered for some minutes
    before = query_count(client, "/")
    stories(20, channel=desk)
    assert query_count(client, "/") == before


def test_lead_is_the_story_that_editors_placed_there(client):
    desk = factories.channel(in_navigation=False)
    stories(2, channel=desk, cover=factories.picture())
    factories.placement(old_story("老街修好了", channel=desk), Slot.LEAD)
    page = opened(client, "/")
    assert words_of(page, ".lead__title") == ["老街修好了"]
    assert words_of(page, ".front__news h3") == ["第1篇", "第2篇"]


@pytest.mark.parametrize(
    "moments",
    [
        {"shown_from": timezone.now() + HOUR},
        {"shown_until": timezone.now() - HOUR},
    ],
    ids=["not yet", "no more"],
)
def test_placement_holds_for_its_time_only(client, moments):
    desk = factories.channel(in_navigation=False)
    stories(2, channel=desk)
    since = {"shown_from": timezone.now() - OLD}
    placed = old_story("老街修好了", channel=desk)
    factories.placement(placed, Slot.LEAD, **since | moments)
    factories.placement(placed, Slot.HEADLINE, **since | moments)
    assert words_of(opened(client, "/"), ".lead__title") == ["第1篇"]


def test_placed_story_that_was_withdrawn_leaves_its_place_to_the_newest(client):
    desk = factories.channel(in_navigation=False)
    stories(2, channel=desk)
    placed = old_story("老街修好了", channel=desk)
    factories.placement(placed, Slot.LEAD)
    publishing.withdraw(placed, by=None)
    page = opened(client, "/")
    assert words_of(page, ".lead__title") == ["第1篇"]
    assert words_of(page, ".front__news h2") == ["最新"]


def test_headlines_are_the_placed_ones_in_order_then_the_newest(client):
    desk = factories.channel(in_navigation=False)
    stories(9, channel=desk, cover=factories.picture())
    later, first = (old_story(title, channel=desk) for title in ("乙", "甲"))
    factories.placement(later, Slot.HEADLINE, position=2)
    factories.placement(first, Slot.HEADLINE, position=1)
    page = opened(client, "/")
    assert words_of(page, ".front__news h2") == ["编辑精选"]
    assert words_of(page, ".front__news h3") == [
        *("甲", "乙"),
        *(f"第{number}篇" for number in range(2, 6)),
    ]


def test_headlines_without_a_placement_are_called_the_newest(client):
    stories(2)
    assert words_of(opened(client, "/"), ".front__news h2") == ["最新"]


def test_story_placed_twice_stands_on_the_page_once(client):
    desk = factories.channel()
    stories(3, channel=desk)
    placed = old_story("老街修好了", channel=desk)
    factories.placement(placed, Slot.LEAD)
    factories.placement(placed, Slot.HEADLINE)
    factories.placement(placed, Slot.HEADLINE, position=1)
    links = words_of(opened(client, "/"), "main a[href*=article]")
    assert links.count("老街修好了") == 1


def test_only_story_of_the_site_leads_even_if_placed_as_a_headline(client):
    placed = factories.article(title="老街修好了", published=True)
    factories.placement(placed, Slot.HEADLINE)
    page = opened(client, "/")
    assert words_of(page, ".lead__title") == ["老街修好了"]
    assert select(page, ".front__news") == []


def test_pinned_story_of_a_channel_is_no_matter_of_the_home_page(client):
    desk = factories.channel(in_navigation=False)
    stories(7, channel=desk)
    factories.placement(old_story("置顶的", channel=desk), Slot.PINNED, channel=desk)
    assert "置顶的" not in client.get("/").content.decode()


def test_blocks_stand_in_the_order_of_the_channels(client):
    for name, position in (("校园", 30), ("乡村", 10), ("文化", 20)):
        desk = factories.channel(name=name, position=position)
        for day in range(2):
            moment = timezone.now() - OLD - day * HOUR
            factories.article(channel=desk, published_at=moment)
    stories(7, channel=factories.channel(in_navigation=False))
    assert words_of(opened(client, "/"), ".block h2") == ["乡村", "文化", "校园"]


def test_block_without_a_picture_shows_words_in_its_place(client):
    desk = factories.channel()
    stories(7, channel=factories.channel(in_navigation=False))
    for _ in range(2):
        old_story("老街修好了", channel=desk, standfirst="一块一块地补。")
    page = opened(client, "/")
    assert words_of(page, ".block .card__deck") == ["一块一块地补。"]
    assert select(page, ".block .card--text")


def test_person_in_a_block_too_stands_in_the_strip_only(client):
    gallery = factories.channel(kind=Channel.Kind.GALLERY, position=20)
    desk = factories.channel(position=10)
    stories(9, channel=desk)
    person = factories.article(title="范玉梅", channel=gallery)
    person.further_channels.add(desk)
    publishing.publish(person, by=None)
    page = opened(client, "/")
    assert words_of(page, ".person h3") == ["范玉梅"]
    assert words_of(page, "main a[href*=article]").count("范玉梅") == 1


def test_home_leads_to_the_archive_and_to_running_topics(client):
    stories(1)
    factories.topic(title="一条河的四季", public=True)
    page = opened(client, "/")
    assert words_of(page, ".topic-strip h3") == ["一条河的四季"]
    assert select(page, "main a[href=/archive/]")


def test_each_channel_costs_the_home_page_one_query(client, django_assert_num_queries):
    stories(2)
    query_count(client, "/")  # what was read most is remembered for some minutes
    before = query_count(client, "/")
    factories.channel()
    with django_assert_num_queries(before + 1):
        client.get("/")


def test_home_front_asks_three_queries_four_if_anything_is_placed(
    django_assert_num_queries,
):
    stories(9, channel=factories.channel(), cover=factories.picture())
    now = timezone.now()
    with django_assert_num_queries(3):
        home_front(now, [])
    for slot in (Slot.LEAD, Slot.HEADLINE):
        for story in Article.objects.all()[:4]:
            factories.placement(story, slot)
    with django_assert_num_queries(4):
        home_front(now, [])
