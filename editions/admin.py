"""The desk's glossary in the admin."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from editions.catalogue import EDITIONS
from editions.conversion import convert
from editions.models import Term
from editions.terms import CompiledGlossary


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = (
        "source",
        "script",
        "is_protected",
        "form_zh_hant",
        "form_zh_tw",
        "form_zh_hk",
        "form_zh_hans",
        "note",
    )
    list_filter = ("script", "is_protected")
    search_fields = (
        "source",
        "form_zh_hant",
        "form_zh_tw",
        "form_zh_hk",
        "form_zh_hans",
        "note",
    )
    list_per_page = 50
    readonly_fields = ("preview",)
    fieldsets = (
        (None, {"fields": ("source", "script", "is_protected")}),
        (
            "各版写法",
            {"fields": ("form_zh_hant", "form_zh_tw", "form_zh_hk", "form_zh_hans")},
        ),
        (None, {"fields": ("preview", "note")}),
    )

    @admin.display(description="各版刊出的样子")
    def preview(self, term: Term) -> str | SafeString:
        """The saved term as each edition prints it."""
        if term.pk is None:
            return "保存后显示。"
        entry = term.entry()
        glossary = CompiledGlossary("", [entry])
        return format_html_join(
            " ",
            "<span>{}：{}</span>",
            (
                (
                    edition.label,
                    convert(
                        entry.source,
                        edition.code,
                        source=entry.script,
                        glossary=glossary,
                    ),
                )
                for edition in EDITIONS
            ),
        )
