"""From frozen content to the columns that readers' pages are made of."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from articles.honours import lay_out_honour
from articles.materials import lay_out_materials
from articles.paragraphs import paragraphs_of
from editions.segmenting import is_listed
from editions.story_terms import StoredTerm, name_terms, whole_term
from editions.words import line_breaks

SHORTEST_NAME = 2  # characters; one of these may be an ordinary word as well
DECK_LENGTH = 90  # characters, about two lines on a card

_BLOCK_END = re.compile(r"</(p|li|td|th|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# A full-width mark holds its own blank: where paragraphs meet there is no other.
_BLANK_AFTER_MARK = re.compile(r"(?<=[。，；：！？、”’」』）》】…—]) ")


def plain_text(html: str) -> str:
    """The words of a body on one line."""
    return _on_one_line(unescape(strip_tags(_BLOCK_END.sub(" ", html))))


def _on_one_line(text: str) -> str:
    return _BLANK_AFTER_MARK.sub("", _BLANKS.sub(" ", text)).strip()


def deck_of(content: dict[str, Any]) -> str:
    """The lines under a title on cards: the standfirst, or else the first words of the text."""
    text = content["standfirst"] or next(
        (
            words
            for section in content["sections"]
            if (words := plain_text(section["body"]))
        ),
        "",
    )
    text = _on_one_line(text)
    return (
        text
        if len(text) <= DECK_LENGTH
        else f"{text[: DECK_LENGTH - 1].rstrip('，、；： ')}…"
    )


def lay_out_editions(
    content: dict[str, Any], terms: Sequence[StoredTerm]
) -> dict[str, Any]:
    """Columns of PublishedArticle about its editions: the story's own terms with the
    names of those who sign it and of its source, and what a review has to cover.

    A name that is an ordinary word besides (余晖) is none of the text's.
    """
    names = [
        name
        for name in (*content["authors"], *content["editors"])
        if len(name) > SHORTEST_NAME or not is_listed(name)
    ]
    script, source = content["script"], content["source"]["name"]
    return {
        "edition_terms": [
            *terms,
            *name_terms(names, script),
            *(whole_term(source, script) if not is_listed(source) else ()),
        ],
        "paragraphs": [row.fingerprint for row in paragraphs_of(content, terms)],
    }


def lay_out(content: dict[str, Any]) -> dict[str, Any]:
    """Column values of PublishedArticle that come from the content: and of what it shows
    besides words, from the rows of the library. Up to three queries."""
    sections = content["sections"]
    cover = content["cover"] or {}
    return {
        "script": content["script"],
        "kicker": content["kicker"],
        "title": content["title"],
        "title_breaks": line_breaks(content["title"]),
        "subtitle": content["subtitle"],
        "standfirst": content["standfirst"],
        "deck": deck_of(content),
        "body_html": render_to_string(
            "articles/_sections.html", lay_out_materials(content)
        ),
        "contents": [
            {
                "anchor": section["anchor"],
                "heading": section["heading"],
                "subheading": section["subheading"],
            }
            for section in sections
            if section["heading"]
        ],
        "length": sum(
            len(plain_text(section["body"]).replace(" ", "")) for section in sections
        ),
        "channel_id": content["channel"],
        "source_name": content["source"]["name"],
        "source_url": content["source"]["url"],
        "is_promotion": content["source"].get("is_promotion", False),
        "original_url": content["original_url"],
        "authors": content["authors"],
        "editors": content["editors"],
        "related_articles": content.get("related", []),
        "cover_id": cover.get("picture"),
        "cover_alt": cover.get("alt_text", ""),
        "cover_caption": cover.get("caption", ""),
        "cover_credit": cover.get("credit", ""),
        **lay_out_honour(content),
    }
