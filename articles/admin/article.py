from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from accounts.rights import can
from accounts.roles import Verb
from articles.admin.bulk import BulkMixin
from articles.admin.edition_badges import (
    Listed as ListedForBadges,
    badges_of,
    with_editions_read,
)
from articles.admin.filters import ChannelFilter, MineFilter, StageFilter
from articles.admin.inlines import (
    AuthorInline,
    EditorInline,
    EnclosureInline,
    HonourInline,
    IllustrationInline,
    RelatedInline,
    SectionInline,
    has_honour_form,
)
from articles.admin.pages import StoryPages
from articles.admin.publishing import PublishingAdmin
from articles.admin.relations import QuietRelationsMixin
from articles.admin.saving import SavingAdmin
from articles.admin.status import (
    Listed,
    StandingFilter,
    with_standing,
    words_of,
)
from articles.forms import ArticleForm, ChannelChoiceField, MomentWidget
from articles.models import Article, ArticleEditor
from articles.moments import moment_in_words
from articles.signals import desk_searched
from channels.rights import channels_for
from pictures.renditions import jpeg

CHANNEL_HINT = "人物长廊里的稿件，保存以后在“图片”下面填荣誉。"


@admin.register(Article)
class ArticleAdmin(
    QuietRelationsMixin, BulkMixin, StoryPages, SavingAdmin, PublishingAdmin
):
    """The desk's main page: who sees which stories, and the form to write them."""

    form = ArticleForm
    saves_are_recorded = True  # by writing.record_save
    inlines = [
        SectionInline,
        IllustrationInline,
        EnclosureInline,
        AuthorInline,
        EditorInline,
        HonourInline,
        RelatedInline,
    ]
    fieldsets = [
        (
            "正文",
            {
                "fields": [
                    ("channel", "script"),
                    "title",
                    "subtitle",
                    "kicker",
                    "standfirst",
                ]
            },
        ),
        ("图片", {"fields": ["cover", "cover_preview"]}),
        ("署名", {"fields": ["source"]}),
        (
            "转载或导入",
            {
                "fields": [
                    "original_url",
                    ("original_published_at", "original_precision"),
                ]
            },
        ),
        ("归类", {"fields": ["tags", "further_channels"]}),
    ]
    autocomplete_fields = ["source", "cover", "further_channels"]
    readonly_fields = ["cover_preview"]
    list_display = [
        "title",
        "channel",
        "standing",
        "responsible_editors",
        "first_published",
        "updated",
        "editions_read",
    ]
    list_select_related = ["channel"]
    list_filter = [MineFilter, StandingFilter, StageFilter, ChannelFilter, "script"]
    list_per_page = 50
    search_fields = ["title"]  # that there is a field: see get_search_results
    search_help_text = (
        "标题、正文、标签、署名都找。-词：不要有它；“几个 词”：连在一起；作者：周禾"
    )
    show_full_result_count = False
    date_hierarchy = "first_published_at"
    save_on_top = False

    class Media:
        css = {"all": ["admin_theme/desk.css", "admin_theme/readership.css"]}
        js = [
            "admin_theme/words.js",
            "admin_theme/channel-search.js",
            "admin_theme/choice-names.js",
            "admin_theme/editor-names.js",
            "admin_theme/row-order.js",
            "admin_theme/schedule-label.js",
            "admin_theme/tag-suggest.js",
            "admin_theme/title-count.js",
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """The stories of the person's channels; of all others only the own ones."""
        now = timezone.now()
        articles = with_standing(super().get_queryset(request), now)
        articles = with_editions_read(articles, now)
        articles = articles.prefetch_related(
            Prefetch("editor_credits", ArticleEditor.objects.select_related("editor"))
        )
        return articles.viewable_by(request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        if not super().has_view_permission(request, obj):
            return False
        return obj is None or can(request.user, Verb.VIEW, obj)

    def has_change_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or can(request.user, Verb.EDIT, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        """Only drafts go: what was once sent in or published keeps its record."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return not obj.revisions.exists() and can(request.user, Verb.DELETE, obj)

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[type]:
        shown = has_honour_form(request, obj)
        return [rows for rows in self.inlines if shown or rows is not HonourInline]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "channel":
            kwargs["form_class"] = ChannelChoiceField
            kwargs["queryset"] = channels_for(request.user, Verb.WRITE)
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if formfield and db_field.name == "channel":
            formfield.widget.attrs["data-searchable"] = ""
            formfield.help_text += CHANNEL_HINT
        return formfield

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "original_published_at":
            # With seconds: a shorter field would cut them off an imported time.
            kwargs["widget"] = MomentWidget("原发布时间", time_format="%H:%M:%S")
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "tags":
            formfield.widget.attrs["data-suggest"] = _tag_suggestions()
        return formfield

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """By the index of desk copies, whose app stands above this one."""
        if not search_term.strip():
            return queryset, False
        answers = desk_searched.send(Article, queryset=queryset, words=search_term)
        return answers[0][1], False

    @admin.display(description="状态")
    def standing(self, obj: Listed) -> str:
        return words_of(obj, timezone.now())

    @admin.display(description="责任编辑")
    def responsible_editors(self, obj: Article) -> str:
        return "、".join(credit.editor.name for credit in obj.editor_credits.all())

    @admin.display(description="首次发布", ordering="first_published_at")
    def first_published(self, obj: Article) -> str:
        if obj.first_published_at is None:
            return ""
        return moment_in_words(obj.first_published_at, timezone.now())

    @admin.display(description="更新", ordering="updated_at")
    def updated(self, obj: Article) -> str:
        return moment_in_words(obj.updated_at, timezone.now())

    @admin.display(description="文字版")
    def editions_read(self, obj: ListedForBadges) -> SafeString:
        return badges_of(obj)

    @admin.display(description="题图预览")
    def cover_preview(self, obj: Article | None) -> SafeString | str:
        if obj is None or obj.cover is None:
            return "还没有题图。"
        return format_html(
            '<img class="cover-preview" src="{}" alt="{}">',
            jpeg(obj.cover, "card"),
            obj.cover.alt_text,
        )


def _tag_suggestions() -> str:
    """The admin's own autocomplete, asked as if for the tag of a tagged article."""
    query = {
        "app_label": "articles",
        "model_name": "taggedarticle",
        "field_name": "tag",
    }
    return f"{reverse('admin:autocomplete')}?{urlencode(query)}"
