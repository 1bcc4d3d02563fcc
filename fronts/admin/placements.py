"""Placements in the admin: which story stands where on the fronts, and for how long."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.house import HouseAdmin
from accounts.rights import channels_where, verbs_in
from accounts.roles import Verb
from articles.admin.relations import QuietRelationsMixin
from articles.forms import ChannelChoiceField, MomentWidget
from articles.models import Article, PublishedArticle
from articles.moments import moment_in_words
from channels.models import Channel
from channels.rights import channels_for
from fronts.admin.topic_blocks import StorySelect
from fronts.models import Placement
from fronts.placements import ROOM, Slot, Standing, standings, strays_from
from fronts.topic_forms import NOT_TO_BE_CHOSEN, StoryField, published_stories
from fronts.topics import stories_to_choose

# A mark and a word, never a colour alone.
MARKS = {Standing.SHOWN: "●", Standing.NOT_YET: "◔", Standing.OVER: "×"}
ROOM_IN_WORDS = (
    f"首页头条 {ROOM[Slot.LEAD]} 条、要闻 {ROOM[Slot.HEADLINE]} 条、"
    f"每个频道置顶 {ROOM[Slot.PINNED]} 条；可以多放，排在前面的给读者看。"
)


class PlacementForm(forms.ModelForm):
    """`user` is who places; set by the admin."""

    user: Any

    class Meta:
        model = Placement
        fields = [
            "slot",
            "channel",
            "article",
            "shown_from",
            "shown_until",
            "position",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot = self.fields["slot"]
        slot.help_text = ROOM_IN_WORDS
        if Verb.CURATE not in verbs_in(self.user, None):
            slot.choices = [(Slot.PINNED.value, Slot.PINNED.label)]
            slot.help_text = "首页的版位由管全站的编辑来放。"

    def clean_article(self) -> Article:
        """A story that stands here may stay, whatever has become of it."""
        article: Article = self.cleaned_data["article"]
        if "article" in self.changed_data:
            stories = stories_to_choose(self.user, timezone.now())
            if not stories.filter(article=article).exists():
                raise ValidationError(NOT_TO_BE_CHOSEN)
        return article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slot, channel = cleaned.get("slot"), cleaned.get("channel")
        if slot == Slot.PINNED and not channel and "channel" not in self.errors:
            self.add_error("channel", "选一个频道，稿件放在它的列表上面。")
        if slot and slot != Slot.PINNED and channel:
            self.add_error("channel", "首页的版位不选频道。")
        return cleaned


class OverFilter(admin.SimpleListFilter):
    """What is over is out of the way unless asked for."""

    title = "时间"
    parameter_name = "when"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        return [("over", "已过期")]

    def choices(self, changelist: ChangeList) -> Any:
        first, *rest = super().choices(changelist)
        yield first | {"display": "现在和以后"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        over = {"shown_until__lte": timezone.now()}
        if self.value() == "over":
            return queryset.filter(**over)
        return queryset.exclude(**over)


class PlacementList(ChangeList):
    """The places in the order of the fronts, each with its stories in theirs."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list:
        slots = Case(
            *(When(slot=slot, then=place) for place, slot in enumerate(Slot)),
            output_field=IntegerField(),
        )
        order = Placement._meta.ordering[1:]
        return [slots, "channel__position", "channel", *order]

    def get_results(self, request: HttpRequest) -> None:
        """Tell each row what readers see of it, and whether a new place begins."""
        super().get_results(request)
        standing = standings(self.result_list, timezone.now())
        place = None
        for row in self.result_list:
            row.standing = standing[row.pk]
            row.begins = place != (row.slot, row.channel_id)
            place = (row.slot, row.channel_id)


@admin.register(Placement)
class PlacementAdmin(QuietRelationsMixin, HouseAdmin):
    """Each person sees and keeps the places of the channels they curate; those of the
    home page belong to who curates everywhere."""

    form = PlacementForm
    list_display = ["place", "story", "state", "since", "until", "position"]
    list_display_links = ["story"]
    list_editable = ["position"]
    list_filter = [OverFilter]
    list_select_related = ["channel", "article"]
    list_per_page = 100
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    actions = None
    fields = PlacementForm.Meta.fields

    class Media:
        css = {"all": ["admin_theme/desk.css", "admin_theme/placements.css"]}
        js = ["admin_theme/channel-search.js", "admin_theme/choice-names.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        where = channels_where(request.user, Verb.CURATE)
        versions = PublishedArticle.objects.filter(article=OuterRef("article"))
        placements = (
            super()
            .get_queryset(request)
            .annotate(
                title=Subquery(versions.order_by("-visible_from").values("title")[:1])
            )
        )
        return placements if where is None else placements.filter(channel__in=where)

    def has_change_permission(
        self, request: HttpRequest, obj: Placement | None = None
    ) -> bool:
        return super().has_change_permission(request, obj) and _may_keep(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Placement | None = None
    ) -> bool:
        return super().has_delete_permission(request, obj) and _may_keep(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Placement | None = None, **kwargs: Any
    ) -> type[PlacementForm]:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return PlacementList

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"shown_from": timezone.now()} | super().get_changeform_initial_data(
            request
        )

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        name = db_field.name
        if name in {"shown_from", "shown_until"}:
            kwargs["widget"] = MomentWidget(db_field.verbose_name, time_format="%H:%M")
        elif name == "channel":
            channels = channels_for(request.user, Verb.CURATE)
            kwargs |= {
                "form_class": ChannelChoiceField,
                "queryset": channels.filter(kind=Channel.Kind.LIST),
            }
        elif name == "article":
            kwargs |= {
                "widget": StorySelect(
                    db_field, self.admin_site, {"data-placeholder": "输入标题里的字"}
                ),
                "form_class": StoryField,
                "queryset": published_stories(),
            }
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and name == "channel":
            formfield.widget.attrs["data-searchable"] = ""
        if formfield and name == "article":
            formfield.widget.can_add_related = False
        if formfield and name == "position":
            formfield.help_text = "小的在前。"
            formfield.widget.attrs["aria-label"] = "顺序"
        return formfield

    def response_post_save_add(
        self, request: HttpRequest, obj: Placement
    ) -> HttpResponse:
        _tell_standing(request, obj)
        return super().response_post_save_add(request, obj)

    def response_post_save_change(
        self, request: HttpRequest, obj: Placement
    ) -> HttpResponse:
        _tell_standing(request, obj)
        return super().response_post_save_change(request, obj)

    @admin.display(description="版位")
    def place(self, row: Placement) -> SafeString:
        words = row.get_slot_display()
        if row.channel:
            words = f"{words}：{row.channel}"
        kind = "place" if row.begins else "place visually-hidden"
        return format_html('<span class="{}">{}</span>', kind, words)

    @admin.display(description="稿件")
    def story(self, row: Placement) -> str:
        return row.title or row.article.title

    @admin.display(description="状态")
    def state(self, row: Placement) -> str:
        return f"{MARKS.get(row.standing, '○')} {row.standing}"

    @admin.display(description="从")
    def since(self, row: Placement) -> str:
        return moment_in_words(row.shown_from, timezone.now())

    @admin.display(description="到")
    def until(self, row: Placement) -> str:
        return _until(row.shown_until, timezone.now())


def _may_keep(request: HttpRequest, placement: Placement | None) -> bool:
    """A place of the home page is in no channel: that asks for what holds everywhere."""
    return placement is None or Verb.CURATE in verbs_in(
        request.user, placement.channel_id
    )


def _tell_standing(request: HttpRequest, placement: Placement) -> None:
    """What became of it, and whether it may be in the wrong channel by mistake."""
    now = timezone.now()
    standing = standings([placement], now)[placement.pk]
    messages.info(request, f"现在：{standing}。")
    if stray := strays_from(placement, now):
        messages.warning(
            request,
            f"“{stray.title}”是频道“{stray.channel}”的稿件，不在频道“{placement.channel}”"
            "的列表里。已照你选的置顶；如果选错了，请改频道或稿件。",
        )


def _until(moment: datetime.datetime | None, now: datetime.datetime) -> str:
    return moment_in_words(moment, now) if moment else "不限"
