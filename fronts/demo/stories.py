"""The content files of the sample portal, read into plain values. No database here.

A story is one text file: header lines `key: value`, a blank line, the text. Keys:

    title subtitle kicker standfirst    as on the article form
    channel, also                       slugs; `also` are further channels
    tags authors editors                separated by 、
    source script                       script is zh-Hans unless stated
    time                                publication, 2026-11-22 08:30, local time
    original                            day of first publication elsewhere
    updated                             time at which the text after the line
                                        `=== updated` was added
    state                               public unless stated: draft, scheduled, withdrawn
    days                                for scheduled: days from the moment of loading
    withdrawn, note                     time of withdrawal and what readers are told
    desk, reason                        for the sample desk: writing, sent, signed,
                                        returned (with the reason) or approved
    scene, wear, seed                   picture: see fronts.demo.drawing
    alt caption credit                  what the picture page says
    honour awarded_by year category     for the people of a gallery; `deceased` is yes
    role deceased portrait revoked      or nothing, `portrait` is family or minor
"""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from fronts.demo.markup import SectionText, sections_of

CONTENT = Path(__file__).parent / "content"
UPDATE_MARK = "\n=== updated\n"
KEYS = {
    *("title", "subtitle", "kicker", "standfirst", "channel", "also", "tags"),
    *("authors", "editors", "source", "script", "time", "original", "updated"),
    *("state", "days", "withdrawn", "note", "desk", "reason"),
    *("scene", "wear", "seed", "alt", "caption", "credit"),
    *("honour", "awarded_by", "year", "category", "role", "deceased", "portrait"),
    "revoked",
}


@dataclass(frozen=True)
class Story:
    """A sample story as its file tells it. Header values are text, "" if not given."""

    slug: str
    header: dict[str, str]
    sections: list[SectionText]
    later_sections: list[SectionText]

    def __getitem__(self, key: str) -> str:
        return self.header.get(key, "")

    @property
    def state(self) -> str:
        return self["state"] or "public"

    @property
    def import_key(self) -> str:
        return f"demo:{self.slug}"

    def names(self, key: str) -> list[str]:
        return [name for name in self[key].split("、") if name]

    def moment(self, key: str) -> datetime.datetime | None:
        """The aware time (or midnight of the day) under `key`, None if not given."""
        if not self[key]:
            return None
        return timezone.make_aware(datetime.datetime.fromisoformat(self[key]))


def read_portal() -> dict[str, Any]:
    """Site identity, channels (parents before children) and glossary terms."""
    return tomllib.loads((CONTENT / "portal.toml").read_text("utf-8"))


def read_stories() -> list[Story]:
    """All stories, drafts first and then by publication time.

    Raises ValueError with the file's name for a header key that means nothing.
    """
    return _read_folder("articles")


def read_desk_stories() -> list[Story]:
    """The stories of the sample desk. Raises as `read_stories` does."""
    return _read_folder("desk")


def _read_folder(name: str) -> list[Story]:
    stories = [_read(path) for path in (CONTENT / name).glob("*.txt")]
    return sorted(stories, key=lambda story: (story["time"], story.slug))


def _read(path: Path) -> Story:
    head, _, text = path.read_text("utf-8").partition("\n\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    unknown = header.keys() - KEYS
    if unknown:
        raise ValueError(f"{path.name}: unknown header {sorted(unknown)}")
    text, _, later = text.partition(UPDATE_MARK)
    return Story(
        slug=path.stem,
        header=header,
        sections=sections_of(text),
        later_sections=sections_of(later) if later else [],
    )
