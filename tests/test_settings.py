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
