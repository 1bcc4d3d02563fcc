"""Making the desk copy of a checked proposal: the one part here that writes rows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.importing.storing import original_time, source_named
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Author,
    Editor,
    Section,
)
from articles.models.desk import Script
from articles.refusals import Refused
from articles.writing import record_save
from channels.models import Channel

STEP = 10  # between the positions of neighbours


@dataclass(frozen=True)
class DraftSection:
    heading: str = ""
    subheading: str = ""
    body: str = ""


@dataclass(frozen=True)
class Draft:
    """A proposal after a person has checked it. `published` is ISO 8601, or empty."""

    title: str
    kicker: str = ""
    subtitle: str = ""
    standfirst: str = ""
    channel: Channel | None = None
    script: str = Script.HANS
    source: str = ""
    original_url: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: str = ""
    sections: tuple[DraftSection, ...] = ()


def create_from(draft: Draft, *, by: User, now: datetime.datetime) -> Article:
    """The new desk copy, with sections and credits, in one transaction.

    Raises Denied if `by` may not write (in that channel, if one is chosen), Refused if
    an editor is not in the list and `by` may not add one, ValidationError if a field
    does not fit. Nothing is stored then.
    """
    require(by, Verb.WRITE, draft.channel)
    strangers = unknown_editors(draft.editors, by)
    if strangers:
        raise Refused(f"责任编辑名单里没有“{'、'.join(strangers)}”。")
    moment, precision = original_time(draft.published or None)
    with transaction.atomic():
        article = Article(
            title=draft.title,
            kicker=draft.kicker,
            subtitle=draft.subtitle,
            standfirst=draft.standfirst,
            channel=draft.channel,
            script=draft.script,
            source=source_named(draft.source),
            original_url=draft.original_url,
            original_published_at=moment,
            original_precision=precision,
            created_by=by,
        )
        article.full_clean()
        article.save()
        _add_sections(article, draft.sections)
        _add_people(article, draft)
        record_save(article, by=by, now=now)
    return article


def unknown_editors(names: Sequence[str], by: User) -> list[str]:
    """The names that are not in the list of editors, if `by` may not add them."""
    if can(by, Verb.EDIT):
        return []
    known = set(Editor.objects.filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def _add_sections(article: Article, sections: Sequence[DraftSection]) -> None:
    for number, section in enumerate(sections, start=1):
        row = Section(
            article=article,
            position=number * STEP,
            heading=section.heading,
            subheading=section.subheading,
            body=section.body,
        )
        row.full_clean(exclude=["anchor"])
        row.save()


def _add_people(article: Article, draft: Draft) -> None:
    for number, name in enumerate(dict.fromkeys(draft.editors), start=1):
        ArticleEditor.objects.create(
            article=article, editor=_editor(name), position=number * STEP
        )
    for number, name in enumerate(dict.fromkeys(draft.authors), start=1):
        author, _ = Author.objects.get_or_create(name=name)
        ArticleAuthor.objects.create(
            article=article, author=author, position=number * STEP
        )


def _editor(name: str) -> Editor:
    """The editor of that name; of several, the one without a desk or the oldest."""
    known = Editor.objects.filter(name=name).order_by("desk", "pk").first()
    return known or Editor.objects.create(name=name)
