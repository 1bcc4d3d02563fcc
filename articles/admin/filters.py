from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.models import Stage
from channels.models import Channel


class ChannelFilter(admin.SimpleListFilter):
    """Stories of a channel and of all channels below it."""

    title = "频道"
    parameter_name = "channel"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        channels = Channel.objects.with_tree_fields().holding_articles()
        return [
            (str(channel.pk), "　" * channel.tree_depth + channel.name)
            for channel in channels
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        if value is None:
            return None
        if not value.isdecimal():
            return queryset.none()
        below = Channel.objects.descendants(int(value), include_self=True)
        return queryset.filter(channel__in=list(below.values_list("pk", flat=True)))


class MineFilter(admin.SimpleListFilter):
    """Stories that the person began or saved last."""

    title = "谁的"
    parameter_name = "mine"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [("yes", "我的")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() != "yes":
            return None
        return queryset.filter(Q(created_by=request.user) | Q(saved_by=request.user))


class StageFilter(admin.SimpleListFilter):
    """Where the desk copy stands on its way through the reviews."""

    title = "审稿"
    parameter_name = "stage"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(stage.value, str(stage.label)) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        return queryset.filter(stage=value) if value in Stage.values else None
