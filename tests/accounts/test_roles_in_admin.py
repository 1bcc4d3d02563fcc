"""Which pages of the admin each role finds open."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.roles import Role
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

NAMES = {"author", "editor", "source", "tag"}
MATERIAL = {"article", "picture", "channel", *NAMES}
SEES: dict[Role | None, set[str]] = {
    Role.REPORTER: MATERIAL,
    Role.EDITOR: MATERIAL | {"term"},
    Role.CHIEF: MATERIAL | {"term"},
    Role.MODERATOR: set(),
    Role.ADMINISTRATOR: {"channel", "user", "siteidentity"},
    None: set(),
}
ADDS: dict[Role | None, set[str]] = {
    Role.REPORTER: {"article", "picture", "author", "source"},
    Role.EDITOR: {"article", "picture", "term", *NAMES},
    Role.CHIEF: {"article", "picture", "channel", "term", *NAMES},
    Role.MODERATOR: set(),
    Role.ADMINISTRATOR: {"channel", "user", "siteidentity"},
    None: set(),
}


def models_that_answer(client, page: str) -> set[str]:
    """Names of the models whose page is not refused."""
    return {
        model._meta.model_name
        for model in admin.site._registry
        if client.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
        ).status_code
        != 403
    }


@pytest.mark.parametrize("role", SEES)
def test_role_sees_the_lists_of_its_work_and_no_others(role):
    assert models_that_answer(signed_in(role), "changelist") == SEES[role]


@pytest.mark.parametrize("role", ADDS)
def test_role_may_add_what_its_work_needs_and_nothing_else(role):
    assert models_that_answer(signed_in(role), "add") == ADDS[role]


@pytest.mark.parametrize("role", list(SEES))
def test_front_page_of_the_admin_greets_every_role(role):
    response = signed_in(role).get(reverse("admin:index"))
    assert response.status_code == 200
    assert "编辑部" in response.content.decode()


def test_person_without_sign_in_is_sent_to_the_sign_in_page(client):
    response = client.get(reverse("admin:articles_article_changelist"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_person_who_is_no_staff_gets_nothing_from_a_role():
    client = signed_in(Role.CHIEF, is_staff=False)
    assert client.get(reverse("admin:index")).status_code == 302
    assert not client.user.has_perm("articles.change_article")


def test_person_switched_off_loses_every_right_at_once():
    client = signed_in(Role.CHIEF)
    client.user.is_active = False
    client.user.save()
    assert client.get(reverse("admin:index")).status_code == 302


def test_permission_rows_of_a_person_or_group_give_nothing():
    user = factories.staff(Role.MODERATOR)
    right = Permission.objects.get(codename="change_article")
    user.user_permissions.add(right)
    Group.objects.get(name=Role.MODERATOR.value).permissions.add(right)
    assert not user.has_perm("articles.change_article")
    assert user.get_all_permissions() == set()


def test_right_of_a_table_says_nothing_about_a_single_row():
    user = factories.staff(Role.EDITOR)
    assert user.has_perm("articles.change_article")
    assert not user.has_perm("articles.change_article", factories.article())


def test_groups_cannot_be_edited_in_the_admin():
    assert Group not in admin.site._registry
