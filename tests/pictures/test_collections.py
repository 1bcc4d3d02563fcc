"""Collections: where a desk finds its pictures."""

import pytest

from channels.models import Channel
from pictures.models import Collection
from tests import factories

pytestmark = pytest.mark.django_db


def test_channel_at_the_top_brings_a_collection_for_its_pictures():
    top = factories.channel(name="乡村")
    factories.channel(name="早市", parent=top)
    factories.channel(name="外站", kind=Channel.Kind.LINK, link_url="https://a.example")
    assert list(Collection.objects.values_list("name", flat=True)) == ["乡村"]


def test_channel_called_as_a_collection_that_is_there_shares_it():
    kept = Collection.objects.create(name="乡村")
    factories.channel(name="乡村")
    assert Collection.objects.get() == kept
