"""文字版: a story in the editions that a program writes, to be read and put right."""

from typing import Any

from django.contrib import admin, messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rights import can, require
from accounts.roles import Verb
from articles import edition_reviews
from articles.admin.edition_acts import ACTS, Workbench
from articles.admin.person import person_of
from articles.edition_reviews import converted_editions
from articles.edition_terms import desk_paragraphs, may_settle_words
from articles.models import Article
from articles.models.editions import covers
from articles.publishing import live_version
from articles.refusals import Refused
from articles.variants import Occurrence
from editions.catalogue import Edition, by_code


@require_safe
def first_edition(request: HttpRequest, article_id: int) -> HttpResponse:
    """On to the first edition that a program writes of this story."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.VIEW, article)
    return HttpResponseRedirect(
        _address(article, converted_editions(article.script)[0])
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edition_page(
    request: HttpRequest, article_id: int, edition_code: str
) -> HttpResponse:
    """The story in the edition, place by place and paragraph by paragraph."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.VIEW, article)
    edition = next(
        (
            edition
            for edition in converted_editions(article.script)
            if edition.code == edition_code
        ),
        None,
    )
    if edition is None:
        raise Http404
    bench = Workbench(article, edition)
    if request.method == "POST":
        return _acted(bench, request)
    return TemplateResponse(
        request,
        "admin/articles/article/editions.html",
        {
            **admin.site.each_context(request),
            **_shown(bench, person_of(request), request.GET.get("at", "")),
            "now": timezone.now(),
        },
    )


def _acted(bench: Workbench, request: HttpRequest) -> HttpResponse:
    by = person_of(request)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        require(by, Verb.SIGN, bench.article)
        return HttpResponseRedirect(request.path)
    try:
        messages.success(request, act(bench, request, by))
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(request.path)
    return HttpResponseRedirect(f"{request.path}#{_anchor(request)}")


def _anchor(request: HttpRequest) -> str:
    """Where the person was, if the page says so."""
    anchor = request.POST.get("anchor", "")
    return anchor if anchor.replace("-", "").isalnum() else "places"


def _shown(bench: Workbench, person: User, at: str) -> dict[str, Any]:
    article, analysis = bench.article, bench.analysis
    now = timezone.now()
    live = live_version(article, now)
    progress = [
        edition_reviews.progress_of(
            edition, bench.reviews.get(edition.code), bench.paragraphs
        )
        for edition in converted_editions(article.script)
    ]
    return {
        "title": f"文字版：{article.title}",
        "opts": Article._meta,
        "article": article,
        "edition": bench.edition,
        "source": by_code(article.script.lower()),
        "progress": progress,
        "this": next(row for row in progress if row.edition == bench.edition),
        "live": live,
        "live_is_read": bool(live and bench.review)
        and covers(bench.review.paragraphs, live.paragraphs),
        "analysis": analysis,
        "groups": [group for group in analysis.groups if group.clusters],
        "calm": [
            group for group in analysis.groups if group.rest and not group.clusters
        ],
        "paragraphs": _paragraphs(bench),
        "chosen": _chosen(bench, at),
        "terms": list(article.edition_terms.all()),
        "may_edit": may_settle_words(person, article, now),
        "may_review": can(person, Verb.SIGN, article),
        "may_settle": can(person, Verb.EDIT, article.channel),
        "may_report": can(person, Verb.DISCUSS, article),
        "may_keep_glossary": can(person, Verb.KEEP_GLOSSARY),
    }


def _paragraphs(bench: Workbench) -> list[dict[str, Any]]:
    """What the page says of each: its pieces, whether it is read, how it read then."""
    review = bench.review
    read = set(review.paragraphs if review else ())
    read_as = review.read_as if review else {}
    changed = edition_reviews.changed_since(review, bench.paragraphs)
    listed = {
        occurrence.id: cluster.first.id
        for group in bench.analysis.groups
        for cluster in group.clusters
        for occurrence in cluster.all
    }
    rows = []
    for shown in bench.analysis.converted:
        fingerprint = shown.passage.fingerprint
        is_read = fingerprint in read
        was = changed.get(fingerprint, "")
        if is_read:
            was = read_as.get(fingerprint, ["", ""])[1]
        rows.append(
            {
                "shown": shown,
                "is_read": is_read,
                "was": was if was != shown.text else "",
                "marks": [
                    (piece, listed.get(piece.occurrence.id) if piece.occurrence else "")
                    for piece in shown.segments
                ],
            }
        )
    return rows


def _chosen(bench: Workbench, key: str) -> Occurrence | None:
    """A place that is not doubtful and was asked for by its key."""
    return bench.analysis.find(key) if key else None


def progress_on_the_desk(article: Article) -> list[edition_reviews.Progress]:
    """How far each edition of the story as saved has been read, for its form."""
    return edition_reviews.progress(article, desk_paragraphs(article))


def _address(article: Article, edition: Edition) -> str:
    return reverse("admin:articles_article_edition", args=[article.pk, edition.code])


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the other addresses of the story's pages."""
    wrap = model_admin.admin_site.admin_view
    return [
        path(
            "<int:article_id>/editions/",
            wrap(first_edition),
            name="articles_article_editions",
        ),
        path(
            "<int:article_id>/editions/<str:edition_code>/",
            wrap(edition_page),
            name="articles_article_edition",
        ),
    ]
