"""Synonyms in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.house import HouseAdmin
from search.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(HouseAdmin):
    list_display = ["words"]
    search_fields = ["words"]
    list_per_page = 100
    fields = ["words"]

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "words":
            formfield.widget.attrs["class"] = "vLargeTextField"
        return formfield
