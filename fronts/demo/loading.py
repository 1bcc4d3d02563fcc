"""Puts the sample portal into the database, through the verbs editors use.

A story that is there is left alone, whatever has been done to it. Each story is one
transaction, so a load that was interrupted goes on where it stopped.
"""

import datetime
import io
import math
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Act
from articles import publishing
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Author,
    Editor,
    Section,
    Source,
)
from articles.models.desk import DatePrecision
from articles.snapshots import content_of
from articles.writing import record_save
from channels.models import Channel
from editions.models import Term
from fronts.demo.drawing import draw_portrait, draw_scene
from fronts.demo.markup import SectionText
from fronts.demo.people import give_honour, load_people
from fronts.demo.reading import load_views
from fronts.demo.statements import load_statements
from fronts.demo.stories import Story, read_portal, read_stories
from fronts.demo.topics import load_topics
from fronts.models import Placement, SiteIdentity
from pictures.models import Collection, Picture, Rights
from pictures.shelving import add

JPEG_QUALITY = 88
WEEK = datetime.timedelta(days=7)


def load(
    now: datetime.datetime,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Load what is missing and return how many stories were added.

    `report` gets the number of stories done and in all. Complete means that no public
    story is missing: those cannot be deleted, while a draft that somebody deleted
    stays deleted. One query when there is nothing to do.
    """
    stories = read_stories()
    present = set(
        Article.objects.filter(
            import_key__in=[story.import_key for story in stories]
        ).values_list("import_key", flat=True)
    )
    missing = [story for story in stories if story.import_key not in present]
    if not any(story.state == "public" for story in missing):
        return 0
    channels = _load_frame()
    earlier = _shift(stories, now)
    for done, story in enumerate(missing, start=1):
        with transaction.atomic():
            StoryLoader(story, channels, now, earlier).load()
        report(done, len(missing))
    load_topics(read_portal()["topics"], channels, earlier)
    _load_placements(channels, now)
    load_views(now, timezone.localdate(now))
    return len(missing)


def _load_frame() -> dict[str, Channel]:
    """Site identity, unless there is one, and the glossary; returns the channels by slug."""
    portal = read_portal()
    if not SiteIdentity.objects.exists():
        SiteIdentity.objects.create(**portal["identity"])
    load_statements(portal["statements"])
    for row in portal["terms"]:
        Term.objects.get_or_create(
            source=row["source"],
            script=Term.Script.HANS,
            defaults={
                "is_protected": "form" not in row,
                "form_zh_hant": row.get("form", ""),
                "note": row["note"],
            },
        )
    load_people(portal)
    channels: dict[str, Channel] = {}
    for row in portal["channels"]:
        fields = {key: row[key] for key in row if key not in {"slug", "parent"}}
        fields["parent"] = channels.get(row.get("parent"))
        channels[row["slug"]], _ = Channel.objects.get_or_create(
            slug=row["slug"], defaults=fields
        )
    return channels


def _load_placements(channels: dict[str, Channel], now: datetime.datetime) -> None:
    """What the fronts show off, unless editors have placed something already."""
    if Placement.objects.exists():
        return
    for position, row in enumerate(read_portal().get("placements", []), start=1):
        article = Article.objects.filter(import_key=f"demo:{row['story']}").first()
        if article:
            Placement.objects.create(
                slot=row["slot"],
                channel=channels.get(row.get("channel")),
                article=article,
                position=position,
                shown_from=now,
            )


def _shift(stories: list[Story], now: datetime.datetime) -> datetime.timedelta:
    """How far to move all times back, in whole weeks, on a clock that runs behind them."""
    latest = max(
        moment
        for story in stories
        for key in ("time", "updated", "withdrawn")
        if (moment := story.moment(key))
    )
    return max(0, math.ceil((latest - now) / WEEK)) * WEEK


class StoryLoader:
    """One story's way into the database."""

    def __init__(
        self,
        story: Story,
        channels: dict[str, Channel],
        now: datetime.datetime,
        earlier: datetime.timedelta = datetime.timedelta(),
    ) -> None:
        self.story = story
        self.channels = channels
        self.now = now
        self.earlier = earlier

    def load(self) -> None:
        article = self.desk_copy()
        record_save(article, by=None, act=Act.IMPORT, now=self._first_moment())
        match self.story.state:
            case "scheduled":
                wait = datetime.timedelta(days=int(self.story["days"]))
                publishing.schedule(article, self.now + wait, by=None, now=self.now)
            case "withdrawn":
                self._publish(article)
                publishing.withdraw(
                    article,
                    by=None,
                    public_note=self.story["note"],
                    now=self._moment("withdrawn"),
                )
            case "public":
                self._publish(article)

    def _publish(self, article: Article) -> None:
        """Publish at the story's own time, and add what was added later."""
        publishing.publish(article, by=None, now=self._moment("time"))
        if self.story.later_sections:
            before = content_of(article)
            self._add_sections(article, self.story.later_sections)
            moment = self._moment("updated")
            record_save(article, by=None, before=before, now=moment)
            publishing.replace(article, by=None, now=moment)

    def desk_copy(self) -> Article:
        """The story as a new desk copy."""
        story = self.story
        article = Article.objects.create(
            import_key=story.import_key,
            title=story["title"],
            subtitle=story["subtitle"],
            kicker=story["kicker"],
            standfirst=story["standfirst"],
            script=story["script"] or "zh-Hans",
            channel=self.channels[story["channel"]],
            source=Source.objects.get_or_create(name=story["source"])[0]
            if story["source"]
            else None,
            cover=self._picture(),
            original_published_at=self._moment("original"),
            original_precision=DatePrecision.DAY
            if story["original"]
            else DatePrecision.MINUTE,
        )
        article.further_channels.set(
            self.channels[slug] for slug in story.names("also")
        )
        article.tags.set(story.names("tags"))
        self._add_sections(article, story.sections)
        for position, name in enumerate(story.names("authors"), start=1):
            author, _ = Author.objects.get_or_create(name=name)
            ArticleAuthor.objects.create(
                article=article, author=author, position=position
            )
        for position, name in enumerate(story.names("editors"), start=1):
            editor, _ = Editor.objects.get_or_create(name=name, desk="")
            ArticleEditor.objects.create(
                article=article, editor=editor, position=position
            )
        give_honour(article, story, self.earlier)
        return article

    def _add_sections(self, article: Article, sections: list[SectionText]) -> None:
        start = article.sections.count()
        for position, section in enumerate(sections, start=start + 1):
            Section.objects.create(
                article=article,
                position=position * 10,
                heading=section.heading,
                subheading=section.subheading,
                body=section.body,
            )

    def _picture(self) -> Picture | None:
        story = self.story
        if not story["scene"]:
            return None
        seed = int(story["seed"])
        drawn = (
            draw_portrait(story["wear"], seed)
            if story["scene"] == "portrait"
            else draw_scene(story["scene"], seed)
        )
        jpeg = io.BytesIO()
        drawn.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
        return add(
            ContentFile(jpeg.getvalue(), name=f"{story.slug}.jpg"),
            by=None,
            title=story["title"],
            alt_text=story["alt"],
            caption=story["caption"],
            credit=story["credit"],
            rights=Rights.OWN,
            collection=self._collection(),
        )

    def _collection(self) -> Collection | None:
        """That of the channel at the top of the story's."""
        top = self.channels[self.story["channel"]].ancestors(include_self=True)[0]
        return Collection.objects.filter(name=top.name).first()

    def _first_moment(self) -> datetime.datetime:
        return self._moment("time") or self.now

    def _moment(self, key: str) -> datetime.datetime | None:
        moment = self.story.moment(key)
        return moment - self.earlier if moment else None
