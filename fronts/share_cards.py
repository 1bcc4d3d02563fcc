"""The share cards of stories: what they say, at which address, and their bytes.

An address holds a version of what is drawn: whoever kept an old one is led to the current,
and the picture of a corrected story is a new one to every site that shows it. Drawn
pictures wait in the cache and not in the media folder, which is open to everybody for
good: a card must go with its story.
"""

import json
from dataclasses import astuple
from enum import StrEnum
from hashlib import blake2b

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.cards import drawing
from articles.models import PublishedArticle
from editions.catalogue import HANS, Edition
from editions.glossary import current_glossary
from editions.marked import convert_marked
from editions.runs import needs_conversion
from editions.story_terms import mark_story, packed
from fronts.models import SiteIdentity
from pictures.models import Picture
from pictures.renditions import opened

KEPT = 24 * 60 * 60  # seconds


class Shape(StrEnum):
    """A value is the URL name of the address."""

    CARD = "fronts:share_card"
    SQUARE = "fronts:share_square"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self is Shape.CARD else "image/png"


def version_of(
    story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> str:
    """Part of the addresses of a story's cards. No query if `for_cards` loaded the story."""
    cover = story.cover
    return _digest(
        drawing.DESIGN,
        story.pk,
        packed(story.edition_terms, story.title),
        story.channel.name,
        cover and [cover.file.name, cover.focal_point],
        edition.code,
        identity.name_in(edition),
        identity.seal,
        identity.emblem and identity.emblem.file.name,
    )[:12]


def address_of(
    shape: Shape, story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> str:
    """The path in the edition of the request at hand."""
    version = version_of(story, edition, identity)
    return reverse(shape.value, args=[story.article_id, version])


def picture_of(
    shape: Shape, story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> bytes:
    """The drawn card, from the cache if it can be. A tenth of a second if it cannot; a
    query for the glossary, which may say another thing than yesterday."""
    words = words_of(story, edition, identity)
    version = version_of(story, edition, identity)
    key = f"share-card:{_digest(shape.value, version, astuple(words))}"
    drawn = cache.get(key)
    if drawn is None:
        emblem = _opened(identity.emblem, "square")
        if shape is Shape.SQUARE:
            drawn = drawing.square(words, emblem)
        else:
            drawn = drawing.landscape(
                words,
                _opened(story.cover, "lead"),
                _focus(story.cover),
                emblem,
            )
        cache.set(key, drawn, KEPT)
    return drawn


def words_of(
    story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> drawing.Words:
    """What the card says, in the script of the edition. One query if any of it has to be
    converted."""
    day = timezone.localtime(story.dated_at)
    title = f"{story.title}（已故）" if story.honour.get("is_deceased") else story.title
    channel = story.channel.name
    said = [
        mark_story(title, story.script, story.edition_terms),
        f"推广 · {channel}" if story.is_promotion else channel,
        f"{day.year}年{day.month}月{day.day}日",
        identity.name_in(edition),
        identity.seal,
    ]
    if any(needs_conversion(text, edition) for text in said):
        glossary = current_glossary()
        said = [convert_marked(text, edition, glossary=glossary) for text in said]
    # A term of the glossary may be longer or shorter: the offsets hold no more.
    is_same_length = len(said[0]) == len(title)
    return drawing.Words(
        title=said[0],
        breaks=tuple(story.title_breaks) if is_same_length else (),
        channel=said[1],
        date=said[2],
        site=said[3],
        seal=said[4],
        face="sc" if edition.script == HANS else "tc",
    )


def _opened(picture: Picture | None, size: str) -> Image.Image | None:
    """The picture in one of its sizes; None if there is none or its file is lost."""
    return opened(picture, size) if picture else None


def _focus(picture: Picture | None) -> tuple[float, float]:
    """Where the picture is cut around, as parts of its width and height."""
    return picture.focus if picture else (0.5, 0.5)


def _digest(*parts: object) -> str:
    written = json.dumps(parts, ensure_ascii=False)
    return blake2b(written.encode(), digest_size=16).hexdigest()
