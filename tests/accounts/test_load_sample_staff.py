"""The sample accounts: one for each role, only for trying out."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_every_role_has_an_account_whose_printed_password_works(capsys, client):
    call_command("load_sample_staff")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    rows = [line for line in lines if len(line) == 3 and line[0] in list(Role)]
    assert [row[0] for row in rows] == [role.value for role in Role]
    for role, username, password in rows:
        assert len(password) >= 12
        assert client.login(username=username, password=password)
        user = User.objects.get(username=username)
        assert [group.name for group in user.groups.all()] == [role]


def test_second_run_changes_nothing(capsys):
    call_command("load_sample_staff")
    before = list(User.objects.values_list("pk", "password").order_by("pk"))
    capsys.readouterr()
    call_command("load_sample_staff")
    assert list(User.objects.values_list("pk", "password").order_by("pk")) == before


def test_changed_password_and_roles_are_left_alone(capsys):
    call_command("load_sample_staff")
    user = User.objects.get(username="lin")
    user.set_password("my-own-long-password")
    user.save()
    user.groups.clear()
    capsys.readouterr()
    call_command("load_sample_staff")
    user.refresh_from_db()
    assert user.check_password("my-own-long-password")
    assert not user.groups.exists()
    assert "已改过密码" in capsys.readouterr().out


def test_refused_outside_development(settings):
    settings.IS_DEVELOPMENT = False
    with pytest.raises(CommandError, match="正式环境"):
        call_command("load_sample_staff")
    assert not User.objects.exists()
