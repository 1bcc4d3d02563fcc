"""What the index holds of a text, the same for both databases.

A text is folded (width, script, variants and case are one) and cut: a run of Han
characters becomes its pairs and its last character, so that every character begins a
token; a run of other letters and digits stays whole.
"""

import re
from collections.abc import Iterator

from editions.catalogue import HANT
from editions.conversion import to_source
from editions.folding import fold

TOKENS_VERSION = 1  # of folding and cutting: rows of another version are written anew
LONGEST_TEXT = 60_000  # characters of a story; PostgreSQL takes 1 MB of tokens in a row
LONGEST_WORD = 40  # characters of a run of letters or digits
# Before a token that stands in the headline, before a whole name, before initials.
HEADLINE, AUTHOR, EDITOR, TAG, INITIALS = "_", "@a", "@e", "@t", "@p"

HAN = "〇々㐀-鿿豈-\ufaff\U00020000-\U0003fffd"
RUNS = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>(?:(?![{HAN}])[^\W_])+)")
_BLANKS = re.compile(r"\s+")
# What people leave out when they type: marks of titles and quotations, the dot in a
# foreign name, hyphens within a word, blanks between two scripts, what has no width.
_LEFT_OUT = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufeff·《》〈〉“”‘’「」『』\"']"
    rf"|(?<=[{HAN}])[ ](?=[a-z0-9])|(?<=[a-z0-9])[ ](?=[{HAN}])"
    rf"|(?<=[a-z])-(?=[a-z])|(?<=[{HAN}])\.(?=[{HAN}])"
)
# PostgreSQL stores neither: a NUL, and halves of a character.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def folded(text: str, script: str = "") -> str:
    """The text as it is compared, on one line. Text by a Traditional author is read back
    to Simplified by its phrases first: 計畫 is 计划 and not 计画."""
    text = _UNSTORABLE.sub(" ", text)
    if script == HANT:
        text = to_source(text)
    return _LEFT_OUT.sub("", _BLANKS.sub(" ", fold(text))).strip()


def folded_with_places(text: str, script: str = "") -> tuple[str, list[int]]:
    """The text folded, and for each of its characters the place where it stood."""
    if script == HANT:
        read_back = to_source(text)
        text = read_back if len(read_back) == len(text) else text
    text = text.translate(_FOLDED)
    kept: list[int] = []
    end = 0
    for gap in _LEFT_OUT.finditer(text):
        kept += range(end, gap.start())
        end = gap.end()
    kept += range(end, len(text))
    return "".join(text[place] for place in kept), kept


class _FoldedCharacters(dict[int, str]):
    """What each character folds to, if that is one; found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = fold(character)
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDED = _FoldedCharacters()


def tokens(folded_text: str) -> Iterator[str]:
    """All tokens of a folded text, in their order, with repeats."""
    for run in RUNS.finditer(folded_text):
        han, word = run.groups()
        if word:
            yield word[:LONGEST_WORD]
            continue
        for place in range(len(han) - 1):
            yield han[place : place + 2]
        yield han[-1]


def name_token(kind: str, name: str) -> str:
    """One token for a whole name, as AUTHOR, EDITOR or TAG; empty for a name of blanks."""
    letters = "".join(run.group() for run in RUNS.finditer(folded(name)))
    return f"{kind}{letters[:LONGEST_WORD]}" if letters else ""
