"""Emergency notices and days of mourning in the admin."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.forms import MomentWidget
from articles.moments import moment_in_words
from fronts.admin.voice import SiteVoiceAdmin
from fronts.models import EmergencyNotice, Mourning
from fronts.models.occasions import Standing

# A mark and a word, never a colour alone.
MARKS = {Standing.AHEAD: "◔", Standing.SHOWN: "●", Standing.OVER: "×"}
HELP = {
    "shown_from": "填将来的时间，到点自动出现。",
    "shown_until": "到点自动消失；留空就一直显示。要马上撤下，填现在的时间。",
}


@admin.register(EmergencyNotice)
class EmergencyNoticeAdmin(SiteVoiceAdmin):
    list_display = ["text", "standing", "since", "until"]
    list_per_page = 50
    fields = ["text", "url", "shown_from", "shown_until", "as_readers_see_it"]
    readonly_fields = ["as_readers_see_it"]

    class Media:
        css = {"all": ["admin_theme/voice.css"]}

    def get_fields(
        self, request: HttpRequest, obj: EmergencyNotice | None = None
    ) -> list[str]:
        return self.fields if obj else self.fields[:-1]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"shown_from": timezone.now()} | super().get_changeform_initial_data(
            request
        )

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in HELP:
            kwargs["widget"] = MomentWidget(db_field.verbose_name, time_format="%H:%M")
            kwargs["help_text"] = HELP[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="状态")
    def standing(self, notice: EmergencyNotice) -> str:
        return _marked(notice.standing_at(timezone.now()))

    @admin.display(description="从", ordering="shown_from")
    def since(self, notice: EmergencyNotice) -> str:
        return moment_in_words(notice.shown_from, timezone.now())

    @admin.display(description="到", ordering="shown_until")
    def until(self, notice: EmergencyNotice) -> str:
        if not notice.shown_until:
            return "不限"
        return moment_in_words(notice.shown_until, timezone.now())

    @admin.display(description="读者看到的样子")
    def as_readers_see_it(self, notice: EmergencyNotice) -> SafeString:
        """The line as it was saved, and whether it stands there now."""
        stored = EmergencyNotice.objects.get(pk=notice.pk)
        link = (
            format_html(' <a href="{}">查看详情</a>', stored.address)
            if stored.url
            else ""
        )
        return format_html(
            '<p class="notice-line"><strong>▲ 应急通知</strong> {}{}</p> <p>{}</p>',
            stored.text,
            link,
            self.standing(stored),
        )


@admin.register(Mourning)
class MourningAdmin(SiteVoiceAdmin):
    list_display = ["occasion", "standing", "span"]
    list_per_page = 50

    fieldsets = [
        (
            None,
            {
                "fields": ["occasion", "first_day", "last_day"],
                "description": "从第一天 0 时到最后一天 24 时，读者的每一页都没有颜色。"
                "只有一天的，两个日期填同一天。",
            },
        )
    ]

    class Media:
        css = {"all": ["admin_theme/voice.css"]}

    @admin.display(description="状态")
    def standing(self, mourning: Mourning) -> str:
        return _marked(mourning.standing_on(timezone.localdate()))

    @admin.display(description="哪几天", ordering="first_day")
    def span(self, mourning: Mourning) -> str:
        first, last = _day(mourning.first_day), _day(mourning.last_day)
        days = first if mourning.days == 1 else f"{first}至{last}"
        return f"{days}，共 {mourning.days} 天"


def _marked(standing: Standing) -> str:
    return f"{MARKS[standing]} {standing.label}"


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
