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
from articles.models import Article, ContentTemplate
from articles.refusals import Refused
from articles.snapshots import content_of
from articles.writing import record_save

LONGEST_TITLE = 120  # characters, as the column has it
COPY = "（副本）"


class DuplicatingRefused(Refused):
    """A copy or a template could not be made."""


@dataclass(frozen=True)
class Begun:
    """The new desk copy, and sentences about what could not come along."""

    article: Article
    left_out: tuple[str, ...] = ()


def duplicate(article: Article, *, by: User) -> Begun:
    """A new desk copy with the same text, written by `by`. Where the first one came from
    and when does not come along: that is said of one story only."""
    require(by, Verb.VIEW, article)
    content = content_of(article)
    content["title"] = content["title"][: LONGEST_TITLE - len(COPY)] + COPY
    return _begin(content, by)


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
            content=content_of(article),
            made_by=by,
        )
        audit.record(Act.CREATE, by=by, subject=template)
        return template


def start_from(template: ContentTemplate, *, by: User) -> Begun:
    """A new desk copy that begins as the template."""
    return _begin(template.content, by)


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


def _begin(content: dict[str, Any], by: User) -> Begun:
    require(by, Verb.WRITE)
    with transaction.atomic():
        article = Article(created_by=by)
        content = {**content, "original_url": "", "original_published": None}
        article.title = content["title"]
        article.save()
        plan = plan_for(content, article, by)
        write(article, content, plan)
        record_save(article, by=by, now=timezone.now())
        return Begun(article, tuple(plan.left_out))
