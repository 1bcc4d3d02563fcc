"""Putting a public note on a live story, with or without a new text."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.rights import can, require
from accounts.roles import Verb
from articles import publishing
from articles.admin.person import person_of
from articles.corrections import ShownNote, notes_of
from articles.models import Article, Correction, PublishedArticle
from articles.publishing import PublicNote
from articles.snapshots import content_of, fingerprint

NOTE_ONLY = "note"
WITH_TEXT = "text"


class CorrectionForm(forms.Form):
    """What readers are told, and whether the text changes with it."""

    kind = forms.ChoiceField(
        label="类别",
        choices=Correction.Kind.choices,
        initial=Correction.Kind.CORRECTION,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="公开说明",
        max_length=300,
        widget=forms.Textarea({"rows": 4, "aria-describedby": "note-help"}),
        help_text="写明原来怎么说、应当怎么说，如：原文“三十户”应为“十三户”。最多 300 字。",
        error_messages={"required": "还没有写更正说明。"},
    )
    scope = forms.ChoiceField(
        label="正文",
        choices=[
            (NOTE_ONLY, "只加说明，线上正文不动"),
            (WITH_TEXT, "加说明，同时用当前稿替换线上正文"),
        ],
        initial=NOTE_ONLY,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_replace: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_replace:
            self.fields["scope"].choices = self.fields["scope"].choices[:1]


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """The page's address inside the admin of stories."""

    def view(request: HttpRequest, article_id: int) -> HttpResponse:
        return correct_view(model_admin, request, article_id)

    return [
        path(
            "<int:article_id>/correct/",
            model_admin.admin_site.admin_view(view),
            name="articles_article_correct",
        )
    ]


def correct_view(
    model_admin: admin.ModelAdmin, request: HttpRequest, article_id: int
) -> HttpResponse:
    """The live story's notes and a form for the next one; 预览 shows it, 发出 sends it."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.CORRECT, article)
    now = timezone.now()
    live = publishing.live_version(article, now)
    if live is None:
        messages.error(request, "这篇稿件没有在线版本，不能加更正说明。")
        return HttpResponseRedirect(_form_of(article))
    differs = live.revision.sha256 != fingerprint(content_of(article))
    may_replace = differs and can(request.user, Verb.PUBLISH, article)
    form = CorrectionForm(request.POST or None, may_replace=may_replace)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "_preview" in request.POST:
            kind = Correction.Kind(form.cleaned_data["kind"])
            preview = ShownNote(kind, form.cleaned_data["note"], now)
        elif _sent(model_admin, request, article, form):
            return HttpResponseRedirect(request.path)
    return _page(
        model_admin, request, article, live, form=form, preview=preview, differs=differs
    )


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    article: Article,
    live: PublishedArticle,
    **shown: Any,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "更正稿件",
        "opts": model_admin.opts,
        "article": article,
        "live": live,
        "notes": notes_of(live),
        "change_address": _form_of(article),
        "planned": publishing.planned_version(article, timezone.now()),
        **shown,
    }
    return TemplateResponse(request, "admin/articles/article/correct.html", context)


def _sent(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    article: Article,
    form: CorrectionForm,
) -> bool:
    """Whether the note is out. A refusal is shown, and the form keeps what was typed."""
    said = form.cleaned_data
    note = PublicNote(Correction.Kind(said["kind"]), said["note"])
    by = person_of(request)
    try:
        if said["scope"] == WITH_TEXT:
            publishing.replace(article, by=by, correction=note)
            message = "已发出更正说明，并用当前稿替换线上正文。"
        else:
            publishing.correct(article, note, by=by)
            message = "已发出更正说明，读者现在能看到。"
    except publishing.PublishingRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return False
    model_admin.log_change(request, article, f"{note.kind.label}：{note.note}")
    messages.success(request, message)
    return True


def _form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
