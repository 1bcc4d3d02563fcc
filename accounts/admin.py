from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.forms import NewStaffForm, OwnAccountForm, StaffForm, give_roles
from accounts.models import User

# Rights come from roles in code; a page to edit groups would promise what it cannot keep.
admin.site.unregister(Group)
# Rows are taken away one at a time, on a page that says what else would go.
admin.site.disable_action("delete_selected")


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Accounts and roles. Nobody raises the own rights; only superusers touch superusers."""

    form = StaffForm
    add_form = NewStaffForm
    add_form_template = None
    list_display = ["username", "display_name", "roles_held", "sign_in", "last_login"]
    list_filter = ["is_active", ("groups", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "roles_held"]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "password1", "password2"]}),
        ("角色", {"fields": ["roles"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "roles"]
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

    def get_form(
        self,
        request: HttpRequest,
        obj: User | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        if obj == request.user:
            kwargs["form"] = OwnAccountForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            obj.is_staff = True  # readers have no accounts here
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if "roles" in form.cleaned_data:
            give_roles(form.instance, form.cleaned_data["roles"])

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Never: what a person signed must keep its name. Accounts are switched off."""
        return False

    @admin.display(description="账号", ordering="is_active")
    def sign_in(self, obj: User) -> str:
        return "可以登录" if obj.is_active else "已停用"

    @admin.display(description="角色")
    def roles_held(self, obj: User) -> str:
        names = [group.name for group in obj.groups.all()]
        if obj.is_superuser:
            names.insert(0, "超级用户")
        return "、".join(names) or "没有角色"
