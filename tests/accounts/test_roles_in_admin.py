"""Which pages of the admin each role finds open."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

NAMES = {"author", "editor", "source", "tag"}
FILES = {"picture", "document", "recording"}
SHELVES = {"collection", "picturetag"}
MATERIAL = {"article", "channel", *FILES, *SHELVES, *NAMES}
RECORD = {"auditentry", "grant"}
FRONTS = {"placement", "topic", "promotedresult", "synonymgroup"}
SITE = {"emergencynotice", "mourning", "statementpage"}
EDITING = {"term", "errorreport", "dailyviews", "dailyquery", "topicblock"} | FRONTS
SEES: dict[Role | None, set[str]] = {
    Role.REPORTER: MATERIAL,
    Role.EDITOR: MATERIAL | EDITING,
    Role.CHIEF: MATERIAL | EDITING | SITE | RECORD,
    Role.MODERATOR: set(),
    Role.CLERK: set(),
    Role.ADMINISTRATOR: {"channel", "user", "siteidentity"} | RECORD,
    Role.AUDITOR: MATERIAL | {"dailyviews", "dailyquery"} | RECORD,
    None: set(),
}
ADDS: dict[Role | None, set[str]] = {
    Role.REPORTER: {"article", "author", "source"} | FILES,
    Role.EDITOR: {"article", "term", *NAMES} | FILES | SHELVES | FRONTS,
    Role.CHIEF: {"article", "channel", "term", *NAMES}
    | FILES
    | SHELVES
    | FRONTS
    | SITE,
    Role.MODERATOR: set(),
    Role.CLERK: set(),
    Role.ADMINISTRATOR: {"channel", "user", "siteidentity"},
    Role.AUDITOR: set(),
    None: set(),
}


def models_that_answer(client, page: str) -> set[str]:
    """Names of the models that have this page and whose page is not refused."""
    answering = set()
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        try:
            url = reverse(f"admin:{name}")
        except NoReverseMatch:
            continue
        if client.get(url).status_code != 403:
            answering.add(model._meta.model_name)
    return answering


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
    group = Group.objects.create(name="一组")
    group.permissions.add(right)
    user.groups.add(group)
    assert not user.has_perm("articles.change_article")
    assert user.get_all_permissions() == set()


def test_right_of_a_table_says_nothing_about_a_single_row():
    user = factories.staff(Role.EDITOR)
    assert user.has_perm("articles.change_article")
    assert not user.has_perm("articles.change_article", factories.article())


def test_groups_cannot_be_edited_in_the_admin():
    assert Group not in admin.site._registry
