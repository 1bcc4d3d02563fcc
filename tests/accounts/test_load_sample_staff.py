"""The sample accounts: at least one for each role, only for trying out."""

import pytest
from django.contrib.auth import hashers
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def rows_printed(capsys) -> list[list[str]]:
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if len(line) == 3 and line[0] in list(Role)]


def test_every_role_has_an_account_whose_printed_password_works(capsys, client):
    call_command("load_sample_staff")
    rows = rows_printed(capsys)
    assert {row[0] for row in rows} == {role.value for role in Role}
    for role, username, password in rows:
        assert len(password) >= 12
        assert client.login(username=username, password=password)
        user = User.objects.get(username=username)
        assert [str(grant) for grant in user.grants.all()] == [f"{role}（全站）"]


def test_there_are_enough_people_for_three_reviews(capsys):
    call_command("load_sample_staff")
    roles = [row[0] for row in rows_printed(capsys)]
    assert roles.count(Role.EDITOR) == 2
    assert roles.count(Role.CHIEF) == 1


@pytest.mark.parametrize("hasher", ["Argon2PasswordHasher", "PBKDF2PasswordHasher"])
def test_second_run_changes_nothing_and_hashes_nothing(
    capsys, monkeypatch, settings, hasher
):
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{hasher}"]
    call_command("load_sample_staff")
    first = rows_printed(capsys)
    before = list(User.objects.values_list("pk", "password").order_by("pk"))
    for name in ("encode", "verify"):
        monkeypatch.setattr(getattr(hashers, hasher), name, None)
    call_command("load_sample_staff")
    assert rows_printed(capsys) == first
    assert list(User.objects.values_list("pk", "password").order_by("pk")) == before


def test_signing_in_does_not_pass_for_a_changed_password(capsys, client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    call_command("load_sample_staff")
    capsys.readouterr()
    assert client.login(username="lin", password="camphor-reporter")
    call_command("load_sample_staff")
    assert ["记者", "lin", "camphor-reporter"] in rows_printed(capsys)


def test_changed_password_and_roles_are_left_alone(capsys):
    call_command("load_sample_staff")
    user = User.objects.get(username="lin")
    user.set_password("my-own-long-password")
    user.save()
    user.grants.all().delete()
    capsys.readouterr()
    call_command("load_sample_staff")
    user.refresh_from_db()
    assert user.check_password("my-own-long-password")
    assert not user.grants.exists()
    assert "已改过密码" in capsys.readouterr().out


def test_refused_outside_development(settings):
    settings.IS_DEVELOPMENT = False
    with pytest.raises(CommandError, match="正式环境"):
        call_command("load_sample_staff")
    assert not User.objects.exists()
