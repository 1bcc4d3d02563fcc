"""A block of a special topic on its own page, with its entries."""

import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.admin.house import HouseAdmin, HouseMixin, KeySelect
from accounts.rights import require
from accounts.roles import Verb
from articles.admin.inlines import OrderedInline
from articles.admin.person import person_of
from articles.models import PublishedArticle
from articles.moments import moment_in_words
from articles.paging import PAGE_SIZE
from channels.models import Channel
from fronts.admin.topics import record_parts
from fronts.models import TopicBlock, TopicEntry
from fronts.topic_forms import (
    PARTS,
    EntryForm,
    StoryField,
    published_stories,
    story_in_words,
)
from fronts.topics import stories_of, stories_to_choose, why_hidden

Layout = TopicBlock.Layout
ADVICE = {
    Layout.LIST: "按排好的次序列出。“文字”可以不填，填了就代替稿件的提要。",
    Layout.TIMELINE: "自动按日期先后排。没有选稿件的，文字必填；选了稿件、没写文字的，用稿件标题。",
    Layout.FIGURES: "数字连同单位，如“47 公里”；文字说明这是什么。选了稿件，文字就链接到稿件。",
    Layout.PEOPLE: "选人物长廊里的稿件，页面列出照片、姓名和荣誉。",
}


class StorySelect(KeySelect):
    """Offers stories that readers see or will see, in people's blocks people only."""

    layout = ""

    def get_url(self) -> str:
        address = reverse("admin:fronts_topic_stories")
        return f"{address}?people=1" if self.layout == Layout.PEOPLE else address


class TopicEntryInline(OrderedInline, HouseMixin, admin.TabularInline):
    """The entries, with those fields only that the block's layout shows."""

    model = TopicEntry
    form = EntryForm
    verbose_name = "条目"
    verbose_name_plural = "条目"
    readonly_fields = ["shown"]

    def get_extra(
        self, request: HttpRequest, obj: TopicBlock | None = None, **_: Any
    ) -> int:
        return 0 if obj and obj.entries.exists() else 1

    def get_fields(
        self, request: HttpRequest, obj: TopicBlock | None = None
    ) -> list[str]:
        return [*PARTS[obj.layout if obj else Layout.LIST], "shown", "position"]

    def get_formset(
        self, request: HttpRequest, obj: TopicBlock | None = None, **kwargs: Any
    ) -> type[forms.BaseInlineFormSet]:
        self.block = obj  # an inline is made anew for every request
        known = {"layout": obj.layout if obj else Layout.LIST, "user": request.user}
        kwargs["form"] = type("EntryForm", (EntryForm,), known)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "article":
            widget = StorySelect(
                db_field, self.admin_site, {"data-placeholder": "输入标题里的字"}
            )
            widget.layout = self.block.layout if self.block else ""
            kwargs |= {
                "widget": widget,
                "form_class": StoryField,
                "queryset": published_stories(),
            }
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget.can_add_related = False
        return formfield

    @admin.display(description="读者")
    def shown(self, entry: TopicEntry) -> str:
        if not entry.pk:
            return ""
        story = self.stories.get(entry.article_id)
        reason = why_hidden(entry, story, self.block.layout)
        planned = self.planned.get(entry.article_id)
        if reason and story is None and planned:
            return f"{moment_in_words(planned, self.now)} 起看得到"
        return f"看不到：{reason}" if reason else "看得到"

    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def stories(self) -> dict[int | None, PublishedArticle]:
        return stories_of(self.block.entries.all(), self.now)

    @cached_property
    def planned(self) -> dict[int, datetime.datetime]:
        """When the stories of this block that wait for their time go live."""
        articles = self.block.entries.values("article")
        planned = PublishedArticle.objects.scheduled(self.now).order_by("-visible_from")
        return dict(
            planned.filter(article__in=articles).values_list("article", "visible_from")
        )


@admin.register(TopicBlock)
class TopicBlockAdmin(HouseAdmin):
    """Reached from the topic, and leads back there: no list, nothing to add here."""

    inlines = [TopicEntryInline]
    fields = ["heading", "intro"]

    class Media:
        css = {"all": ["admin_theme/desk.css", "admin_theme/topics.css"]}
        js = ["admin_theme/choice-names.js", "admin_theme/row-order.js"]

    def get_urls(self) -> list[URLPattern]:
        search = self.admin_site.admin_view(stories_page)
        return [
            path("stories/", search, name="fronts_topic_stories"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        require(request.user, Verb.CURATE)
        return HttpResponseRedirect(reverse("admin:fronts_topic_changelist"))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: TopicBlock | None = None,
    ) -> HttpResponse:
        if obj:
            context["advice"] = ADVICE[Layout(obj.layout)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        block = form.instance
        before = _parts_of(block)
        super().save_related(request, form, formsets, change)
        record_parts(request, block.topic, before, _parts_of(block))

    def response_post_save_change(
        self, request: HttpRequest, obj: TopicBlock
    ) -> HttpResponse:
        return _to_topic(obj.topic_id)

    def delete_model(self, request: HttpRequest, obj: TopicBlock) -> None:
        request.topic_id = obj.topic_id
        super().delete_model(request, obj)

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)  # says that it is gone
        return _to_topic(request.topic_id)


@require_safe
def stories_page(request: HttpRequest) -> HttpResponse:
    """What the field of an entry's story offers, in the form its widget reads. Two queries."""
    require(request.user, Verb.CURATE)
    now = timezone.now()
    found = stories_to_choose(person_of(request), now)
    if "people" in request.GET:
        found = found.filter(channel__kind=Channel.Kind.GALLERY)
    for word in request.GET.get("term", "").split():
        found = found.filter(title__icontains=word)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "results": [
                {"id": str(story.article_id), "text": story_in_words(story, now)}
                for story in page
            ],
            "pagination": {"more": page.has_next()},
        }
    )


def _parts_of(block: TopicBlock) -> dict[str, list[str]]:
    """The entries in words. One query."""
    return {
        f"条目（{block.heading}）": [
            " ".join(
                str(part)
                for part in (entry.happened_on, entry.figure, entry.text, entry.article)
                if part
            )
            for entry in block.entries.select_related("article")
        ]
    }


def _to_topic(topic_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:fronts_topic_change", args=[topic_id]))
