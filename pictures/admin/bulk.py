"""What can be done to several pictures at once: filing them, and saying whose they are."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from taggit.forms import TagField

from accounts.audit import record
from accounts.models import Act
from pictures.models import Collection, Picture, Rights

CONFIRMED = "confirmed"


class CollectionForm(forms.Form):
    collection = forms.ModelChoiceField(
        Collection.objects.all(),
        label="图片集",
        empty_label="（不属于图片集）",
        required=False,
    )


class TagsForm(forms.Form):
    tags = TagField(label="标签", help_text="用顿号或逗号分开；原来的标签留着。")


class RightsForm(forms.Form):
    rights = forms.ChoiceField(label="版权", choices=Rights.choices)
    rights_note = forms.CharField(label="授权说明", max_length=200, required=False)


@admin.action(description="放进图片集…", permissions=["change"])
def put_into_collection(
    library: Any, request: HttpRequest, pictures: QuerySet[Picture]
) -> HttpResponse | None:
    def put(chosen: QuerySet[Picture], said: dict[str, Any]) -> None:
        chosen.update(collection=said["collection"])

    return _asked(request, pictures, CollectionForm, "放进图片集", put)


@admin.action(description="加标签…", permissions=["change"])
def tag_pictures(
    library: Any, request: HttpRequest, pictures: QuerySet[Picture]
) -> HttpResponse | None:
    def tag(chosen: QuerySet[Picture], said: dict[str, Any]) -> None:
        for picture in chosen:
            picture.tags.add(*said["tags"])

    return _asked(request, pictures, TagsForm, "加标签", tag)


@admin.action(description="写明版权…", permissions=["change"])
def mark_rights(
    library: Any, request: HttpRequest, pictures: QuerySet[Picture]
) -> HttpResponse | None:
    def mark(chosen: QuerySet[Picture], said: dict[str, Any]) -> None:
        chosen.update(**said)

    return _asked(request, pictures, RightsForm, "写明版权", mark)


def _asked(
    request: HttpRequest,
    pictures: QuerySet[Picture],
    form_class: type[forms.Form],
    name: str,
    act: Any,
) -> HttpResponse | None:
    """Ask for the value; when it is there, do it and go back to the list."""
    keys = list(pictures.values_list("pk", flat=True))
    form = form_class(request.POST if CONFIRMED in request.POST else None)
    if form.is_bound and form.is_valid():
        chosen = Picture.objects.filter(pk__in=keys).order_by("pk")
        with transaction.atomic():
            act(chosen, form.cleaned_data)
            said = {key: str(value) for key, value in form.cleaned_data.items()}
            label = f"{len(keys)} 张图片{name}"
            after = {"pictures": keys, **said}
            record(Act.CHANGE, by=request.user, label=label, after=after)
        messages.success(request, f"{len(keys)} 张图片已{name}。")
        return None
    return TemplateResponse(
        request,
        "admin/pictures/bulk.html",
        {
            **admin.site.each_context(request),
            "opts": Picture._meta,
            "title": f"{len(keys)} 张图片{name}",
            "act": name,
            "action": request.POST.get("action", ""),
            "keys": keys,
            "form": form,
        },
    )
