"""Writing frozen content into a desk copy: with the rows of today, and saying what is gone."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from accounts.rights import can
from accounts.roles import Verb
from articles.honours import write_honour
from articles.materials import missing_materials, write_materials
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Author,
    Editor,
    RelatedArticle,
    Section,
    Source,
    Tag,
)
from channels.models import Channel
from pictures.models import Picture

STEP = 10  # between the positions of two sections


@dataclass
class Plan:
    """The rows of today that a revision's names and keys stand for, and what is missing."""

    channel: Channel | None = None
    further_channels: list[Channel] = field(default_factory=list)
    source: Source | None = None
    authors: list[Author] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    related: list[Article] = field(default_factory=list)
    cover: Picture | None = None
    left_out: list[str] = field(default_factory=list)


def plan_for(content: dict[str, Any], article: Article, by: User) -> Plan:
    """What writing it into this article would use, and sentences on what it has to leave
    out. Eight queries."""
    plan = Plan()
    _plan_channels(plan, content, article, by)
    _plan_source(plan, content["source"])
    _plan_people(plan, content, article)
    tags = Tag.objects.in_bulk(content["tags"])
    plan.tags = [tags[key] for key in content["tags"] if key in tags]
    missing = len(content["tags"]) - len(plan.tags)
    if missing:
        plan.left_out.append(f"有 {missing} 个标签已经删除，没有恢复。")
    _plan_related(plan, content.get("related", []), article)
    _plan_cover(plan, content["cover"])
    plan.left_out += missing_materials(content)
    return plan


def _plan_channels(
    plan: Plan, content: dict[str, Any], article: Article, by: User
) -> None:
    """As when filing by hand: not into a channel in which the person may not write."""
    wanted = content["channel"]
    found = Channel.objects.in_bulk([wanted, *content["further_channels"]])
    plan.channel = found.get(wanted)
    if wanted and wanted != article.channel_id:
        objection = _channel_objection(plan.channel, by)
        if objection:
            plan.left_out.append(f"{objection}，频道保持不变。")
            plan.channel = article.channel
    plan.further_channels = [
        found[key] for key in content["further_channels"] if key in found
    ]
    missing = len(content["further_channels"]) - len(plan.further_channels)
    if missing:
        plan.left_out.append(f"“同时引用到”里有 {missing} 个频道已经删除，没有恢复。")


def _channel_objection(channel: Channel | None, by: User) -> str:
    if channel is None:
        return "原来的频道已经删除"
    if channel.kind == Channel.Kind.LINK:
        return f"频道“{channel}”现在是外部链接，不能放稿件"
    if not can(by, Verb.WRITE, channel):
        return f"你不能在频道“{channel}”写稿"
    return ""


def _plan_source(plan: Plan, source: dict[str, Any]) -> None:
    if not source["name"]:
        return
    plan.source = Source.objects.filter(name=source["name"]).first()
    if plan.source is None:
        plan.left_out.append(f"来源“{source['name']}”已经删除或改名，没有恢复。")
    elif plan.source.url != source["url"]:
        plan.left_out.append(f"来源“{plan.source}”的网址后来改过，用现在的。")
    elif plan.source.is_promotion != source.get("is_promotion", False):
        plan.left_out.append(f"来源“{plan.source}”是否推广后来改过，用现在的。")


def _plan_people(plan: Plan, content: dict[str, Any], article: Article) -> None:
    """By name. Of several editors with one name the one already credited, else the first."""
    authors = Author.objects.filter(name__in=content["authors"])
    plan.authors = _named(plan, "作者", content["authors"], authors)
    credited = set(article.editor_credits.values_list("editor", flat=True))
    editors = sorted(
        Editor.objects.filter(name__in=content["editors"]),
        key=lambda editor: (editor.pk not in credited, editor.pk),
    )
    plan.editors = _named(plan, "责任编辑", content["editors"], editors)


def _named(plan: Plan, label: str, names: list[str], found: Iterable[Any]) -> list[Any]:
    free = list(found)
    chosen = []
    for name in names:
        person = next((person for person in free if person.name == name), None)
        if person is None:
            plan.left_out.append(f"{label}“{name}”已经删除或改名，没有恢复。")
            continue
        free.remove(person)
        chosen.append(person)
    return chosen


def _plan_related(plan: Plan, keys: list[int], article: Article) -> None:
    found = Article.objects.in_bulk(keys)
    plan.related = [found[key] for key in keys if key in found and key != article.pk]
    missing = len(set(keys) - set(found))
    if missing:
        plan.left_out.append(f"有 {missing} 篇相关稿件已经删除，没有恢复。")


def _plan_cover(plan: Plan, cover: dict[str, Any] | None) -> None:
    if cover is None:
        return
    plan.cover = Picture.objects.filter(pk=cover["picture"]).first()
    if plan.cover is None:
        plan.left_out.append("题图已经从图片库删除，没有恢复。")
    elif any(
        getattr(plan.cover, name) != cover[name]
        for name in ("alt_text", "caption", "credit")
    ):
        plan.left_out.append("题图的文字说明后来在图片库改过，用现在的。")


def write(article: Article, content: dict[str, Any], plan: Plan) -> None:
    """Make the desk copy say this, in the caller's transaction. The caller accounts for
    it with writing.record_save."""
    for name in (
        "kicker",
        "title",
        "subtitle",
        "standfirst",
        "script",
        "original_url",
    ):
        setattr(article, name, content[name])
    original = content.get("original_published")
    article.original_published_at = (
        datetime.datetime.fromisoformat(original["at"]) if original else None
    )
    if original:
        article.original_precision = original["precision"]
    article.channel = plan.channel
    article.source = plan.source
    article.cover = plan.cover
    article.save()
    article.further_channels.set(plan.further_channels)
    article.tags.set(plan.tags)
    _write_rows(
        article.author_credits,
        plan.authors,
        lambda author, place: ArticleAuthor(
            article=article, author=author, position=place
        ),
    )
    _write_rows(
        article.editor_credits,
        plan.editors,
        lambda editor, place: ArticleEditor(
            article=article, editor=editor, position=place
        ),
    )
    _write_rows(
        article.related_links,
        plan.related,
        lambda other, place: RelatedArticle(
            article=article, related=other, position=place
        ),
    )
    _write_sections(article, content["sections"])
    write_honour(article, content.get("honour"))
    write_materials(article, content)


def _write_rows(
    rows_of: Any, chosen: list[Any], row: Callable[[Any, int], Any]
) -> None:
    rows_of.all().delete()
    for place, item in enumerate(chosen, start=1):
        row(item, place).save()


def _write_sections(article: Article, sections: list[dict[str, str]]) -> None:
    """Into the rows with the same anchors, so that notes and links stay where they are."""
    rows = {section.anchor: section for section in article.sections.all()}
    for place, section in enumerate(sections, start=1):
        row = rows.pop(section["anchor"], None) or Section(
            article=article, anchor=section["anchor"]
        )
        row.position = place * STEP
        row.heading = section["heading"]
        row.subheading = section["subheading"]
        row.body = section["body"]
        row.save()
    for row in rows.values():
        row.delete()
