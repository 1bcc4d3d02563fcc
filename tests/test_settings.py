"""Settings are loud: a value that cannot be right stops the start and names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}
LOAD = "import jinxi_portal.settings"


def load_settings(
    tmp_path: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **variables}
    return subprocess.run(  # noqa: S603  our own interpreter and source
        [sys.executable, "-c", LOAD],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "variables", [{}, PRODUCTION], ids=["development", "production"]
)
def test_sound_settings_load(tmp_path, variables):
    result = load_settings(tmp_path, variables)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT"),
        ({"DEBUG": "yes"}, "DEBUG"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ".example"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": None}, "SITE_URL"),
        ({"SITE_URL": "http://portal.example"}, "SITE_URL"),
        ({"SITE_URL": "https://portal.example/"}, "SITE_URL"),
        ({"MEDIA_ROOT": "media"}, "MEDIA_ROOT"),
        ({"DATABASE_URL": "mysql://u:p@127.0.0.1/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "foo"}, "DATABASE_URL"),
        ({"CACHE_URL": "memcached://x"}, "CACHE_URL"),
        ({"MEDIA_STORE": "s3://store.example/bucket"}, "MEDIA_STORE"),
        ({"MEDIA_STORE": "s3://key:secret@store.example/"}, "MEDIA_STORE"),
        ({"MEDIA_STORE": "s3+http://key:secret@store.example/b"}, "MEDIA_STORE"),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL"),
        ({"EMAIL_URL": "imap://mail.example"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtps://"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtps://mail.example:port"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtps://mail.example/path"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://u:p@mail.example"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtps://mail.example"}, "EMAIL_FROM"),
        ({"EMAIL_FROM": "portal"}, "EMAIL_FROM"),
        ({"EMAIL_FROM": "a@portal.example\nBcc: b@portal.example"}, "EMAIL_FROM"),
    ],
)
def test_bad_production_value_stops_the_start_and_is_named(tmp_path, change, named):
    variables = {
        name: value
        for name, value in {**PRODUCTION, **change}.items()
        if value is not None
    }
    result = load_settings(tmp_path, variables)
    assert result.returncode != 0
    assert named in result.stderr.splitlines()[-1]


def test_port_that_is_no_number_is_named(tmp_path):
    result = load_settings(tmp_path, {"PORT": "abc"})
    assert result.returncode != 0
    assert "PORT" in result.stderr.splitlines()[-1]


def test_development_refuses_a_public_host(tmp_path):
    result = load_settings(tmp_path, {"ALLOWED_HOSTS": "portal.example"})
    assert result.returncode != 0
    assert "ENVIRONMENT=production" in result.stderr.splitlines()[-1]


SHOW_MAIL = """
import django
from django.core import mail
django.setup()
server = mail.mailers.default if hasattr(mail, "mailers") else mail.get_connection()
print(server.__module__, server.host, server.port, server.username, server.password)
print(server.use_tls, server.use_ssl, server.timeout)
"""


@pytest.mark.parametrize(
    ("url", "host", "security"),
    [
        ("smtps://he:p%40ss@mail.example", "mail.example 465 he p@ss", "False True"),
        ("smtp+tls://he:pass@mail.example", "mail.example 587 he pass", "True False"),
        ("smtp://127.0.0.1:2525", "127.0.0.1 2525  ", "False False"),
    ],
)
def test_letters_go_to_the_server_of_email_url(tmp_path, url, host, security):
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "jinxi_portal.settings",
        "EMAIL_URL": url,
        "EMAIL_FROM": "金溪门户 <portal@portal.example>",
    }
    result = subprocess.run(  # noqa: S603  our own interpreter and source
        [sys.executable, "-W", "error", "-c", SHOW_MAIL],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = result.stdout.splitlines()
    assert said == [
        f"django.core.mail.backends.smtp {host}",
        f"{security} 10",
    ], result.stderr


def test_refused_mail_server_does_not_give_its_password_away(tmp_path):
    result = load_settings(tmp_path, {"EMAIL_URL": "smtp://he:secret@mail.example"})
    assert result.returncode != 0
    assert "secret" not in result.stderr
