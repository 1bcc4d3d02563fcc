"""Stories that editors put beside another one: on the desk, in versions, and for readers."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from articles import duplicating, publishing, sessions
from articles.admin.comparison import comparison_of
from articles.models import Article, Contribution, PublishedArticle, RelatedArticle
from articles.queries import related, shown_under
from articles.restoring import restore
from articles.snapshots import content_of, fingerprint, words_fingerprint
from articles.writing import record_save
from fronts import absence, surfaces
from tests import factories
from tests.admin_forms import fields_of, send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

AUTOCOMPLETE = (
    f"{reverse('admin:autocomplete')}"
    "?app_label=articles&model_name=relatedarticle&field_name=related&term="
)


def choose(article: Article, *others: Article) -> None:
    article.related_links.all().delete()
    for place, other in enumerate(others, start=1):
        RelatedArticle.objects.create(article=article, related=other, position=place)


def chosen_of(article: Article) -> list[str]:
    return [str(link) for link in article.related_links.all()]


def shown_beside(client, article: Article) -> list[str]:
    page = parsed(client.get(f"/article/{article.pk}/"))
    return words_of(page, ".related h3")


def form_page(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def rows(*others: Article, stored: int = 0) -> dict[str, str]:
    """The part of the form with the related stories; the first `stored` exist already."""
    fields = {
        "related_links-TOTAL_FORMS": str(len(others)),
        "related_links-INITIAL_FORMS": str(stored),
    }
    for place, other in enumerate(others):
        fields[f"related_links-{place}-related"] = str(other.pk)
        fields[f"related_links-{place}-position"] = str((place + 1) * 10)
    return fields


@pytest.fixture
def client_of_editor():
    return signed_in(Role.EDITOR)


@pytest.fixture
def three():
    """One story to write, and two in channels of their own that readers see."""
    return [factories.article(title="主稿")] + [
        factories.article(title=title, published=True) for title in ("甲", "乙")
    ]


def test_chosen_stories_come_first_and_in_their_order(client, three):
    story, first, second = three
    tagged = factories.article(title="同标签", tags=("桥",), published=True)
    beside = factories.article(title="同频道", channel=story.channel, published=True)
    story.tags.set(["桥"])
    choose(story, second, first)
    publishing.publish(story, by=None)
    assert PublishedArticle.objects.get(article=story).related_articles == [
        second.pk,
        first.pk,
    ]
    names = ["乙", "甲", tagged.title, beside.title]
    assert shown_beside(client, story) == names


def test_no_story_stands_there_twice(client, three):
    story, first, _ = three
    for made in (story, first):
        made.tags.set(["桥"])
    publishing.replace(first, by=None)
    choose(story, first)
    publishing.publish(story, by=None)
    assert shown_beside(client, story) == ["甲"]


def test_chosen_story_is_shown_for_as_long_as_readers_see_it(client, three):
    story, first, second = three
    draft = factories.article(title="还没写完")
    choose(story, draft, first, second)
    publishing.publish(story, by=None)
    assert shown_beside(client, story) == ["甲", "乙"]
    publishing.publish(draft, by=None)
    publishing.withdraw(first, by=None, public_note="")
    assert shown_beside(client, story) == ["还没写完", "乙"]


def test_choosing_asks_the_database_once_more_and_not_for_each(client, three):
    story, *others = three
    publishing.publish(story, by=None)
    counts = []
    for chosen in ([], others[:1], others):
        choose(story, *chosen)
        publishing.replace(story, by=None)
        published = PublishedArticle.objects.visible(timezone.now()).get(article=story)
        with CaptureQueriesContext(connection) as queries:
            related(published, timezone.now())
        counts.append(len(queries))
    assert counts == [2, 3, 3]


def test_five_chosen_stories_need_one_query_and_leave_no_room(three):
    story = three[0]
    many = [factories.article(published=True) for _ in range(5)]
    choose(story, *many)
    publishing.publish(story, by=None)
    published = PublishedArticle.objects.get(article=story)
    with CaptureQueriesContext(connection) as queries:
        assert [item.article for item in related(published, timezone.now())] == many
    assert len(queries) == 1 + len(many)


def test_frozen_content_names_related_stories_only_if_there_are_some(three):
    story, first, _ = three
    before = content_of(story)
    assert "related" not in before
    choose(story, first)
    after = content_of(story)
    assert after["related"] == [first.pk]
    assert fingerprint(before) != fingerprint(after)
    assert words_fingerprint(before) == words_fingerprint(after)


def test_editor_chooses_related_stories_in_the_form(client_of_editor, three):
    story, first, second = three
    send(client_of_editor, form_page(story), rows(second, first))
    assert chosen_of(story) == ["乙", "甲"]
    entry = AuditEntry.objects.filter(subject_id=story.pk).first()
    assert entry.after["related"] == [second.pk, first.pk]
    assert not Contribution.objects.filter(article=story).exists()


def test_more_than_five_are_refused_and_nothing_is_lost(client_of_editor, three):
    story = three[0]
    many = [factories.article(title=f"旧稿{n}") for n in range(6)]
    response = send(client_of_editor, form_page(story), rows(*many))
    text = response.content.decode()
    assert "相关稿件最多 5 篇，现在有 6 篇。" in text
    assert all(other.title in text for other in many)
    assert not story.related_links.exists()


def test_story_is_not_related_to_itself_or_to_another_twice(client_of_editor, three):
    story, first, _ = three
    response = send(client_of_editor, form_page(story), rows(story))
    assert "不能选本文自己。" in response.content.decode()
    send(client_of_editor, form_page(story), rows(first, first))
    assert not story.related_links.exists()


def test_only_stories_that_a_person_may_see_can_be_chosen():
    reporter = signed_in(Role.REPORTER)
    mine = factories.article(title="我的稿", created_by=reporter.user)
    hidden = factories.article(title="别人的稿", created_by=factories.staff())
    for story in (mine, hidden):
        record_save(story, by=None)
    grant = reporter.user.grants.get()
    grant.channel = mine.channel
    grant.save()
    found = reporter.get(f"{AUTOCOMPLETE}稿").json()["results"]
    assert [item["text"] for item in found] == ["我的稿"]
    send(reporter, form_page(mine), rows(hidden))
    assert not mine.related_links.exists()


def test_choice_of_somebody_else_survives_a_save_by_one_who_cannot_see_it():
    reporter = signed_in(Role.REPORTER)
    mine = factories.article(title="我的稿", created_by=reporter.user)
    hidden = factories.article(title="别人的稿", created_by=factories.staff())
    grant = reporter.user.grants.get()
    grant.channel = mine.channel
    grant.save()
    choose(mine, hidden)
    send(reporter, form_page(mine), {"title": "我的新稿"})
    assert Article.objects.get(pk=mine.pk).title == "我的新稿"
    assert chosen_of(mine) == ["别人的稿"]


def test_form_offers_no_way_to_write_another_story_in_passing(client_of_editor, three):
    page = parsed(client_of_editor.get(form_page(three[0])))
    assert select(page, "#add_id_related_links-0-related") == []


def test_choice_that_was_typed_and_not_saved_is_put_back(client_of_editor, three):
    story, first, _ = three
    form = fields_of(client_of_editor, form_page(story)) | rows(first) | {"turn": "1"}
    client_of_editor.post(reverse("admin:articles_article_autosave"), form)
    kept = sessions.kept_by(client_of_editor.user).get()
    response = client_of_editor.post(form_page(story), {"_recover": str(kept.pk)})
    chosen = select(parsed(response), "#id_related_links-0-related option[selected]")
    assert [option.text for option in chosen] == ["甲"]


def test_choice_is_saved_over_another_one_without_a_clash(client_of_editor, three):
    story, first, second = three
    mine = fields_of(client_of_editor, form_page(story)) | rows(first, second)
    send(signed_in(Role.EDITOR), form_page(story), rows(second))
    version = str(Article.objects.get(pk=story.pk).version)
    client_of_editor.post(form_page(story), mine | {"_overwrite": version})
    assert chosen_of(story) == ["甲", "乙"]


def test_comparison_names_the_stories_and_whether_it_promotes(three):
    story, first, _ = three
    before = content_of(story)
    gone = factories.article()
    choose(story, first, gone)
    middle = content_of(story)
    key = gone.pk
    gone.delete()
    told = [field.label for field in comparison_of(before, middle).fields]
    assert told == ["相关稿件"]
    words = "".join(run.text for run in comparison_of(before, middle).fields[0].runs)
    assert "甲" in words
    assert f"已删除的稿件（{key}）" in words
    promoting = before | {"source": before["source"] | {"is_promotion": True}}
    assert [field.label for field in comparison_of(before, promoting).fields] == [
        "推广"
    ]


def test_old_version_brings_its_related_stories_back(three):
    story, first, second = three
    gone = factories.article()
    choose(story, second, gone)
    publishing.publish(story, by=None)
    gone_key = gone.pk
    choose(story, first)
    RelatedArticle.objects.filter(related=gone_key).delete()
    gone.delete()
    restored = restore(story.revisions.first(), by=factories.staff(Role.EDITOR))
    assert chosen_of(restored.article) == ["乙"]
    assert "有 1 篇相关稿件已经删除，没有恢复。" in restored.left_out


def test_copy_has_the_same_related_stories(three):
    story, first, second = three
    choose(story, second, first)
    copy = duplicating.duplicate(story, by=factories.staff(Role.EDITOR)).article
    assert chosen_of(copy) == ["乙", "甲"]


def test_withdrawn_story_is_looked_for_where_editors_had_put_it(three):
    story, first, _ = three
    choose(story, first)
    publishing.publish(story, by=None)
    now = timezone.now()
    assert shown_under(first.pk, now) == [story.published.get().pk]
    publishing.withdraw(
        first, by=None, public_note="", now=now + datetime.timedelta(seconds=1)
    )
    subject = absence.subject_of(
        first.withdrawals.get(), now + datetime.timedelta(seconds=2)
    )
    assert [place.path for place in surfaces.stories_related(subject)] == [
        f"/article/{story.pk}/"
    ]
