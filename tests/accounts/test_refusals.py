"""Refusals and sign-ins in the record of acts."""

import datetime

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts import audit, sign_ins
from accounts.models import Act, AuditEntry
from accounts.roles import Role
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db


def refusals() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(act=Act.REFUSED).order_by("number"))


def withdraw_url() -> str:
    article = factories.article(published=True)
    return reverse("admin:articles_article_withdraw", args=[article.pk])


def test_refusal_is_recorded_with_person_and_address():
    client, url = signed_in(Role.REPORTER), withdraw_url()
    assert client.post(url).status_code == 403
    (entry,) = refusals()
    assert entry.person == client.user
    assert (entry.after["method"], entry.after["path"]) == ("POST", url)


def test_page_of_the_admin_that_refuses_is_recorded_too():
    client = signed_in(Role.REPORTER)
    url = reverse("admin:accounts_user_changelist")
    assert client.get(url).status_code == 403
    assert [entry.after["path"] for entry in refusals()] == [url]


def test_refused_verb_and_its_subject_are_recorded():
    client = signed_in(Role.ADMINISTRATOR)
    grant = factories.staff().grants.create(
        role=Role.CHIEF.value, granted_by=client.user
    )
    client.post(reverse("admin:accounts_grant_confirm", args=[grant.pk]))
    (entry,) = refusals()
    assert entry.after["verb"] == "manage_staff"
    assert (entry.subject_type, entry.subject_id) == ("accounts.grant", str(grant.pk))


def test_same_page_is_recorded_once_a_minute(monkeypatch):
    client, url = signed_in(Role.REPORTER), reverse("admin:accounts_user_changelist")
    for _ in range(5):
        client.get(url)
    assert len(refusals()) == 1
    client.get(reverse("admin:accounts_user_add"))
    signed_in(Role.REPORTER).get(url)
    assert len(refusals()) == 3
    later = timezone.now() + datetime.timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.get(url)
    assert len(refusals()) == 4


def test_query_string_does_not_make_it_another_page():
    client, url = signed_in(Role.REPORTER), reverse("admin:accounts_user_changelist")
    client.get(url, {"q": "a"})
    client.get(url, {"q": "b"})
    (entry,) = refusals()
    assert "q=" not in entry.after["path"]


def test_person_who_is_not_signed_in_leaves_no_refusal(client):
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302
    assert client.post(withdraw_url()).status_code == 302
    assert refusals() == []


def test_page_that_is_not_there_is_no_refusal():
    assert signed_in(Role.CHIEF).get("/article/123456/").status_code == 404
    assert refusals() == []


def test_refusal_stands_when_it_cannot_be_recorded(monkeypatch):
    def fail(*_, **__):
        raise DatabaseError

    client = signed_in(Role.REPORTER)
    monkeypatch.setattr(audit, "record", fail)
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_refusal_is_kept_although_the_view_was_rolled_back():
    client = signed_in(Role.ADMINISTRATOR)
    root = factories.staff(is_superuser=True)
    url = reverse("admin:accounts_user_change", args=[root.pk])
    assert client.post(url, {"username": "x"}).status_code == 403
    assert [entry.after["path"] for entry in refusals()] == [url]


def test_long_and_odd_address_is_recorded_without_failing():
    client = signed_in(Role.REPORTER)
    url = reverse("admin:accounts_user_change", args=["%ED%A0%80" + "长" * 400])
    assert client.get(url).status_code in {302, 403}


def sign_in(client, username: str, password: str):
    data = {"username": username, "password": password}
    return client.post(reverse("admin:login"), data)


def test_signing_in_is_recorded(client):
    user = factories.staff(Role.REPORTER)
    sign_in(client, user.username, "a-long-test-password")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person) == (Act.SIGN_IN, user)


def test_failed_sign_in_keeps_the_name_and_never_the_password(client):
    sign_in(client, "n" * 100, "a-secret-that-was-mistyped")
    entry = AuditEntry.objects.get()
    assert entry.act == Act.SIGN_IN_FAILED
    assert (entry.person, entry.person_name) == (None, "未登录")
    assert entry.subject == "n" * sign_ins.NAME_LENGTH
    assert "a-secret-that-was-mistyped" not in repr(vars(entry))


def test_flood_of_failed_sign_ins_does_not_fill_the_record(client, monkeypatch):
    monkeypatch.setattr(sign_ins, "FAILURES_KEPT", 3)
    for number in range(6):
        sign_in(client, f"name{number}", "wrong")
    assert AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED).count() == 3
