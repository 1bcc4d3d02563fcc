"""Other spellings of what was typed: read back from Traditional, synonyms, merged tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from django.db.models import Q

from articles.models import Tag
from articles.tags import split_tags
from editions.conversion import to_source
from editions.regional import REGIONAL_WORDS
from search.models.synonyms import SynonymGroup, has_words
from search.needles import Word
from search.tokens import folded

MOST_SPELLINGS = 8  # of one word: more are not looked up

Others = defaultdict[str, dict[str, str]]  # folded word → folded synonym → as written


def spellings_of(texts: Iterable[str], phrases: Collection[str] = ()) -> list[Word]:
    """A word for each text, once; those among the phrases do not go on where they end.
    Two queries, whatever the number."""
    typed = {
        text: {folded(form): form for form in (to_source(text), text)} for text in texts
    }
    others = _others({spelling for forms in typed.values() for spelling in forms})
    words = [
        _word(text, forms, others, is_phrase=text in phrases)
        for text, forms in typed.items()
    ]
    return list(dict.fromkeys(words))


def _word(text: str, forms: dict[str, str], others: Others, *, is_phrase: bool) -> Word:
    synonyms = {
        other: written
        for spelling in forms
        for other, written in others[spelling].items()
        if other not in forms
    }
    read_back = to_source(text)
    also = [read_back] if read_back != text else []
    return Word(
        spellings=(*forms, *synonyms)[:MOST_SPELLINGS],
        typed=text,
        also=(*also, *synonyms.values())[: MOST_SPELLINGS - 1],
        is_phrase=is_phrase,
    )


@cache
def _regional() -> dict[str, str]:
    """The Simplified word for what Taiwan and Hong Kong call otherwise, folded."""
    return {
        folded(name): word.source
        for word in REGIONAL_WORDS
        for name in (word.zh_tw, word.zh_hk)
        if name
    }


def _others(asked: set[str]) -> Others:
    """What means the same as each of these folded words."""
    others: Others = defaultdict(dict)
    if not asked:
        return others
    for word in asked & set(_regional()):
        others[word][folded(_regional()[word])] = _regional()[word]
    for group in SynonymGroup.objects.filter(_naming(asked)):
        words = {folded(word): word for word in split_tags(group.words)}
        for word in asked & set(words):
            others[word] |= words
    merged = Tag.objects.filter(
        Q(folded__in=asked) | Q(merged_into__folded__in=asked),
        merged_into__isnull=False,
    ).select_related("merged_into")
    for tag in merged:
        names = {tag.folded: tag.name, tag.merged_into.folded: tag.merged_into.name}
        for word in asked & set(names):
            others[word] |= {
                form: name for form, name in names.items() if has_words(name)
            }
    return others


def _naming(words: set[str]) -> Q:
    """Groups with one of these folded words."""
    return Q(*(Q(folded__contains=f",{word},") for word in words), _connector=Q.OR)
