"""What the desk types: the story, its sections and credits, and the withdrawal."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import BaseAdminDateWidget, BaseAdminTimeWidget
from django.core.exceptions import ValidationError

from articles.models import Article, ArticleAuthor, ArticleEditor, Section
from channels.models import Channel

LONG_TITLE = 30  # characters; nine in ten printed titles are shorter
MOST_TAGS = 12
LONGEST_TAG = 30  # characters
STEP = 10  # between the positions of neighbours


class MomentWidget(forms.SplitDateTimeWidget):
    """Day and 24-hour time in two fields, each with a name of its own."""

    template_name = "admin/widgets/split_datetime.html"

    def __init__(self, label: str, *, time_format: str) -> None:
        widgets = [
            BaseAdminDateWidget({"aria-label": f"{label}：日期"}, format="%Y-%m-%d"),
            BaseAdminTimeWidget({"aria-label": f"{label}：时间"}, format=time_format),
        ]
        forms.MultiWidget.__init__(self, widgets)

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"date_label": "日期", "time_label": "时间"}


class ChannelChoiceField(forms.ModelChoiceField):
    """The tree as an indented list, in the order of the navigation."""

    def label_from_instance(self, channel: Channel) -> str:
        return "　" * channel.tree_depth + channel.name


class ScheduleForm(forms.Form):
    """The time for the timed buttons. Not a part of the story: verbs own its times."""

    publish_at = forms.SplitDateTimeField(
        label="定时",
        required=False,
        widget=MomentWidget("定时", time_format="%H:%M"),
    )


class ArticleForm(forms.ModelForm):
    class Meta:
        model = Article
        fields = [
            "channel",
            "script",
            "kicker",
            "title",
            "subtitle",
            "standfirst",
            "cover",
            "source",
            "original_url",
            "original_published_at",
            "original_precision",
            "tags",
            "further_channels",
        ]

    def clean_tags(self) -> list[str]:
        tags = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS:
            raise ValidationError(f"标签最多 {MOST_TAGS} 个，现在有 {len(tags)} 个。")
        too_long = [tag for tag in tags if len(tag) > LONGEST_TAG]
        if too_long:
            raise ValidationError(
                f"标签“{too_long[0][:10]}…”太长，最多 {LONGEST_TAG} 个字。"
            )
        return tags


class RowForm(forms.ModelForm):
    """A row of an ordered list. One that has only got a place is still empty."""

    def has_changed(self) -> bool:
        if self.instance.pk:
            return super().has_changed()
        return bool(set(self.changed_data) - {"position"})


class SectionForm(RowForm):
    class Meta:
        model = Section
        fields = ["heading", "subheading", "body", "position"]


class EditorCreditForm(RowForm):
    class Meta:
        model = ArticleEditor
        fields = ["editor", "position"]


class AuthorCreditForm(RowForm):
    class Meta:
        model = ArticleAuthor
        fields = ["author", "position"]


class OrderedFormSet(forms.BaseInlineFormSet):
    """Rows in the order of their positions; a new row without one goes to the end."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            # In a table the heading of the column is not its label.
            form.fields["DELETE"].widget.attrs["aria-label"] = "删除"

    def save_new(  # the signature is Django's
        self,
        form: forms.ModelForm,
        commit: bool = True,  # noqa: FBT001, FBT002
    ) -> Any:
        if not form.instance.position:
            positions = [row.instance.position for row in self.forms]
            form.instance.position = max(positions, default=0) + STEP
        return super().save_new(form, commit=commit)


class WithdrawForm(forms.Form):
    public_note = forms.CharField(
        label="公开说明",
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text="显示在原地址上，可以不填。例如：内容有误，正在核实。",
    )
