"""What a proofreader points at in a text."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Which fault a suspicion is about."""

    WRONG_CONVERSION = "wrong_conversion"
    MIXED_SCRIPT = "mixed_script"
    REPEATED_WORD = "repeated_word"
    UNBALANCED_MARK = "unbalanced_mark"
    WRONG_NESTING = "wrong_nesting"
    HALF_WIDTH = "half_width"
    IMPOSSIBLE_DATE = "impossible_date"
    WRONG_WEEKDAY = "wrong_weekday"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place that an editor should look at.

    `start` and `length` count code points of the text that was examined; `found` is
    what stands there. `suggestion` is what to write instead, empty if only the editor
    can tell. `sentence` is for the editor.
    """

    start: int
    length: int
    found: str
    suggestion: str
    kind: Kind
    sentence: str

    @property
    def end(self) -> int:
        return self.start + self.length
