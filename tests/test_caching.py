"""What is sent compressed, and to whom."""

import gzip

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(
    "path", ["/", "/feed/", "/sitemap.xml", "/manifest.webmanifest"]
)
def test_readers_page_comes_compressed_to_who_can_read_it(client, path):
    factories.article(published=True)
    plain = client.get(path)
    packed = client.get(path, headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_compressed_page_is_known_again_by_its_mark(client):
    mark = client.get("/", headers=PACKED).headers["ETag"]
    again = client.get("/", headers={**PACKED, "If-None-Match": mark})
    assert again.status_code == 304
    assert again.content == b""


def test_page_with_a_token_is_not_compressed(client, admin_client):
    """The length of such bytes tells of the token (BREACH)."""
    story = factories.article(published=True)
    form = f"{reverse('fronts:report')}?article={story.pk}"
    for who, path in ((client, form), (admin_client, "/admin/")):
        answer = who.get(path, headers=PACKED)
        assert answer.status_code == 200
        assert "csrfmiddlewaretoken" in answer.content.decode()
        assert "Content-Encoding" not in answer.headers
