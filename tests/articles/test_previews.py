"""Previews: the form as it is typed, and links by which others read one revision."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import previews
from articles.models import Article, PreviewLink, Revision
from tests import factories
from tests.admin_forms import fields_of, signed_in

pytestmark = pytest.mark.django_db

NEW = reverse("admin:articles_article_preview_new")


def preview_of(story) -> str:
    return reverse("admin:articles_article_preview", args=[story.pk])


def form_of(client, story) -> dict:
    return fields_of(client, reverse("admin:articles_article_change", args=[story.pk]))


def open_link(client, link, prefix: str = ""):
    return client.get(
        prefix + reverse("articles:preview", args=[previews.token_of(link)])
    )


@pytest.fixture
def link(db):
    story = factories.article(title="还没发布的消息", body="<p>头发和发展。</p>")
    return previews.share(story, days=3, by=factories.staff(Role.EDITOR))


def test_preview_shows_what_is_typed_and_saves_nothing():
    client = signed_in(Role.EDITOR)
    story = factories.article(title="旧题")
    data = form_of(client, story) | {"title": "新题"}
    page = client.post(preview_of(story), data)
    assert "新题" in page.content.decode()
    assert Article.objects.get(pk=story.pk).title == "旧题"
    assert not Revision.objects.exists()


def test_preview_of_a_new_story_needs_no_title():
    client = signed_in(Role.REPORTER)
    data = fields_of(client, reverse("admin:articles_article_add"))
    page = client.post(NEW, data | {"standfirst": "只有导语"}).content.decode()
    assert "只有导语" in page
    assert not Article.objects.exists()


def test_preview_is_converted_to_the_edition_that_is_chosen():
    client = signed_in(Role.EDITOR)
    story = factories.article(title="头发")
    data = form_of(client, story) | {"edition": "zh-tw"}
    response = client.post(preview_of(story), data)
    assert "頭髮" in response.content.decode()
    assert response.headers["Content-Language"] == "zh-Hant-TW"


@pytest.mark.parametrize(
    ("chosen", "attribute"),
    [({"scheme": "dark"}, 'data-scheme="dark"'), ({"large": "1"}, 'data-type="large"')],
)
def test_preview_takes_the_look_that_is_chosen(chosen, attribute):
    client = signed_in(Role.EDITOR)
    story = factories.article()
    assert attribute in client.get(preview_of(story), chosen).content.decode()
    assert attribute not in client.get(preview_of(story)).content.decode()


def test_preview_with_nonsense_for_a_look_is_the_plain_page():
    story = factories.article()
    chosen = {"edition": "zh-xx", "scheme": '"><script>', "large": "yes"}
    page = signed_in(Role.EDITOR).get(preview_of(story), chosen)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_preview_of_a_story_in_another_channel_is_refused():
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, factories.channel())
    story = factories.article(title="别的频道")
    for response in (client.get(preview_of(story)), client.post(preview_of(story))):
        assert response.status_code == 403
        assert "别的频道" not in response.content.decode()


def test_preview_is_for_staff(client):
    assert client.get(preview_of(factories.article())).status_code == 302


def test_link_shows_the_revision_to_anybody_and_counts(client, link):
    response = open_link(client, link)
    assert "还没发布的消息" in response.content.decode()
    assert "第 1 版" in response.content.decode()
    link.refresh_from_db()
    assert link.views == 1


def test_link_is_never_cached_nor_indexed(client, link):
    response = open_link(client, link)
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.has_header("ETag")
    assert "/preview/" in client.get("/robots.txt").content.decode()


def test_link_works_in_every_edition(client, link):
    assert "頭髮和發展" in open_link(client, link, "/zh-hant").content.decode()


def test_link_keeps_showing_what_it_was_made_for(client, link):
    story = link.revision.article
    story.title = "改过的题"
    story.save()
    assert "改过的题" not in open_link(client, link).content.decode()


def test_link_ends_by_itself(client, link):
    PreviewLink.objects.update(
        made_at=timezone.now() - datetime.timedelta(days=4),
        expires_at=timezone.now() - datetime.timedelta(seconds=1),
    )
    assert open_link(client, link).status_code == 404


def test_revoked_link_ends_at_once(client, link):
    editor = signed_in(Role.EDITOR)
    editor.post(
        reverse(
            "admin:articles_article_preview_revoke",
            args=[link.revision.article_id, link.pk],
        )
    )
    assert open_link(client, link).status_code == 404
    assert AuditEntry.objects.filter(act=Act.REVOKE_PREVIEW).count() == 1


def test_key_without_the_signature_opens_nothing(client, link):
    token = previews.token_of(link)
    for forged in (link.key, token[:-1], f"{token}x", f"x{token}", ":"):
        address = reverse("articles:preview", args=[forged])
        assert client.get(address).status_code == 404


def test_link_of_one_story_is_not_revoked_through_another(link):
    other = factories.article()
    address = reverse("admin:articles_article_preview_revoke", args=[other.pk, link.pk])
    assert signed_in(Role.EDITOR).post(address).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_page_of_links_makes_one_and_lists_it():
    client = signed_in(Role.EDITOR)
    story = factories.article()
    address = reverse("admin:articles_article_preview_links", args=[story.pk])
    assert "现在没有有效的链接" in client.get(address).content.decode()
    page = client.post(address, {"days": "7"}, follow=True).content.decode()
    link = PreviewLink.objects.get()
    assert previews.token_of(link) in page
    assert link.expires_at - link.made_at == datetime.timedelta(days=7)
    assert AuditEntry.objects.filter(act=Act.SHARE_PREVIEW).count() == 1


def test_length_that_is_not_offered_is_refused():
    client = signed_in(Role.EDITOR)
    address = reverse(
        "admin:articles_article_preview_links", args=[factories.article().pk]
    )
    client.post(address, {"days": "3650"})
    assert not PreviewLink.objects.exists()


def test_nobody_shares_a_story_that_is_not_theirs_to_read():
    client = signed_in(Role.REPORTER)
    story = factories.article(created_by=factories.staff())
    address = reverse("admin:articles_article_preview_links", args=[story.pk])
    assert client.post(address, {"days": "3"}).status_code == 403
    assert not PreviewLink.objects.exists()


def test_number_of_open_links_is_bounded(link):
    story = link.revision.article
    editor = factories.staff(Role.EDITOR)
    for _ in range(previews.MOST_OPEN - 1):
        previews.share(story, days=1, by=editor)
    with pytest.raises(previews.PreviewRefused, match="先收回"):
        previews.share(story, days=1, by=editor)
