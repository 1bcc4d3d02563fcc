"""Accounts and roles: who may give them, and that nobody raises the own rights."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry, Grant, User
from accounts.rights import can
from accounts.roles import Role, Verb
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in

pytestmark = pytest.mark.django_db


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def confirm_url(grant: Grant) -> str:
    return reverse("admin:accounts_grant_confirm", args=[grant.pk])


def roles_of(user: User) -> set[str]:
    return {str(grant) for grant in Grant.objects.filter(person=user)}


def again(user: User) -> User:
    """The person as the next request knows them."""
    return User.objects.get(pk=user.pk)


def row(role: Role, channel=None, number: int = 0, **days) -> dict:
    """The fields of one new row of roles."""
    values = {"role": role.value, "channel": channel.pk if channel else "", **days}
    return {f"grants-{number}-{name}": value for name, value in values.items()} | {
        "grants-TOTAL_FORMS": str(number + 1)
    }


@pytest.fixture
def administrator():
    return signed_in(Role.ADMINISTRATOR)


def test_administrator_gives_a_colleague_a_role_over_a_channel(administrator):
    colleague, channel = factories.staff(), factories.channel()
    days = {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}
    send(administrator, page_of(colleague), row(Role.REPORTER, channel, **days))
    grant = colleague.grants.get()
    assert (grant.role, grant.channel) == (Role.REPORTER, channel)
    assert grant.starts_on == datetime.date(2026, 3, 1)
    assert grant.ends_on == datetime.date(2026, 3, 31)
    assert grant.granted_by == administrator.user


def test_role_that_decides_nothing_counts_at_once(administrator):
    colleague = factories.staff()
    send(administrator, page_of(colleague), row(Role.REPORTER))
    assert can(again(colleague), Verb.WRITE)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF, Role.ADMINISTRATOR])
def test_role_that_decides_counts_only_when_a_second_person_confirmed(
    administrator, role
):
    colleague = factories.staff()
    answer = send(administrator, page_of(colleague), row(role))
    assert "确认" in said(answer)[0]
    assert not [verb for verb in Verb if can(again(colleague), verb)]
    assert "待确认" in answer.content.decode()
    second = signed_in(Role.ADMINISTRATOR)
    assert second.post(confirm_url(colleague.grants.get())).status_code == 302
    assert [verb for verb in Verb if can(again(colleague), verb)]
    assert colleague.grants.get().confirmed_by == second.user


def test_confirm_button_is_only_shown_to_the_second_person(administrator):
    colleague = factories.staff()
    answer = send(administrator, page_of(colleague), row(Role.EDITOR))
    url = confirm_url(colleague.grants.get())
    assert url not in answer.content.decode()
    second = signed_in(Role.ADMINISTRATOR)
    assert url in second.get(page_of(colleague)).content.decode()
    everything = reverse("admin:accounts_grant_changelist")
    assert url in second.get(everything).content.decode()
    assert url not in administrator.get(everything).content.decode()


def test_chief_of_the_channel_confirms_and_of_another_does_not(administrator):
    channel, other = factories.channel(), factories.channel()
    colleague = factories.staff()
    send(administrator, page_of(colleague), row(Role.EDITOR, channel))
    grant = colleague.grants.get()
    stranger, chief = signed_in(None), signed_in(None)
    factories.grant(stranger.user, Role.CHIEF, other)
    factories.grant(chief.user, Role.CHIEF, channel)
    assert stranger.post(confirm_url(grant)).status_code == 404
    assert again(colleague).grants.get().confirmed_at is None
    chief.post(confirm_url(grant))
    assert again(colleague).grants.get().confirmed_by == chief.user


@pytest.mark.parametrize("who", ["the giver", "the person"])
def test_neither_giver_nor_person_confirms(administrator, who):
    colleague = factories.staff(Role.ADMINISTRATOR)
    grant = Grant.objects.create(
        person=colleague, role=Role.CHIEF.value, granted_by=administrator.user
    )
    client = administrator
    if who == "the person":
        client.force_login(colleague)
    assert client.post(confirm_url(grant)).status_code == 403
    grant.refresh_from_db()
    assert grant.confirmed_at is None


def test_a_second_account_of_the_own_gives_nobody_approval_rights(administrator):
    """However many accounts one administrator makes, none of them can confirm."""
    me = administrator.user
    puppets = [factories.staff(), factories.staff()]
    for puppet in puppets:
        send(administrator, page_of(puppet), row(Role.ADMINISTRATOR))
        client = signed_in(None)
        client.force_login(puppet)
        assert client.get(page_of(me)).status_code == 403
    send(administrator, page_of(puppets[0]), row(Role.CHIEF, number=1))
    assert {grant.confirmed_at for grant in Grant.objects.exclude(person=me)} == {None}


def test_confirming_needs_post(administrator):
    grant = Grant.objects.create(person=factories.staff(), role=Role.CHIEF.value)
    assert administrator.get(confirm_url(grant)).status_code == 405


def test_confirming_twice_is_answered_in_words(administrator):
    grant = Grant.objects.create(person=factories.staff(), role=Role.CHIEF.value)
    administrator.post(confirm_url(grant))
    answer = administrator.post(confirm_url(grant), follow=True)
    assert said(answer)[-1] == "这项授权已经确认过了。"


def test_superuser_needs_nobody_else():
    client = signed_in(None, is_superuser=True)
    colleague = factories.staff()
    send(client, page_of(colleague), row(Role.CHIEF))
    assert can(again(colleague), Verb.WITHDRAW)


def test_administrator_takes_a_role_back(administrator):
    colleague = factories.staff(Role.CHIEF)
    send(administrator, page_of(colleague), {"grants-0-DELETE": "on"})
    assert roles_of(colleague) == set()
    assert not can(again(colleague), Verb.WRITE)


def test_given_row_cannot_be_changed_by_a_forged_form(administrator):
    colleague = factories.staff(Role.REPORTER)
    send(administrator, page_of(colleague), {"grants-0-role": Role.CHIEF.value})
    assert roles_of(colleague) == {"记者（全站）"}


def test_same_role_twice_is_refused_in_words(administrator):
    colleague = factories.staff(Role.REPORTER)
    answer = send(administrator, page_of(colleague), row(Role.REPORTER, number=1))
    assert "已有这个角色" in answer.content.decode()
    assert colleague.grants.count() == 1


def test_days_the_wrong_way_round_are_refused_in_words(administrator):
    colleague = factories.staff()
    days = {"starts_on": "2026-03-31", "ends_on": "2026-03-01"}
    answer = send(administrator, page_of(colleague), row(Role.REPORTER, **days))
    assert "结束的日子不能早于开始的日子" in answer.content.decode()
    assert not colleague.grants.exists()


def test_administrator_of_a_single_channel_is_refused_in_words(administrator):
    colleague = factories.staff()
    channel = factories.channel()
    answer = send(administrator, page_of(colleague), row(Role.ADMINISTRATOR, channel))
    assert "频道请留空" in answer.content.decode()
    assert not colleague.grants.exists()


def test_administrator_cannot_give_roles_to_himself(administrator):
    me = administrator.user
    forged = {
        **row(Role.CHIEF, number=1),
        "grants-INITIAL_FORMS": "1",
        "display_name": "新名字",
    }
    send(administrator, page_of(me), forged)
    assert roles_of(me) == {"系统管理员（全站）"}
    assert again(me).display_name == "新名字"


def test_administrator_cannot_switch_himself_off_by_mistake(administrator):
    me = administrator.user
    send(administrator, page_of(me), {"display_name": "新名字"})
    assert again(me).is_active


@pytest.mark.parametrize("whose", ["own", "of a colleague"])
def test_administrator_cannot_make_a_superuser(administrator, whose):
    user = administrator.user if whose == "own" else factories.staff()
    forged = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    assert "is_superuser" not in fields_of(administrator, page_of(user))
    send(administrator, page_of(user), forged)
    assert not again(user).is_superuser
    assert not again(user).user_permissions.exists()


def test_administrator_cannot_touch_a_superuser(administrator):
    root = factories.staff(is_superuser=True)
    data = {"username": root.username, **row(Role.REPORTER)}
    assert administrator.post(page_of(root), data).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert administrator.get(password).status_code == 403


def test_superuser_makes_another_superuser():
    client = signed_in(None, is_superuser=True)
    colleague = factories.staff()
    send(client, page_of(colleague), {"is_superuser": "on"})
    assert again(colleague).is_superuser


def test_new_account_can_sign_in_to_the_admin(administrator, client):
    data = {
        "username": "fang",
        "display_name": "方圆",
        "password1": "a-long-enough-word",
        "password2": "a-long-enough-word",
        **row(Role.REPORTER),
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
    assert not again(colleague).is_active


def test_accounts_cannot_be_deleted():
    client = signed_in(None, is_superuser=True)
    url = reverse("admin:accounts_user_delete", args=[factories.staff().pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_editor_does_not_see_accounts():
    assert signed_in(Role.EDITOR).get(page_of(factories.staff())).status_code == 403


def test_administrator_over_a_channel_only_keeps_no_accounts():
    """Such a row cannot be given by the form; should it exist, it opens no accounts."""
    client = signed_in(None)
    factories.grant(client.user, Role.ADMINISTRATOR, factories.channel())
    page = page_of(factories.staff(Role.CHIEF))
    assert client.get(page).status_code == 403
    everybody = reverse("admin:accounts_user_changelist")
    assert client.get(everybody).status_code == 403


def test_list_of_accounts_costs_the_same_for_many(administrator):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            administrator.get(reverse("admin:accounts_user_changelist"))
        return len(queries)

    few = cost()
    for _ in range(12):
        factories.grant(factories.staff(Role.REPORTER), Role.EDITOR)
    assert cost() == few


def set_password(client, person: User) -> None:
    new = "another-long-password"
    client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"password1": new, "password2": new, "usable_password": "true"},
    )
    assert again(person).check_password(new)


def test_new_password_by_an_administrator_suspends_what_needs_two(administrator):
    """Else an administrator could sign in as a chief and approve."""
    chief = factories.staff(Role.CHIEF)
    factories.grant(chief, Role.REPORTER)
    set_password(administrator, chief)
    assert not can(again(chief), Verb.WITHDRAW)
    assert can(again(chief), Verb.WRITE)
    grant = chief.grants.get(role=Role.CHIEF.value)
    assert administrator.post(confirm_url(grant)).status_code == 403
    signed_in(Role.ADMINISTRATOR).post(confirm_url(grant))
    assert can(again(chief), Verb.WITHDRAW)


def test_new_password_by_a_superuser_suspends_nothing():
    chief = factories.staff(Role.CHIEF)
    set_password(signed_in(None, is_superuser=True), chief)
    assert can(again(chief), Verb.WITHDRAW)


def test_what_is_done_to_an_account_is_recorded_without_its_password(administrator):
    colleague = factories.staff(display_name="旧名字")
    send(administrator, page_of(colleague), {"display_name": "新名字"})
    set_password(administrator, colleague)
    entries = AuditEntry.objects.filter(
        subject_type="accounts.user", subject_id=str(colleague.pk), act=Act.CHANGE
    ).order_by("number")
    assert [(entry.before, entry.after) for entry in entries] == [
        ({"display_name": "旧名字"}, {"display_name": "新名字"}),
        (None, {"password": "已重设"}),
    ]
    assert {entry.person for entry in entries} == {administrator.user}


def test_switching_an_account_off_is_recorded(administrator):
    colleague = factories.staff()
    data = fields_of(administrator, page_of(colleague))
    del data["is_active"]
    administrator.post(page_of(colleague), data | {"_continue": "1"})
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_saving_without_a_change_records_nothing(administrator):
    before = AuditEntry.objects.count()
    send(administrator, page_of(factories.staff()), {})
    assert AuditEntry.objects.count() == before


def test_giving_confirming_and_taking_back_are_recorded(administrator):
    colleague, channel = factories.staff(), factories.channel(name="教育")
    send(administrator, page_of(colleague), row(Role.EDITOR, channel))
    second = signed_in(Role.ADMINISTRATOR)
    second.post(confirm_url(colleague.grants.get()))
    send(second, page_of(colleague), {"grants-0-DELETE": "on"})
    acts = [Act.GRANT, Act.CONFIRM_GRANT, Act.REVOKE_GRANT]
    given, confirmed, taken = AuditEntry.objects.filter(act__in=acts).order_by("number")
    assert [given.act, confirmed.act, taken.act] == acts
    assert (given.before, given.after["role"]) == (None, "责任编辑")
    assert given.after["grant_channel"] == "教育"
    assert (confirmed.before["in_force"], confirmed.after["in_force"]) == (False, True)
    assert confirmed.after["confirmed_by"] == str(second.user)
    assert (taken.before["role"], taken.after) == ("责任编辑", None)
    assert {given.subject_id, confirmed.subject_id, taken.subject_id} == {
        str(colleague.pk)
    }


def test_list_of_grants_tells_what_waits_and_what_counts_today(administrator):
    today = timezone.localdate()
    waiting = Grant.objects.create(person=factories.staff(), role=Role.CHIEF.value)
    over = factories.grant(
        factories.staff(), Role.REPORTER, ends_on=today - datetime.timedelta(days=1)
    )
    url = reverse("admin:accounts_grant_changelist")

    def shown(state: str) -> set[int]:
        page = administrator.get(url, {"state": state})
        return {grant.pk for grant in page.context["cl"].queryset}

    assert shown("waiting") == {waiting.pk}
    assert shown("in_force") == {administrator.user.grants.get().pk}
    assert over.pk not in shown("in_force")
