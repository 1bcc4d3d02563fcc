"""What the story's page says of who else is there, and of texts that were kept."""

import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from articles import sessions
from articles.models import Article, EditingSession
from articles.moments import moment_in_words


def form_of(article: Article | None) -> str:
    """The address of the form of a story, or of a new one."""
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article.pk])


def present_line(
    article: Article | None, person: User, tab: str, now: datetime.datetime
) -> str:
    """李四 正在编辑（2 分钟前）；王五 打开着这篇稿件. Empty if nobody else is there."""
    if article is None:
        return ""
    lines = []
    for present in sessions.others_at(article, person=person, tab=tab, now=now):
        name = "你在另一个标签页" if present.person == person else f"{present.person} "
        if present.typed_at is None:
            lines.append(f"{name}打开着这篇稿件")
            continue
        minutes = int((now - present.typed_at).total_seconds() // 60)
        ago = f"{minutes} 分钟前" if minutes else "刚刚"
        lines.append(f"{name}正在编辑（{ago}）")
    return "；".join(lines)


def kept_line(
    kept: EditingSession, article: Article | None, now: datetime.datetime
) -> dict[str, Any]:
    """What the strip says of a kept text."""
    title = (sessions.typed_values(kept).get("title") or [""])[0]
    is_old = article and article.version != kept.base_version
    who = article.saved_by if article else None
    return {
        "pk": kept.pk,
        "when": moment_in_words(kept.kept_at, now),
        "title": title,
        "meanwhile": f"期间 {who or '控制台'} 改过。" if is_old else "",
        "is_open": sessions.is_open(kept, now),
        "form_url": form_of(article),
    }
