"""Staff accounts and grants as the administrator edits them; what the record is asked."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.db import models
from django.utils import timezone

from accounts.granting import EVERYWHERE_ONLY
from accounts.models import Act, Grant, User


class NewStaffForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "display_name"]


class StaffForm(UserChangeForm):
    """An account. Which fields there are depends on whose it is: the admin chooses."""

    class Meta:
        model = User
        fields = "__all__"


class GrantForm(forms.ModelForm):
    """A new grant. Given ones are not edited: they are taken back and given anew."""

    class Meta:
        model = Grant
        fields = ["role", "channel", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name each field for itself: in a row, only the column has a heading."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        if role in EVERYWHERE_ONLY and cleaned.get("channel"):
            self.add_error("channel", f"“{role}”管的是整个网站，频道请留空。")
        same = Grant.objects.filter(
            person=self.instance.person_id, role=role, channel=cleaned.get("channel")
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                "这个人在这个频道已有这个角色。要改期限，请先收回旧的，保存后再重新授予。"
            )
        return cleaned


def channels() -> models.QuerySet:
    """All channels in tree order. accounts stands below channels and asks the relation."""
    return Grant._meta.get_field("channel").related_model.objects.with_tree_fields()


class ChannelField(forms.ModelChoiceField):
    def label_from_instance(self, channel: Any) -> str:
        return "　" * channel.tree_depth + channel.name


class DayWidget(forms.DateInput):
    """The browser's own calendar, which wants the day in this form and no other."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EntryFilterForm(forms.Form):
    """Which entries of the record are asked for. Every field may stay empty."""

    person = forms.ModelChoiceField(
        User.objects.order_by("username"),
        label="谁",
        required=False,
        empty_label="所有人",
    )
    act = forms.ChoiceField(
        label="动作", required=False, choices=[("", "所有动作"), *Act.choices]
    )
    channel = ChannelField(None, label="频道", required=False, empty_label="所有频道")
    since = forms.DateField(label="从", required=False, widget=DayWidget)
    until = forms.DateField(
        label="到", required=False, widget=DayWidget, help_text="含这一天。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels()

    def chosen(self) -> dict[str, User | str | datetime.date | models.Model]:
        """What was chosen and can be understood; the rest has its errors."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def midnight(day: datetime.date) -> datetime.datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
