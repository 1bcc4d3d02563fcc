"""Collections and tags: what pictures are found by."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from accounts.admin.house import HouseAdmin
from pictures.models import Collection, PictureTag


class _Shelf(HouseAdmin):
    fields = ["name"]
    list_display = ["name", "pictures_count"]
    search_fields = ["name"]
    show_full_result_count = False
    actions = None
    counted: str

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count(self.counted))

    @admin.display(description="图片", ordering="number")
    def pictures_count(self, row: Collection | PictureTag) -> int:
        return row.number  # type: ignore[union-attr]


@admin.register(Collection)
class CollectionAdmin(_Shelf):
    counted = "pictures"


@admin.register(PictureTag)
class PictureTagAdmin(_Shelf):
    counted = "tagged_pictures"
