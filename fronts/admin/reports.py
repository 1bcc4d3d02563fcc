"""读者纠错: what readers reported, and what the desk did about it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from accounts.admin.house import HouseAdmin
from accounts.rights import Denied, can, channels_where
from accounts.roles import Verb
from articles.admin.filters import ChannelFilter
from articles.admin.person import person_of
from articles.models import Article, PublishedArticle
from articles.moments import moment_in_words
from articles.refusals import Refused
from channels.rights import channels_for
from fronts import reporting
from fronts.models import ErrorReport

State = ErrorReport.State
# A mark and a word, never a colour alone.
MARKS = {State.OPEN: "○", State.MENDED: "✓", State.DISMISSED: "×"}
EXCERPT = 40  # characters
REOPEN = "_reopen"


class HandlingForm(forms.Form):
    """The buttons are the states that a report can be closed with."""

    state = forms.ChoiceField(
        choices=[
            (state.value, state.label) for state in (State.MENDED, State.DISMISSED)
        ]
    )
    answer = forms.CharField(
        label="处理说明",
        required=False,
        max_length=200,
        help_text="给同事看，读者看不到。最多 200 字。",
        widget=forms.Textarea({"rows": 2}),
    )


class StateFilter(admin.SimpleListFilter):
    """What is open, unless asked for more."""

    title = "状态"
    parameter_name = "state"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        closed = [(state.value, state.label) for state in State if state != State.OPEN]
        return [*closed, ("all", "全部")]

    def choices(self, changelist: ChangeList) -> Any:
        first, *rest = super().choices(changelist)
        yield first | {"display": State.OPEN.label}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or State.OPEN
        if value == "all":
            return queryset
        return (
            queryset.filter(state=value) if value in State.values else queryset.none()
        )


class StoryChannelFilter(ChannelFilter):
    """Reports about stories of a channel that the person edits, and of those below it."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (str(channel.pk), "　" * channel.tree_depth + channel.name)
            for channel in channels_for(request.user, Verb.EDIT)
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        stories = super().queryset(request, Article.objects.all())
        return stories if stories is None else queryset.filter(article__in=stories)


@admin.register(ErrorReport)
class ErrorReportAdmin(HouseAdmin):
    """A list, and a page for each report: readers write them, the desk only closes them."""

    list_display = ["standing", "what", "excerpt", "story", "channel", "reported"]
    list_display_links = ["excerpt"]
    list_filter = [
        StateFilter,
        ("kind", admin.ChoicesFieldListFilter),
        ("edition", admin.ChoicesFieldListFilter),
        StoryChannelFilter,
    ]
    list_select_related = ["article__channel"]
    list_per_page = 50
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["admin_theme/voice.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        reports = super().get_queryset(request)
        return reports.in_channels(channels_where(request.user, Verb.EDIT))

    def has_view_permission(
        self, request: HttpRequest, obj: ErrorReport | None = None
    ) -> bool:
        return can(request.user, Verb.EDIT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: ErrorReport | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ErrorReport | None = None
    ) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = require_http_methods(["GET", "HEAD", "POST"])(self.report_view)
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="fronts_errorreport_changelist"),
            path("<int:report_id>/", view(page), name="fronts_errorreport_change"),
        ]

    def report_view(self, request: HttpRequest, report_id: int) -> HttpResponse:
        """One report to read, to close and to open again."""
        report = get_object_or_404(
            ErrorReport.objects.select_related("article__channel", "handled_by"),
            pk=report_id,
        )
        person = person_of(request)
        if not reporting.may_handle(person, report):
            raise Denied(Verb.EDIT, report.article)
        form = HandlingForm(request.POST or None)
        if request.method == "POST" and self._done(request, report, form):
            return HttpResponseRedirect(_way_back(request, report))
        now = timezone.now()
        live = PublishedArticle.objects.visible(now).filter(article=report.article_id)
        context = {
            **self.admin_site.each_context(request),
            "title": "读者纠错",
            "opts": self.opts,
            "report": report,
            "mark": MARKS[State(report.state)],
            "is_open": report.state == State.OPEN,
            "live": live.only("title", "article_id").first()
            if report.article
            else None,
            "may_see_story": report.article
            and can(request.user, Verb.VIEW, report.article),
            "form": form,
            "closings": form.fields["state"].choices,
        }
        return TemplateResponse(request, "admin/fronts/report.html", context)

    def _done(
        self, request: HttpRequest, report: ErrorReport, form: HandlingForm
    ) -> bool:
        """Whether the report is closed, or open again. A refusal is shown."""
        person = person_of(request)
        try:
            if REOPEN in request.POST:
                reporting.reopen(report, by=person)
                messages.success(request, "已重新打开，回到待处理。")
                return True
            if not form.is_valid():
                return False
            state = State(form.cleaned_data["state"])
            answer = form.cleaned_data["answer"]
            reporting.handle(report, state, by=person, answer=answer)
        except Refused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            report.refresh_from_db()
            return False
        messages.success(request, f"已记为：{state.label}。")
        return True

    @admin.display(description="状态")
    def standing(self, report: ErrorReport) -> str:
        return f"{MARKS[State(report.state)]} {report.get_state_display()}"

    @admin.display(description="类别")
    def what(self, report: ErrorReport) -> str:
        """The kind, and for a conversion the edition that it went wrong in."""
        if report.kind == ErrorReport.Kind.CONVERSION:
            return f"{report.get_kind_display()}（{report.get_edition_display()}）"
        return report.get_kind_display()

    @admin.display(description="问题")
    def excerpt(self, report: ErrorReport) -> str:
        return Truncator(" ".join(report.message.split())).chars(EXCERPT)

    @admin.display(description="稿件", empty_value="")
    def story(self, report: ErrorReport) -> str | None:
        return str(report.article) if report.article else None

    @admin.display(description="频道", empty_value="")
    def channel(self, report: ErrorReport) -> str | None:
        return str(report.article.channel) if report.article else None

    @admin.display(description="收到", ordering="reported_at")
    def reported(self, report: ErrorReport) -> str:
        return moment_in_words(report.reported_at, timezone.now())


def _way_back(request: HttpRequest, report: ErrorReport) -> str:
    """To the list, or to the workbench of the story's edition that sent the form."""
    if request.POST.get("workbench") and report.edition and report.article_id:
        story = [report.article_id, report.edition]
        return reverse("admin:articles_article_edition", args=story)
    return reverse("admin:fronts_errorreport_changelist")
