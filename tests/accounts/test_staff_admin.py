"""Accounts and roles: who may give them, and that nobody raises the own rights."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role, Verb, may
from tests import factories
from tests.admin_forms import fields_of, send, signed_in

pytestmark = pytest.mark.django_db


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def roles_of(user: User) -> set[str]:
    return set(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))


@pytest.fixture
def administrator():
    return signed_in(Role.ADMINISTRATOR)


def test_administrator_gives_a_colleague_a_role(administrator):
    colleague = factories.staff()
    send(administrator, page_of(colleague), {"roles": [Role.EDITOR.value]})
    assert roles_of(colleague) == {Role.EDITOR.value}
    assert may(User.objects.get(pk=colleague.pk), Verb.PUBLISH)


def test_administrator_takes_a_role_away(administrator):
    colleague = factories.staff(Role.CHIEF)
    send(administrator, page_of(colleague), {"roles": []})
    assert roles_of(colleague) == set()


def test_administrator_cannot_give_roles_to_himself(administrator):
    me = administrator.user
    forged = {"roles": [Role.CHIEF.value], "groups": ["1"], "display_name": "新名字"}
    send(administrator, page_of(me), forged)
    assert roles_of(me) == {Role.ADMINISTRATOR.value}
    assert User.objects.get(pk=me.pk).display_name == "新名字"


def test_administrator_cannot_switch_himself_off_by_mistake(administrator):
    me = administrator.user
    send(administrator, page_of(me), {"display_name": "新名字"})
    assert User.objects.get(pk=me.pk).is_active


@pytest.mark.parametrize("whose", ["own", "of a colleague"])
def test_administrator_cannot_make_a_superuser(administrator, whose):
    user = administrator.user if whose == "own" else factories.staff()
    forged = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    assert "is_superuser" not in fields_of(administrator, page_of(user))
    send(administrator, page_of(user), forged)
    assert not User.objects.get(pk=user.pk).is_superuser
    assert not User.objects.get(pk=user.pk).user_permissions.exists()


def test_administrator_cannot_touch_a_superuser(administrator):
    root = factories.staff(is_superuser=True)
    data = {"username": root.username, "roles": [Role.REPORTER.value]}
    assert administrator.post(page_of(root), data).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert administrator.get(password).status_code == 403


def test_superuser_makes_another_superuser():
    client = signed_in(None, is_superuser=True)
    colleague = factories.staff()
    send(client, page_of(colleague), {"is_superuser": "on"})
    assert User.objects.get(pk=colleague.pk).is_superuser


def test_new_account_can_sign_in_to_the_admin(administrator, client):
    data = {
        "username": "fang",
        "display_name": "方圆",
        "password1": "a-long-enough-word",
        "password2": "a-long-enough-word",
        "roles": [Role.REPORTER.value],
    }
    send(administrator, reverse("admin:accounts_user_add"), data)
    assert client.login(username="fang", password="a-long-enough-word")
    assert client.get(reverse("admin:articles_article_changelist")).status_code == 200


def test_password_of_less_than_twelve_characters_is_refused(administrator):
    data = {"username": "fang", "password1": "short-word", "password2": "short-word"}
    send(administrator, reverse("admin:accounts_user_add"), data)
    assert not User.objects.filter(username="fang").exists()


def test_account_switched_off_keeps_its_row(administrator):
    colleague = factories.staff(Role.EDITOR)
    data = fields_of(administrator, page_of(colleague))
    del data["is_active"]
    administrator.post(page_of(colleague), data | {"_continue": "1"})
    assert not User.objects.get(pk=colleague.pk).is_active


def test_accounts_cannot_be_deleted():
    client = signed_in(None, is_superuser=True)
    url = reverse("admin:accounts_user_delete", args=[factories.staff().pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_editor_does_not_see_accounts():
    assert signed_in(Role.EDITOR).get(page_of(factories.staff())).status_code == 403


def test_list_of_accounts_costs_the_same_for_many(
    administrator, django_assert_max_num_queries
):
    for _ in range(12):
        factories.staff(Role.REPORTER)
    with django_assert_max_num_queries(10):
        administrator.get(reverse("admin:accounts_user_changelist"))
