"""From an editor's choice at one place to the forms of a word in the editions."""

from dataclasses import dataclass

from articles.alignment import align
from articles.refusals import Refused
from articles.variants import Analysis, Occurrence, place_of_word
from editions.ambiguity import form_in_other
from editions.catalogue import EDITIONS, EditionCode, Script
from editions.conversion import Glossary


@dataclass(frozen=True)
class Choice:
    """What was filled in: the word in the source, the right form of the character, or
    the whole word as it should read. `everywhere` is in all Traditional editions."""

    word: str
    form: str = ""
    whole: str = ""
    everywhere: bool = False


@dataclass(frozen=True)
class Decision:
    """A word of the source with its form in every edition that a program writes, and
    how it read before in the one that was looked at."""

    word: str
    forms: dict[EditionCode, str]
    before: str
    after: str
    # Around the word, as the edition has it.
    quote: str


def decide(
    analysis: Analysis,
    occurrence: Occurrence,
    choice: Choice,
    *,
    source: Script,
    glossary: Glossary,
) -> Decision:
    """The forms that make the place read as chosen; the other editions keep theirs.

    All editions are written out, because a blank form would borrow another edition's.
    Raises Refused if the word does not cover the place, or nothing would change.
    """
    converted = analysis.converted[occurrence.passage]
    text, word = converted.passage.text, choice.word.strip()
    start = _start(text, word, occurrence)
    end = start + len(word)
    if not choice.form and not choice.whole.strip():
        raise Refused("还没有选该用哪个字。")
    before = converted.form_of(start, end)
    forms = {}
    for edition in EDITIONS:
        if edition.script == source:
            continue
        pieces = align(text, edition.code, source, glossary).pieces
        if len(pieces) != len(text):
            raise Refused("这一段里有看不见的特殊字符，请先在稿件里删去。")
        if edition.code == analysis.edition_code or choice.everywhere:
            forms[edition.code] = _chosen(
                pieces[start:end],
                occurrence,
                choice,
                (analysis.edition_code, edition.code),
                at=occurrence.place.offset - start,
            )
        else:
            forms[edition.code] = "".join(pieces[start:end])
    after = forms[analysis.edition_code]
    if after == before:
        raise Refused(f"“{word}”现在就写作“{before}”，没有可改的。")
    low, high = max(0, start - 20), end + 20
    return Decision(word, forms, before, after, converted.form_of(low, high))


def _start(text: str, word: str, occurrence: Occurrence) -> int:
    if len(word) < 2:
        raise Refused("词至少要有两个字：单个字会误伤别的词。请把前后的字也写上。")
    start = place_of_word(text, word, occurrence.place.offset)
    if start is None:
        raise Refused(f"“{word}”不在这一处。请照原文的字写，并包括要改的那个字。")
    return start


def _chosen(
    pieces: tuple[str, ...],
    occurrence: Occurrence,
    choice: Choice,
    codes: tuple[EditionCode, EditionCode],
    *,
    at: int,
) -> str:
    if choice.whole.strip():
        return choice.whole.strip()
    here, there = codes
    form = choice.form
    if here != there:
        form = form_in_other(occurrence.place.character, form, here, there)
    return "".join((*pieces[:at], form, *pieces[at + 1 :]))
