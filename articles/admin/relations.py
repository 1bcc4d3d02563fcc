from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest


class QuietRelationsMixin(BaseModelAdmin):
    """Beside a choice stands at most one button, to add what is missing.

    Names are changed or deleted on their own pages, not in passing.
    """

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_change_related = False
            widget.can_delete_related = False
            widget.can_view_related = False
            if db_field.name in {"channel", "further_channels", "related"}:
                widget.can_add_related = False
        return formfield
