"""The sample special topics: see `[[topics]]` in content/portal.toml."""

import datetime
from typing import Any

from django.utils import timezone

from articles.models import Article
from channels.models import Channel
from fronts.models import Topic, TopicBlock, TopicEntry

STEP = 10  # between the positions of neighbours


def load_topics(
    rows: list[dict[str, Any]],
    channels: dict[str, Channel],
    earlier: datetime.timedelta = datetime.timedelta(),
) -> None:
    """Load the topics that are missing, once their stories are there.

    A topic that is there is left alone, and an entry whose story is missing is left
    out. All times go back by `earlier`.
    """
    stories = {
        (article.import_key or "").removeprefix("demo:"): article
        for article in Article.objects.filter(
            import_key__startswith="demo:"
        ).select_related("cover")
    }
    for place, row in enumerate(rows, start=1):
        if Topic.objects.filter(slug=row["slug"]).exists():
            continue
        cover = stories.get(row.get("cover", ""))
        topic = Topic.objects.create(
            slug=row["slug"],
            title=row["title"],
            intro=row["intro"],
            cover=cover.cover if cover else None,
            position=place * STEP,
            visible_from=_moment(row.get("visible_from"), earlier),
            ended_at=_moment(row.get("ended_at"), earlier),
        )
        topic.channels.set(channels[slug] for slug in row["channels"])
        for position, block in enumerate(row["blocks"], start=1):
            _load_block(topic, block, position * STEP, stories, earlier)


def _load_block(
    topic: Topic,
    row: dict[str, Any],
    position: int,
    stories: dict[str, Article],
    earlier: datetime.timedelta,
) -> None:
    block = TopicBlock.objects.create(
        topic=topic,
        heading=row["heading"],
        layout=row["layout"],
        intro=row.get("intro", ""),
        position=position,
    )
    TopicEntry.objects.bulk_create(
        TopicEntry(
            block=block,
            article=stories.get(entry.get("story", "")),
            happened_on=entry["on"] - earlier if "on" in entry else None,
            figure=entry.get("figure", ""),
            text=entry.get("text", ""),
            position=place * STEP,
        )
        for place, entry in enumerate(row["entries"], start=1)
        if "story" not in entry or entry["story"] in stories
    )


def _moment(
    local: datetime.datetime | None, earlier: datetime.timedelta
) -> datetime.datetime | None:
    return timezone.make_aware(local) - earlier if local else None
