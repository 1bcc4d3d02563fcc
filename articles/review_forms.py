"""What a reviewer fills in: the verdict with its reason, and notes on the text."""

from typing import Any

from django import forms

from articles.models import Revision
from articles.notes import LONGEST_EXCERPT, LONGEST_TEXT

LONGEST_REASON = 1000  # characters
USUAL_REASONS = [
    "事实需要核实",
    "标题要改",
    "导语要改",
    "错别字和标点",
    "图片或图说要换",
    "来源或署名不全",
    "涉及个人信息",
]
TOO_LONG = "意见太长，最多 {} 个字。"


class VerdictForm(forms.Form):
    """The opinion of a reviewer. Which button was pressed, the view finds out."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # What was due on the page: a guard against acting on another level, never a choice.
    seen_level = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label="意见或原因",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": TOO_LONG.format(LONGEST_REASON)},
    )
    reasons = forms.MultipleChoiceField(
        label="常用的退回原因",
        required=False,
        choices=[(reason, reason) for reason in USUAL_REASONS],
        widget=forms.CheckboxSelectMultiple,
    )
    also_proofread = forms.BooleanField(required=False)

    def reason(self) -> str:
        """The ticked reasons and what was typed, as one text."""
        data = self.cleaned_data
        ticked = "；".join(data["reasons"])
        return "。".join(part for part in (ticked, data["note"].strip()) if part)


class NoteForm(forms.Form):
    """A note on the revision that is shown."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    excerpt = forms.CharField(
        label="所批文字",
        required=False,
        max_length=LONGEST_EXCERPT,
        help_text="从正文里复制几个字，可以不填。",
    )
    text = forms.CharField(
        label="批注",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        help_text="写 @姓名 会通知那个人。",
        error_messages={"required": "批注还是空的。"},
    )

    def __init__(
        self, data: Any = None, *, revision: Revision | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="id_note_%s", **kwargs)
        sections = revision.content["sections"] if revision else []
        places = [
            (section["anchor"], section["heading"] or f"第 {number} 节")
            for number, section in enumerate(sections, start=1)
        ]
        self.fields["anchor"] = forms.ChoiceField(
            label="批在哪里", required=False, choices=[("", "全文"), *places]
        )
        self.order_fields(["sha256", "anchor", "excerpt", "text"])
        if revision:
            self.initial.setdefault("sha256", revision.sha256)
