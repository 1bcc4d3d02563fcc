"""The desk's glossary in the admin: its terms, and what one would do before it is saved."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.admin.house import HouseAdmin
from accounts.models import Act
from editions.catalogue import EDITIONS
from editions.conversion import convert
from editions.models import Term
from editions.term_files import write_terms
from editions.terms import CompiledGlossary
from fronts.admin import regional_words
from fronts.edition_changes import entries_in_force, keyed
from fronts.edition_effects import Effects, effects

EFFECTS = "_effects"


@admin.register(Term)
class TermAdmin(HouseAdmin):
    list_display = (
        "source",
        "kind",
        "script",
        "is_protected",
        "form_zh_hant",
        "form_zh_tw",
        "form_zh_hk",
        "form_zh_hans",
        "note",
    )
    list_filter = ("kind", "origin", "script", "is_protected")
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
        (None, {"fields": ("source", "script", "kind", "is_protected")}),
        (
            "各版写法",
            {"fields": ("form_zh_hant", "form_zh_tw", "form_zh_hk", "form_zh_hans")},
        ),
        (None, {"fields": ("preview", "note")}),
    )

    class Media:
        css = {"all": ["admin_theme/compare.css", "admin_theme/glossary.css"]}

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(require_POST(self.export_view))
        return [
            *regional_words.urls(self.admin_site),
            path("export/", export, name="editions_term_export"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and EFFECTS in request.POST:
            return self._tried(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(
        self,
        request: HttpRequest,
        obj: Term,
        form: ModelForm,
        change: bool,
    ) -> None:
        """What the desk has changed is the desk's, and no switch takes it away."""
        if form.changed_data:
            obj.origin = Term.Origin.DESK
        super().save_model(request, obj, form, change)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """All terms as a table that check_editions reads. Recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        terms = list(Term.objects.all())
        audit.record(
            Act.EXPORT,
            by=request.user,
            label=str(self.opts.verbose_name_plural),
            after={"rows": len(terms)},
        )
        day = timezone.localdate().isoformat()
        return HttpResponse(
            write_terms(terms),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="glossary-{day}.csv"'
            },
        )

    def _tried(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        """The form as it was sent, with what saving it would change; nothing is saved."""
        stored = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and stored is None:
            raise Http404
        is_allowed = (
            self.has_change_permission(request, stored)
            if stored
            else self.has_add_permission(request)
        )
        if not is_allowed:
            raise PermissionDenied
        before = entries_in_force()
        replaced = keyed([stored.entry()] if stored else [])
        form = self.get_form(request, stored, change=stored is not None)(
            request.POST, instance=stored
        )
        found = None
        if form.is_valid():
            kept = {key: entry for key, entry in before.items() if key not in replaced}
            found = effects(before, kept | keyed([form.instance.entry()]))
        return self._form_page(request, object_id, form, found)

    def _form_page(
        self,
        request: HttpRequest,
        object_id: str | None,
        form: ModelForm,
        found: Effects | None,
    ) -> HttpResponse:
        """Django's page for the form, which Django shows only after saving or refusing."""
        term = form.instance if object_id else None
        admin_form = helpers.AdminForm(
            form,
            list(self.get_fieldsets(request, term)),
            {},
            self.get_readonly_fields(request, term),
            model_admin=self,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": "修改词条" if term else "新建词条",
            "adminform": admin_form,
            "object_id": object_id,
            "original": term,
            "is_popup": IS_POPUP_VAR in request.POST,
            "to_field": None,
            "media": self.media + admin_form.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "effects": found,
        }
        return self.render_change_form(
            request, context, add=term is None, change=term is not None, obj=term
        )

    @admin.display(description="各版刊出的样子")
    def preview(self, term: Term) -> str | SafeString:
        """The term as each edition prints it."""
        if not term.source:
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
