"""What all pages of the admin have in common: how they take what makes no sense, and in
which words they say so."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core import validators
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

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
            in_house_words(field)
            db_field.error_messages["unique"] = UNIQUE
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


UNIQUE = "已经有一条写着同样的%(field_label)s，请换一个。"
_INVALID: dict[type[forms.Field], str] = {
    forms.SlugField: "只能用英文字母、数字、下划线和连字符，不能有空格。",
    forms.URLField: "网址不完整，要以 http:// 或 https:// 开头。",
    forms.EmailField: "邮箱写得不完整，要像 name@example.org 这样。",
    forms.DateTimeField: "日期写成 2026-06-17，时间写成 08:18。",
    forms.DateField: "日期写成 2026-06-17 这样。",
    forms.IntegerField: "请填一个整数。",
}
_CHOICE = "选的这一项已经不在，或者不能用在这里，请重新选。"


def in_house_words(field: forms.Field) -> None:
    """Let the field say what is wrong in the newsroom's words."""
    field.error_messages["required"] = "这一项必填。"
    if isinstance(field, forms.ModelChoiceField | forms.ModelMultipleChoiceField):
        field.error_messages["invalid_choice"] = _CHOICE
        field.error_messages["invalid_pk_value"] = _CHOICE
    elif isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = "请从列出的里面选一项。"
    for kind, sentence in _INVALID.items():
        if isinstance(field, kind):
            field.error_messages["invalid"] = sentence
            break
    # A validator is shared by all forms of a field: what it says is set on a copy.
    field.validators = [_reworded(check) for check in field.validators]


def _reworded(check: Any) -> Any:
    if isinstance(check, validators.MaxLengthValidator):
        return validators.MaxLengthValidator(
            check.limit_value,
            "最多 %(limit_value)d 个字，现在有 %(show_value)d 个。",
        )
    if isinstance(check, validators.MaxValueValidator):
        return validators.MaxValueValidator(
            check.limit_value, "不能大于 %(limit_value)s。"
        )
    if isinstance(check, validators.MinValueValidator):
        return validators.MinValueValidator(
            check.limit_value, "不能小于 %(limit_value)s。"
        )
    if check is validators.validate_slug:
        return validators.RegexValidator(
            validators.slug_re, _INVALID[forms.SlugField], "invalid"
        )
    return check
