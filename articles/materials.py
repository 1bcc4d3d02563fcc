"""Pictures, files, sound and links in the text of a story: as they are frozen with it, and
as readers get them.

What is frozen are keys, and the words as they stood; what a thing weighs and how large it
is comes from its row when the text is laid out. A story without any has no such parts, so
that what was frozen before there were materials keeps its fingerprint.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model

from articles.models import (
    Article,
    Enclosure,
    Illustration,
    PublishedArticle,
    PublishedMaterial,
)
from pictures.models import Document, Picture, Recording

Content = dict[str, Any]
PARTS = ("illustrations", "enclosures")
# How a frozen enclosure says what it is.
TARGETS: dict[str, type[Model]] = {"document": Document, "recording": Recording}
STEP = 10  # between the positions of two rows

# The text of a story in Traditional is left alone by the editions: so must be what the
# page says in its midst.
_WORDS = {
    "zh-Hans": {
        "gallery": "图集，共",
        "count": "张",
        "credit": "图片：",
        "ai": "AI 生成",
        "transcript": "文字稿",
        "captions": "字幕",
        "outside": "站外内容，在",
        "opens": "打开",
    },
    "zh-Hant": {
        "gallery": "圖集，共",
        "count": "張",
        "credit": "圖片：",
        "ai": "AI 生成",
        "transcript": "文字稿",
        "captions": "字幕",
        "outside": "站外內容，在",
        "opens": "打開",
    },
}


def materials_of(article: Article) -> Content:
    """To be frozen with the desk copy. Two queries; nothing for a story without any."""
    numbers = _numbers_of_sections(article)
    illustrations = [
        {
            "picture": row.picture_id,
            "place": _kept_place(row.place, numbers),
            "alt_text": row.picture.alt_text,
            "is_decorative": row.picture.is_decorative,
            "caption": row.caption or row.picture.caption,
            "credit": row.picture.credit,
            "joins": row.joins_previous,
        }
        for row in article.illustrations.select_related("picture")
    ]
    enclosures = [
        {
            "place": _kept_place(row.place, numbers),
            "document": row.document_id,
            "recording": row.recording_id,
            "url": row.url,
            "title": row.title or str(row),
        }
        for row in article.enclosures.select_related("document", "recording")
    ]
    parts = {"illustrations": illustrations, "enclosures": enclosures}
    return {name: rows for name, rows in parts.items() if rows}


def _numbers_of_sections(article: Article) -> list[int]:
    """For each section of the desk copy, how many of those up to it say something."""
    numbers, count = [], 0
    for section in article.sections.all():
        count += bool(section.heading or section.body)
        numbers.append(count)
    return numbers


def _kept_place(place: int | None, numbers: list[int]) -> int | None:
    """The place among the sections that are frozen; None is the end."""
    if place is None or place > len(numbers):
        return None
    return numbers[place - 1] if place else 0


def missing_materials(content: Content) -> list[str]:
    """Sentences on what is frozen and no longer there. Up to three queries."""
    rows = _Rows.of([content])
    pictures = [one["picture"] for one in content.get("illustrations", [])]
    gone = len([key for key in pictures if key not in rows.pictures])
    sentences = [f"有 {gone} 张插图已经从图片库删除，没有恢复。"] if gone else []
    return sentences + [
        f"附件“{one['title']}”已经删除，没有恢复。"
        for one in content.get("enclosures", [])
        if not rows.has(one)
    ]


def write_materials(article: Article, content: Content) -> None:
    """Make the desk copy's materials these, but for what is gone, in the caller's
    transaction."""
    article.illustrations.all().delete()
    article.enclosures.all().delete()
    rows_of = _Rows.of([content])
    for number, one in enumerate(content.get("illustrations", []), start=1):
        picture = rows_of.pictures.get(one["picture"])
        if picture is None:
            continue
        Illustration.objects.create(
            article=article,
            picture=picture,
            place=one["place"],
            position=number * STEP,
            joins_previous=one["joins"],
            caption="" if one["caption"] == picture.caption else one["caption"],
        )
    for number, one in enumerate(content.get("enclosures", []), start=1):
        if rows_of.has(one):
            Enclosure.objects.create(
                article=article,
                place=one["place"],
                position=number * STEP,
                document_id=one["document"],
                recording_id=one["recording"],
                url=one["url"],
                title=one["title"],
            )


def write_published(published: PublishedArticle) -> None:
    """Note what the version shows, so that nobody removes it. Two to four queries."""
    content = published.revision.content
    rows = _Rows.of([content])
    found = [
        *(PublishedMaterial(picture=row) for row in rows.pictures.values()),
        *(PublishedMaterial(document=row) for row in rows.documents.values()),
        *(PublishedMaterial(recording=row) for row in rows.recordings.values()),
    ]
    for material in found:
        material.published_article = published
    PublishedMaterial.objects.bulk_create(found)


def in_words(content: Content) -> list[str]:
    """A line for each thing, for comparing two versions."""
    lines = []
    for one in content.get("illustrations", []):
        said = "，".join(filter(None, (one["alt_text"], one["caption"], one["credit"])))
        joined = "，并入图集" if one["joins"] else ""
        lines.append(f"{_place_in_words(one)}的插图 {one['picture']}：{said}{joined}")
    for one in content.get("enclosures", []):
        address = f"（{one['url']}）" if one["url"] else ""
        lines.append(f"{_place_in_words(one)}的附件：{one['title']}{address}")
    return lines


def _place_in_words(one: Content) -> str:
    if one["place"] is None:
        return "文末"
    return f"第 {one['place']} 节之后" if one["place"] else "文首"


@dataclass
class Shown:
    """A picture of the text with what is said of it."""

    picture: Picture
    alt: str
    caption: str
    credit: str


@dataclass
class Spot:
    """What stands at one place of the text: galleries (a single picture is one of one),
    then files, sound and links."""

    galleries: list[list[Shown]] = field(default_factory=list)
    documents: list[tuple[Document, str]] = field(default_factory=list)
    recordings: list[tuple[Recording, str]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)


def lay_out_materials(content: Content) -> dict[str, Any]:
    """What the template of the text needs: `start`, and `spots` by section, the last with
    all that stands after the text. No query for a story without materials, else up to
    three. Things that are gone are left out."""
    count = len(content["sections"])
    spots = [Spot() for _ in range(count + 1)]
    rows = _Rows.of([content])
    for one in content.get("illustrations", []):
        picture = rows.pictures.get(one["picture"])
        if picture is None:
            continue
        galleries = _spot(spots, one, count).galleries
        shown = Shown(picture, one["alt_text"], one["caption"], one["credit"])
        if one["joins"] and galleries:
            galleries[-1].append(shown)
        else:
            galleries.append([shown])
    for one in content.get("enclosures", []):
        spot = _spot(spots, one, count)
        if one["url"]:
            spot.links.append((one["url"], one["title"], urlsplit(one["url"]).netloc))
        elif one["document"] in rows.documents:
            spot.documents.append((rows.documents[one["document"]], one["title"]))
        elif one["recording"] in rows.recordings:
            spot.recordings.append((rows.recordings[one["recording"]], one["title"]))
    return {
        "start": spots[0],
        "parts": list(zip(content["sections"], spots[1:], strict=True)),
        "words": _WORDS.get(content["script"], _WORDS["zh-Hans"]),
    }


def _spot(spots: list[Spot], one: Content, count: int) -> Spot:
    place = one["place"]
    return spots[count if place is None else min(place, count)]


def keys_in(contents: Iterable[Content], part: str) -> set[int]:
    """Keys of the pictures, documents or recordings in these contents."""
    return set(_keys(contents, part))


def _keys(contents: Iterable[Content], part: str) -> Iterator[int]:
    holder = "illustrations" if part == "picture" else "enclosures"
    for content in contents:
        for one in content.get(holder, []):
            if one[part]:
                yield one[part]


@dataclass
class _Rows:
    """Today's rows of what contents name. A query for each kind that they name."""

    pictures: dict[int, Picture]
    documents: dict[int, Document]
    recordings: dict[int, Recording]

    def has(self, enclosure: Content) -> bool:
        if enclosure["document"]:
            return enclosure["document"] in self.documents
        if enclosure["recording"]:
            return enclosure["recording"] in self.recordings
        return True

    @classmethod
    def of(cls, contents: list[Content]) -> "_Rows":
        pictures = keys_in(contents, "picture")
        documents = keys_in(contents, "document")
        recordings = keys_in(contents, "recording")
        return cls(
            Picture.objects.in_bulk(pictures) if pictures else {},
            Document.objects.in_bulk(documents) if documents else {},
            Recording.objects.select_related("poster").in_bulk(recordings)
            if recordings
            else {},
        )
