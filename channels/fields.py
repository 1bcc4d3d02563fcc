"""Model fields shared by channels and the apps above them."""

from typing import Any

from django import forms
from django.db import models


class WebAddressField(models.URLField):
    """A URL whose form field takes `example.org` for https, on Django 5.2 as on 6."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
