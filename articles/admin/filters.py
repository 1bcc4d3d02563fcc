from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

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
