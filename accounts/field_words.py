"""What fields of the admin say when something is wrong, in the newsroom's words."""

from typing import Any

from django import forms
from django.core import validators
from django.db import models

UNIQUE = "已经有一条写着同样的%(field_label)s，请换一个。"
_INVALID: dict[type[forms.Field], str] = {
    forms.SlugField: "只能用英文字母、数字、下划线和连字符，不能有空格。",
    forms.URLField: "网址不完整，要以 http:// 或 https:// 开头。",
    forms.EmailField: "邮箱写得不完整，要像 name@example.org 这样。",
    forms.DateTimeField: "日期写成 2026-06-17，时间写成 08:18。",
    forms.DateField: "日期写成 2026-06-17 这样。",
    forms.TimeField: "时间写成 08:18 这样。",
    forms.IntegerField: "请填一个整数。",
}
_CHOICE = "选的这一项已经不在，或者不能用在这里，请重新选。"


def in_house_words(field: forms.Field, db_field: models.Field) -> None:
    """Let the field of a form, and the column behind it, say what is wrong in the
    newsroom's words. What a form says in words of its own stays."""
    db_field.error_messages["unique"] = UNIQUE
    _reword(field, "required", "这一项必填。")
    if isinstance(field, forms.ModelChoiceField | forms.ModelMultipleChoiceField):
        _reword(field, "invalid_choice", _CHOICE)
        _reword(field, "invalid_pk_value", _CHOICE)
    elif isinstance(field, forms.ChoiceField):
        _reword(field, "invalid_choice", "请从列出的里面选一项。")
    # A moment is asked for in two fields, its day and its time.
    parts = field.fields if isinstance(field, forms.MultiValueField) else [field]
    for part in parts:
        for kind, sentence in _INVALID.items():
            if isinstance(part, kind):
                _reword(part, "invalid", sentence)
                break
    # A validator is shared by all forms of a field: what it says is set on a copy.
    field.validators = [_reworded(check) for check in field.validators]


def _reword(field: forms.Field, code: str, sentence: str) -> None:
    """Where it would speak as Django does."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            stock |= vars(kind).get("default_error_messages", {})
    if field.error_messages.get(code) == stock.get(code):
        field.error_messages[code] = sentence


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
