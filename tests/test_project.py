"""Promises of the project as a whole: migrations, production settings, pinned packages."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

ROOT = Path(project_settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
REQUIREMENTS = sorted(
    path for path in ROOT.glob("requirements*.txt") if "overrides" not in path.name
)
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "a-key-of-fifty-characters-" * 3,
    # Never used: the newest Django asks for a server that sends.
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "EMAIL_FROM": "portal@portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}


def run_manage(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own, under production variables and nothing else."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONWARNINGS": "error",
        "VAR_DIR": str(tmp_path),
        **PRODUCTION,
    }
    return subprocess.run(  # noqa: S603  our own interpreter and source
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_production_settings_pass_the_deployment_check(tmp_path):
    result = run_manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_every_file_a_stylesheet_names_exists(settings, tmp_path):
    # What production does, without its compression, which takes most of a minute.
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_every_static_file_a_template_names_exists():
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(
            r"{% static [\"']([^\"']+)", path.read_text(encoding="utf-8")
        )
    }
    assert named
    assert [name for name in sorted(named) if finders.find(name) is None] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_package_is_pinned_with_hashes_and_names_no_index(path):
    text = path.read_text(encoding="utf-8")
    pinned = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pinned) > 10
    for package in pinned:
        assert re.match(r"[\w.\-\[\],]+==\S+", package), package.splitlines()[0]
        assert "--hash=sha256:" in package, package.splitlines()[0]
    assert "index-url" not in text
    assert "find-links" not in text
    assert "file:" not in text


def test_required_python_is_the_one_that_tools_assume():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floor = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["ruff"]["target-version"] == "py" + floor.replace(".", "")
    assert project["tool"]["mypy"]["python_version"] == floor


def test_licence_of_the_project_is_the_stated_one():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("BSD 3-Clause License")


def test_vendored_assets_come_with_their_licences():
    missing = [
        folder.name
        for folder in VENDOR.glob("*/")
        if not list(folder.glob("LICEN[CS]E*"))
    ]
    assert missing == []
