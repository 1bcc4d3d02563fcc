"""What a check of a story can find, and how it says so."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whether readers must not get the story like this, or an editor should look."""

    BLOCK = "block"
    WARN = "warn"


class Code(StrEnum):
    """What was found."""

    NO_CHANNEL = "no_channel"
    NO_TITLE = "no_title"
    NO_ALT_TEXT = "no_alt_text"
    NO_PICTURE_CREDIT = "no_picture_credit"
    NO_EDITOR = "no_editor"
    NO_HONOUR = "no_honour"
    BROKEN_LINK = "broken_link"
    PAST_TIME = "past_time"
    LONG_TITLE = "long_title"
    BLANKS_IN_TITLE = "blanks_in_title"
    LONG_HEADING = "long_heading"
    STOP_AFTER_HEADING = "stop_after_heading"
    EMPTY_SECTION = "empty_section"
    NO_HEADINGS = "no_headings"
    VAGUE_SOURCE = "vague_source"
    TWIN_PARAGRAPHS = "twin_paragraphs"
    SMALL_PICTURE = "small_picture"
    UNKNOWN_RIGHTS = "unknown_rights"
    OTHER_SCRIPT = "other_script"
    FUTURE_DATE = "future_date"
    HALF_WIDTH = "half_width"
    UNBALANCED_MARK = "unbalanced_mark"
    WRONG_NESTING = "wrong_nesting"
    REPEATED_WORD = "repeated_word"
    IMPOSSIBLE_DATE = "impossible_date"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_CONVERSION = "wrong_conversion"
    MIXED_SCRIPT = "mixed_script"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at.

    `target` is the field of the form to jump to, or `sections:` and a section's anchor;
    `part` says which field of a section. If it is about a place, `excerpt` shows it:
    `offset` and `length` (code points) mark it there, and `start` is where it begins in
    the field's text. The text of a body is its `paragraphs`, joined by line breaks.
    """

    level: Level
    code: Code
    sentence: str
    target: str
    part: str = ""
    excerpt: str = ""
    offset: int | None = None
    length: int | None = None
    start: int | None = None
