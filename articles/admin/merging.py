"""The page that makes one tag of two: first which, then what it will do."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from accounts.admin.house import KeySelect
from accounts.rights import Denied
from accounts.roles import Verb
from articles.admin.person import person_of
from articles.merging import may_merge, merge, share_of
from articles.models import Tag, TaggedArticle
from articles.refusals import Refused


class IntoForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.unmerged(),
        label="并入",
        widget=KeySelect(TaggedArticle._meta.get_field("tag"), admin.site),
        help_text="输入几个字，从已有的标签里选。",
    )


def merging_address() -> URLPattern:
    return path(
        "<int:tag_id>/merge/",
        admin.site.admin_view(merge_page),
        name="articles_tag_merge",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Ask which tag, show what merging does, and by POST do it."""
    tag = get_object_or_404(Tag, pk=tag_id)
    if not may_merge(request.user):
        raise Denied(Verb.EDIT, tag)
    is_asked = request.method == "POST" or "into" in request.GET
    data = request.POST if request.method == "POST" else request.GET
    form = IntoForm(data if is_asked else None)
    into = form.cleaned_data["into"] if is_asked and form.is_valid() else None
    if into and request.method == "POST":
        try:
            return _merged(request, tag, into)
        except Refused as refusal:
            form.add_error("into", " ".join(refusal.sentences))
            into = None
    return TemplateResponse(
        request,
        "admin/articles/tag/merge.html",
        {
            **admin.site.each_context(request),
            "opts": Tag._meta,
            "title": f"合并标签“{tag.name}”",
            "tag": tag,
            "into": into,
            "share": share_of(tag) if into else None,
            "form": form,
            "media": form.media,
        },
    )


def _merged(request: HttpRequest, tag: Tag, into: Tag) -> HttpResponse:
    merge(tag, into, by=person_of(request))
    messages.success(request, f"“{tag.name}”已并入“{into.name}”。")
    return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[into.pk]))
