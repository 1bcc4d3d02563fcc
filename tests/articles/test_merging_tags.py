"""Making one tag of two: what moves, what stays, and who may."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from articles import publishing, reviews
from articles.admin.status import strip_of
from articles.merging import merge
from articles.models import Article, PublishedArticle, Tag
from articles.refusals import Refused
from articles.restoring import restore
from tests import factories
from tests.admin_forms import said, send, signed_in
from tests.markup import words_of
from tests.reader_pages import opened

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    found, _ = Tag.objects.get_or_create(name=name, defaults={"slug": f"tag-{name}"})
    return found


def merged(old: str, new: str) -> tuple[Tag, Tag]:
    """Merge by somebody who may; the two tags as stored."""
    merge(tag(old), tag(new), by=factories.staff(Role.EDITOR))
    return tag(old), tag(new)


def merging_page(subject: Tag) -> str:
    return reverse("admin:articles_tag_merge", args=[subject.pk])


def names_of(article: Article) -> list[str]:
    return sorted(Article.objects.get(pk=article.pk).tags.names())


def live_names(article: Article) -> list[str]:
    version = publishing.live_version(article, timezone.now())
    return sorted(version.tags.values_list("name", flat=True))


def test_stories_go_over_once_each(client):
    both = factories.article(title="两个都有", tags=("旧街", "老街"), published=True)
    one = factories.article(title="一个", tags=("旧街", "茶"), published=True)
    draft = factories.article(tags=("旧街",))
    _, new = merged("旧街", "老街")
    assert names_of(both) == live_names(both) == ["老街"]
    assert names_of(one) == live_names(one) == ["老街", "茶"]
    assert names_of(draft) == ["老街"]
    page = opened(client, new.get_absolute_url())
    assert sorted(words_of(page, ".day h3")) == ["一个", "两个都有"]


def test_merge_is_on_record():
    factories.article(tags=("旧街",))
    old, _ = merged("旧街", "老街")
    entry = AuditEntry.objects.get(act=Act.CHANGE, subject_type="articles.tag")
    assert entry.subject_id == str(old.pk)
    assert entry.before == {"name": "旧街"}
    assert entry.after == {"merged_into": "老街", "rows": 1}


def test_old_name_in_any_spelling_gives_the_other_tag():
    tag("旧街")
    merged("旧街", "老街")
    assert names_of(factories.article(tags=("舊街", "旧街", "老街"))) == ["老街"]


def test_frozen_text_with_the_old_tag_goes_out_under_the_other():
    channel = factories.channel(review_levels=1)
    writer, signer = (factories.staff(Role.EDITOR) for _ in range(2))
    story = factories.article(channel=channel, tags=("旧街",), created_by=writer)
    reviews.submit(story, by=writer)
    reviews.sign(story, by=signer, sha256=story.revisions.get().sha256)
    merged("旧街", "老街")
    assert names_of(story) == ["旧街"]
    publishing.publish(story, by=signer)
    assert live_names(story) == ["老街"]


def test_restored_revision_gets_the_other_tag():
    story = factories.article(tags=("旧街",), published=True)
    merged("旧街", "老街")
    story.tags.set(["茶"])
    restore(story.revisions.last(), by=factories.staff(Role.EDITOR))
    assert names_of(story) == ["老街"]


def test_merge_is_no_change_that_waits_for_readers():
    story = factories.article(tags=("旧街",), published=True)
    merged("旧街", "老街")
    assert "当前稿与线上版本相同。" in strip_of(story, timezone.now()).sentences


def test_chains_are_one_step_long(client):
    factories.article(tags=("甲",), published=True)
    merged("甲", "乙")
    merged("乙", "丙")
    assert tag("甲").merged_into == tag("乙").merged_into == tag("丙")
    answer = client.get(tag("甲").get_absolute_url())
    assert answer.headers["Location"] == tag("丙").get_absolute_url()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("丙", "丙", "不能并入自己"),
        ("甲", "丙", "“甲”已经并入“乙”"),
        ("丙", "甲", "“甲”已经并入“乙”"),
    ],
)
def test_loops_are_refused(old, new, sentence):
    merged("甲", "乙")
    with pytest.raises(Refused, match=sentence):
        merged(old, new)
    assert tag("丙").merged_into is None


def test_editor_of_one_channel_cannot_merge():
    person = factories.staff()
    factories.grant(person, Role.EDITOR, factories.channel())
    with pytest.raises(Denied):
        merge(tag("旧街"), tag("老街"), by=person)
    assert tag("旧街").merged_into is None


def test_page_shows_what_merging_does_before_it_does_it():
    factories.article(tags=("旧街",), published=True)
    factories.article(tags=("旧街",))
    client = signed_in(Role.EDITOR)
    text = client.get(
        merging_page(tag("旧街")), {"into": tag("老街").pk}
    ).content.decode()
    assert "2 篇稿件改用“老街”，其中读者看得到的有 1 篇" in text
    assert tag("旧街").merged_into is None
    answer = client.post(
        merging_page(tag("旧街")), {"into": tag("老街").pk}, follow=True
    )
    assert said(answer) == ["“旧街”已并入“老街”。"]
    assert tag("旧街").merged_into == tag("老街")


def test_page_says_why_it_does_not_merge():
    answer = signed_in(Role.EDITOR).post(
        merging_page(tag("老街")), {"into": tag("老街").pk}
    )
    assert "不能并入自己" in answer.content.decode()


def test_merged_tag_is_neither_listed_nor_offered():
    merged("旧街", "老街")
    client = signed_in(Role.EDITOR)
    listed = client.get(reverse("admin:articles_tag_changelist")).content.decode()
    asked = {
        "app_label": "articles",
        "model_name": "taggedarticle",
        "field_name": "tag",
    }
    offered = client.get(reverse("admin:autocomplete"), asked | {"term": "街"}).json()
    assert "旧街" not in listed
    assert [item["text"] for item in offered["results"]] == ["老街"]
    form = client.get(reverse("admin:articles_tag_change", args=[tag("老街").pk]))
    assert "旧街" in form.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("老街", "已有标签“老街”"), ("舊街", "“旧街”已经并入“老街”")],
)
def test_tag_cannot_take_the_name_of_another_in_any_spelling(typed, sentence):
    merged("旧街", "老街")
    page = reverse("admin:articles_tag_change", args=[tag("茶").pk])
    answer = send(signed_in(Role.EDITOR), page, {"name": typed})
    assert sentence in answer.content.decode()
    assert not Tag.objects.filter(slug="tag-茶").exclude(name="茶").exists()


def test_merging_costs_the_same_queries_for_many_stories(django_assert_max_num_queries):
    by = factories.staff(Role.EDITOR)
    for _ in range(12):
        factories.article(tags=("旧街",), published=True)
    # Eight of them are for the search.
    with django_assert_max_num_queries(33):
        merge(tag("旧街"), tag("老街"), by=by)
    assert PublishedArticle.objects.filter(tags=tag("老街")).count() == 12
