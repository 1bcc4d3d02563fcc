"""Where a story stands: with readers, planned, withdrawn or only on the desk."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from articles import publishing
from articles.models import Article, PublishedArticle, SignOff, Stage, Withdrawal
from articles.moments import full_moment, moment_in_words
from articles.reviews import level_name, levels_for, open_round
from articles.snapshots import content_of, fingerprint, with_tags_of_today


class Listed(Protocol):
    """A story from `with_standing`."""

    live_from: datetime.datetime | None
    planned_for: datetime.datetime | None
    was_released: bool
    stage: str


class Standing(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


ON_THE_WAY = {Stage.IN_REVIEW, Stage.APPROVED}

# A mark and a word, never a colour alone.
WORDS = {
    Standing.DRAFT: "○ 草稿",
    Standing.PLANNED: "◔ 已定时",
    Standing.LIVE: "● 已发布",
    Standing.WITHDRAWN: "× 已撤回",
}
STAGE_WORDS = {
    Stage.WRITING: "",
    Stage.IN_REVIEW: "◑ 待审",
    Stage.RETURNED: "↩ 已退回",
    Stage.APPROVED: "◕ 待发布",
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


def words_of(article: Listed, now: datetime.datetime) -> str:
    """What the list says of a story: with readers, on the desk, and what is planned."""
    standing = standing_of(article)
    stage = STAGE_WORDS[Stage(article.stage)]
    words = WORDS[standing]
    if stage:
        words = stage if standing == Standing.DRAFT else f"{words}，新稿{stage[2:]}"
    if not article.planned_for:
        return words
    planned = moment_in_words(article.planned_for, now)
    return f"{words}，{planned} {'替换' if article.live_from else '发布'}"


@dataclass(frozen=True)
class StatusStrip:
    """The lines above the form of one story."""

    standing: Standing
    sentences: list[str] = field(default_factory=list)
    is_planned: bool = False
    stage: Stage = Stage.WRITING
    # Whether the text could go to readers now as far as reviews are concerned.
    is_releasable: bool = True
    is_in_review: bool = False

    @property
    def word(self) -> str:
        stage = STAGE_WORDS[self.stage]
        return (
            stage if stage and self.standing == Standing.DRAFT else WORDS[self.standing]
        )


def strip_of(article: Article | None, at: datetime.datetime) -> StatusStrip:
    """What the desk must know of the story before touching it. About 15 queries."""
    if article is None:
        return StatusStrip(Standing.DRAFT, ["还没有保存。"])
    standing, sentences, planned = _with_readers(article, at)
    stage = Stage(article.stage)
    return StatusStrip(
        standing,
        [*sentences, *_on_the_desk(article, at)],
        is_planned=planned is not None,
        stage=stage,
        is_releasable=stage == Stage.APPROVED
        or (stage != Stage.IN_REVIEW and levels_for(article)[0] == 0),
        is_in_review=stage in ON_THE_WAY and levels_for(article)[0] > 0,
    )


def _with_readers(
    article: Article, at: datetime.datetime
) -> tuple[Standing, list[str], PublishedArticle | None]:
    live = publishing.live_version(article, at)
    planned = publishing.planned_version(article, at)
    if live:
        return Standing.LIVE, _live_sentences(article, live, planned), planned
    if planned:
        sentence = f"已定于 {full_moment(planned.visible_from)} 发布。"
        return Standing.PLANNED, [sentence], planned
    withdrawal = Withdrawal.objects.filter(article=article).first()
    last = article.published.order_by("-visible_until").first()
    if last and (not withdrawal or withdrawal.withdrawn_at < last.visible_until):
        sentence = f"已于 {full_moment(last.visible_until)} 到期下线。"
        return Standing.WITHDRAWN, [sentence], None
    if withdrawal:
        sentence = f"于 {full_moment(withdrawal.withdrawn_at)} 撤回"
        note = withdrawal.public_note.rstrip("。")
        sentence = f"{sentence}：{note}。" if note else f"{sentence}。"
        return Standing.WITHDRAWN, [sentence], None
    return Standing.DRAFT, ["读者看不到。"], None


def _live_sentences(
    article: Article, live: PublishedArticle, planned: PublishedArticle | None
) -> list[str]:
    desk = fingerprint(content_of(article))
    frozen = live.revision
    differs = desk != frozen.sha256 and (
        desk != fingerprint(with_tags_of_today(frozen.content))
    )
    sentences = [
        f"自 {full_moment(live.visible_from)}。",
        "当前稿与线上版本不同，读者看到的仍是线上版本。"
        if differs
        else "当前稿与线上版本相同。",
    ]
    if planned:
        sentences.append(f"已定于 {full_moment(planned.visible_from)} 替换。")
    elif live.visible_until:
        sentences.append(f"将于 {full_moment(live.visible_until)} 下线。")
    return sentences


def _on_the_desk(article: Article, at: datetime.datetime) -> list[str]:
    """Where the desk copy stands on its way through the reviews."""
    if article.stage == Stage.APPROVED:
        return ["已审签完毕，可以发布。"] if levels_for(article)[0] else []
    if article.stage == Stage.RETURNED:
        last = SignOff.objects.filter(
            round__article=article, verdict=SignOff.Verdict.RETURN
        ).last()
        return [f"{last.person_name} 退回：{last.note}"] if last else []
    current = open_round(article)
    if current is None or current.due_level is None:
        return []
    due = level_name(current.due_level, current.levels)
    since = moment_in_words(current.due_since, at)
    return [f"等{due}，{since} 起；{current.submitted_by} 送审。"]


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
