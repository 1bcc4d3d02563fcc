"""What the desk types: the story, its sections and credits, and the withdrawal."""

import datetime
import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import BaseAdminDateWidget, BaseAdminTimeWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from taggit.forms import TagField

from articles.honours import COLUMNS
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Enclosure,
    Honour,
    Illustration,
    RelatedArticle,
    Section,
)
from articles.moments import full_moment
from articles.writing import EditedMeanwhile, lock
from channels.models import Channel
from editions.folding import fold

LONG_TITLE = 30  # characters; nine in ten printed titles are shorter
MOST_TAGS = 12
LONGEST_TAG = 30  # characters
MOST_RELATED = 5
EARLIEST_YEAR = 1900  # of an honour
STEP = 10  # between the positions of neighbours
CONFLICT = "conflict"
RECOVERED = "recovered"
# The button that puts a kept text back, and the one that saves over another's text; its
# value is the version that was shown beside one's own.
RECOVER = "_recover"
OVERWRITE = "_overwrite"
_ANCHOR = re.compile(r"s-[0-9a-f]{8}")


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


def version_in(data: Any) -> int:
    """The version the person has seen and means to replace; -1 if none was sent.

    That is the one the form was opened with, or the one shown beside one's own text.
    """
    seen = data.get(OVERWRITE) or data.get("version") or ""
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


class TagListField(TagField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other tags are meant: neither order nor spelling is a change."""
        try:
            typed = self.clean(data)
        except ValidationError:
            return True
        return {fold(tag.name) for tag in initial or []} != {fold(tag) for tag in typed}


class ArticleForm(forms.ModelForm):
    """The story itself. Refuses to save over a version the person has not seen."""

    class Meta:
        model = Article
        field_classes = {"tags": TagListField}
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

    def clean(self) -> dict[str, Any] | None:
        """Hold the row from here to the commit: nobody can save in between."""
        cleaned = super().clean()
        if RECOVER in self.data:
            self.add_error(None, ValidationError("没有保存。", code=RECOVERED))
        elif self.instance.pk:
            try:
                lock(self.instance.pk, version=version_in(self.data))
            except EditedMeanwhile as meanwhile:
                sentence = f"{saved_in_words(meanwhile.article)}，所以没有保存。"
                self.add_error(None, ValidationError(sentence, code=CONFLICT))
        return cleaned

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


def saved_in_words(article: Article) -> str:
    """Who saved the stored text, and when: 李四 在 2026年6月17日 08:18 改过这篇稿件."""
    who = str(article.saved_by) if article.saved_by else "控制台"
    when = f" 在 {full_moment(article.saved_at)} " if article.saved_at else ""
    return f"{who}{when}改过这篇稿件"


class RowForm(forms.ModelForm):
    """A row of an ordered list. One that has only got a place is still empty."""

    def has_changed(self) -> bool:
        if self.instance.pk:
            return super().has_changed()
        return bool(set(self.changed_data) - {"position", "carried_anchor"})


class SectionForm(RowForm):
    """A section. It carries its anchor, so that one who puts a section back that was
    deleted meanwhile puts the same section back."""

    carried_anchor = forms.CharField(
        label="锚点", required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Section
        fields = ["heading", "subheading", "body", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["carried_anchor"] = self.instance.anchor

    def has_changed(self) -> bool:
        return super().has_changed() and bool(
            set(self.changed_data) - {"carried_anchor"}
        )

    def save(self, commit: bool = True) -> Section:  # noqa: FBT001, FBT002
        """A new row takes the anchor it carries, unless another section has it."""
        carried = self.cleaned_data.get("carried_anchor") or ""
        is_free = _ANCHOR.fullmatch(carried) and not (
            self.instance.article.sections.filter(anchor=carried).exists()
        )
        if not self.instance.pk and is_free:
            self.instance.anchor = carried
        return super().save(commit=commit)


class EditorCreditForm(RowForm):
    class Meta:
        model = ArticleEditor
        fields = ["editor", "position"]


class AuthorCreditForm(RowForm):
    class Meta:
        model = ArticleAuthor
        fields = ["author", "position"]


class RelatedForm(RowForm):
    class Meta:
        model = RelatedArticle
        fields = ["related", "position"]

    def clean_related(self) -> Article:
        """The constraint says the same, but of a row whose story the form does not post."""
        related = self.cleaned_data["related"]
        if related.pk == self.instance.article_id:
            raise ValidationError("不能选本文自己。")
        return related


class IllustrationForm(RowForm):
    class Meta:
        model = Illustration
        fields = ["picture", "place", "joins_previous", "caption", "position"]


class EnclosureForm(RowForm):
    class Meta:
        model = Enclosure
        fields = ["document", "recording", "url", "title", "place", "position"]

    def clean(self) -> dict[str, Any]:
        """The constraint says the same; here with the field that is at fault."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [
            name for name in ("document", "recording", "url") if cleaned.get(name)
        ]
        if len(chosen) > 1:
            raise ValidationError("附件、音视频、站外网址，一行只选一样。")
        if chosen == ["url"] and not cleaned.get("title"):
            self.add_error("title", "写上读者看到的文字。")
        if not chosen and not self.errors:
            raise ValidationError("选一个附件、一段音视频，或者写站外网址。")
        return cleaned


class HonourForm(forms.ModelForm):
    """The honour of the person that the story is about."""

    class Meta:
        model = Honour
        fields = [*COLUMNS, "revoked_on"]

    def clean_year(self) -> int:
        year, now = self.cleaned_data["year"], timezone.localdate().year
        if not EARLIEST_YEAR <= year <= now:
            raise ValidationError(f"年份写四位数，在 {EARLIEST_YEAR} 到 {now} 之间。")
        return year

    def clean_revoked_on(self) -> datetime.date | None:
        day = self.cleaned_data["revoked_on"]
        if day and day > timezone.localdate():
            raise ValidationError("撤销日期不能在今天以后。")
        return day


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


class RelatedFormSet(OrderedFormSet):
    """Not more stories than a page shows."""

    def clean(self) -> None:
        super().clean()
        chosen = [
            row
            for row in self.forms
            if getattr(row, "cleaned_data", {}).get("related")
            and not row.cleaned_data.get("DELETE")
        ]
        if len(chosen) > MOST_RELATED:
            raise ValidationError(
                f"相关稿件最多 {MOST_RELATED} 篇，现在有 {len(chosen)} 篇。"
            )


class WithdrawForm(forms.Form):
    public_note = forms.CharField(
        label="公开说明",
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text="显示在原地址上，可以不填。例如：内容有误，正在核实。",
    )
