"""Grants: rows of an account's page, and a list of those that wait for a second person."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts import granting
from accounts.admin.house import HouseAdmin, HouseMixin
from accounts.forms import GrantForm
from accounts.models import Grant, User
from accounts.rights import channels_where
from accounts.roles import Verb

ALONE = "还没有可以确认的第二个人时，由运维用 createsuperuser 建立的超级用户来确认。"


def given(grant: Grant) -> str:
    """Who gave it and when, in words."""
    if grant.granted_at is None:
        return ""
    day = timezone.localtime(grant.granted_at).strftime("%Y-%m-%d")
    return f"{grant.granted_by or '控制台'}，{day}"


def confirmation(grant: Grant, user: User) -> SafeString | str:
    """Where the confirmation stands; a button for whom it is due."""
    if grant.granted_at is None:
        return ""
    if grant.confirmed_by:
        return str(grant.confirmed_by)
    if grant.confirmed_at:
        return "不需要"
    if not granting.may_confirm(grant, user):
        return format_html('<strong class="grant-waits">{}</strong>', "待确认")
    return format_html(
        '<strong class="grant-waits">{}</strong> <button class="plain-button"'
        ' formaction="{}" formmethod="post" formnovalidate aria-label="{}">{}</button>',
        "待确认",
        reverse("admin:accounts_grant_confirm", args=[grant.pk]),
        f"确认 {grant.person} {grant}",
        "确认",
    )


class GrantInline(HouseMixin, admin.TabularInline):
    """The roles of one account. A row that stands can only be taken back."""

    model = Grant
    form = GrantForm
    fk_name = "person"
    extra = 1
    fields = ["role", "channel", "starts_on", "ends_on", "given", "confirmed"]
    readonly_fields = ["given", "confirmed"]
    autocomplete_fields = ["channel"]
    verbose_name = "角色"
    verbose_name_plural = "角色"
    template = "admin/accounts/user/grants.html"

    def get_empty_value_display(self) -> str:
        return "不限"

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The channel alone, without buttons to make or change channels in passing."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for act in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grant]:
        self.user = request.user  # an inline is made anew for every request
        return (
            super()
            .get_queryset(request)
            .select_related("person", "channel", "granted_by", "confirmed_by")
        )

    def has_view_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return granting.manages_staff(request.user)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_manage(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return self._may_manage(request, obj)

    def _may_manage(self, request: HttpRequest, obj: User | None) -> bool:
        if obj is None:
            return granting.manages_staff(request.user)
        return obj != request.user and granting.may_manage(request.user, obj)

    @admin.display(description="授予")
    def given(self, grant: Grant) -> str:
        return given(grant)

    @admin.display(description="确认")
    def confirmed(self, grant: Grant) -> SafeString | str:
        return confirmation(grant, self.user)


class StateFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        return [("waiting", "待确认"), ("in_force", "今天有效")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() == "waiting":
            return queryset.awaiting_confirmation()
        if self.value() == "in_force":
            return queryset.in_force(timezone.localdate())
        return None


@admin.register(Grant)
class GrantAdmin(HouseAdmin):
    """Who holds what where. Nothing is edited here; what waits can be confirmed."""

    list_display = ["person", "role", "place", "days", "given"]
    list_display_links = None
    list_filter = [StateFilter, "role"]
    list_select_related = ["person", "channel", "granted_by", "confirmed_by"]
    search_fields = ["person__username", "person__display_name"]
    ordering = ["person__username", "role", "pk"]
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    actions = None

    class Media:
        css = {"all": ["admin_theme/roles.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grant]:
        """Those of the channels whose record the person may read."""
        where = channels_where(request.user, Verb.AUDIT)
        grants = super().get_queryset(request)
        return grants if where is None else grants.filter(channel__in=where)

    def get_list_display(self, request: HttpRequest) -> list:
        """With a last column that knows who looks: the button is only for some."""

        @admin.display(description="确认")
        def confirmed(grant: Grant) -> SafeString | str:
            return confirmation(grant, request.user)

        return [*self.list_display, confirmed]

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:grant_id>/confirm/",
                self.admin_site.admin_view(self.confirm_view),
                name="accounts_grant_confirm",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"alone": ALONE, "title": "授权", **(extra_context or {})}
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Grant | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Grant | None = None
    ) -> bool:
        return False

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, grant_id: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        grant = get_object_or_404(self.get_queryset(request), pk=grant_id)
        try:
            granting.confirm(grant, by=request.user)
        except granting.GrantingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已确认：{grant.person} 任{grant}。")
        return HttpResponseRedirect(reverse("admin:accounts_grant_changelist"))

    @admin.display(description="频道", ordering="channel__name")
    def place(self, grant: Grant) -> str:
        return str(grant.channel or "全站")

    @admin.display(description="期限")
    def days(self, grant: Grant) -> str:
        if grant.starts_on is None and grant.ends_on is None:
            return "一直有效"
        return f"{grant.starts_on or ''} 至 {grant.ends_on or ''}".strip()

    @admin.display(description="授予")
    def given(self, grant: Grant) -> str:
        return given(grant)
