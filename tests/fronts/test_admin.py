"""The site's identity: one row, kept by the administrator."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from fronts.models import SiteIdentity
from tests.admin_forms import send, signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:fronts_siteidentity_changelist")


def test_list_leads_straight_to_the_form():
    client = signed_in(Role.ADMINISTRATOR)
    assert client.get(LIST).url == reverse("admin:fronts_siteidentity_add")
    SiteIdentity(name="河湾门户").save()
    assert client.get(LIST).url == reverse("admin:fronts_siteidentity_change", args=[1])


def test_administrator_names_the_site_and_the_admin_says_so():
    client = signed_in(Role.ADMINISTRATOR)
    send(client, reverse("admin:fronts_siteidentity_add"), {"name": "河湾门户"})
    assert SiteIdentity.current().name == "河湾门户"
    assert "河湾门户" in client.get(reverse("admin:index")).content.decode()


def test_second_identity_cannot_be_added():
    SiteIdentity().save()
    client = signed_in(Role.ADMINISTRATOR)
    assert client.get(reverse("admin:fronts_siteidentity_add")).status_code == 403


def test_chief_has_no_say_in_the_identity():
    assert signed_in(Role.CHIEF).get(LIST).status_code == 403
