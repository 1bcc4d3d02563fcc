"""Making one tag of two that mean the same subject."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import Denied, verbs_in
from accounts.roles import Verb
from articles.models import Article, PublishedArticle, Stage, Tag, TaggedArticle
from articles.refusals import Refused

ON_THE_WAY = (Stage.IN_REVIEW, Stage.APPROVED)


@dataclass(frozen=True)
class Share:
    """How many stories a merge would touch: on the desk, with readers, under review."""

    on_desk: int
    visible: int
    in_review: int


def may_merge(user: User) -> bool:
    """Tags belong to all channels: who merges them edits everywhere."""
    return Verb.EDIT in verbs_in(user, None)


def share_of(tag: Tag) -> Share:
    """What depends on the tag now. Two queries."""
    stories = Article.objects.filter(tagged_articles__tag=tag).aggregate(
        all=Count("pk"), in_review=Count("pk", filter=Q(stage__in=ON_THE_WAY))
    )
    visible = PublishedArticle.objects.visible(timezone.now()).filter(tags=tag)
    return Share(stories["all"], visible.count(), stories["in_review"])


def merge(tag: Tag, into: Tag, *, by: User) -> None:
    """Give all stories of `tag` the tag `into`, in one transaction.

    The old row stays, for its address and for frozen text that names it. The desk copy
    of a story under review keeps it too: signatures are for that very text. It goes
    out under the other tag all the same. Raises Denied, Refused.
    """
    if not may_merge(by):
        raise Denied(Verb.EDIT, tag)
    with transaction.atomic():
        tags = Tag.objects.select_for_update().order_by("pk")
        stored = tags.in_bulk([tag.pk, into.pk])
        old, new = stored[tag.pk], stored[into.pk]
        _refuse_loops(old, new)
        # Held until the end: a story that is sent to review meanwhile waits for us.
        stories = Article.objects.select_for_update(of=("self",)).order_by("pk")
        keys = list(stories.filter(tagged_articles__tag=old).values_list("pk"))
        on_desk = TaggedArticle.objects.filter(tag=old)
        _move(
            on_desk.exclude(content_object__stage__in=ON_THE_WAY), "content_object", new
        )
        _move(
            PublishedArticle.tags.through.objects.filter(tag=old),
            "publishedarticle",
            new,
        )
        old.merged.update(merged_into=new)
        old.merged_into = new
        old.save(update_fields=["merged_into"])
        audit.record(
            Act.CHANGE,
            by=by,
            subject=old,
            before={"name": old.name},
            after={"merged_into": new.name, "rows": len(keys)},
        )


def _refuse_loops(old: Tag, new: Tag) -> None:
    if old == new:
        raise Refused("不能并入自己，请选另一个标签。")
    if old.merged_into:
        raise Refused(f"“{old.name}”已经并入“{old.merged_into.name}”。")
    if new.merged_into:
        raise Refused(f"“{new.name}”已经并入“{new.merged_into.name}”，请选后面这个。")


def _move(links: QuerySet, side: str, new: Tag) -> None:
    """Let rows of a link table name the other tag; one that would be there twice goes."""
    there = links.model.objects.filter(tag=new).values(side)
    links.filter(**{f"{side}__in": there}).delete()
    links.update(tag=new)
