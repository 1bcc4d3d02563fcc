"""What people type into a search: words, "phrases", -words that must not be there, and
作者：name or 编辑：name."""

import re
from dataclasses import dataclass, field

from search.initials import are_initials
from search.needles import Word
from search.synonyms import spellings_of
from search.tokens import AUTHOR, EDITOR, INITIALS, RUNS, folded, name_token

LONGEST_QUERY = 200  # characters
MOST_WORDS = 10

_BLANKS = re.compile(r"\s+")
_PIECE = re.compile(
    r"""(?P<minus>[-－−](?=\S))?
    (?:
        "(?P<straight>[^"]*)"? | ＂(?P<wide>[^＂]*)＂? |
        “(?P<curly>[^”]*)”? | 「(?P<corner>[^」]*)」? |
        (?P<field>作者|編輯|编辑|責編|责编)[:：]\s?(?P<name>\S+) |
        (?P<word>[^\s"＂“「]+)
    )""",
    re.VERBOSE,
)
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
    names: list[str] = field(default_factory=list)  # tokens of whole names
    problem: str = ""
    is_single_character: bool = False

    def as_initials(self) -> "Asked | None":
        """The same taken for the initials of Chinese words, if it may be that."""
        is_one = len(self.words) == 1 and not (self.excluded or self.names)
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
    """Understand a query; one query for the synonyms of its words. Work is bounded:
    what is too long is not read at all."""
    typed = cleaned(typed)
    asked = Asked(typed)
    if len(typed) > LONGEST_QUERY:
        asked.problem = f"最多搜 {LONGEST_QUERY} 个字，现在有 {len(typed)} 个。请删短一些，再搜一次。"
        return asked
    found: list[str] = []
    excluded: list[str] = []
    for piece in _PIECE.finditer(typed):
        if piece["field"]:
            asked.names.append(name_token(_KINDS[piece["field"]], piece["name"]))
            continue
        text = next(
            piece[name]
            for name in ("straight", "wide", "curly", "corner", "word")
            if piece[name] is not None
        )
        (excluded if piece["minus"] else found).append(text)
    asked.names = list(dict.fromkeys(filter(None, asked.names)))
    asked.words = spellings_of(_with_letters(found))
    asked.excluded = [Word((folded(text),)) for text in _with_letters(excluded)]
    if len(asked.words) + len(asked.excluded) + len(asked.names) > MOST_WORDS:
        asked.problem = f"一次最多搜 {MOST_WORDS} 个词，请删去一些，再搜一次。"
    elif asked.excluded and not (asked.words or asked.names):
        asked.problem = "只写了不要的词。请再写一个要找的词。"
    elif typed and not (asked.words or asked.names):
        asked.problem = "里面没有可以搜的字。请写一个词。"
    asked.is_single_character = _is_single_character(asked)
    return asked


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
