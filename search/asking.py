"""What people type into a search: words, "phrases", -words that must not be there, and
作者：name or 编辑：name."""

import re
import unicodedata
from dataclasses import dataclass, field

from search.initials import are_initials
from search.needles import Word
from search.synonyms import spellings_of
from search.tokens import AUTHOR, EDITOR, INITIALS, RUNS, folded, name_token

LONGEST_QUERY = 200  # characters
MOST_WORDS = 10

_BLANKS = re.compile(r"\s+")
_QUOTED = r""""([^"]*)"?|＂([^＂]*)＂?|“([^”]*)”?|「([^」]*)」?|『([^』]*)』?"""
_PIECE = re.compile(
    rf"""(?P<minus>[-－−–—](?=\S))?
    (?:
        (?P<field>作者|編輯|编辑|責編|责编)[:：]\s?(?P<names>{_QUOTED}|[^\s"＂“「『]+) |
        (?P<quoted>{_QUOTED}) |
        (?P<words>[^\s"＂“「『]+)
    )""",
    re.VERBOSE,
)
# Between words that stand in no quotes; after folding, full-width marks are half-width.
_BETWEEN_WORDS = re.compile(r"[,;:!?/|()\[\]{}<>*~^=。、…—]+")
_BETWEEN_NAMES = re.compile("[、,，;；]+")
_QUOTES = re.compile('["＂“”「」『』]')
_KINDS = {
    "作者": AUTHOR,
    "编辑": EDITOR,
    "編輯": EDITOR,
    "责编": EDITOR,
    "責編": EDITOR,
}


@dataclass
class Asked:
    """A query as understood. `problem` is the sentence for one that is not looked up."""

    typed: str
    words: list[Word] = field(default_factory=list)
    excluded: list[Word] = field(default_factory=list)
    # Tokens of whole names, which must be there and must not.
    names: list[str] = field(default_factory=list)
    excluded_names: list[str] = field(default_factory=list)
    problem: str = ""
    is_single_character: bool = False

    @property
    def size(self) -> int:
        words, names = self.words + self.excluded, self.names + self.excluded_names
        return len(words) + len(names)

    def as_initials(self) -> "Asked | None":
        """The same taken for the initials of Chinese words, if it may be that."""
        is_one = len(self.words) == self.size == 1
        letters = self.words[0].spellings[0] if is_one else ""
        if self.problem or not are_initials(letters):
            return None
        return Asked(self.typed, names=[INITIALS + letters])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.names) or bool(self.problem)


def cleaned(typed: str) -> str:
    """The query on one line."""
    return _BLANKS.sub(" ", typed).strip()


def read(typed: str) -> Asked:
    """Understand a query; two queries for the synonyms of its words, two for those of
    excluded ones. Work is bounded: what is too long is not read at all."""
    typed = cleaned(typed)
    asked = Asked(typed)
    if len(typed) > LONGEST_QUERY:
        asked.problem = f"最多搜 {LONGEST_QUERY} 个字，现在有 {len(typed)} 个。请删短一些，再搜一次。"
        return asked
    phrases: set[str] = set()
    found: list[str] = []
    excluded: list[str] = []
    for piece in _PIECE.finditer(typed):
        is_excluded = bool(piece["minus"])
        if piece["field"]:
            names = asked.excluded_names if is_excluded else asked.names
            names += _name_tokens(_KINDS[piece["field"]], piece["names"])
            continue
        if piece["quoted"]:
            texts = [_QUOTES.sub("", piece["quoted"])]
            phrases.update(texts)
        else:
            texts = _BETWEEN_WORDS.split(unicodedata.normalize("NFKC", piece["words"]))
        (excluded if is_excluded else found).extend(texts)
    asked.words = spellings_of(_with_letters(found), phrases)
    asked.excluded = spellings_of(_with_letters(excluded), phrases)
    if asked.size > MOST_WORDS:
        asked.problem = f"一次最多搜 {MOST_WORDS} 个词，请删去一些，再搜一次。"
    elif (asked.excluded or asked.excluded_names) and not (asked.words or asked.names):
        asked.problem = "只写了不要的词。请再写一个要找的词。"
    elif typed and not (asked.words or asked.names):
        asked.problem = "里面没有可以搜的字。请写一个词。"
    asked.is_single_character = _is_single_character(asked)
    return asked


def _name_tokens(kind: str, names: str) -> list[str]:
    """Of one or more names. Quotes hold one together that has blanks in it."""
    texts = _BETWEEN_NAMES.split(_QUOTES.sub("", names))
    return [token for text in texts if (token := name_token(kind, text))]


def _with_letters(texts: list[str]) -> list[str]:
    return [text for text in texts if RUNS.search(folded(text))]


def _is_single_character(asked: Asked) -> bool:
    """Whether only single characters are looked for, which half of all stories have."""
    longest = max(
        (
            len(run.group())
            for word in asked.words
            for run in RUNS.finditer(word.spellings[0])
        ),
        default=0,
    )
    return longest == 1 and not asked.names
