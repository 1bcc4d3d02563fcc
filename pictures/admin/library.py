"""The picture library: a grid to look through, and a page for each picture."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from accounts.admin.house import HouseAdmin
from pictures.admin.bulk import mark_rights, put_into_collection, tag_pictures
from pictures.admin.replacing import bring_back_page, replace_page, version_file
from pictures.admin.uploading import upload_page
from pictures.forms import DESCRIBING, FILING, ORIGIN, PictureForm
from pictures.likeness import near_to
from pictures.models import Picture
from pictures.removing import remove
from pictures.renditions import jpeg
from pictures.slots import RATIOS
from pictures.usage import uses_of

TWINS_SHOWN = 6


class MineFilter(admin.SimpleListFilter):
    title = "上传人"
    parameter_name = "mine"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        return [("1", "我上传的")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "1":
            return queryset.filter(uploaded_by=request.user)
        return queryset


@admin.register(Picture)
class PictureAdmin(HouseAdmin):
    form = PictureForm
    change_list_template = "admin/pictures/library.html"
    change_form_template = "admin/pictures/picture.html"
    delete_confirmation_template = "admin/pictures/delete.html"
    list_display = ["title"]
    list_filter = [
        MineFilter,
        "collection",
        "rights",
        ("is_ai_generated", admin.BooleanFieldListFilter),
        ("tags", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 48
    search_fields = [
        "title",
        "alt_text",
        "caption",
        "credit",
        "people",
        "place",
        "tags__name",
        "collection__name",
    ]
    search_help_text = "名称、替代文字、图说、署名、人物、地点、标签、图片集都找。"
    show_full_result_count = False
    date_hierarchy = "created_at"
    autocomplete_fields = ["collection"]
    actions = [put_into_collection, tag_pictures, mark_rights]
    fieldsets = [
        ("说明", {"fields": DESCRIBING}),
        ("版权与出处", {"fields": ORIGIN}),
        ("归类", {"fields": FILING}),
        (
            "裁切",
            {
                "fields": ["focal_point", "crops"],
                "classes": ["framing-fields"],
                "description": "焦点写成 0.5x0.5；裁切按比例写，空着就按焦点自动裁。",
            },
        ),
    ]

    class Media:
        css = {"all": ["admin_theme/library.css"]}
        js = [
            "admin_theme/choice-names.js",
            "admin_theme/picture-upload.js",
            "admin_theme/picture-crop.js",
        ]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:picture_id>/replace/",
                wrap(replace_page),
                name="pictures_picture_replace",
            ),
            path(
                "<int:picture_id>/versions/<int:number>/",
                wrap(version_file),
                name="pictures_picture_version",
            ),
            path(
                "<int:picture_id>/versions/<int:number>/bring-back/",
                wrap(bring_back_page),
                name="pictures_picture_bring_back",
            ),
            *super().get_urls(),
        ]

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "crops":
            field.widget = forms.Textarea({"rows": 2, "data-crops": ""})
            field.required = False
        return field

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Pictures come in by a page of their own, many at a time."""
        return upload_page(request, self)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        picture = self.get_object(request, object_id)
        known = about(picture) if picture else {}
        return super().change_view(
            request, object_id, form_url, {**known, **(extra_context or {})}
        )

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One that is used stays: its page says where."""
        picture = self.get_object(request, object_id)
        uses = uses_of(picture) if picture else []
        if uses and request.method == "POST":
            messages.error(
                request, f"“{picture}”还在用，没有删除。先从下面这些地方换掉它。"
            )
            return HttpResponseRedirect(
                reverse("admin:pictures_picture_change", args=[object_id])
            )
        return super().delete_view(request, object_id, {"uses": uses})

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        remove(obj)  # type: ignore[arg-type]

    def get_actions(
        self, request: HttpRequest, action_location: Any = None
    ) -> dict[str, Any]:
        """Pictures are deleted one at a time, from the page that shows their uses."""
        # Django 6 says for which page it asks; 5 does not know the argument.
        where = [] if action_location is None else [action_location]
        actions = super().get_actions(request, *where)
        actions.pop("delete_selected", None)
        return actions if self.has_change_permission(request) else {}


def about(picture: Picture) -> dict[str, Any]:
    """What the page of a picture says besides its form. A query for each table that uses
    pictures, and three."""
    twins = near_to(picture.near_hash, besides=picture.pk)[:TWINS_SHOWN]
    return {
        "picture": picture,
        "uses": uses_of(picture),
        "versions": picture.versions.select_related("replaced_by"),
        "twins": twins,
        "preview": jpeg(picture, "lead"),
        "ratios": json.dumps(
            [
                {"key": key, "label": slot.label, "ratio": slot.ratio}
                for key, slot in RATIOS.items()
            ],
            ensure_ascii=False,
        ),
    }
