"""New stories that begin as another one: a copy, or a template kept for a kind of story."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.desk_copies import plan_for, write
from articles.models import (
    Article,
    ContentTemplate,
    Contribution,
    EditionTerm,
    RevisionWriter,
)
from articles.refusals import Refused
from articles.snapshots import content_of
from articles.writing import record_save

LONGEST_TITLE = 120  # characters, as the column has it
COPY = "（副本）"
WRITERS = "writers"  # in a template's content, beside the text: whose words it holds


class DuplicatingRefused(Refused):
    """A copy or a template could not be made."""


@dataclass(frozen=True)
class Begun:
    """The new desk copy, and sentences about what could not come along."""

    article: Article
    left_out: tuple[str, ...] = ()


def duplicate(article: Article, *, by: User) -> Begun:
    """A new desk copy with the same text and its own terms, written by `by`. Where the
    first one came from and when does not come along: that is said of one story only."""
    require(by, Verb.VIEW, article)
    content = content_of(article)
    content["title"] = content["title"][: LONGEST_TITLE - len(COPY)] + COPY
    with transaction.atomic():
        begun = _begin(content, by, _writers_of(article))
        terms = list(article.edition_terms.all())
        for term in terms:
            term.pk, term.article = None, begun.article
        EditionTerm.objects.bulk_create(terms)
    return begun


def keep_template(article: Article, name: str, *, by: User) -> ContentTemplate:
    """Keep the story's text as a template under a name of its own."""
    require(by, Verb.VIEW, article)
    require(by, Verb.WRITE)
    name = name.strip()
    if not name:
        raise DuplicatingRefused("请给模板起一个名字。")
    with transaction.atomic():
        if ContentTemplate.objects.filter(name=name).exists():
            raise DuplicatingRefused(f"已经有叫“{name}”的模板，请换一个名字。")
        template = ContentTemplate.objects.create(
            name=name,
            channel=article.channel,
            content=content_of(article) | {WRITERS: sorted(_writers_of(article))},
            made_by=by,
        )
        audit.record(Act.CREATE, by=by, subject=template)
        return template


def start_from(template: ContentTemplate, *, by: User) -> Begun:
    """A new desk copy that begins as the template, in a channel the person writes in."""
    if template.channel:
        require(by, Verb.WRITE, template.channel)
    content = dict(template.content)
    writers = set(
        User.objects.filter(pk__in=content.pop(WRITERS, [])).values_list(
            "pk", flat=True
        )
    )
    return _begin(content, by, writers)


def templates_for(user: User) -> list[ContentTemplate]:
    """The templates of channels in which the person writes. One query."""
    templates = ContentTemplate.objects.select_related("channel", "made_by")
    return [
        template
        for template in templates
        if template.channel is None or can(user, Verb.WRITE, template.channel)
    ]


def remove_template(template: ContentTemplate, *, by: User) -> None:
    """Whoever made it, and every editor, may. Stories begun from it stay."""
    require(by, Verb.WRITE)
    if template.made_by_id != by.pk:
        require(by, Verb.EDIT)
    with transaction.atomic():
        audit.record(Act.DELETE, by=by, subject=template, before=template.content)
        template.delete()


def may_remove(template: ContentTemplate, user: User) -> bool:
    return template.made_by_id == user.pk or can(user, Verb.EDIT)


def _writers_of(article: Article) -> set[int]:
    """Everybody who ever put words into the story: in a copy they are theirs still."""
    saves = article.contributions.exclude(person=None)
    frozen = RevisionWriter.objects.filter(revision__article=article)
    writers = set(saves.values_list("person", flat=True))
    writers |= set(frozen.values_list("person", flat=True))
    return writers | ({article.created_by_id} if article.created_by_id else set())


def _begin(content: dict[str, Any], by: User, writers: set[int]) -> Begun:
    """The copy, with the writers of its words: they may not sign it either."""
    require(by, Verb.WRITE)
    with transaction.atomic():
        article = Article(created_by=by)
        content = {**content, "original_url": "", "original_published": None}
        article.title = content["title"]
        article.save()
        plan = plan_for(content, article, by)
        write(article, content, plan)
        record_save(article, by=by, now=timezone.now())
        save = article.contributions.get()
        Contribution.objects.bulk_create(
            Contribution(
                article=article,
                person_id=writer,
                version=save.version,
                words_sha256=save.words_sha256,
                at=save.at,
            )
            for writer in sorted(writers - {by.pk})
        )
        return Begun(article, tuple(plan.left_out))
