"""Making desk copies of extracted pages: the one part of the importer that writes rows."""

import datetime
import hashlib
import re
from dataclasses import replace

from django.db import transaction

from accounts.models import Act
from articles.importing.channels import channel_for
from articles.importing.dates import BEIJING
from articles.importing.page import ExtractedPage, ExtractedSection
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Author,
    Editor,
    Section,
    Source,
)
from articles.models.desk import DatePrecision, Script
from articles.writing import record_save
from editions.conversion import to_source

# Printed after 来源：, but no outlet that a reader could look up.
_NO_OUTLET = re.compile(
    r"^(?:网络|互联网|本站|本网|原创|本站原创|转载|未知|不详|综合|网络综合|网络整理|網路|網絡)$"
)


def store(page: ExtractedPage) -> tuple[Article, bool]:
    """The desk copy of a page, and whether it is new. One transaction.

    A page that was imported before gives the article made then, as editors have left it.
    Raises ValidationError if a field does not fit, and stores nothing then.
    """
    key = import_key(page)
    with transaction.atomic():
        existing = Article.objects.select_for_update().filter(import_key=key).first()
        if existing:
            return existing, False
        return _create(in_source_script(page), key), True


def import_key(page: ExtractedPage) -> str:
    """What makes two files the same page: their address, or else their words."""
    if page.original_url:
        return f"url:{_sha256(page.original_url)}"
    return f"text:{_sha256(f'{page.published_at}|{page.text}')}"


def in_source_script(page: ExtractedPage) -> ExtractedPage:
    """Machine-made Traditional text brought back to Simplified; other pages unchanged."""
    if not page.is_legacy:
        return page
    return replace(
        page,
        script=Script.HANS,
        is_legacy=False,
        title=to_source(page.title),
        kicker=to_source(page.kicker),
        subtitle=to_source(page.subtitle),
        standfirst=to_source(page.standfirst),
        source=to_source(page.source),
        authors=tuple(map(to_source, page.authors)),
        editors=tuple(map(to_source, page.editors)),
        breadcrumb=tuple(map(to_source, page.breadcrumb)),
        sections=tuple(map(_section_in_source_script, page.sections)),
    )


def _section_in_source_script(section: ExtractedSection) -> ExtractedSection:
    return ExtractedSection(
        to_source(section.heading),
        to_source(section.subheading),
        tuple(map(to_source, section.paragraphs)),
    )


def _create(page: ExtractedPage, key: str) -> Article:
    moment, precision = original_time(page.published_at)
    article = Article(
        title=page.title,
        kicker=page.kicker,
        subtitle=page.subtitle,
        standfirst=page.standfirst,
        channel=channel_for(page.breadcrumb),
        script=page.script,
        source=source_named(page.source),
        original_url=page.original_url,
        original_published_at=moment,
        original_precision=precision,
        import_key=key,
    )
    article.full_clean()
    article.save()
    _add_sections(article, page.sections)
    _add_people(article, page)
    record_save(article, by=None, act=Act.IMPORT)
    return article


def _add_sections(article: Article, sections: tuple[ExtractedSection, ...]) -> None:
    for position, section in enumerate(sections):
        row = Section(
            article=article,
            position=position,
            heading=section.heading,
            subheading=section.subheading,
            body="".join(section.paragraphs),
        )
        row.full_clean(exclude=["anchor"])
        row.save()


def _add_people(article: Article, page: ExtractedPage) -> None:
    for position, name in enumerate(page.editors):
        editor, _ = Editor.objects.get_or_create(name=name, desk="")
        ArticleEditor.objects.create(article=article, editor=editor, position=position)
    for position, name in enumerate(page.authors):
        author, _ = Author.objects.get_or_create(name=name)
        ArticleAuthor.objects.create(article=article, author=author, position=position)


def source_named(name: str) -> Source | None:
    if not name or _NO_OUTLET.match(name):
        return None
    source, _ = Source.objects.get_or_create(name=name)
    return source


def original_time(
    printed: str | None,
) -> tuple[datetime.datetime | None, DatePrecision]:
    """The moment and how much of it is printed; a bare day begins at midnight."""
    if printed is None:
        return None, DatePrecision.MINUTE
    moment = datetime.datetime.fromisoformat(printed)
    if "T" not in printed:
        return moment.replace(tzinfo=BEIJING), DatePrecision.DAY
    clock = printed.removesuffix("+08:00").partition("T")[2]
    return moment, DatePrecision.SECOND if clock.count(
        ":"
    ) == 2 else DatePrecision.MINUTE


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
