"""The live preview beside the form, and the links by which others read a revision."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rights import Denied, can, require
from accounts.roles import Verb
from articles.admin.person import person_of
from articles.admin.typed import content_as_typed
from articles.checklist import checklist
from articles.findings import Finding
from articles.models import Article, PreviewLink
from articles.preview_page import look_of, preview_in_admin
from articles.previews import (
    DAYS,
    PreviewRefused,
    open_links,
    revoke,
    share,
    token_of,
)
from articles.snapshots import content_of
from editions.catalogue import EDITIONS

WIDTHS = (360, 768, 1280)


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(
        label="有效期",
        coerce=int,
        initial=3,
        choices=[(days, f"{days} 天") for days in DAYS],
    )


def preview(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int | None = None
) -> HttpResponse:
    """The form as it is typed, as a reader's page; with GET the desk copy as saved.

    Asked for JSON, it gives the page and the checks of the same text.
    """
    if article_id is None:
        require(request.user, Verb.WRITE)
        article = None
    else:
        article = get_object_or_404(Article, pk=article_id)
        require(request.user, Verb.VIEW, article)
    look = look_of(request.POST if request.method == "POST" else request.GET)
    content = _content(model_admin, request, article)
    page = preview_in_admin(request, article or Article(), content, look)
    if request.headers.get("Accept") != "application/json":
        return page
    findings = render_to_string(
        "admin/articles/article/_findings.html",
        {"findings": _findings(article or Article(), content)},
    )
    return JsonResponse(
        {"page": page.text, "findings": findings},
        headers={"Cache-Control": "no-store, private"},
    )


def findings_of(article: Article) -> list[Finding]:
    """What the checks say of the desk copy as saved."""
    return _findings(article, content_of(article))


def _content(
    model_admin: admin.ModelAdmin, request: HttpRequest, article: Article | None
) -> dict:
    if request.method == "POST":
        return content_as_typed(model_admin, request, article, request.POST)
    if article is not None:
        return content_of(article)
    return content_as_typed(model_admin, request, None, QueryDict())


def _findings(article: Article, content: dict) -> list[Finding]:
    return checklist(content, at=timezone.now(), is_reprint=article.is_reprint)


@require_http_methods(["GET", "HEAD", "POST"])
def links_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """The story's preview links: those that work, and a form to make another."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.VIEW, article)
    may_share = can(request.user, Verb.DISCUSS, article)
    if request.method == "POST" and not may_share:
        raise Denied(Verb.DISCUSS, article)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            share(article, days=form.cleaned_data["days"], by=person_of(request))
        except PreviewRefused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
        else:
            messages.success(request, "链接已经建好，复制后发给对方。")
        return HttpResponseRedirect(_links_address(article.pk))
    now = timezone.now()
    links = [(link, _address(link)) for link in open_links(article, now)]
    return TemplateResponse(
        request,
        "admin/articles/article/preview_links.html",
        {
            **admin.site.each_context(request),
            "title": "分享预览",
            "opts": Article._meta,
            "article": article,
            "links": links,
            "form": form,
            "may_share": may_share,
        },
    )


@require_POST
def revoke_link(request: HttpRequest, article_id: int, link_id: int) -> HttpResponse:
    """End a link at once."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.DISCUSS, article)
    link = get_object_or_404(PreviewLink, pk=link_id, revision__article=article)
    try:
        revoke(link, by=person_of(request))
    except PreviewRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, "链接已收回，再打开只会看到“没有这个页面”。")
    return HttpResponseRedirect(_links_address(article.pk))


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the other addresses of the story's pages."""
    wrap = model_admin.admin_site.admin_view

    @require_http_methods(["GET", "HEAD", "POST"])
    def preview_view(request: HttpRequest, article_id: int | None = None):
        return preview(model_admin, request, article_id)

    return [
        path("preview/", wrap(preview_view), name="articles_article_preview_new"),
        path(
            "<int:article_id>/preview/",
            wrap(preview_view),
            name="articles_article_preview",
        ),
        path(
            "<int:article_id>/preview-links/",
            wrap(links_page),
            name="articles_article_preview_links",
        ),
        path(
            "<int:article_id>/preview-links/<int:link_id>/revoke/",
            wrap(revoke_link),
            name="articles_article_preview_revoke",
        ),
    ]


def preview_options() -> dict:
    """What the pane beside the form offers."""
    return {"widths": WIDTHS, "editions": EDITIONS}


def _links_address(article_id: int) -> str:
    return reverse("admin:articles_article_preview_links", args=[article_id])


def _address(link: PreviewLink) -> str:
    return settings.SITE_URL + reverse("articles:preview", args=[token_of(link)])
