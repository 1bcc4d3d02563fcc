"""The ordered parts of a story: sections, authors, responsible editors."""

from typing import Any

from admin_ordering.admin import OrderableAdmin
from django.contrib import admin
from django.http import HttpRequest

from articles.admin.relations import QuietRelationsMixin
from articles.forms import (
    AuthorCreditForm,
    EditorCreditForm,
    OrderedFormSet,
    SectionForm,
)
from articles.layout import plain_text
from articles.models import Article, ArticleAuthor, ArticleEditor, Section


class OrderedInline(
    QuietRelationsMixin, OrderableAdmin, admin.options.InlineModelAdmin
):
    """Rows that are dragged, or moved by buttons and keys (section-order.js).

    `below` names the fieldset under which the rows stand.
    """

    formset = OrderedFormSet
    ordering_field = "position"
    ordering_field_hide_input = True
    below: str

    def get_extra(
        self, request: HttpRequest, obj: Article | None = None, **_: Any
    ) -> int:
        """One empty row while the story has none; later ones are added by button."""
        return 0 if obj and self.model.objects.filter(article=obj).exists() else 1


class SectionInline(OrderedInline, admin.StackedInline):
    model = Section
    form = SectionForm
    below = "正文"
    fields = [("heading", "subheading"), "body", "position", "carried_anchor"]

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list:
        if self._only_views(request, obj):
            return ["heading", "subheading", "words"]
        return self.fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str]:
        return ["words"] if self._only_views(request, obj) else []

    @admin.display(description="正文")
    def words(self, section: Section) -> str:
        return plain_text(section.body)

    def _only_views(self, request: HttpRequest, obj: Article | None) -> bool:
        story_admin = self.admin_site.get_model_admin(Article)
        return obj is not None and not story_admin.has_change_permission(request, obj)


class AuthorInline(OrderedInline, admin.TabularInline):
    model = ArticleAuthor
    form = AuthorCreditForm
    below = "署名"
    verbose_name = "作者"
    verbose_name_plural = "作者"
    autocomplete_fields = ["author"]
    fields = ["author", "position"]


class EditorInline(OrderedInline, admin.TabularInline):
    model = ArticleEditor
    form = EditorCreditForm
    below = "署名"
    verbose_name = "责任编辑"
    verbose_name_plural = "责任编辑"
    autocomplete_fields = ["editor"]
    fields = ["editor", "position"]
