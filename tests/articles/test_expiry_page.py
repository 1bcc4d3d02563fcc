"""下线时间: the page that sets, moves or lifts the end of a story."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles.models import PublishedArticle
from tests import factories
from tests.admin_forms import said, signed_in

pytestmark = pytest.mark.django_db

SOON = timezone.localtime().replace(second=0, microsecond=0) + datetime.timedelta(
    days=2
)


def page_of(story) -> str:
    return reverse("admin:articles_article_expiry", args=[story.pk])


def at(moment: datetime.datetime) -> dict:
    return {"until_0": f"{moment:%Y-%m-%d}", "until_1": f"{moment:%H:%M}"}


def end_of(story) -> datetime.datetime | None:
    return PublishedArticle.objects.get(article=story).visible_until


def test_editor_lets_a_story_end_and_takes_it_back():
    client = signed_in(Role.EDITOR)
    story = factories.article(published=True)
    response = client.post(page_of(story), at(SOON), follow=True)
    assert end_of(story) == SOON
    assert "下线。" in said(response)[0]
    assert SOON.strftime("%H:%M") in client.get(page_of(story)).content.decode()
    response = client.post(page_of(story), {"until_0": "", "until_1": ""}, follow=True)
    assert end_of(story) is None
    assert said(response) == ["不再自动下线。"]


def test_moment_that_is_over_is_refused_and_stays_typed():
    client = signed_in(Role.EDITOR)
    story = factories.article(published=True)
    past = SOON - datetime.timedelta(days=30)
    page = client.post(page_of(story), at(past)).content.decode()
    assert "还没有过去" in page
    assert f"{past:%Y-%m-%d}" in page
    assert end_of(story) is None


def test_nonsense_for_a_moment_is_refused():
    client = signed_in(Role.EDITOR)
    story = factories.article(published=True)
    page = client.post(page_of(story), {"until_0": "明天", "until_1": "早上"})
    assert "errorlist" in page.content.decode()
    assert end_of(story) is None


def test_story_that_is_not_live_has_nothing_to_end():
    story = factories.article()
    page = signed_in(Role.EDITOR).get(page_of(story)).content.decode()
    assert "没有在线或定时的版本" in page


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_end_nothing(role):
    client = signed_in(role)
    story = factories.article(created_by=client.user, published=True)
    assert client.post(page_of(story), at(SOON)).status_code == 403
    assert end_of(story) is None
