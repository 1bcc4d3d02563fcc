"""Pages on which a new story begins as another one."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.rights import require
from accounts.roles import Verb
from articles import duplicating
from articles.admin.person import person_of
from articles.models import Article, ContentTemplate
from articles.refusals import Refused


class TemplateForm(forms.Form):
    name = forms.CharField(
        label="模板的名字", max_length=40, help_text="例如：一周天气、村里的老手艺。"
    )


@require_POST
def duplicate_story(request: HttpRequest, article_id: int) -> HttpResponse:
    """A copy, opened in its own form."""
    article = get_object_or_404(Article, pk=article_id)
    begun = duplicating.duplicate(article, by=person_of(request))
    return _open(request, begun, "已复制成一篇新稿，改好题目再送审。")


@require_http_methods(["GET", "HEAD", "POST"])
def keep_template(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask for a name, and keep the story's text under it."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.VIEW, article)
    require(request.user, Verb.WRITE)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            duplicating.keep_template(
                article, form.cleaned_data["name"], by=person_of(request)
            )
        except Refused as refusal:
            form.add_error("name", list(refusal.sentences))
        else:
            messages.success(request, "已存为模板。")
            return HttpResponseRedirect(reverse("admin:articles_templates"))
    context = {"title": "存为模板", "article": article, "form": form}
    return _page(request, "keep_template.html", context)


@require_safe
def templates_page(request: HttpRequest) -> HttpResponse:
    """The templates, each with a button to start a story from it."""
    require(request.user, Verb.WRITE)
    person = person_of(request)
    templates = [
        (template, duplicating.may_remove(template, person))
        for template in duplicating.templates_for(person)
    ]
    context = {"title": "稿件模板", "templates": templates}
    return _page(request, "templates.html", context)


@require_POST
def start(request: HttpRequest, template_id: int) -> HttpResponse:
    """A new story from a template."""
    template = get_object_or_404(ContentTemplate, pk=template_id)
    begun = duplicating.start_from(template, by=person_of(request))
    return _open(request, begun, f"已照模板“{template}”开了一篇新稿。")


@require_POST
def remove(request: HttpRequest, template_id: int) -> HttpResponse:
    template = get_object_or_404(ContentTemplate, pk=template_id)
    duplicating.remove_template(template, by=person_of(request))
    messages.success(request, f"模板“{template}”已删除。")
    return HttpResponseRedirect(reverse("admin:articles_templates"))


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the other addresses of the story's pages."""
    wrap = model_admin.admin_site.admin_view
    return [
        path(
            "<int:article_id>/duplicate/",
            wrap(duplicate_story),
            name="articles_article_duplicate",
        ),
        path(
            "<int:article_id>/keep-template/",
            wrap(keep_template),
            name="articles_article_keep_template",
        ),
        path("templates/", wrap(templates_page), name="articles_templates"),
        path(
            "templates/<int:template_id>/start/",
            wrap(start),
            name="articles_template_start",
        ),
        path(
            "templates/<int:template_id>/remove/",
            wrap(remove),
            name="articles_template_remove",
        ),
    ]


def _open(request: HttpRequest, begun: duplicating.Begun, said: str) -> HttpResponse:
    messages.success(request, said)
    for sentence in begun.left_out:
        messages.warning(request, sentence)
    return HttpResponseRedirect(
        reverse("admin:articles_article_change", args=[begun.article.pk])
    )


def _page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    return TemplateResponse(
        request,
        f"admin/articles/article/{name}",
        {**admin.site.each_context(request), "opts": Article._meta, **context},
    )
