"""Tags in the admin: their names and definitions, and a way to make one of two."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from taggit.models import Tag as StockTag

from accounts.admin.house import HouseAdmin
from articles.admin.merging import merging_address
from articles.merging import may_merge
from articles.models import Tag
from editions.folding import fold

# The package brings its own tag table, which nothing here uses.
admin.site.unregister(StockTag)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug", "definition"]

    def clean_name(self) -> str:
        """Say in words what the table would refuse: the same name in another spelling."""
        name: str = self.cleaned_data["name"]
        twin = Tag.objects.same_as(name).exclude(pk=self.instance.pk).first()
        if twin and twin.merged_into:
            raise ValidationError(
                f"“{twin.name}”已经并入“{twin.merged_into.name}”，名字不能再用。"
            )
        if twin:
            raise ValidationError(f"已有标签“{twin.name}”，是同一个词。")
        return name


@admin.register(Tag)
class TagAdmin(HouseAdmin):
    """A merged tag is neither listed nor offered: it is only an address of another."""

    form = TagForm
    list_display = ["name", "slug", "definition", "stories"]
    search_fields = ["name"]
    ordering = ["name"]
    readonly_fields = ["merged_names"]

    def get_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        fields = ["name", "slug", "definition"]
        return [*fields, "merged_names"] if obj and obj.merged.exists() else fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        tags = super().get_queryset(request).filter(merged_into=None)
        return tags.annotate(uses=Count("tagged_articles"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str
    ) -> tuple[QuerySet[Tag], bool]:
        """A search in either script finds the tag."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(folded__contains=fold(search_term.strip())), False

    def get_urls(self) -> list[URLPattern]:
        return [merging_address(), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_merge"] = may_merge(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="稿件", ordering="uses")
    def stories(self, tag: Tag) -> int:
        return tag.uses

    @admin.display(description="已并入这个标签")
    def merged_names(self, tag: Tag) -> str:
        return "、".join(tag.merged.values_list("name", flat=True))
