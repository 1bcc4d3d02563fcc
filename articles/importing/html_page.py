"""A saved HTML page."""

import re
from collections.abc import Sequence

from lxml import etree

from articles.importing.article import read_article
from articles.importing.blocks import Block, Layout, lay_out, naming, parse
from articles.importing.body import find_body, is_prose
from articles.importing.breadcrumbs import find_breadcrumb
from articles.importing.credits import clean_source, has_label, looks_like_outlet
from articles.importing.dates import has_date
from articles.importing.extent import Outline
from articles.importing.headings import split_sections
from articles.importing.metadata import Metadata, read_metadata
from articles.importing.names import names_after_label
from articles.importing.page import ExtractedPage
from articles.importing.titles import Heading, find_title

_AUTHOR_NAME = re.compile(r"author|writer|byline|zuozhe")
_HEAD = 15  # blocks before the body, if the title is not printed


def read_html(text: str, file: str) -> ExtractedPage:
    """Read a saved page; what is wrong with it stands in `error`."""
    root = parse(text)
    if root is None:
        return ExtractedPage(file, error="文件里没有内容。")
    metadata = read_metadata(root, text)
    layout = lay_out(root)
    body = find_body(layout)
    if not body:
        return ExtractedPage(file, error="没有找到正文。")
    heading = find_title(layout.blocks, body.start, metadata.claims)
    if not heading.title:
        return ExtractedPage(file, error="没有找到标题。")
    return _page(file, layout, body, heading, metadata)


def _page(
    file: str, layout: Layout, body: range, heading: Heading, metadata: Metadata
) -> ExtractedPage:
    blocks = layout.blocks
    after_title = heading.lines.stop or max(0, body.start - _HEAD)
    outline = Outline(
        blocks,
        heading.title,
        head=range(after_title, max(after_title, body.start)),
        body=range(
            max(body.start, after_title) if after_title < body.stop else body.start,
            body.stop,
        ),
        spans=layout.spans,
    )
    article = read_article(outline, metadata.published_at)
    signed = article.credits
    head_end = outline.body.start + _first_prose(blocks[outline.body.start : body.stop])
    return ExtractedPage(
        file,
        title=heading.title,
        standfirst=article.standfirst,
        subtitle=heading.subtitle,
        published_at=article.published_at,
        source=signed.source or clean_source(metadata.source) or signed.dateline_source,
        authors=tuple(
            _authors_by_class(layout, range(after_title, head_end)) or signed.authors
        ),
        editors=tuple(signed.responsible),
        breadcrumb=find_breadcrumb(blocks, heading.lines.start or after_title),
        sections=split_sections(article.paragraphs),
        original_url=metadata.url,
    )


def _first_prose(blocks: Sequence[Block]) -> int:
    return next((index for index, block in enumerate(blocks) if is_prose(block)), 0)


def _authors_by_class(layout: Layout, head: range) -> list[str]:
    """The name that the page's own mark-up calls the author, beside the title."""
    for element, (begin, end) in layout.spans.items():
        if begin in head and end <= head.stop:
            for candidate in element.iter():
                names = _author_in(candidate)
                if names:
                    return names
    return []


def _author_in(element: etree._Element) -> list[str]:
    if not isinstance(element.tag, str) or not _AUTHOR_NAME.search(naming(element)):
        return []
    text = " ".join("".join(element.itertext()).split())
    if (
        not 2 <= len(text) <= 16
        or has_label(text)
        or has_date(text)
        or looks_like_outlet(text)
    ):
        return []
    return names_after_label(text)
