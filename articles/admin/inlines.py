"""The ordered parts of a story: sections, authors, responsible editors."""

from typing import Any

from admin_ordering.admin import OrderableAdmin
from django.contrib import admin
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.house import HouseMixin
from articles.admin.relations import QuietRelationsMixin
from articles.forms import (
    AuthorCreditForm,
    EditorCreditForm,
    EnclosureForm,
    HonourForm,
    IllustrationForm,
    OrderedFormSet,
    RelatedForm,
    RelatedFormSet,
    SectionForm,
)
from articles.layout import plain_text
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
from channels.models import Channel
from pictures.renditions import jpeg


class OrderedInline(
    QuietRelationsMixin, OrderableAdmin, admin.options.InlineModelAdmin
):
    """Rows that are dragged, or moved by buttons and keys (section-order.js).

    `below` names the fieldset under which the rows stand.
    """

    formset = OrderedFormSet
    ordering_field = "position"
    ordering_field_hide_input = True
    below: str

    def get_extra(
        self, request: HttpRequest, obj: Article | None = None, **_: Any
    ) -> int:
        """One empty row while the story has none; later ones are added by button."""
        return 0 if obj and self.model.objects.filter(article=obj).exists() else 1


class SectionInline(OrderedInline, HouseMixin, admin.StackedInline):
    model = Section
    form = SectionForm
    below = "正文"
    fields = [("heading", "subheading"), "body", "position", "carried_anchor"]

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list:
        if self._only_views(request, obj):
            return ["heading", "subheading", "words"]
        return self.fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str]:
        return ["words"] if self._only_views(request, obj) else []

    @admin.display(description="正文")
    def words(self, section: Section) -> str:
        return plain_text(section.body)

    def _only_views(self, request: HttpRequest, obj: Article | None) -> bool:
        story_admin = self.admin_site.get_model_admin(Article)
        return obj is not None and not story_admin.has_change_permission(request, obj)


class IllustrationInline(OrderedInline, HouseMixin, admin.StackedInline):
    """Pictures between the sections."""

    model = Illustration
    form = IllustrationForm
    below = "图片"
    autocomplete_fields = ["picture"]
    readonly_fields = ["shown"]
    fields = ["shown", "picture", ("place", "joins_previous"), "caption", "position"]

    @admin.display(description="预览")
    def shown(self, illustration: Illustration) -> SafeString | str:
        if illustration.picture_id is None:
            return "选好图片，保存以后显示。"
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="120" height="80">',
            jpeg(illustration.picture, "card"),
            illustration.picture.alt_text,
        )


class EnclosureInline(OrderedInline, HouseMixin, admin.StackedInline):
    """Files, sound and links between the sections."""

    model = Enclosure
    form = EnclosureForm
    below = "图片"
    autocomplete_fields = ["document", "recording"]
    fields = ["document", "recording", "url", ("title", "place"), "position"]


class AuthorInline(OrderedInline, HouseMixin, admin.TabularInline):
    model = ArticleAuthor
    form = AuthorCreditForm
    below = "署名"
    verbose_name = "作者"
    verbose_name_plural = "作者"
    autocomplete_fields = ["author"]
    fields = ["author", "position"]


class EditorInline(OrderedInline, HouseMixin, admin.TabularInline):
    model = ArticleEditor
    form = EditorCreditForm
    below = "署名"
    verbose_name = "责任编辑"
    verbose_name_plural = "责任编辑"
    autocomplete_fields = ["editor"]
    fields = ["editor", "position"]


class RelatedInline(OrderedInline, HouseMixin, admin.TabularInline):
    """Stories to stand under this one. Readers see each for as long as it is published."""

    model = RelatedArticle
    form = RelatedForm
    formset = RelatedFormSet
    fk_name = "article"
    below = "归类"
    verbose_name = "相关稿件"
    verbose_name_plural = "相关稿件"
    autocomplete_fields = ["related"]
    fields = ["related", "position"]

    def get_formset(
        self, request: HttpRequest, obj: Article | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet]:
        """Offer what the person may see, and what stands there already."""
        formset = super().get_formset(request, obj, **kwargs)
        viewable = Article.objects.viewable_by(request.user)
        chosen = RelatedArticle.objects.filter(article=obj)
        formset.form.base_fields["related"].queryset = Article.objects.filter(
            Q(pk__in=viewable.values("pk")) | Q(pk__in=chosen.values("related"))
        )
        return formset


class HonourInline(HouseMixin, admin.StackedInline):
    """What a gallery says of the person: one form, or none."""

    model = Honour
    form = HonourForm
    below = "图片"
    verbose_name = "荣誉"
    verbose_name_plural = "荣誉"
    classes = ["honour-rows"]
    fields = [
        ("title", "year"),
        "awarded_by",
        "category",
        "role",
        "portrait",
        "is_deceased",
        "revoked_on",
    ]


def has_honour_form(request: HttpRequest, article: Article | None) -> bool:
    """Stories in a gallery have one, and those that got their honour there. What was
    posted has it if the page that posted it had. At most two queries."""
    if request.method == "POST":
        return "honour-TOTAL_FORMS" in request.POST
    if article and Honour.objects.filter(article=article).exists():
        return True
    key = str(article.channel_id) if article else request.GET.get("channel", "")
    galleries = Channel.objects.filter(kind=Channel.Kind.GALLERY)
    return key.isdecimal() and galleries.filter(pk=key[:18]).exists()
