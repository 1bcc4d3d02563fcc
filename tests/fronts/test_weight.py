"""What a reader's page weighs: limits of the bytes after gzip, without pictures."""

import gzip

import pytest
from django.conf import settings
from lxml import html

from articles.models import Section
from articles.publishing import publish
from tests import factories
from tests.markup import parsed, select

pytestmark = pytest.mark.django_db

KILOBYTE = 1024
WORDS = "河边的老街修好了，早市也搬回来了。"


def packed(content: bytes) -> float:
    return len(gzip.compress(content, 6)) / KILOBYTE


def weight_of_files(page: html.HtmlElement, query: str, attribute: str) -> float:
    """Each file is sent by itself."""
    names = {item.get(attribute) for item in select(page, query)} - {None}
    assert all(name.startswith("/static/") for name in names)
    return sum(packed((settings.BASE_DIR / name[1:]).read_bytes()) for name in names)


def test_story_keeps_to_its_budget(client):
    story = factories.article(
        cover=factories.picture(), authors=("林渡",), tags=("老街", "早市"), body=""
    )
    for place in range(6):
        text = "".join(f"<p>{WORDS * 8}{place}{line}</p>" for line in range(5))
        Section.objects.create(
            article=story, heading=f"第 {place} 节", position=place, body=text
        )
    publish(story, by=None)
    response = client.get(f"/article/{story.pk}/")
    page = parsed(response)
    sheets = weight_of_files(page, "link[rel=stylesheet]", "href")
    scripts = weight_of_files(page, "script", "src")
    assert len(select(page, "link[rel=stylesheet]")) == 1
    assert packed(response.content) <= 22
    assert sheets <= 9
    assert scripts <= 10


@pytest.mark.parametrize("path", ["/", "/search/", "/archive/", "/feeds/"])
def test_other_pages_add_one_sheet_at_most_and_little_script(client, path):
    page = parsed(client.get(path))
    assert weight_of_files(page, "link[rel=stylesheet]", "href") <= 15
    assert weight_of_files(page, "script", "src") <= 10
