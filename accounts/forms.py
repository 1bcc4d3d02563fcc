"""Staff accounts as the administrator edits them."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, role.value) for role in Role]


def give_roles(user: User, names: list[str]) -> None:
    """Make these the person's only roles; a role's group is made when first given."""
    user.groups.set(Group.objects.get_or_create(name=name)[0] for name in names)


class RolesMixin(forms.Form):
    """The roles of a person as check boxes. Only a form that may change them has it."""

    roles = forms.MultipleChoiceField(
        label="角色",
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="角色决定能做什么。没有角色的人登录后什么也看不到。",
    )


class NewStaffForm(RolesMixin, UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "display_name"]


class OwnAccountForm(UserChangeForm):
    """What everybody may change of the own account: no roles, no sign-in switch."""

    class Meta:
        model = User
        fields = "__all__"  # the admin's fieldsets choose


class StaffForm(RolesMixin, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = list(
            self.instance.groups.values_list("name", flat=True)
        )
