from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from taggit.models import Tag as StockTag

from articles.models import Tag
from editions.folding import fold

# The package brings its own tag table, which nothing here uses.
admin.site.unregister(StockTag)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "stories"]
    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(uses=Count("tagged_articles"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Tag], search_term: str
    ) -> tuple[QuerySet[Tag], bool]:
        """A search in either script finds the tag."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(folded__contains=fold(search_term.strip())), False

    @admin.display(description="稿件", ordering="uses")
    def stories(self, tag: Tag) -> int:
        return tag.uses
