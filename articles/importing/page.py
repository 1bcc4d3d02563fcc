"""What the importer reads out of one saved page."""

import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<[^>]*>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True)
class Suspicion:
    """A character that an author writing in this script would not have written."""

    text: str
    offset: int
    suggestion: str


@dataclass(frozen=True)
class ExtractedSection:
    """A titled part. `paragraphs` are simple HTML: one <p> each, <strong> inside."""

    heading: str
    subheading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ExtractedPage:
    """The fields of a page, in the script and the words that the page prints.

    `published_at` is ISO 8601 in +08:00, exactly as precise as the page: a date, or a
    time to the minute or the second; None if the page does not tell it in full.
    `is_legacy` marks Traditional text that a machine made character by character.
    `error` is a sentence for the editor; empty when the page could be read.
    """

    file: str
    title: str = ""
    kicker: str = ""
    standfirst: str = ""
    subtitle: str = ""
    published_at: str | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    sections: tuple[ExtractedSection, ...] = ()
    script: str = ""
    is_legacy: bool = False
    suspicious: tuple[Suspicion, ...] = field(default=())
    original_url: str = ""
    error: str = ""

    @property
    def headings(self) -> list[list[str]]:
        return [
            [section.heading, section.subheading]
            for section in self.sections
            if section.heading
        ]

    @property
    def text(self) -> str:
        """Title, headings and paragraphs without mark-up, one per line."""
        lines = [self.title, self.subtitle]
        for section in self.sections:
            lines += [section.heading, section.subheading]
            lines += [plain(paragraph) for paragraph in section.paragraphs]
        return "\n".join(line for line in lines if line)


def plain(html: str) -> str:
    """The words of a paragraph that this package wrote."""
    text = _TAG.sub("", html)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
