"""The honour of a person in a gallery: as it is frozen with the story, and as readers get it.

Frozen and published it is a dict with the names of Honour's columns; a story without one
has none, so that what was frozen before there were honours keeps its fingerprint.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from articles.models import Article, Honour

COLUMNS = (
    "title",
    "awarded_by",
    "year",
    "category",
    "role",
    "is_deceased",
    "portrait",
)
Frozen = dict[str, Any]


@dataclass(frozen=True)
class HonourShown:
    """What a card and a person's page print. `why_no_portrait` is a sentence without stop."""

    title: str
    awarded_by: str
    year: int
    category: str
    role: str
    is_deceased: bool
    why_no_portrait: str
    revoked_on: datetime.date | None


def honour_of(article: Article) -> Frozen | None:
    """To be frozen with the desk copy. One query."""
    honour = Honour.objects.filter(article=article).first()
    if honour is None:
        return None
    frozen = {name: getattr(honour, name) for name in COLUMNS}
    revoked_on = honour.revoked_on.isoformat() if honour.revoked_on else None
    return frozen | {"revoked_on": revoked_on}


def write_honour(article: Article, frozen: Frozen | None) -> None:
    """Make the desk copy's honour this one, or none."""
    if frozen is None:
        Honour.objects.filter(article=article).delete()
        return
    columns = {name: frozen[name] for name in COLUMNS}
    Honour.objects.update_or_create(
        article=article,
        defaults=columns | {"revoked_on": _date(frozen["revoked_on"])},
    )


def lay_out_honour(content: dict[str, Any]) -> dict[str, Any]:
    """Columns of PublishedArticle. Of a portrait that is not to be shown readers get
    nothing; one that is shown is described by whom it shows."""
    frozen: Frozen | None = content.get("honour")
    if frozen is None:
        return {}
    columns = {
        "honour": frozen,
        "honour_category": frozen["category"],
        "honour_year": frozen["year"],
    }
    if frozen["revoked_on"] or frozen["portrait"] != Honour.Portrait.SHOWN:
        return (
            columns
            | dict.fromkeys(("cover_alt", "cover_caption", "cover_credit"), "")
            | {"cover_id": None}
        )
    if content["cover"] and frozen["role"]:
        columns["cover_alt"] = f"{content['title']}，{frozen['role']}"
    return columns


def shown(frozen: Frozen) -> HonourShown:
    """Of a published or frozen honour."""
    portrait = Honour.Portrait(frozen["portrait"])
    revoked_on = _date(frozen["revoked_on"])
    is_kept_back = portrait != Honour.Portrait.SHOWN
    return HonourShown(
        title=frozen["title"],
        awarded_by=frozen["awarded_by"],
        year=frozen["year"],
        category=frozen["category"],
        role=frozen["role"],
        is_deceased=frozen["is_deceased"],
        why_no_portrait=str(portrait.label) if is_kept_back else "",
        revoked_on=revoked_on,
    )


def in_words(frozen: Frozen | None) -> list[str]:
    """All that is said of it, for the desk: in comparisons and reviews."""
    if not frozen:
        return []
    honour = shown(frozen)
    day = honour.revoked_on
    said = [
        honour.title,
        honour.awarded_by and f"授予单位：{honour.awarded_by}",
        f"{honour.year}年",
        honour.category and f"类别：{honour.category}",
        honour.role and f"身份：{honour.role}",
        "已故" if honour.is_deceased else "",
        honour.why_no_portrait,
        f"{day.year}年{day.month}月{day.day}日撤销" if day else "",
    ]
    return [words for words in said if words]


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
