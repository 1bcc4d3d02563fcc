from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.house import HouseAdmin
from articles.admin.relations import QuietRelationsMixin
from articles.models import Author, Editor, Source
from articles.people import edited_by, stories_of, written_by


class EditorForm(forms.ModelForm):
    class Meta:
        model = Editor
        fields = ["name", "desk", "jobs", "office", "left_on", "account"]
        help_texts = {
            "name": "照稿件上署的名字写。",
            "desk": "有同名的编辑时一定要填，读者页上名字后面会写明部门；没有同名的，读者看不到。",
            "office": "读者看得到：写办公室的电话或邮箱，不要写个人号码。离任以后不再显示。",
            "left_on": "从这天起，这个人的页面写明“已离任，历史署名保留”。",
        }


class AuthorForm(forms.ModelForm):
    class Meta:
        model = Author
        fields = ["name", "is_unit", "editor"]
        help_texts = {
            "name": "照稿件上署的名字写，一个名字只有一位作者。",
            "editor": "本站编辑自己写的稿件，列在他的页面的“写作”里，作者页面会转到那里。",
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("is_unit") and cleaned.get("editor"):
            raise ValidationError("单位、栏目或代号不能又是一位编辑，请去掉一项。")
        return cleaned


class LeftFilter(admin.SimpleListFilter):
    title = "在任情况"
    parameter_name = "left"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [("no", "在任"), ("yes", "已离任")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Editor]
    ) -> QuerySet[Editor]:
        gone = {"left_on__lte": timezone.localdate()}
        match self.value():
            case "yes":
                return queryset.filter(**gone)
            case "no":
                return queryset.exclude(**gone)
        return queryset


class PageFilter(admin.SimpleListFilter):
    """Where an author's name leads readers."""

    title = "读者页面"
    parameter_name = "page"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [("own", "自己的页面"), ("editor", "编辑的页面"), ("none", "没有")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Author]
    ) -> QuerySet[Author]:
        match self.value():
            case "own":
                return queryset.filter(is_unit=False, editor=None)
            case "editor":
                return queryset.filter(is_unit=False).exclude(editor=None)
            case "none":
                return queryset.filter(is_unit=True)
        return queryset


@admin.register(Editor)
class EditorAdmin(HouseAdmin):
    form = EditorForm
    list_display = ["name", "desk", "jobs", "office", "left_on", "account"]
    list_filter = [LeftFilter]
    list_select_related = ["account"]
    search_fields = ["name", "desk"]
    fieldsets = [
        (None, {"fields": [("name", "desk"), "jobs", "office", "left_on"]}),
        ("账号", {"fields": ["account"]}),
    ]

    def view_on_site(self, editor: Editor) -> str | None:
        """Nothing while readers have no story of theirs: the page is not there then."""
        now = timezone.now()
        has_page = edited_by(editor, now).exists() or written_by(editor, now).exists()
        return editor.get_absolute_url() if has_page else None


@admin.register(Author)
class AuthorAdmin(QuietRelationsMixin, HouseAdmin):
    form = AuthorForm
    list_display = ["name", "readers_page"]
    list_filter = [PageFilter]
    list_select_related = ["editor"]
    search_fields = ["name"]
    autocomplete_fields = ["editor"]
    fields = ["name", "is_unit", "editor"]

    @admin.display(description="读者页面")
    def readers_page(self, author: Author) -> str:
        if author.is_unit:
            return "没有"
        return f"编辑 {author.editor} 的页面" if author.editor else "自己的页面"

    def view_on_site(self, author: Author) -> str | None:
        """Nothing for a unit, nor while readers have no story of theirs."""
        if author.is_unit or not stories_of(author, timezone.now()).exists():
            return None
        return author.get_absolute_url()


@admin.register(Source)
class SourceAdmin(HouseAdmin):
    list_display = ["name", "url", "is_promotion"]
    search_fields = ["name"]
    fields = ["name", "url", "is_promotion"]
