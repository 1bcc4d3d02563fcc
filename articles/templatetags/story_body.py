"""What the page adds to the sanitised body of a section."""

from django import template
from django.utils.safestring import SafeString

from editions.markup import Kind, tokens

register = template.Library()

SCROLL_OPEN = (
    '<div class="scroll" role="group" aria-label="表格，可左右滚动" tabindex="0">'
)
SCROLL_CLOSE = "</div>"


@register.filter
def scrolling_tables(body: str) -> SafeString:
    """Put each table of a sanitised body into a box that scrolls by itself.

    Everything else is kept byte for byte. A table without its end tag is left alone.
    """
    places: list[tuple[int, str]] = []
    depth, start = 0, 0
    for token in tokens(body):
        if token.name != "table":
            continue
        if token.kind is Kind.START:
            start = start if depth else token.start
            depth += 1
        elif token.kind is Kind.END and depth:
            depth -= 1
            if not depth:
                places += [(start, SCROLL_OPEN), (token.end, SCROLL_CLOSE)]
    return SafeString(_with_insertions(body, places))


def _with_insertions(text: str, places: list[tuple[int, str]]) -> str:
    pieces, position = [], 0
    for place, inserted in places:
        pieces += [text[position:place], inserted]
        position = place
    return "".join([*pieces, text[position:]])
