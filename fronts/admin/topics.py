"""Special topics in the admin: the topic with its blocks, and its page before it is public.

Topics cross channels, so whoever curates anywhere curates every topic.
"""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.admin.house import HouseAdmin, HouseMixin
from accounts.models import Act
from accounts.rights import Denied, can
from accounts.roles import Verb
from articles.admin.inlines import OrderedInline
from articles.admin.relations import QuietRelationsMixin
from articles.forms import MomentWidget
from articles.moments import full_moment, moment_in_words
from editions.catalogue import DEFAULT
from editions.glossary import current_glossary
from editions.markers import unescape_markers
from editions.pages import convert_page
from editions.runs import needs_conversion
from fronts.models import Topic, TopicBlock, TopicEntry
from fronts.topic_forms import END, GO_LIVE, BlockForm, TopicForm
from fronts.topics import topic_page

Standing = Topic.Standing


class TopicBlockInline(OrderedInline, HouseMixin, admin.TabularInline):
    """The blocks in their order. What stands in one is edited on its own page."""

    model = TopicBlock
    form = BlockForm
    verbose_name = "栏目"
    verbose_name_plural = "栏目"
    fields = ["heading", "layout", "intro", "entries", "position"]
    readonly_fields = ["entries"]

    def get_extra(
        self, request: HttpRequest, obj: Topic | None = None, **_: Any
    ) -> int:
        return 0 if obj and obj.blocks.exists() else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[TopicBlock]:
        return super().get_queryset(request).annotate(held=Count("entries"))

    @admin.display(description="条目")
    def entries(self, block: TopicBlock) -> SafeString | str:
        if not block.pk:
            return "保存以后再加条目"
        return format_html(
            '<a href="{}">编辑条目（{}）</a>',
            reverse("admin:fronts_topicblock_change", args=[block.pk]),
            block.held,
        )


@admin.register(Topic)
class TopicAdmin(QuietRelationsMixin, HouseAdmin):
    form = TopicForm
    inlines = [TopicBlockInline]
    autocomplete_fields = ["cover", "channels"]
    list_display = ["title", "standing", "since", "held_blocks", "updated"]
    list_per_page = 50
    search_fields = ["title", "intro"]
    actions = None
    fieldsets = [
        ("专题", {"fields": ["title", "slug", "intro", "cover"]}),
        ("放在哪里", {"fields": ["channels", "position"]}),
        (
            "上线、结束、下线",
            {
                "fields": ["visible_from", "ended_at", "visible_until"],
                "description": "都可以先填好将来的时间，到点自动生效。",
            },
        ),
    ]

    class Media:
        css = {"all": ["admin_theme/desk.css", "admin_theme/topics.css"]}
        js = ["admin_theme/choice-names.js", "admin_theme/row-order.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(held=Count("blocks"))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Topic | None = None
    ) -> list[str]:
        """The address of a page that readers know does not change."""
        return ["slug"] if obj and _was_public(obj) else []

    def has_delete_permission(
        self, request: HttpRequest, obj: Topic | None = None
    ) -> bool:
        """What was public is taken down, and its address says so; it is not deleted."""
        return super().has_delete_permission(request, obj) and not (
            obj and _was_public(obj)
        )

    def view_on_site(self, obj: Topic) -> str | None:
        is_there = obj.standing_at(timezone.now()) in {Standing.RUNNING, Standing.ENDED}
        return obj.get_absolute_url() if is_there else None

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in {"visible_from", "ended_at", "visible_until"}:
            kwargs["widget"] = MomentWidget(db_field.verbose_name, time_format="%H:%M")
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "channels":
            formfield.widget.can_add_related = False
        return formfield

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(preview_page)
        address = path("<int:topic_id>/preview/", preview, name="fronts_topic_preview")
        return [address, *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Topic | None = None,
    ) -> HttpResponse:
        if obj and obj.pk:
            # As stored: the form's own instance bears what was typed.
            stored = Topic.objects.get(pk=obj.pk)
            now = timezone.now()
            context |= {"standing": stored.standing_at(now), "says": _says(stored, now)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        topic = form.instance
        before = _parts_of(topic) if change else {}
        super().save_related(request, form, formsets, change)
        record_parts(request, topic, before, _parts_of(topic))

    def response_add(
        self, request: HttpRequest, obj: Topic, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Stay with the topic: its blocks still need their entries."""
        answer = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            return answer
        return HttpResponseRedirect(_address(obj))

    def response_change(self, request: HttpRequest, obj: Topic) -> HttpResponse:
        if GO_LIVE not in request.POST and END not in request.POST:
            return super().response_change(request, obj)
        standing = obj.standing_at(timezone.now())
        messages.success(request, f"已保存，“{obj}”现在是：{standing.label}。")
        return HttpResponseRedirect(_address(obj))

    @admin.display(description="状态")
    def standing(self, obj: Topic) -> str:
        return obj.standing_at(timezone.now()).label

    @admin.display(description="上线时间", ordering="visible_from")
    def since(self, obj: Topic) -> str:
        if obj.visible_from is None:
            return ""
        return moment_in_words(obj.visible_from, timezone.now())

    @admin.display(description="栏目")
    def held_blocks(self, obj: Topic) -> int:
        return obj.held

    @admin.display(description="最后修改", ordering="updated_at")
    def updated(self, obj: Topic) -> str:
        return moment_in_words(obj.updated_at, timezone.now())


@require_safe
def preview_page(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The topic as readers will see it: now, or when it goes live. Never indexed."""
    topic = get_object_or_404(Topic.objects.for_cards(), pk=topic_id)
    if not (can(request.user, Verb.CURATE) or can(request.user, Verb.VIEW)):
        raise Denied(Verb.CURATE, topic)
    now = timezone.now()
    at = max(now, topic.visible_from or now)
    page = topic_page(topic, at)
    shown = sum(len(block.entries) for block in page["blocks"])
    held = TopicEntry.objects.filter(block__topic=topic).count()
    response = render(
        request,
        "fronts/topic_preview.html",
        page
        | {
            "standing": topic.standing_at(now),
            "says": _says(topic, now),
            "is_ahead": at > now,
            "hidden": held - shown,
            # The other editions of this address would lead nowhere.
            "edition_links": [],
        },
    )
    # The middleware converts no page of the admin.
    text = unescape_markers(response.text)
    if needs_conversion(text, DEFAULT):
        text = convert_page(text, DEFAULT, glossary=current_glossary())
    response.content = text.encode()
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def record_parts(
    request: HttpRequest, topic: Topic, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Put on record what a form changed beside the columns of its own row."""
    names = [name for name in after if before.get(name, []) != after[name]]
    if names:
        audit.record(
            Act.CHANGE,
            by=request.user,
            subject=topic,
            before={name: before.get(name, []) for name in names},
            after={name: after[name] for name in names},
        )


def _parts_of(topic: Topic) -> dict[str, list[str]]:
    """Channels and blocks in words. Two queries."""
    return {
        "所属频道": [channel.name for channel in topic.channels.order_by("pk")],
        "栏目": [
            f"{block.heading}（{block.get_layout_display()}）{block.intro}"
            for block in topic.blocks.all()
        ],
    }


def _was_public(topic: Topic) -> bool:
    return topic.standing_at(timezone.now()) != Standing.PREPARING


def _says(topic: Topic, now: datetime.datetime) -> str:
    """What the standing means, and what comes next, in a sentence."""
    match topic.standing_at(now):
        case Standing.PREPARING if topic.visible_from:
            return f"定于 {full_moment(topic.visible_from)} 上线，之前读者看不到。"
        case Standing.PREPARING:
            return "读者看不到。排好栏目，看过预览，再上线。"
        case Standing.DOWN:
            return "读者看不到，原地址写着已下线。"
        case Standing.ENDED:
            return "读者看得到，页面写明已结束更新，首页和频道不再列出。"
    return "读者看得到。改动保存后马上生效。"


def _address(topic: Topic) -> str:
    return reverse("admin:fronts_topic_change", args=[topic.pk])
