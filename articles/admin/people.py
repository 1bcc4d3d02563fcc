from django.contrib import admin

from articles.models import Author, Editor, Source


@admin.register(Editor)
class EditorAdmin(admin.ModelAdmin):
    list_display = ["name", "desk", "account"]
    list_select_related = ["account"]
    search_fields = ["name", "desk"]
    fields = ["name", "desk", "account"]


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    search_fields = ["name"]
    fields = ["name"]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "url"]
    search_fields = ["name"]
    fields = ["name", "url"]
