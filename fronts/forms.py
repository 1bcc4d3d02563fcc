"""Forms of readers."""

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

FASTEST = datetime.timedelta(seconds=3)  # nobody writes a report in less
LONGEST = datetime.timedelta(days=1)
_SALT = "fronts.forms.opened"

TOO_FAST = "提交得太快。请看一遍，再按一次“提交”。"
TOO_OLD = "这一页打开太久了。请看一遍，再按一次“提交”。"


class WordsField(forms.CharField):
    """Text whose line ends count as one character each, as they do on the screen.

    The browser is not told how much is allowed: it would cut a pasted text in silence.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def _too_long(name: str) -> dict[str, str]:
    return {
        "max_length": f"{name}最多 %(limit_value)d 字，现在 %(show_value)d 字。请写短一些。"
    }


def _as_typed(**more: str | int) -> dict[str, str | int]:
    """A reader's own words are shown as they were typed, in every edition."""
    return {"translate": "no", "class": "field__control", **more}


class ReportForm(forms.Form):
    """An error that a reader found. `now` is when the form was opened, or sent."""

    use_required_attribute = False  # the page says what is missing, and keeps the rest

    page = WordsField(
        label="哪一页（可不填）",
        required=False,
        max_length=300,
        help_text="标题或网址。",
        error_messages=_too_long("标题或网址"),
        widget=forms.TextInput(_as_typed()),
    )
    quote = WordsField(
        label="原文（可不填）",
        required=False,
        max_length=200,
        help_text="有错的那一句，最多 200 字。",
        error_messages=_too_long("原文"),
        widget=forms.Textarea(_as_typed(rows=2)),
    )
    message = WordsField(
        label="问题",
        max_length=500,
        help_text="哪里不对，应当是什么。最多 500 字。",
        error_messages={"required": "请写明问题。", **_too_long("问题")},
        widget=forms.Textarea(_as_typed(rows=5)),
    )
    contact = WordsField(
        label="联系方式（可不填，不公开）",
        required=False,
        max_length=80,
        help_text="电话或邮箱，只用来核实这一条，处理完 90 天后删除。",
        error_messages=_too_long("联系方式"),
        widget=forms.TextInput(_as_typed()),
    )
    # People do not see it; programs fill in whatever there is.
    website = forms.CharField(
        label="这一栏请不要填",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["opened"].initial = self._stamp()

    def ask_about_conversion(self) -> None:
        """Ask for the sentence as the page has it: without it nobody finds the place."""
        quote, message = self.fields["quote"], self.fields["message"]
        quote.required = True
        quote.label = "页面上的那一句"
        quote.help_text = "从页面上原样复制有误的那一句，最多 200 字。"
        quote.error_messages["required"] = "请复制有误的那一句。"
        message.label = "哪里转换得不对"
        message.help_text = "哪个字或词不对，应当怎么写。最多 500 字。"
        message.error_messages["required"] = "请写明哪里不对。"

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("有一栏要空着，不要填。")
        return ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        age = self._age()
        if age is None or age > LONGEST:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened")] = self._stamp()
            raise ValidationError(TOO_OLD)
        if age < FASTEST:
            raise ValidationError(TOO_FAST)
        return cleaned

    def _stamp(self) -> str:
        return signing.dumps(self.now.timestamp(), salt=_SALT)

    def _age(self) -> datetime.timedelta | None:
        """How long the form was open; None if the time is not one of ours."""
        try:
            opened = signing.loads(self.data.get("opened", ""), salt=_SALT)
        except signing.BadSignature:
            return None
        return datetime.timedelta(seconds=self.now.timestamp() - opened)
