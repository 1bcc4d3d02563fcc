"""What the sample portal tells of its people: editors, by-lines, honours."""

import datetime
from typing import Any

from articles.models import Article, Author, Editor, Honour
from fronts.demo.stories import Story


def load_people(portal: dict[str, Any]) -> None:
    """Editors and by-lines of content/portal.toml. Who is there already is left alone."""
    for row in portal["editors"]:
        told = {key: row[key] for key in ("jobs", "office", "left_on") if key in row}
        editor, _ = Editor.objects.get_or_create(
            name=row["name"], desk="", defaults=told
        )
        if row.get("is_author"):
            Author.objects.get_or_create(name=row["name"], defaults={"editor": editor})
    for row in portal["units"]:
        Author.objects.get_or_create(name=row["name"], defaults={"is_unit": True})


def give_honour(
    article: Article,
    story: Story,
    earlier: datetime.timedelta = datetime.timedelta(),
) -> None:
    """The honour that the story's file tells of, if any. Its day goes back by `earlier`."""
    if not story["honour"]:
        return
    revoked = story["revoked"]
    Honour.objects.create(
        article=article,
        title=story["honour"],
        awarded_by=story["awarded_by"],
        year=int(story["year"]),
        category=story["category"],
        role=story["role"],
        is_deceased=bool(story["deceased"]),
        portrait=story["portrait"] or Honour.Portrait.SHOWN,
        revoked_on=datetime.date.fromisoformat(revoked) - earlier if revoked else None,
    )
