from itertools import groupby
from typing import Any, Literal, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.admin.house import HouseAdmin
from accounts.rights import can, channels_where
from accounts.roles import Verb
from channels.models import Channel

Direction = Literal["up", "down"]
STEP = 10  # between the positions of neighbours


def move(channel: Channel, direction: Direction) -> bool:
    """Change places with the neighbour above or below; False where there is none."""
    with transaction.atomic():
        siblings = list(
            Channel.objects.select_for_update()
            .filter(parent=channel.parent_id)
            .order_by("position", "pk")
        )
        place = next(i for i, node in enumerate(siblings) if node.pk == channel.pk)
        target = place - 1 if direction == "up" else place + 1
        if not 0 <= target < len(siblings):
            return False
        siblings.insert(target, siblings.pop(place))
        for position, node in enumerate(siblings, start=1):
            node.position = position * STEP
        Channel.objects.bulk_update(siblings, ["position"])
    return True


class ChannelForm(forms.ModelForm):
    class Meta:
        model = Channel
        fields = [
            "name",
            "slug",
            "parent",
            "kind",
            "link_url",
            "intro",
            "keywords",
            "column_type",
            "review_levels",
            "needs_proofreading",
            "in_navigation",
            "closed_on",
        ]
        labels = {"parent": "上级频道"}

    # The channels that this person shapes; None is all. Set by the admin.
    where: set[int] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer as parents only channels that can be one: no loop, no outside link, and
        none that this person has no say over, but for the one that it has."""
        super().__init__(*args, **kwargs)
        if "parent" not in self.fields:
            return
        parents = Channel.objects.with_tree_fields().holding_articles()
        if self.instance.pk:
            below = self.instance.descendants(include_self=True)
            parents = parents.exclude(pk__in=list(below.values_list("pk", flat=True)))
        field = cast("forms.ModelChoiceField", self.fields["parent"])
        if self.where is not None:
            parents = parents.filter(pk__in=self.where | {self.instance.parent_id})
            field.required = not self.instance.pk or bool(self.instance.parent_id)
        field.queryset = parents
        field.empty_label = "（一级频道）"


class TreeChangeList(ChangeList):
    """All channels, each below its parent, as the navigation has them."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list:
        return ["tree_ordering"]

    def get_results(self, request: HttpRequest) -> None:
        """Mark who is first and last; a search may have hidden neighbours."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        by_parent = sorted(self.result_list, key=lambda channel: channel.parent_id or 0)
        for _, group in groupby(by_parent, key=lambda channel: channel.parent_id):
            siblings = list(group)
            for channel in siblings:
                channel.is_first = not self.query and channel is siblings[0]
                channel.is_last = not self.query and channel is siblings[-1]


@admin.register(Channel)
class ChannelAdmin(HouseAdmin):
    form = ChannelForm
    fields = ChannelForm.Meta.fields
    list_display = ["name_in_tree", "slug", "kind", "shown_in_navigation", "places"]
    list_display_links = None
    list_per_page = 500
    sortable_by = ()
    search_fields = ["name", "slug"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        return Channel.objects.with_tree_fields()

    def get_form(
        self, request: HttpRequest, obj: Channel | None = None, **kwargs: Any
    ) -> type[ChannelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.where = channels_where(request.user, Verb.SHAPE_CHANNELS)
        return form

    def has_change_permission(
        self, request: HttpRequest, obj: Channel | None = None
    ) -> bool:
        """Each channel for itself: how many reviews it asks for is set here."""
        return super().has_change_permission(request, obj) and (
            obj is None or can(request.user, Verb.SHAPE_CHANNELS, obj)
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Channel | None = None
    ) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or can(request.user, Verb.SHAPE_CHANNELS, obj)
        )

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return TreeChangeList

    def get_list_display(self, request: HttpRequest) -> list:
        if self.has_change_permission(request):
            return self.list_display
        return [column for column in self.list_display if column != "places"]

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<int:channel_id>/move-{direction}/",
                self.admin_site.admin_view(self.move_view),
                {"direction": direction},
                name=f"channels_channel_move_{direction}",
            )
            for direction in ("up", "down")
        ] + super().get_urls()

    @admin.display(description="频道")
    def name_in_tree(self, channel: Channel) -> SafeString:
        return format_html(
            '<span class="tree-name" id="channel-{}" data-depth="{}">'
            '<a href="{}">{}</a></span>',
            channel.pk,
            min(channel.tree_depth, 4),
            reverse("admin:channels_channel_change", args=[channel.pk]),
            channel.name,
        )

    @admin.display(description="导航栏", empty_value="")
    def shown_in_navigation(self, channel: Channel) -> str:
        """Only top-level channels can stand in the navigation bar."""
        if channel.parent_id is not None:
            return ""
        return "显示" if channel.in_navigation else "不显示"

    @admin.display(description="次序")
    def places(self, channel: Channel) -> SafeString:
        """Two buttons of the list's own form: they work without script."""
        row = (
            '<button class="place-button" formaction="{}" aria-label="{}"{}>{}</button>'
        )
        return format_html(
            '<span class="place-buttons">' + row + row + "</span>",
            reverse("admin:channels_channel_move_up", args=[channel.pk]),
            f"上移 {channel.name}",
            " disabled" if channel.is_first else "",
            "↑",
            reverse("admin:channels_channel_move_down", args=[channel.pk]),
            f"下移 {channel.name}",
            " disabled" if channel.is_last else "",
            "↓",
        )

    @method_decorator(require_POST)
    def move_view(
        self, request: HttpRequest, channel_id: int, direction: Direction
    ) -> HttpResponse:
        channel = get_object_or_404(Channel, pk=channel_id)
        if not self.has_change_permission(request, channel):
            raise PermissionDenied
        word = "上移" if direction == "up" else "下移"
        if move(channel, direction):
            self.log_change(request, channel, word)
            messages.success(request, f"已{word}：{channel.name}。")
        else:
            messages.info(request, f"“{channel.name}”已经在最边上，不能再{word}。")
        return HttpResponseRedirect(
            reverse("admin:channels_channel_changelist") + f"#channel-{channel.pk}"
        )

    def save_model(
        self, request: HttpRequest, obj: Channel, form: forms.ModelForm, change: bool
    ) -> None:
        if change and "parent" in form.changed_data:
            obj.position = 0  # the model puts it last among its new siblings
        super().save_model(request, obj, form, change)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Refuse in words what the database would refuse, and never take children along."""
        channel = self.get_object(request, object_id)
        if channel and self.has_delete_permission(request, channel):
            sentence = reason_to_keep(channel)
            if sentence:
                messages.error(request, sentence)
                return HttpResponseRedirect(
                    reverse("admin:channels_channel_change", args=[channel.pk])
                )
        return super().delete_view(request, object_id, extra_context)


def reason_to_keep(channel: Channel) -> str:
    """Why the channel cannot be deleted, as a sentence; empty when it can.

    Also a story that is only shown here counts: its frozen text names the channel.
    At most five queries.
    """
    rows = (
        channel.articles,
        channel.published,
        channel.further_articles,
        channel.listings,
    )
    stories = next((count for count in (some.count() for some in rows) if count), 0)
    children = channel.children.count()
    held = [f"{stories} 篇稿件"] if stories else []
    if children:
        held.append(f"{children} 个子频道")
    if not held:
        return ""
    return (
        f"“{channel.name}”下面还有 {'和 '.join(held)}，不能删除。"
        "请先移走它们，或者取消“在导航栏显示”。"
    )
