"""Special topics as readers see them at a moment, and what editors may put on them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from accounts.models import User
from articles.models import Article, PublishedArticle
from articles.structured_data import absolute
from channels.models import Channel
from editions.story_terms import mark_story
from fronts.breadcrumbs import Step
from fronts.models import Topic, TopicBlock, TopicEntry
from pictures.renditions import jpeg

Layout = TopicBlock.Layout


@dataclass(frozen=True)
class ShownEntry:
    """An entry that readers see, with its story as published, if it has one."""

    entry: TopicEntry
    story: PublishedArticle | None


@dataclass(frozen=True)
class ShownBlock:
    """A block with something to show."""

    block: TopicBlock
    entries: list[ShownEntry]

    @property
    def template(self) -> str:
        return f"fronts/_topic_{self.block.layout}.html"


def running_topics(at: datetime.datetime, limit: int | None = None) -> list[Topic]:
    """What fronts show off, in the editors' order. One query."""
    return list(Topic.objects.running(at).for_cards()[:limit])


def topics_of_channel(channel: Channel, at: datetime.datetime) -> list[Topic]:
    """Running topics that editors gave to this very channel. One query."""
    return list(Topic.objects.running(at).filter(channels=channel).for_cards())


def topics_of_article(article_id: int, at: datetime.datetime) -> list[Topic]:
    """Visible topics in which the story stands, ended ones too. One query."""
    entries = TopicEntry.objects.filter(article=article_id).values("block__topic")
    return list(Topic.objects.visible(at).filter(pk__in=entries))


def listed_topics(at: datetime.datetime) -> QuerySet[Topic]:
    """All visible topics: the running ones, then those that ended."""
    has_ended = Case(
        When(ended_at__lte=at, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    order = (has_ended, "position", "-visible_from", "-pk")
    return Topic.objects.visible(at).for_cards().order_by(*order)


def topic_page(topic: Topic, at: datetime.datetime) -> dict[str, Any]:
    """What the page of a topic is made of. Two queries."""
    return {
        "topic": topic,
        "has_ended": topic.standing_at(at) == Topic.Standing.ENDED,
        "blocks": shown_blocks(topic, at),
        "steps": [Step("专题", reverse("fronts:topics"))],
    }


def shown_blocks(topic: Topic, at: datetime.datetime) -> list[ShownBlock]:
    """The blocks that have something to show, with just that. Two queries."""
    entries = list(
        TopicEntry.objects.filter(block__topic=topic)
        .select_related("block")
        .order_by("block__position", "block__pk", "position", "pk")
    )
    stories = stories_of(entries, at)
    blocks = []
    for block, members in groupby(entries, key=lambda entry: entry.block):
        shown = [
            ShownEntry(entry, story)
            for entry in members
            for story in [stories.get(entry.article_id)]
            if not why_hidden(entry, story, block.layout)
        ]
        if block.layout == Layout.TIMELINE:
            shown.sort(key=lambda event: event.entry.happened_on or datetime.date.max)
        if shown:
            blocks.append(ShownBlock(block, shown))
    return blocks


def stories_of(
    entries: Iterable[TopicEntry], at: datetime.datetime
) -> dict[int | None, PublishedArticle]:
    """The visible stories of these entries, by article. One query."""
    articles = {entry.article_id for entry in entries if entry.article_id}
    found = PublishedArticle.objects.visible(at).filter(article__in=articles)
    return {story.article_id: story for story in found.for_cards()}


def why_hidden(entry: TopicEntry, story: PublishedArticle | None, layout: str) -> str:
    """Why readers do not see this entry; empty when they do.

    An entry with a story stands and falls with it: its own words may tell what the
    story told before it was withdrawn, or before its time.
    """
    if entry.article_id and story is None:
        return "稿件不在线"
    if layout in {Layout.LIST, Layout.PEOPLE} and story is None:
        return "没有稿件"
    if layout == Layout.PEOPLE and story and story.channel.kind != Channel.Kind.GALLERY:
        return "不是人物稿件"
    if layout == Layout.TIMELINE and entry.happened_on is None:
        return "没有日期"
    if layout == Layout.FIGURES and not entry.figure:
        return "没有数字"
    return ""


def collection_page(topic: Topic, blocks: list[ShownBlock]) -> dict[str, Any]:
    """JSON-LD: the topic as a collection of its stories, each once."""
    stories = {
        shown.story.get_absolute_url(): shown.story
        for block in blocks
        for shown in block.entries
        if shown.story
    }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": topic.title,
        "url": absolute(topic.get_absolute_url()),
        "inLanguage": "zh-Hans",
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "url": absolute(path),
                    "name": mark_story(story.title, story.script, story.edition_terms),
                }
                for number, (path, story) in enumerate(stories.items(), start=1)
            ],
        },
    }
    if topic.intro:
        data["description"] = topic.intro
    if topic.cover:
        data["image"] = [absolute(jpeg(topic.cover, "lead"))]
    return data


def stories_to_choose(user: User, at: datetime.datetime) -> QuerySet[PublishedArticle]:
    """Stories that an entry may be given: what everybody can read, and what is planned
    among the stories that this person may see on the desk. One row for each story."""
    visible = PublishedArticle.objects.visible(at)
    planned = (
        PublishedArticle.objects.scheduled(at)
        .filter(article__in=Article.objects.viewable_by(user).order_by().values("pk"))
        .exclude(article__in=visible.order_by().values("article"))
    )
    return (visible | planned).select_related("channel").order_by("-dated_at", "-pk")
