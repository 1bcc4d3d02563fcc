"""Promoted results in the admin: which story stands above a search, and for how long."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.house import HouseAdmin
from articles.admin.relations import QuietRelationsMixin
from articles.forms import MomentWidget
from articles.models import Article, PublishedArticle
from articles.moments import moment_in_words
from search.models import PromotedResult


@admin.register(PromotedResult)
class PromotedResultAdmin(QuietRelationsMixin, HouseAdmin):
    list_display = ["words", "article", "state", "since", "until", "position"]
    list_editable = ["position"]
    list_select_related = ["article"]
    list_per_page = 100
    search_fields = ["words", "article__title"]
    autocomplete_fields = ["article"]
    fields = ["words", "article", "reason", "position", "shown_from", "shown_until"]

    class Media:
        css = {"all": ["admin_theme/desk.css"]}
        js = ["admin_theme/choice-names.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PromotedResult]:
        versions = PublishedArticle.objects.filter(article=OuterRef("article"))
        rows = super().get_queryset(request)
        rows = rows.annotate(is_with_readers=Exists(versions.visible(timezone.now())))
        # A title that readers do not see is for those who may see the desk copy.
        may_see = Article.objects.viewable_by(request.user)
        return rows.filter(Q(is_with_readers=True) | Q(article__in=may_see))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "shown_from": timezone.now(),
            **super().get_changeform_initial_data(request),
        }

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in {"shown_from", "shown_until"}:
            kwargs["widget"] = MomentWidget(db_field.verbose_name, time_format="%H:%M")
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "article":
            formfield.widget.can_add_related = False
            versions = PublishedArticle.objects.visible(timezone.now())
            formfield.queryset = Article.objects.filter(
                Exists(versions.filter(article=OuterRef("pk")))
                | Q(pk__in=Article.objects.viewable_by(request.user))
            )
        if formfield and db_field.name == "words":
            formfield.widget.attrs["class"] = "vLargeTextField"
        return formfield

    @admin.display(description="读者看到的")
    def state(self, row: PromotedResult) -> str:
        now = timezone.now()
        if row.shown_until and row.shown_until <= now:
            return "× 已过期"
        if row.shown_from > now:
            return "◔ 还没到时间"
        # Set by get_queryset.
        return "● 显示中" if row.is_with_readers else "× 稿件不在线，不显示"  # type: ignore[attr-defined]

    @admin.display(description="开始", ordering="shown_from")
    def since(self, row: PromotedResult) -> str:
        return moment_in_words(row.shown_from, timezone.now())

    @admin.display(description="结束", ordering="shown_until")
    def until(self, row: PromotedResult) -> str:
        if row.shown_until is None:
            return "一直"
        return moment_in_words(row.shown_until, timezone.now())
