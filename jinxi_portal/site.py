"""The admin's site: whatever is saved or deleted on one of its pages goes on record, and
every page speaks in the newsroom's words.

A page need not remember to: registering it here is enough.
"""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse

from accounts import audit
from accounts.field_words import in_house_words
from accounts.models import Act

Values = dict[str, Any]


class RecordedMixin(ModelAdmin):
    """Keeps before and after of a save, and all of what is deleted, in the record of acts.

    A page whose saves are recorded by the verbs it calls says `saves_are_recorded`.
    """

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: forms.ModelForm,
        change: bool,  # noqa: FBT001  the signature is Django's
    ) -> None:
        if getattr(self, "saves_are_recorded", False):
            super().save_model(request, obj, form, change)
            return
        names = form.changed_data
        stored = self.model.objects.get(pk=obj.pk) if change else None
        before = _values(stored, names) if stored else None
        super().save_model(request, obj, form, change)
        after = _values(obj, names)
        if after:
            act = Act.CHANGE if change else Act.CREATE
            audit.record(act, by=request.user, subject=obj, before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        names = [field.name for field in obj._meta.concrete_fields]
        audit.record(
            Act.DELETE, by=request.user, subject=obj, before=_values(obj, names)
        )
        super().delete_model(request, obj)


class WordedMixin(ModelAdmin):
    """Says plainly what the page is for, and what is wrong with a field."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            in_house_words(field, db_field)
        return field

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        title = {"title": f"新增{self.opts.verbose_name}"}
        return super().add_view(request, form_url, title | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        verb = "修改" if self.has_change_permission(request) else "查看"
        title = {"title": f"{verb}{self.opts.verbose_name}"}
        return super().change_view(
            request, object_id, form_url, title | (extra_context or {})
        )


class DeskSite(AdminSite):
    """Django's site, with the record of acts behind every page."""

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        own = admin_class or ModelAdmin
        recorded = type(
            own.__name__,
            (RecordedMixin, WordedMixin, own),
            {"__module__": own.__module__},
        )
        super().register(model_or_iterable, recorded, **options)


def _values(row: models.Model, names: list[str]) -> Values:
    """The columns of these names as JSON can keep them; a file is its name."""
    columns = {field.name: field.attname for field in row._meta.concrete_fields}
    return {
        name: _plain(getattr(row, columns[name])) for name in names if name in columns
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
