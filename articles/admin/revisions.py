"""The revisions of a story: listed, read, compared with one another, brought back."""

import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import can, require
from accounts.roles import Verb
from articles.admin.comparison import comparison_of
from articles.admin.person import person_of
from articles.desk_copies import plan_for
from articles.layout import lay_out
from articles.models import Article, Revision
from articles.moments import moment_in_words
from articles.paging import page_numbers, requested_page
from articles.restoring import restore
from articles.snapshots import content_of, fingerprint
from articles.writing import EditedMeanwhile
from pictures.models import Picture

ON_A_PAGE = 100
DESK = "desk"
UNSEEN = -1  # a version that no desk copy has
EDITED_MEANWHILE = (
    "你打开这一页以后，有人改过当前稿，所以没有恢复。请再看一遍下面的改动。"
)


@dataclass(frozen=True)
class Row:
    """A revision in the list. `facts` say what it was made for."""

    revision: Revision
    facts: list[str]
    is_desk: bool


class RestoreForm(forms.Form):
    """Which desk copy the person looked at before they said yes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def revisions_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int
) -> HttpResponse:
    """All revisions, newest first, with radio buttons to choose two of them."""
    article = _story(request, article_id)
    revisions = (
        article.revisions.defer("content")
        .select_related("created_by")
        .prefetch_related("published", "sent_in")
    )
    listing = requested_page(request, Paginator(revisions, ON_A_PAGE))
    sha256 = fingerprint(content_of(article))
    now = timezone.now()
    rows = [
        Row(revision, _facts(revision, now), revision.sha256 == sha256)
        for revision in listing
    ]
    return _page(
        model_admin,
        request,
        "list",
        article=article,
        title="历次版本",
        rows=rows,
        listing=listing,
        page_numbers=page_numbers(listing),
        may_restore=can(request.user, Verb.EDIT, article),
        **_proposed(rows),
    )


def compare_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int
) -> HttpResponse:
    """?before= and ?after= are numbers of revisions, or `desk` for the desk copy as
    saved. Always told from the older to the newer one."""
    article = _story(request, article_id)
    sides = sorted(
        _side(article, request.GET.get(name, "")) for name in ("before", "after")
    )
    (before, old), (after, new) = [(_side_name(side), side) for side in sides]
    return _page(
        model_admin,
        request,
        "compare",
        article=article,
        title=f"{before}到{after}的改动",
        before=before,
        after=after,
        older=_number(old),
        newer=_number(new),
        comparison=comparison_of(_content(article, old), _content(article, new)),
        may_restore=old != NEWEST and can(request.user, Verb.EDIT, article),
    )


def revision_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int, number: int
) -> HttpResponse:
    """One revision as readers would get it."""
    article = _story(request, article_id)
    revision = get_object_or_404(article.revisions, number=number)
    text = lay_out(revision.content)
    cover = Picture.objects.filter(pk=text["cover_id"]).first()
    return _page(
        model_admin,
        request,
        "revision",
        article=article,
        title=str(revision),
        revision=revision,
        facts=_facts(revision, timezone.now()),
        text=text | {"cover": cover},
        may_restore=can(request.user, Verb.EDIT, article),
    )


def restore_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int, number: int
) -> HttpResponse:
    """Show what the desk copy would become, and on POST make it so."""
    article = _story(request, article_id)
    require(request.user, Verb.EDIT, article)
    revision = get_object_or_404(article.revisions, number=number)
    if request.method == "POST":
        return _restored(model_admin, request, article, revision)
    comparison = comparison_of(content_of(article), revision.content)
    return _page(
        model_admin,
        request,
        "restore",
        article=article,
        title=f"恢复{revision}为当前稿",
        revision=revision,
        comparison=comparison,
        left_out=plan_for(revision.content, article, person_of(request)).left_out,
        form=RestoreForm(initial={"version": article.version}),
    )


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the addresses of ModelAdmin.get_urls."""

    def bound(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return model_admin.admin_site.admin_view(functools.partial(view, model_admin))

    def read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return require_safe(bound(view))

    start = "<int:article_id>/revisions/"
    return [
        path(start, read(revisions_view), name="articles_article_revisions"),
        path(f"{start}compare/", read(compare_view), name="articles_article_compare"),
        path(
            f"{start}<int:number>/",
            read(revision_view),
            name="articles_article_revision",
        ),
        path(
            f"{start}<int:number>/restore/",
            require_http_methods(["GET", "HEAD", "POST"])(bound(restore_view)),
            name="articles_article_restore",
        ),
    ]


# One side of a comparison: a revision by its number, the desk copy after all of them.
NEWEST = float("inf")


def _story(request: HttpRequest, article_id: int) -> Article:
    article = get_object_or_404(
        Article.objects.select_related("channel", "source", "cover"), pk=article_id
    )
    require(request.user, Verb.VIEW, article)
    return article


def _side(article: Article, asked: str) -> float:
    if asked == DESK:
        return NEWEST
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        raise Http404
    if not article.revisions.filter(number=int(asked)).exists():
        raise Http404
    return int(asked)


def _side_name(side: float) -> str:
    return "当前稿" if side == NEWEST else f"第 {side} 版"


def _number(side: float) -> int | None:
    return None if side == NEWEST else int(side)


def _content(article: Article, side: float) -> dict[str, Any]:
    if side == NEWEST:
        return content_of(article)
    return article.revisions.get(number=int(side)).content


def _proposed(rows: list[Row]) -> dict[str, int | str]:
    """Which two are ticked: the desk copy and the newest one, if they differ."""
    if not rows:
        return {}
    newest = rows[0]
    if newest.is_desk and len(rows) > 1:
        return {
            "ticked_before": rows[1].revision.number,
            "ticked_after": newest.revision.number,
        }
    return {"ticked_before": newest.revision.number, "ticked_after": DESK}


def _facts(revision: Revision, now: datetime.datetime) -> list[str]:
    """What a revision was made for, the most public fact first. No query if prefetched."""
    facts = [
        _shown(start, end, now)
        for start, end in _spans(revision)
        if end is None or end > start
    ]
    facts += [f"第 {sent.number} 次送审的稿子" for sent in revision.sent_in.all()]
    if revision.edit_level:
        facts.append("审稿中改过的稿子")
    return facts or ["没有发布过"]


def _spans(
    revision: Revision,
) -> list[tuple[datetime.datetime, datetime.datetime | None]]:
    """When readers saw it. Rows that follow on one another, as a correction makes them,
    are one span."""
    spans: list[tuple[datetime.datetime, datetime.datetime | None]] = []
    for row in sorted(revision.published.all(), key=lambda row: row.visible_from):
        if spans and spans[-1][1] == row.visible_from:
            spans[-1] = (spans[-1][0], row.visible_until)
        else:
            spans.append((row.visible_from, row.visible_until))
    return spans


def _shown(
    start: datetime.datetime, end: datetime.datetime | None, now: datetime.datetime
) -> str:
    since = moment_in_words(start, now)
    if start > now:
        return f"定于 {since} 上线"
    if end is None:
        return f"{since} 起在线"
    until = moment_in_words(end, now)
    return f"{since} 起在线，{until} 下线" if end > now else f"{since} 至 {until} 在线"


def _restored(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    article: Article,
    revision: Revision,
) -> HttpResponse:
    """Do it, and say what could not come back."""
    form = RestoreForm(request.POST)
    # A form without a version was not made by this page: nothing was looked at.
    seen = form.cleaned_data["version"] if form.is_valid() else UNSEEN
    try:
        done = restore(revision, by=person_of(request), version=seen)
    except EditedMeanwhile:
        messages.error(request, EDITED_MEANWHILE)
        return HttpResponseRedirect(request.path)
    if done.is_changed:
        model_admin.log_change(request, done.article, f"恢复{revision}为当前稿。")
        messages.success(request, f"当前稿已恢复成{revision}的内容。读者看到的没有变。")
    else:
        messages.info(request, f"当前稿和{revision}本来就一样，没有改动。")
    for sentence in done.left_out:
        messages.warning(request, sentence)
    return HttpResponseRedirect(
        reverse("admin:articles_article_change", args=[article.pk])
    )


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, name: str, **shown: Any
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        **shown,
    }
    return TemplateResponse(request, f"admin/articles/revisions/{name}.html", context)
