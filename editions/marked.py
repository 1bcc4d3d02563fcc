"""Conversion of plain text that carries markers: a feed's title, an attribute, a name."""

from editions.catalogue import Edition
from editions.conversion import Glossary
from editions.runs import Authorship, Escape, Runs


def convert_marked(
    text: str, edition: Edition, *, glossary: Glossary | None = None
) -> str:
    """Convert text without markup as convert_page does, and take its markers out."""
    runs = Runs(edition, glossary)
    pieces: list[str | int] = []
    for part in Authorship(text).parts(0, len(text)):
        if part.is_authored == runs.takes_authored:
            pieces.append(runs.add(part, escape=Escape.NONE, is_aside=False))
        else:
            runs.interrupt()
            pieces.append(part.text)
    converted = runs.converted()
    return "".join(
        converted[piece] if isinstance(piece, int) else piece for piece in pieces
    )
