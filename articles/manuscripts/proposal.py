"""What the reader of manuscripts proposes, for a person to check."""

from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How well a value is founded. Staff see the words."""

    SURE = "有标注"
    LIKELY = "多半是"
    GUESS = "猜的"


@dataclass(frozen=True)
class Found:
    """A value and the line it was taken from. Both are empty if nothing was found.

    Several names stand in `value` with 、 between them.
    """

    value: str = ""
    evidence: str = ""
    confidence: Confidence | None = None


@dataclass(frozen=True)
class ProposedSection:
    """A part of the text. `body` is HTML that `clean_body` has cleaned."""

    heading: Found
    subheading: str
    body: str


@dataclass(frozen=True)
class Proposal:
    """A story as it could be. `published` is ISO 8601 as precise as printed, or empty.

    `cleaned` are sentences about what was mended, `left_over` the lines that found no
    place. `breadcrumb` is the path of channels that a copied page prints. `error` is a
    sentence for the person who pasted; empty when there is something to propose.
    """

    title: Found = Found()
    kicker: Found = Found()
    subtitle: Found = Found()
    standfirst: Found = Found()
    source: Found = Found()
    authors: Found = Found()
    editors: Found = Found()
    published: Found = Found()
    original_url: Found = Found()
    script: str = ""
    sections: tuple[ProposedSection, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    cleaned: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    error: str = ""
