"""Who shapes which channels: those of the own subtree."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from channels.models import Channel
from tests import factories
from tests.admin_forms import fields_of, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Channel:
    return factories.channel(parent=factories.channel())


@pytest.fixture
def chief(own):
    client = signed_in(None)
    factories.grant(client.user, Role.CHIEF, own)
    return client


def page_of(channel: Channel) -> str:
    return reverse("admin:channels_channel_change", args=[channel.pk])


def test_chief_sets_the_reviews_of_the_own_channel_only(chief, own):
    send(chief, page_of(own), {"review_levels": "2"})
    own.refresh_from_db()
    assert own.review_levels == 2
    other = factories.channel(review_levels=3)
    data = fields_of(chief, page_of(own)) | {"review_levels": "0"}
    assert chief.post(page_of(other), data).status_code == 403
    other.refresh_from_db()
    assert other.review_levels == 3


def test_chief_moves_a_channel_only_below_an_own_one(chief, own):
    mine, other = factories.channel(parent=own), factories.channel()
    send(chief, page_of(mine), {"parent": str(other.pk)})
    mine.refresh_from_db()
    assert mine.parent == own
    send(chief, page_of(mine), {"parent": ""})
    mine.refresh_from_db()
    assert mine.parent == own


def test_top_of_the_own_subtree_keeps_its_parent_when_saved(chief, own):
    send(chief, page_of(own), {"name": "新名字"})
    before = own.parent
    own.refresh_from_db()
    assert (own.name, own.parent) == ("新名字", before)


def test_chief_of_a_channel_makes_new_ones_below_it_only(chief, own):
    add = reverse("admin:channels_channel_add")
    data = {"name": "新频道", "slug": "new", "kind": "list", "review_levels": "3"}
    for parent in ("", str(factories.channel().pk)):
        send(chief, add, data | {"parent": parent})
        assert not Channel.objects.filter(slug="new").exists()
    send(chief, add, data | {"parent": str(own.pk)})
    assert Channel.objects.get(slug="new").parent == own


def test_administrator_makes_top_level_channels():
    data = {"name": "新频道", "slug": "new", "kind": "list", "review_levels": "3"}
    add = reverse("admin:channels_channel_add")
    send(signed_in(Role.ADMINISTRATOR), add, data)
    assert Channel.objects.get(slug="new").parent is None
