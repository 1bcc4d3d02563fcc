"""Reading pages in tests: the parts of a page by a small subset of CSS selectors."""

import re

from django.http import HttpResponse
from lxml import html

_PART = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<name>[\w-]+)(?P<operator>\*?=)?(?P<value>[^\]]*)\]"
)


def parsed(response: HttpResponse) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def select(page: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Elements by tags, .classes, #ids, [attributes=…], blanks and `>`; no commas."""
    path = ""
    step = "//"
    for compound in selector.split():
        if compound == ">":
            step = "/"
            continue
        path += step + _as_xpath(compound)
        step = "//"
    return page.xpath(f".{path}")


def words_of(page: html.HtmlElement, selector: str) -> list[str]:
    """The words of each element that a selector finds, with single blanks."""
    return [" ".join(node.text_content().split()) for node in select(page, selector)]


def _as_xpath(compound: str) -> str:
    tag, conditions, end = "*", "", 0
    for match in _PART.finditer(compound):
        assert match.start() == end, f"no such selector: {compound}"
        end = match.end()
        if match["tag"]:
            tag = match["tag"]
        elif match["class"]:
            conditions += f"[contains(concat(' ', @class, ' '), ' {match['class']} ')]"
        elif match["id"]:
            conditions += f"[@id='{match['id']}']"
        elif match["operator"] == "*=":
            conditions += f"[contains(@{match['name']}, '{match['value']}')]"
        elif match["operator"]:
            conditions += f"[@{match['name']}='{match['value']}']"
        else:
            conditions += f"[@{match['name']}]"
    assert end == len(compound), f"no such selector: {compound}"
    return tag + conditions
