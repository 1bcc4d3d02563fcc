"""Accounts. Nobody raises the own rights; only superusers touch superusers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from accounts import audit, granting
from accounts.admin.grants import ALONE, GrantInline
from accounts.forms import NewStaffForm, StaffForm
from accounts.models import Act, Grant, User
from accounts.roles import Role

# What is recorded of an account when it changes. Never the password.
RECORDED = ("username", "display_name", "email", "is_active", "is_superuser")


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Accounts and their roles. What the rows of roles do, accounts.granting decides."""

    form = StaffForm
    add_form = NewStaffForm
    add_form_template = None
    inlines = [GrantInline]
    list_display = ["username", "display_name", "roles_held", "sign_in", "last_login"]
    list_filter = ["is_active", "grants__role"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "roles_held"]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "password1", "password2"]}),
    ]

    class Media:
        css = {"all": ["admin_theme/roles.css"]}
        js = ["admin_theme/words.js", "admin_theme/choice-names.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("grants__channel")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active"]
        if obj == request.user or not self.has_change_permission(request, obj):
            rights = ["roles_held"]
        elif request.user.is_superuser:
            rights.append("is_superuser")
        return [
            (None, {"fields": ["username", "password"]}),
            ("本人", {"fields": ["display_name", "email"]}),
            ("权限", {"fields": rights}),
            ("记录", {"fields": ["last_login", "date_joined"]}),
        ]

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> list:
        """The own roles are only read: others give them and take them back."""
        return [] if obj == request.user else self.inlines

    # Below, without anything of passwords.
    saves_are_recorded = True

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            obj.is_staff = True  # readers have no accounts here
        stored = User.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        now = {name: getattr(obj, name) for name in RECORDED}
        if stored is None:
            audit.record(Act.CREATE, by=request.user, subject=obj, after=now)
            return
        was = {name: getattr(stored, name) for name in RECORDED}
        changed = [name for name in RECORDED if was[name] != now[name]]
        if changed:
            audit.record(
                Act.CHANGE,
                by=request.user,
                subject=obj,
                before={name: was[name] for name in changed},
                after={name: now[name] for name in changed},
            )

    def save_formset(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formset: forms.BaseModelFormSet,
        change: bool,
    ) -> None:
        """Rows of roles are requests to the verbs, not rows to be written."""
        formset.save(commit=False)
        try:
            with transaction.atomic():
                for grant in formset.deleted_objects:
                    granting.revoke(grant, by=request.user)
                given = [
                    self._give(request, form.instance, grant)
                    for grant in formset.new_objects
                ]
        except granting.GrantingRefused as refusal:
            messages.error(request, str(refusal))
            return
        for grant in given:
            if grant.confirmed_at is None:
                messages.warning(
                    request,
                    f"“{grant}”已授予，要由另一位系统管理员或管这个频道的总编"
                    f"确认后才有效。{ALONE}",
                )

    def has_view_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return granting.manages_staff(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return granting.manages_staff(request.user)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        if obj is None:
            return granting.manages_staff(request.user)
        return granting.may_manage(request.user, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Never: what a person signed must keep its name. Accounts are switched off."""
        return False

    @method_decorator(sensitive_post_parameters())
    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002  as Django calls it
        form_url: str = "",
    ) -> HttpResponse:
        """Record that the password was set, and what that suspends; never the password."""
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():
            person = self.get_object(request, id)
            before = person.password if person else ""
            response = super().user_change_password(request, id, form_url)
            if person is None:
                return response
            person.refresh_from_db(fields=["password"])
            if person.password != before:
                self._after_new_password(request, person)
        return response

    @admin.display(description="账号", ordering="is_active")
    def sign_in(self, obj: User) -> str:
        return "可以登录" if obj.is_active else "已停用"

    @admin.display(description="角色")
    def roles_held(self, obj: User) -> str:
        names = [
            str(grant) if grant.confirmed_at else f"{grant}，待确认"
            for grant in obj.grants.all()
        ]
        if obj.is_superuser:
            names.insert(0, "超级用户")
        return "、".join(names) or "没有角色"

    def _give(self, request: HttpRequest, person: User, grant: Grant) -> Grant:
        return granting.grant(
            person,
            Role(grant.role),
            grant.channel,
            grant.starts_on,
            grant.ends_on,
            by=request.user,
        )

    def _after_new_password(self, request: HttpRequest, person: User) -> None:
        audit.record(
            Act.CHANGE, by=request.user, subject=person, after={"password": "已重设"}
        )
        if not person.has_usable_password():
            return
        held = granting.suspend_after_new_password(person, by=request.user)
        if held:
            names = "、".join(str(grant) for grant in held)
            messages.warning(
                request,
                f"你知道新密码，所以{person}的“{names}”要由另一个人重新确认后才有效。",
            )
