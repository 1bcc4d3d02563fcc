"""The portal's own pages about itself, in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.admin.publishing import with_nonce
from articles.moments import moment_in_words
from fronts.admin.voice import SiteVoiceAdmin
from fronts.models import StatementPage


@admin.register(StatementPage)
class StatementPageAdmin(SiteVoiceAdmin):
    list_display = ["title", "slug", "in_footer", "position", "updated"]
    list_per_page = 50
    fields = ["title", "slug", "body", "is_in_footer", "position"]

    class Media:
        css = {"all": ["admin_theme/desk.css", "admin_theme/voice.css"]}
        js = ["admin_theme/editor-names.js", "admin_theme/heading-names.js"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: StatementPage | None = None
    ) -> list[str]:
        """The address of a page that readers know does not change."""
        return ["slug"] if obj else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="页脚", ordering="is_in_footer")
    def in_footer(self, page: StatementPage) -> str:
        return "✓ 显示" if page.is_in_footer else "○ 不显示"

    @admin.display(description="更新时间", ordering="updated_at")
    def updated(self, page: StatementPage) -> str:
        return moment_in_words(page.updated_at, timezone.now())
