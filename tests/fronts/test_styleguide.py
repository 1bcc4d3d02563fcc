"""The page of components: for staff, made of the templates of the pages."""

import pytest
from django.test import Client

from accounts.roles import Role
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

COMPONENTS = [
    ".masthead",
    ".bar",
    ".breadcrumb",
    ".editions",
    ".lead",
    ".card",
    ".headline",
    ".block",
    ".row",
    ".story__head",
    ".prose",
    ".contents",
    ".notice",
    ".correction",
    ".emergency",
    ".preview-banner",
    ".pagination",
    ".filters",
    ".person",
    ".action",
    ".chip",
    ".error-summary",
    ".field--wrong",
    ".nothing",
    ".footer",
]


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(factories.staff(role))
    return client


def test_every_component_is_shown_with_and_without_a_picture():
    chief = signed_in(Role.CHIEF)
    without = parsed(chief.get("/styleguide/"))
    factories.picture()
    response = chief.get("/styleguide/")
    page = parsed(response)
    for selector in COMPONENTS:
        assert select(page, selector), selector
    assert not select(without, ".figure img")
    assert select(page, ".figure img")
    assert response.headers["Cache-Control"] == "no-store, private"
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


def test_person_is_shown_in_each_state():
    page = parsed(signed_in(Role.AUDITOR).get("/styleguide/"))
    assert len(words_of(page, ".person__name")) == 5
    assert words_of(page, ".person__revoked")


def test_readers_are_sent_to_sign_in():
    response = Client().get("/styleguide/")
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
