"""What curators type: a special topic, and the entries of its blocks."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from articles.forms import RowForm
from articles.models import Article, PublishedArticle
from articles.moments import moment_in_words
from channels.models import Channel
from fronts.models import Topic, TopicBlock, TopicEntry
from fronts.topics import stories_to_choose

Layout = TopicBlock.Layout

# Buttons that fill in a moment, which then is saved with the rest of the form.
GO_LIVE = "_go_live"
END = "_end"
MOMENTS = {GO_LIVE: "visible_from", END: "ended_at"}

# What an entry of each layout is made of, in the order of the form.
PARTS: dict[str, list[str]] = {
    Layout.LIST: ["article", "text"],
    Layout.TIMELINE: ["happened_on", "article", "text"],
    Layout.FIGURES: ["figure", "text", "article"],
    Layout.PEOPLE: ["article"],
}
NEEDED: dict[str, str] = {
    Layout.LIST: "article",
    Layout.TIMELINE: "happened_on",
    Layout.FIGURES: "figure",
    Layout.PEOPLE: "article",
}
NOT_TO_BE_CHOSEN = "这篇稿件不能选。能选的是已经上线的，和你看得到、已经定时的。"


class TopicForm(forms.ModelForm):
    class Meta:
        model = Topic
        fields = [
            "title",
            "slug",
            "intro",
            "cover",
            "channels",
            "position",
            "visible_from",
            "ended_at",
            "visible_until",
        ]
        help_texts = {
            "slug": "网址里的一段，用小写字母、数字和连字符。上线以后不能再改。",
            "intro": "一两句话，不超过 120 字。列表和分享时也用它。",
            "visible_until": "到点读者就看不到了，原地址写明已下线。可以一直空着。",
        }

    def __init__(
        self, data: QueryDict | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(_with_moments(data, timezone.now()), *args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        start = cleaned.get("visible_from")
        if cleaned.get("visible_until") and not start:
            self.add_error("visible_until", "先填上线时间。")
        if cleaned.get("ended_at") and (not start or cleaned["ended_at"] < start):
            self.add_error("ended_at", "结束更新不能早于上线。")
        return cleaned


class NamedRowForm(RowForm):
    """A row of a table: the heading of a column is not the name of its fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)


class BlockForm(NamedRowForm):
    class Meta:
        model = TopicBlock
        fields = ["heading", "layout", "intro", "position"]


def published_stories() -> QuerySet[Article]:
    """Stories that were published or planned, with the title that readers know."""
    versions = PublishedArticle.objects.filter(article=OuterRef("pk"))
    return Article.objects.filter(Exists(versions)).annotate(
        shown_title=Subquery(versions.order_by("-visible_from").values("title")[:1])
    )


class StoryField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": NOT_TO_BE_CHOSEN}

    def label_from_instance(self, article: Article) -> str:
        return article.shown_title  # type: ignore[attr-defined]  annotated


def story_in_words(story: PublishedArticle, now: datetime.datetime) -> str:
    """A story among others to choose from: its title, its channel, and from when on."""
    moment = moment_in_words(story.visible_from, now)
    state = f"定于 {moment}" if story.visible_from > now else moment
    return f"{story.title}（{story.channel}，{state}）"


class EntryForm(NamedRowForm):
    """An entry. `layout` is that of its block, `user` who chooses; set by the admin."""

    layout: str
    user: User

    class Meta:
        model = TopicEntry
        fields = ["happened_on", "figure", "article", "text", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[NEEDED[self.layout]].required = True

    def clean_article(self) -> Article | None:
        """A story that stands here may stay, whatever has become of it."""
        article: Article | None = self.cleaned_data["article"]
        if article is None or "article" not in self.changed_data:
            return article
        story = (
            stories_to_choose(self.user, timezone.now()).filter(article=article).first()
        )
        if story is None:
            raise ValidationError(NOT_TO_BE_CHOSEN)
        if self.layout == Layout.PEOPLE and story.channel.kind != Channel.Kind.GALLERY:
            raise ValidationError("人物栏目只能选人物长廊里的稿件。")
        return article


def _with_moments(data: QueryDict | None, now: datetime.datetime) -> QueryDict | None:
    """What was sent, with the moment that a pressed button stands for filled in."""
    pressed = [name for button, name in MOMENTS.items() if data and button in data]
    if data is None or not pressed:
        return data
    local = timezone.localtime(now)
    filled = data.copy()
    for name in pressed:
        filled[f"{name}_0"] = f"{local:%Y-%m-%d}"
        filled[f"{name}_1"] = f"{local:%H:%M}"
    return filled
