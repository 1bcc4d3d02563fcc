"""Copies and templates: a new story that begins as another one."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles import duplicating, reviews
from articles.models import Article, ContentTemplate, Section
from articles.snapshots import content_of
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

TEMPLATES = reverse("admin:articles_templates")


@pytest.fixture
def story(db):
    made = factories.article(
        title="一周天气",
        tags=("天气",),
        authors=("苏禾",),
        original_url="https://example.org/1",
        published=True,
    )
    Section.objects.create(
        article=made, position=20, heading="周末", body="<p>有雨。</p>"
    )
    return made


def copy_of(client, story) -> Article:
    client.post(reverse("admin:articles_article_duplicate", args=[story.pk]))
    return Article.objects.exclude(pk=story.pk).get()


def test_copy_has_the_text_and_a_life_of_its_own(story):
    client = signed_in(Role.REPORTER)
    story.created_by = client.user
    story.save()
    copy = copy_of(client, story)
    before, after = content_of(story), content_of(copy)
    same = {"sections", "tags", "authors", "channel", "editors"}
    assert {part: after[part] for part in same} == {part: before[part] for part in same}
    assert copy.title == "一周天气（副本）"
    assert copy.created_by == client.user
    assert (copy.first_published_at, copy.original_url) == (None, "")
    assert not copy.revisions.exists()


def test_copy_keeps_how_words_are_written_in_the_editions(story):
    story.edition_terms.create(source="石梘里", form_zh_tw="石梘里")
    copy = copy_of(signed_in(Role.EDITOR), story)
    assert [term.form_zh_tw for term in copy.edition_terms.all()] == ["石梘里"]
    assert story.edition_terms.count() == 1


def test_words_of_a_copy_are_held_to_be_those_of_who_made_it(story):
    editor = factories.staff(Role.EDITOR)
    copy = duplicating.duplicate(story, by=editor).article
    assert editor in [save.person for save in copy.contributions.all()]


def test_story_that_is_not_ones_to_read_is_not_copied(story):
    client = signed_in(Role.REPORTER)
    response = client.post(reverse("admin:articles_article_duplicate", args=[story.pk]))
    assert response.status_code == 403
    assert Article.objects.count() == 1


def test_auditor_reads_but_copies_nothing(story):
    client = signed_in(Role.AUDITOR)
    response = client.post(reverse("admin:articles_article_duplicate", args=[story.pk]))
    assert response.status_code == 403


def test_copy_is_made_by_no_link(story):
    address = reverse("admin:articles_article_duplicate", args=[story.pk])
    assert signed_in(Role.EDITOR).get(address).status_code == 405


def test_copy_says_what_could_not_come_along(story):
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, story.channel)
    other = factories.channel()
    factories.grant(client.user, Role.AUDITOR, other)
    story.channel = other
    story.save()
    address = reverse("admin:articles_article_duplicate", args=[story.pk])
    page = client.post(address, follow=True).content.decode()
    assert f"你不能在频道“{other}”写稿" in page


def test_long_title_leaves_room_for_the_mark_of_a_copy(story):
    story.title = "长" * 120
    story.save()
    copy = duplicating.duplicate(story, by=factories.staff(Role.EDITOR)).article
    assert len(copy.title) == 120
    assert copy.title.endswith("（副本）")


def test_template_is_kept_and_starts_a_story(story):
    client = signed_in(Role.EDITOR)
    address = reverse("admin:articles_article_keep_template", args=[story.pk])
    page = client.post(address, {"name": "天气"}, follow=True).content.decode()
    assert "天气" in page
    template = ContentTemplate.objects.get()
    client.post(reverse("admin:articles_template_start", args=[template.pk]))
    begun = Article.objects.exclude(pk=story.pk).get()
    assert begun.title == "一周天气"
    assert [section.heading for section in begun.sections.all()] == ["", "周末"]


def test_name_is_taken_once(story):
    client = signed_in(Role.EDITOR)
    address = reverse("admin:articles_article_keep_template", args=[story.pk])
    client.post(address, {"name": "天气"})
    page = client.post(address, {"name": "天气"}).content.decode()
    assert "已经有叫“天气”的模板" in page
    assert ContentTemplate.objects.count() == 1


def test_reporter_removes_the_own_template_only(story):
    mine = signed_in(Role.REPORTER)
    story.created_by = mine.user
    story.save()
    template = duplicating.keep_template(story, "天气", by=mine.user)
    address = reverse("admin:articles_template_remove", args=[template.pk])
    assert signed_in(Role.REPORTER).post(address).status_code == 403
    assert mine.post(address, follow=True).status_code == 200
    assert not ContentTemplate.objects.exists()


def test_list_of_templates_says_when_it_is_empty():
    assert "还没有模板" in signed_in(Role.EDITOR).get(TEMPLATES).content.decode()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_templates_are_for_those_who_write(role):
    assert signed_in(role).get(TEMPLATES).status_code == 403


def sign_it(story, person):
    newest = story.revisions.order_by("-number")[0]
    return reviews.sign(story, by=person, sha256=newest.sha256)


@pytest.fixture
def written(db):
    """An editor's own story in a channel with one level, and a colleague."""
    writer, colleague = factories.staff(Role.EDITOR), factories.staff(Role.EDITOR)
    story = factories.article(
        channel=factories.channel(review_levels=1), created_by=writer
    )
    return story, writer, colleague


def test_writer_does_not_sign_the_own_words_in_a_copy_by_another(written):
    story, writer, colleague = written
    copy = duplicating.duplicate(story, by=colleague).article
    reviews.submit(copy, by=colleague)
    with pytest.raises(reviews.ReviewRefused, match="你写的内容"):
        sign_it(copy, writer)
    assert sign_it(copy, factories.staff(Role.EDITOR))


def test_writer_does_not_sign_the_own_words_in_a_story_from_a_template(written):
    story, writer, colleague = written
    template = duplicating.keep_template(story, "天气", by=colleague)
    begun = duplicating.start_from(template, by=colleague).article
    reviews.submit(begun, by=colleague)
    with pytest.raises(reviews.ReviewRefused, match="你写的内容"):
        sign_it(begun, writer)


def test_template_of_a_foreign_channel_is_neither_shown_nor_used(written):
    story, writer, _ = written
    template = duplicating.keep_template(story, "天气", by=writer)
    client = signed_in(None)
    factories.grant(client.user, Role.REPORTER, factories.channel())
    assert "天气" not in client.get(TEMPLATES).content.decode()
    address = reverse("admin:articles_template_start", args=[template.pk])
    assert client.post(address).status_code == 403
