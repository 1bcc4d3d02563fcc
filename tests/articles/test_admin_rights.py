"""Whose stories each role may read, change, delete and put before readers."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles import publishing
from articles.models import Article
from tests import factories
from tests.admin_forms import fields_of, send, signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_article_changelist")
ADD = reverse("admin:articles_article_add")
EDITING = [Role.EDITOR, Role.CHIEF]


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def title_of(story: Article) -> str:
    return Article.objects.get(pk=story.pk).title


def test_reporter_writes_a_story_and_is_named_as_its_writer():
    client = signed_in(Role.REPORTER)
    send(client, ADD, {"title": "渡口通车"})
    assert Article.objects.get(title="渡口通车").created_by == client.user


def test_reporter_changes_the_own_draft():
    client = signed_in(Role.REPORTER)
    story = factories.article(title="初稿", created_by=client.user)
    send(client, page_of(story), {"title": "二稿"})
    assert title_of(story) == "二稿"


def test_reporter_does_not_find_the_draft_of_another():
    client = signed_in(Role.REPORTER)
    story = factories.article(title="别人的稿", created_by=factories.staff())
    assert client.get(page_of(story), follow=True).status_code == 200
    assert "别人的稿" not in client.get(LIST).content.decode()
    client.post(page_of(story), {"title": "改过"})
    assert title_of(story) == "别人的稿"


def test_reporter_reads_the_own_story_once_published_and_changes_it_no_more():
    client = signed_in(Role.REPORTER)
    story = factories.article(
        title="上线稿",
        body="<p>河边<strong>亮</strong>了。</p>",
        created_by=client.user,
    )
    data = fields_of(client, page_of(story))
    publishing.publish(story, by=None)
    page = client.get(page_of(story)).content.decode()
    assert "河边亮了。" in page
    assert "_continue" not in page.split("status-strip")[1]
    assert client.post(page_of(story), data | {"title": "改过"}).status_code == 403
    assert title_of(story) == "上线稿"


@pytest.mark.parametrize("role", EDITING)
def test_editors_change_the_draft_of_anybody(role):
    story = factories.article(title="记者的稿", created_by=factories.staff())
    send(signed_in(role), page_of(story), {"title": "改过"})
    assert title_of(story) == "改过"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, None])
def test_others_have_no_way_to_a_story(role):
    client = signed_in(role)
    story = factories.article(title="稿件", created_by=client.user)
    assert client.get(page_of(story)).status_code == 403
    assert client.post(page_of(story), {"title": "改过"}).status_code == 403
    assert client.post(ADD, {"title": "新稿"}).status_code == 403
    assert [story.title for story in Article.objects.all()] == ["稿件"]


def delete(client, story: Article) -> int:
    url = reverse("admin:articles_article_delete", args=[story.pk])
    return client.post(url, {"post": "yes"}).status_code


def test_writer_deletes_the_own_draft():
    client = signed_in(Role.REPORTER)
    story = factories.article(created_by=client.user, tags=("老街",))
    assert delete(client, story) == 302
    assert not Article.objects.exists()


def test_editor_does_not_delete_the_draft_of_another():
    story = factories.article(created_by=factories.staff())
    assert delete(signed_in(Role.EDITOR), story) == 403
    assert Article.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_story_that_was_ever_published_is_never_deleted(role):
    client = signed_in(role)
    story = factories.article(created_by=client.user, published=True)
    assert delete(client, story) == 403
    assert Article.objects.exists()


def test_no_action_deletes_stories_in_bulk():
    client = signed_in(Role.CHIEF)
    story = factories.article(created_by=client.user)
    data = {"action": "delete_selected", "_selected_action": [story.pk], "post": "yes"}
    client.post(LIST, data)
    assert Article.objects.exists()
