"""The record of acts (操作记录): to read, to search, and to take along as a table."""

import csv
import datetime
from collections.abc import Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.admin.house import HouseAdmin
from accounts.forms import EntryFilterForm, midnight
from accounts.models import Act, AuditEntry
from accounts.queries import about, channel_and_below, entries_in
from accounts.rights import channels_where
from accounts.roles import Verb
from accounts.wording import differences, summary

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read Chinese as something else
HEADINGS = ["编号", "时间", "谁", "动作", "对象", "类型", "对象编号", "变动", "指纹"]
CHUNK = 2000


class EntryFilter(admin.ListFilter):
    """One form for person, act, channel and days, which also works without script."""

    title = "筛选"
    template = "admin/accounts/auditentry/filter.html"
    names: ClassVar[list[str]] = list(EntryFilterForm.base_fields)

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[AuditEntry],
        model_admin: admin.ModelAdmin,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.names:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]
        self.form = EntryFilterForm(self.used_parameters)
        # What else the address asks for stays when the form is sent.
        dropped = {*self.names, PAGE_VAR, ERROR_FLAG}
        self.others = [
            (name, value) for name, value in request.GET.items() if name not in dropped
        ]

    def expected_parameters(self) -> list[str]:
        return self.names

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> list[dict[str, Any]]:
        """The form and the hidden rest; not choices, but what the template is given."""
        return [{"form": self.form, "others": self.others}]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.form.chosen()
        if self.form.errors:
            return queryset.none()
        if "person" in chosen:
            queryset = queryset.filter(person=chosen["person"])
        if "act" in chosen:
            queryset = queryset.filter(act=chosen["act"])
        if "channel" in chosen:
            queryset = queryset.filter(
                entries_in(channel_and_below(chosen["channel"].pk))
            )
        if "since" in chosen:
            queryset = queryset.filter(at__gte=midnight(chosen["since"]))
        if "until" in chosen:
            day_after = chosen["until"] + datetime.timedelta(days=1)
            queryset = queryset.filter(at__lt=midnight(day_after))
        return queryset


@admin.register(AuditEntry)
class EntryAdmin(HouseAdmin):
    """Only to be read. Who has the right for some channels sees what is about those."""

    list_display = ["moment", "who", "act", "subject_in_words", "change"]
    list_display_links = ["moment"]
    list_filter = [EntryFilter]
    list_per_page = 50
    search_fields = ["subject", "person_name"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-number"]
    sortable_by = ()
    actions = None
    fields = ["number", "moment", "who", "act", "subject_link", "table", "fingerprint"]
    readonly_fields = fields

    class Media:
        css = {"all": ["admin_theme/roles.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        where = channels_where(request.user, Verb.AUDIT)
        entries = super().get_queryset(request)
        return entries if where is None else entries.filter(entries_in(where))

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "export/",
                self.admin_site.admin_view(self.export_view),
                name="accounts_auditentry_export",
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: AuditEntry | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: AuditEntry | None = None
    ) -> bool:
        return False

    @method_decorator(require_POST)
    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """The filtered list as a table, of the filter in the address. Itself recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request)
        rows = _table(entries.order_by("number").filter(number__lte=_last_number()))
        audit.record(
            Act.EXPORT,
            by=request.user,
            label=str(self.opts.verbose_name),
            after={"filter": request.GET.urlencode()[:500], "rows": entries.count()},
        )
        day = timezone.localdate().isoformat()
        return StreamingHttpResponse(
            rows,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="audit-{day}.csv"'},
        )

    @admin.display(description="时间", ordering="-number")
    def moment(self, entry: AuditEntry) -> str:
        return _moment(entry)

    @admin.display(description="谁")
    def who(self, entry: AuditEntry) -> str:
        return entry.person_name

    @admin.display(description="对象")
    def subject_in_words(self, entry: AuditEntry) -> str:
        return entry.subject

    @admin.display(description="变动")
    def change(self, entry: AuditEntry) -> str:
        return summary(entry)[:160]

    @admin.display(description="对象")
    def subject_link(self, entry: AuditEntry) -> SafeString | str:
        if not entry.subject_id:
            return entry.subject
        everything = reverse("admin:accounts_auditentry_changelist")
        return format_html(
            '{}<br><a href="{}?{}">{}</a>{}',
            entry.subject,
            everything,
            urlencode(about(entry)),
            "它的全部记录",
            _page_of(entry),
        )

    @admin.display(description="指纹")
    def fingerprint(self, entry: AuditEntry) -> str:
        return entry.sha256

    @admin.display(description="变动")
    def table(self, entry: AuditEntry) -> SafeString | str:
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
            differences(entry),
        )
        if not rows:
            return "没有记下变动。"
        return format_html(
            '<table class="entry-changes"><thead><tr><th scope="col">{}</th>'
            '<th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
            "<tbody>{}</tbody></table>",
            "项目",
            "之前",
            "之后",
            rows,
        )


def _moment(entry: AuditEntry) -> str:
    return timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")


def _last_number() -> int:
    """Where the record ends now: an export does not hold its own entry."""
    last = AuditEntry.objects.order_by("-number").first()
    return last.number if last else 0


def _page_of(entry: AuditEntry) -> SafeString | str:
    """A link to the subject's own page in the admin, where it has one."""
    app, _, model = entry.subject_type.partition(".")
    try:
        apps.get_model(app, model)
        url = reverse(f"admin:{app}_{model}_change", args=[entry.subject_id])
    except (LookupError, NoReverseMatch):
        return ""
    return format_html(' · <a href="{}">{}</a>', url, "打开它的页面")


class _Echo:
    """A file that gives back what is written to it: csv wants one to write to."""

    def write(self, line: str) -> str:
        return line


def _table(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(HEADINGS)
    for entry in entries.iterator(chunk_size=CHUNK):
        yield writer.writerow(
            _harmless(cell)
            for cell in [
                str(entry.number),
                _moment(entry),
                entry.person_name,
                entry.get_act_display(),
                entry.subject,
                entry.subject_type,
                entry.subject_id,
                summary(entry),
                entry.sha256,
            ]
        )


def _harmless(cell: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
