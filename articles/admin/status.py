"""Where a story stands: with readers, planned, withdrawn or only on the desk."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from articles import publishing
from articles.models import Article, PublishedArticle, Withdrawal
from articles.snapshots import content_of, fingerprint


class Listed(Protocol):
    """A story from `with_standing`."""

    live_from: datetime.datetime | None
    planned_for: datetime.datetime | None
    was_released: bool


class Standing(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


# A mark and a word, never a colour alone.
WORDS = {
    Standing.DRAFT: "○ 草稿",
    Standing.PLANNED: "◔ 已定时",
    Standing.LIVE: "● 已发布",
    Standing.WITHDRAWN: "× 已撤回",
}


def with_standing(articles: QuerySet[Article], at: datetime.datetime) -> QuerySet:
    """The same stories, with what the list says of each; see Listed."""
    versions = PublishedArticle.objects.filter(article=OuterRef("pk")).order_by()
    return articles.annotate(
        live_from=Subquery(versions.visible(at).values("visible_from")[:1]),
        planned_for=Subquery(
            versions.scheduled(at).order_by("visible_from").values("visible_from")[:1]
        ),
        was_released=Exists(versions),
    )


def standing_of(article: Listed) -> Standing:
    if article.live_from:
        return Standing.LIVE
    if article.planned_for:
        return Standing.PLANNED
    return Standing.WITHDRAWN if article.was_released else Standing.DRAFT


def moment_in_words(moment: datetime.datetime, now: datetime.datetime) -> str:
    """6月17日 08:18 in this year, else 2022年6月17日 08:18."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localtime(now).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def full_moment(moment: datetime.datetime) -> str:
    """2026年6月20日 08:00, in the newsroom's time."""
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@dataclass(frozen=True)
class StatusStrip:
    """The lines above the form of one story."""

    standing: Standing
    sentences: list[str] = field(default_factory=list)
    is_planned: bool = False

    @property
    def word(self) -> str:
        return WORDS[self.standing]


def strip_of(article: Article | None, at: datetime.datetime) -> StatusStrip:
    """What the desk must know of the story before touching it. About a dozen queries."""
    if article is None:
        return StatusStrip(Standing.DRAFT, ["还没有保存。"])
    live = publishing.live_version(article, at)
    planned = publishing.planned_version(article, at)
    if live:
        differs = live.revision.sha256 != fingerprint(content_of(article))
        sentences = [f"自 {full_moment(live.visible_from)}。"]
        sentences.append(
            "当前稿与线上版本不同，读者看到的仍是线上版本。"
            if differs
            else "当前稿与线上版本相同。"
        )
        if planned:
            sentences.append(f"已定于 {full_moment(planned.visible_from)} 替换。")
        return StatusStrip(Standing.LIVE, sentences, is_planned=bool(planned))
    if planned:
        sentence = f"已定于 {full_moment(planned.visible_from)} 发布。"
        return StatusStrip(Standing.PLANNED, [sentence], is_planned=True)
    withdrawal = Withdrawal.objects.filter(article=article).first()
    if withdrawal:
        sentence = f"于 {full_moment(withdrawal.withdrawn_at)} 撤回"
        note = withdrawal.public_note.rstrip("。")
        return StatusStrip(
            Standing.WITHDRAWN, [f"{sentence}：{note}。" if note else f"{sentence}。"]
        )
    return StatusStrip(Standing.DRAFT, ["读者看不到。"])


class StandingFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [(standing.value, WORDS[standing]) for standing in Standing]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        conditions = {
            Standing.LIVE: Q(live_from__isnull=False),
            Standing.PLANNED: Q(planned_for__isnull=False),
            Standing.WITHDRAWN: Q(live_from=None, planned_for=None, was_released=True),
            Standing.DRAFT: Q(live_from=None, planned_for=None, was_released=False),
        }
        value = self.value()
        return queryset.filter(conditions[value]) if value in conditions else None
