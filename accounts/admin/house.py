"""What pages of the admin have in common: how they take what makes no sense."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest

from accounts.field_words import in_house_words

_LONGEST_KEY = 18  # digits; longer ones are no integers of a database


def is_key(value: Any) -> bool:
    """Whether it could be the key of a row: digits, and not too many."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_KEY


class _KeysOnly:
    """Shows nothing as chosen that is no key; the form says what is wrong with it."""

    def optgroups(self, name: str, value: list, attr: Any = None) -> list:
        keys = [one for one in value if one in ("", None) or is_key(one)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class KeySelect(_KeysOnly, AutocompleteSelect):
    """One row, found by typing."""


class KeySelectMultiple(_KeysOnly, AutocompleteSelectMultiple):
    """Rows, found by typing."""


class HouseMixin(BaseModelAdmin):
    """For pages and their rows: fields that stand nonsense, with our sentences."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            in_house_words(field, db_field)
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class HouseAdmin(HouseMixin, admin.ModelAdmin):
    """A table's pages in the admin."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills in, without what a field cannot hold."""
        initial = super().get_changeform_initial_data(request)
        return {
            name: sensible
            for name, value in initial.items()
            if (sensible := self._sensible(name, value)) is not None
        }

    def _sensible(self, name: str, value: Any) -> Any:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return value
        if isinstance(field, models.ManyToManyField):
            return [key for key in value if is_key(key)]
        if field.is_relation:
            # Tags are a relation of another kind: an address does not fill them in.
            is_one = isinstance(field, models.ForeignKey) and is_key(value)
            return value if is_one else None
        try:
            return field.to_python(value)
        except (ValidationError, ValueError, OverflowError):
            return None
