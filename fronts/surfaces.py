"""Every place that could show a story, and what it must be like once it is withdrawn.

A page for readers that a story can stand on has its function here, in SURFACES.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.layout import plain_text
from articles.models import (
    Article,
    PublishedArticle,
    Tag,
    Withdrawal,
)
from articles.paging import PAGE_SIZE
from articles.people import pages_listing
from articles.previews import open_links
from articles.queries import neighbours, related, shown_under
from channels.models import Channel
from editions.catalogue import EDITIONS
from editions.folding import fold
from fronts.archive import DAY_STORIES, stories_between
from fronts.models import SiteIdentity
from fronts.share_cards import Shape, address_of
from fronts.sitemaps import STORIES, part_with
from fronts.topics import topics_of_article
from pictures.models import Picture
from pictures.renditions import all_of

RELATED_PAGES = 20
RELATED_CANDIDATES = 40
SENTENCES = 3
SENTENCE_LENGTH = 12  # characters: a shorter one may be anybody's
TITLE_LENGTH = 4
_NO_WORDS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[。！？\s]+")


class Expects(StrEnum):
    """What a place must be like once the story is withdrawn."""

    GONE = "gone"  # 410, and none of its words
    WITHOUT = "without"  # neither its words nor a link to it
    UNLINKED = "unlinked"  # addresses only, and none of it: no words to look through
    CLOSED = "closed"  # a file: no longer to be had
    REVOKED = "revoked"  # a preview link: taken back


@dataclass(frozen=True)
class Place:
    """One address to ask; `files` are further addresses of the same thing."""

    surface: str
    path: str
    expects: Expects = Expects.WITHOUT
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A withdrawn story: its last version, and the moment before it was taken away."""

    withdrawal: Withdrawal
    last: PublishedArticle
    now: datetime.datetime

    @property
    def before(self) -> datetime.datetime:
        return self.withdrawal.withdrawn_at - datetime.timedelta(microseconds=1)

    @cached_property
    def channels(self) -> list[Channel]:
        """In whose lists it stood: its own, those above, further ones."""
        return list(Channel.objects.filter(listings__published_article=self.last))

    @cached_property
    def words(self) -> dict[str, str]:
        """What gives it away, squeezed: the words, and which part of the story they are.

        Words that another visible story has as well prove nothing.
        """
        visible = PublishedArticle.objects.visible(self.now)
        text = plain_text(self.last.body_html)
        sentences = [
            sentence
            for sentence in map(squeezed, _SENTENCE_END.split(text))
            if len(sentence) >= SENTENCE_LENGTH
        ]
        words = dict.fromkeys(sentences[:SENTENCES], "正文")
        deck = squeezed(self.last.deck)[: 2 * SENTENCE_LENGTH]
        if len(deck) >= SENTENCE_LENGTH:
            words[deck] = "正文"
        title = squeezed(self.last.title)
        is_common = visible.filter(title=self.last.title).exists()
        if len(title) >= TITLE_LENGTH and not is_common:
            words[title] = "标题"
        return words


def story_pages(subject: Subject) -> Iterator[Place]:
    path = subject.last.get_absolute_url()
    for place in in_editions("文章页", path):
        yield Place(place.surface, place.path, Expects.GONE)


def share_pages(subject: Subject) -> Iterator[Place]:
    """The page and the code to hand it on with, and the cards that other sites fetch."""
    last, identity = subject.last, SiteIdentity.current()
    for edition in EDITIONS:
        paths = {
            "分享页": reverse("articles:share", args=[last.article_id]),
            "二维码": reverse("articles:share_code", args=[last.article_id]),
            "分享图": address_of(Shape.CARD, last, edition, identity),
            "方形分享图": address_of(Shape.SQUARE, last, edition, identity),
        }
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        for surface, path in paths.items():
            name = f"{surface} · {edition.label}"
            yield Place(name, f"{prefix}{path}", Expects.GONE)


def home_page(_: Subject) -> Iterator[Place]:
    yield from in_editions("首页", reverse("fronts:home"))


def channel_pages(subject: Subject) -> Iterator[Place]:
    """The first page of each list, and the one on which the story stood."""
    last = subject.last
    for channel in subject.channels:
        rows = channel.listings.visible(subject.before)
        newer = rows.filter(
            Q(listed_at__gt=last.dated_at)
            | Q(listed_at=last.dated_at, published_article__gt=last.pk)
        )
        for page in _pages_up_to(newer.count()):
            yield from _list_page(
                f"频道“{channel.name}”", channel.get_absolute_url(), page
            )


def tag_pages(subject: Subject) -> Iterator[Place]:
    last = subject.last
    for tag in Tag.objects.filter(published=last):
        newer = PublishedArticle.objects.visible(subject.before).filter(
            Q(dated_at__gt=last.dated_at) | Q(dated_at=last.dated_at, pk__gt=last.pk),
            tags=tag,
        )
        for page in _pages_up_to(newer.count()):
            yield from _list_page(f"标签“{tag.name}”", tag.get_absolute_url(), page)


def people_pages(subject: Subject) -> Iterator[Place]:
    """As of a tag, of everybody whose name stands under the story and has a page."""
    last = subject.last
    for person in pages_listing(last, subject.before):
        newer = person.stories.filter(
            Q(dated_at__gt=last.dated_at) | Q(dated_at=last.dated_at, pk__gt=last.pk)
        )
        for page in _pages_up_to(newer.count()):
            yield from _list_page(f"人物“{person.name}”", person.address, page)


def stories_beside(subject: Subject) -> Iterator[Place]:
    """The stories that named it as the one before or after."""
    for story in neighbours(subject.last, subject.before):
        if story:
            yield from in_editions(f"上下篇“{story.title}”", story.get_absolute_url())


def stories_related(subject: Subject) -> Iterator[Place]:
    """Stories that had it in their block of related ones: the newest of them."""
    last = subject.last
    candidates = (
        PublishedArticle.objects.visible(subject.now)
        .exclude(article=last.article_id)
        .filter(
            Q(tags__in=last.tags.all())
            | Q(channel__in=subject.channels)
            | Q(pk__in=shown_under(last.article_id, subject.now))
        )
        .distinct()
        .order_by("-dated_at", "-pk")[:RELATED_CANDIDATES]
    )
    shown_on = [
        story
        for story in candidates
        if any(other.pk == last.pk for other in related(story, subject.before))
    ]
    for story in shown_on[:RELATED_PAGES]:
        yield Place(f"相关文章“{story.title}”", story.get_absolute_url())


def archive_day(subject: Subject) -> Iterator[Place]:
    """Its day in the archive."""
    last = subject.last
    day = timezone.localdate(last.dated_at)
    newer = stories_between(
        day, day + datetime.timedelta(days=1), subject.before
    ).filter(Q(dated_at__gt=last.dated_at) | Q(dated_at=last.dated_at, pk__gt=last.pk))
    address = reverse("fronts:archive_day", args=[day])
    for page in sorted({1, newer.count() // DAY_STORIES + 1}):
        yield from _list_page("归档当天", address, page)


def topic_pages(subject: Subject) -> Iterator[Place]:
    for topic in topics_of_article(subject.last.article_id, subject.now):
        yield from in_editions(f"专题“{topic.title}”", topic.get_absolute_url())


def feeds(subject: Subject) -> Iterator[Place]:
    """Each as Atom and as RSS: of the site, and of all that listed the story."""
    sources = [("全站订阅", "feed", "")]
    sources += [
        (f"频道“{channel.name}”订阅", "channel_feed", channel.slug)
        for channel in subject.channels
    ]
    sources += [
        (f"标签“{tag.name}”订阅", "tag_feed", tag.slug)
        for tag in Tag.objects.filter(published=subject.last)
    ]
    sources += [
        (f"专题“{topic.title}”订阅", "topic_feed", topic.slug)
        for topic in topics_of_article(subject.last.article_id, subject.now)
    ]
    for surface, route, slug in sources:
        for name in (f"fronts:{route}", f"fronts:{route}_rss"):
            path = reverse(name, args=[slug] if slug else [])
            yield from in_editions(surface, path)


def sitemap(subject: Subject) -> Iterator[Place]:
    """The file that names the story, and those of the news."""
    number = part_with(subject.last.article_id)
    path = reverse("fronts:sitemap_part", args=[STORIES, number])
    yield Place("网站地图", path, Expects.UNLINKED)
    yield from in_editions("新闻网站地图", reverse("fronts:news_sitemap"))


def corrections(_: Subject) -> Iterator[Place]:
    yield from in_editions("更正与撤稿", reverse("fronts:corrections"))
    for route in ("corrections_feed", "corrections_feed_rss"):
        yield from in_editions("更正与撤稿订阅", reverse(f"fronts:{route}"))


def pictures(subject: Subject) -> Iterator[Place]:
    """The files of pictures that no other story has."""
    article = subject.last.article_id
    published = PublishedArticle.objects.exclude(cover=None).order_by()
    others = published.exclude(article=article)
    own = Picture.objects.filter(
        pk__in=published.filter(article=article).values("cover")
    ).exclude(
        Q(pk__in=others.values("cover"))
        | Q(cover_of__in=Article.objects.exclude(pk=article))
    )
    for picture in own:
        # Since the withdrawal it has another key, which no reader was told.
        picture.key = picture.old_keys[-1] if picture.old_keys else picture.key
        first, *rest = [one.url for one in all_of(picture)]
        yield Place(f"图片“{picture.title}”", first, Expects.CLOSED, tuple(rest))


def preview_links(subject: Subject) -> Iterator[Place]:
    """Links to its revisions that still work. Not asked: each visit is counted, and the
    address is a key that no report may hold."""
    for link in open_links(subject.last.article, subject.now):
        key = f"/preview/{link.key[:4]}…"
        yield Place(f"第 {link.revision.number} 版的预览链接", key, Expects.REVOKED)


def in_editions(surface: str, path: str) -> Iterator[Place]:
    """The same page in every edition. `path` is without edition prefix."""
    for edition in EDITIONS:
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        yield Place(f"{surface} · {edition.label}", f"{prefix}{path}")


def squeezed(text: str) -> str:
    """Letters and digits only, in one spelling for all editions."""
    return _NO_WORDS.sub("", fold(text))


def _pages_up_to(count: int) -> list[int]:
    """The first page of a list and the one with the entry that `count` others precede."""
    return sorted({1, count // PAGE_SIZE + 1})


def _list_page(surface: str, path: str, page: int) -> Iterator[Place]:
    if page == 1:
        return in_editions(surface, path)
    return in_editions(f"{surface}第 {page} 页", f"{path}?page={page}")


# Every function gives the places of one kind. An app that shows stories adds its own.
SURFACES: list[Callable[[Subject], Iterable[Place]]] = [
    story_pages,
    share_pages,
    home_page,
    channel_pages,
    tag_pages,
    people_pages,
    stories_beside,
    stories_related,
    archive_day,
    topic_pages,
    feeds,
    sitemap,
    corrections,
    pictures,
    preview_links,
]
