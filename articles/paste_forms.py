"""What is asked between pasting a manuscript and having it as a desk copy."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from accounts.models import User
from accounts.roles import Verb
from articles.forms import ChannelChoiceField
from articles.importing.dates import find_time
from articles.manuscripts import (
    Draft,
    DraftSection,
    Proposal,
    ProposedSection,
    unknown_editors,
)
from articles.models.desk import Script
from channels.models import Channel, ChannelQuerySet
from channels.rights import channels_for

_BETWEEN_NAMES = re.compile(r"[、，,;；\n]+")


class PasteForm(forms.Form):
    """The manuscript as it came: its words, and its rich form if the browser had it."""

    text = forms.CharField(
        label="整篇稿件",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "data-paste-text": "", "autofocus": True}),
    )
    html = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput({"data-paste-html": ""})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name, "").strip() for name in ("text", "html")):
            self.add_error("text", "还没有粘贴稿件。请把整篇稿件粘贴到框里，再按按钮。")
        return data


class ProposalForm(forms.Form):
    """The fields of the story, filled in from the proposal."""

    title = forms.CharField(label="标题", max_length=120)
    subtitle = forms.CharField(label="副题", required=False, max_length=120)
    kicker = forms.CharField(label="引题", required=False, max_length=40)
    standfirst = forms.CharField(
        label="导语",
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )
    channel = ChannelChoiceField(
        Channel.objects.none(), label="频道", required=False, empty_label="以后再定"
    )
    source = forms.CharField(label="来源", required=False, max_length=60)
    authors = forms.CharField(
        label="作者", required=False, max_length=400, help_text="几个人用顿号分开。"
    )
    editors = forms.CharField(
        label="责任编辑", required=False, max_length=400, help_text="几个人用顿号分开。"
    )
    published = forms.CharField(
        label="原发布时间",
        required=False,
        max_length=40,
        help_text="只填稿上印着的，例如 2026-06-17 08:18。本站稿件留空。",
    )
    original_url = forms.URLField(
        label="原文链接", required=False, max_length=500, assume_scheme="https"
    )
    script = forms.ChoiceField(label="原文文字", choices=Script)

    def __init__(
        self, data: Any = None, *, proposal: Proposal, person: User, **kwargs: Any
    ) -> None:
        self._person = person
        channels = channels_for(person, Verb.WRITE)
        super().__init__(data, initial=_initial(proposal, channels), **kwargs)
        self.fields["channel"].queryset = channels

    def clean_authors(self) -> list[str]:
        return _names(self.cleaned_data["authors"], longest=60)

    def clean_editors(self) -> list[str]:
        names = _names(self.cleaned_data["editors"], longest=40)
        strangers = unknown_editors(names, self._person)
        if strangers:
            raise ValidationError(
                f"责任编辑名单里没有“{'、'.join(strangers)}”。"
                "请改成名单里的名字，或者留空，由编辑补上。"
            )
        return names

    def clean_published(self) -> str:
        """The time as precise as it was typed, in ISO 8601; empty if none was."""
        typed = self.cleaned_data["published"]
        moment = find_time(typed)
        if typed and not moment:
            raise ValidationError(
                "原发布时间看不懂。请照 2026-06-17 08:18 的样子填写，没有印时间就留空。"
            )
        return moment or ""

    def draft(self, sections: list[DraftSection]) -> Draft:
        """What a person has checked, once the form is valid."""
        data = self.cleaned_data
        people = {name: tuple(data[name]) for name in ("authors", "editors")}
        return Draft(**(data | people), sections=tuple(sections))


class PastedSectionForm(forms.Form):
    """One part of the text. The text itself is read again from the manuscript."""

    heading = forms.CharField(label="小标题第一行", required=False, max_length=60)
    subheading = forms.CharField(label="小标题第二行", required=False, max_length=60)
    joins = forms.BooleanField(label="不是小标题，作为正文并入上一节", required=False)

    def __init__(
        self, data: Any = None, *, section: ProposedSection, number: int
    ) -> None:
        super().__init__(
            data,
            prefix=f"section-{number}",
            initial={
                "heading": section.heading.value,
                "subheading": section.subheading,
            },
        )
        self.section = section
        if number == 1:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("subheading") and not data.get("heading"):
            self.add_error("heading", "有第二行小标题，就要有第一行。")
        return data


def sections_of(forms_in_order: list[PastedSectionForm]) -> list[DraftSection]:
    """The parts as a person wants them: a part that joins goes to the end of the one
    before it, with the words of its heading as a line of the text."""
    sections: list[DraftSection] = []
    for form in forms_in_order:
        data = form.cleaned_data
        body = form.section.body
        if data.get("joins") and sections:
            last = sections[-1]
            words = " ".join(filter(None, [data["heading"], data["subheading"]]))
            line = format_html("<p>{}</p>", words) if words else ""
            sections[-1] = replace(last, body=last.body + line + body)
        else:
            sections.append(DraftSection(data["heading"], data["subheading"], body))
    return sections


def _initial(proposal: Proposal, channels: ChannelQuerySet) -> dict[str, Any]:
    names = (
        "title", "subtitle", "kicker", "standfirst", "source", "authors", "editors",
        "original_url",
    )  # fmt: skip
    return {name: getattr(proposal, name).value for name in names} | {
        "published": typed_time(proposal.published.value),
        "script": proposal.script or Script.HANS,
        "channel": _likely_channel(proposal.breadcrumb, channels),
    }


def _likely_channel(
    breadcrumb: tuple[str, ...], channels: ChannelQuerySet
) -> Channel | None:
    """The only channel there is, or the one that the copied page names."""
    known = list(channels)
    if len(known) == 1:
        return known[0]
    by_name = {channel.name: channel for channel in reversed(known)}
    return next((by_name[node] for node in breadcrumb[::-1] if node in by_name), None)


def typed_time(moment: str) -> str:
    """2022-06-17 08:18 for 2022-06-17T08:18+08:00: no more than was printed."""
    return moment.removesuffix("+08:00").replace("T", " ")


def _names(typed: str, *, longest: int) -> list[str]:
    names = [name.strip() for name in _BETWEEN_NAMES.split(typed)]
    names = list(dict.fromkeys(filter(None, names)))
    too_long = next((name for name in names if len(name) > longest), "")
    if too_long:
        raise ValidationError(
            f"名字“{too_long[:10]}…”太长，最多 {longest} 个字。几个人用顿号分开。"
        )
    return names
