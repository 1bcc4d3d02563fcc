"""The publishing verbs, and the promise that intervals never overlap."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from articles import publishing
from articles.models import Article, PublishedArticle, Revision
from channels.models import Channel
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 5, 1, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
MOMENT = datetime.timedelta(microseconds=1)


def titles_at(moment: datetime.datetime) -> list[str]:
    return list(
        PublishedArticle.objects.visible(moment).values_list("title", flat=True)
    )


def retitle(article: Article, title: str) -> None:
    Article.objects.filter(pk=article.pk).update(title=title)


def test_published_article_is_visible_from_that_moment_on():
    article = factories.article(title="渡口通车")
    publishing.publish(article, by=None, now=NOON)
    assert titles_at(NOON - MOMENT) == []
    assert titles_at(NOON) == ["渡口通车"]


def test_scheduled_article_becomes_visible_without_anyone_acting():
    article = factories.article(title="明日开市")
    publishing.schedule(article, NOON + HOUR, by=None, now=NOON)
    assert titles_at(NOON + HOUR - MOMENT) == []
    assert titles_at(NOON + HOUR) == ["明日开市"]


def test_replacement_leaves_no_gap_and_no_overlap():
    article = factories.article(title="初版", published_at=NOON)
    retitle(article, "二版")
    publishing.replace(article, by=None, at=NOON + 2 * HOUR, now=NOON + HOUR)
    edge = NOON + 2 * HOUR
    assert titles_at(edge - MOMENT) == ["初版"]
    assert titles_at(edge) == ["二版"]


def test_replacing_now_shows_the_new_words_at_once():
    article = factories.article(title="初版", published_at=NOON)
    retitle(article, "二版")
    publishing.replace(article, by=None, now=NOON + HOUR)
    assert titles_at(NOON + HOUR) == ["二版"]
    assert titles_at(NOON + HOUR - MOMENT) == ["初版"]


def test_withdrawn_article_is_gone_from_that_moment_on():
    article = factories.article(published_at=NOON)
    publishing.withdraw(article, by=None, public_note="内容有误", now=NOON + HOUR)
    assert titles_at(NOON + HOUR) == []
    assert article.withdrawals.get().public_note == "内容有误"


def test_withdrawing_gives_up_a_planned_replacement_too():
    article = factories.article(published_at=NOON)
    publishing.replace(article, by=None, at=NOON + 3 * HOUR, now=NOON + HOUR)
    publishing.withdraw(article, by=None, now=NOON + 2 * HOUR)
    assert titles_at(NOON + 4 * HOUR) == []


def test_withdrawn_article_can_be_published_again():
    article = factories.article(title="修正后", published_at=NOON)
    publishing.withdraw(article, by=None, now=NOON + HOUR)
    publishing.publish(article, by=None, now=NOON + 2 * HOUR)
    assert titles_at(NOON + 2 * HOUR) == ["修正后"]


def test_cancelling_a_plan_lets_the_live_version_stay():
    article = factories.article(title="初版", published_at=NOON)
    publishing.replace(article, by=None, at=NOON + 2 * HOUR, now=NOON + HOUR)
    publishing.cancel_schedule(article, by=None, now=NOON + HOUR)
    assert titles_at(NOON + 3 * HOUR) == ["初版"]


def test_scheduling_again_moves_the_plan():
    article = factories.article(title="开放日")
    publishing.schedule(article, NOON + HOUR, by=None, now=NOON)
    publishing.schedule(article, NOON + 5 * HOUR, by=None, now=NOON)
    assert titles_at(NOON + 4 * HOUR) == []
    assert titles_at(NOON + 5 * HOUR) == ["开放日"]


def test_publishing_brings_a_planned_first_version_forward():
    article = factories.article(title="开放日")
    publishing.schedule(article, NOON + 5 * HOUR, by=None, now=NOON)
    publishing.publish(article, by=None, now=NOON + HOUR)
    assert titles_at(NOON + HOUR) == ["开放日"]
    assert titles_at(NOON + 6 * HOUR) == ["开放日"]


def test_first_publication_time_is_written_once():
    article = factories.article(published_at=NOON)
    publishing.withdraw(article, by=None, now=NOON + HOUR)
    publishing.publish(article, by=None, now=NOON + 2 * HOUR)
    article.refresh_from_db()
    assert article.first_published_at == NOON


def test_first_publication_time_of_a_cancelled_plan_is_forgotten():
    article = factories.article()
    publishing.schedule(article, NOON + HOUR, by=None, now=NOON)
    publishing.cancel_schedule(article, by=None, now=NOON)
    assert article.first_published_at is None


def test_original_time_is_shown_and_first_publication_time_is_kept_apart():
    original = datetime.datetime(2022, 6, 17, 0, 18, tzinfo=datetime.UTC)
    article = factories.article(original_published_at=original, published_at=NOON)
    assert article.first_published_at == NOON
    assert article.published.get().dated_at == original


def test_update_time_follows_words_and_not_the_picture_or_channel():
    article = factories.article(published_at=NOON)
    Article.objects.filter(pk=article.pk).update(channel=factories.channel())
    moved = publishing.replace(article, by=None, now=NOON + HOUR)
    assert moved.text_updated_at is None
    retitle(article, "改了字")
    reworded = publishing.replace(article, by=None, now=NOON + 2 * HOUR)
    assert reworded.text_updated_at == NOON + 2 * HOUR


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "  "}, "还没有标题。"),
        ({"channel": None}, "还没有选频道。"),
        ({"body": ""}, "正文还是空的。"),
        ({"body": "<p></p>"}, "正文还是空的。"),
        ({"editors": ()}, "还没有署责任编辑。"),
    ],
)
def test_unready_article_is_refused_with_a_sentence(fields, sentence):
    article = factories.article(**fields)
    with pytest.raises(publishing.PublishingRefused) as refusal:
        publishing.publish(article, by=None, now=NOON)
    assert sentence in refusal.value.sentences
    assert not PublishedArticle.objects.exists()
    assert not Revision.objects.exists()


def test_link_channel_takes_no_articles():
    link = factories.channel(kind=Channel.Kind.LINK, link_url="https://example.org/")
    article = factories.article(channel=link)
    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(article, by=None, now=NOON)


@pytest.mark.parametrize(
    "trace",
    [
        {"original_published_at": NOON},
        {"original_url": "https://news.example/1"},
        {"import_key": "page-1"},
    ],
)
def test_reprint_without_a_printed_editor_may_be_published(trace):
    article = factories.article(editors=(), **trace)
    publishing.publish(article, by=None, now=NOON + HOUR)
    assert len(titles_at(NOON + HOUR)) == 1


def test_time_in_the_past_is_refused_for_schedule_and_replace():
    article = factories.article()
    with pytest.raises(publishing.PublishingRefused, match="已经过去"):
        publishing.schedule(article, NOON, by=None, now=NOON)
    publishing.publish(article, by=None, now=NOON)
    with pytest.raises(publishing.PublishingRefused, match="已经过去"):
        publishing.replace(article, at=NOON, by=None, now=NOON + HOUR)


def test_verbs_refuse_the_wrong_state():
    article = factories.article()
    for act in (publishing.replace, publishing.withdraw, publishing.cancel_schedule):
        with pytest.raises(publishing.PublishingRefused):
            act(article, by=None, now=NOON)
    publishing.publish(article, by=None, now=NOON)
    with pytest.raises(publishing.PublishingRefused, match="已经发布"):
        publishing.publish(article, by=None, now=NOON + HOUR)
    with pytest.raises(publishing.PublishingRefused, match="已经发布"):
        publishing.schedule(article, NOON + 2 * HOUR, by=None, now=NOON + HOUR)


@pytest.mark.parametrize(
    ("role", "verdict"),
    [
        (Role.REPORTER, False),
        (Role.MODERATOR, False),
        (Role.ADMINISTRATOR, False),
        (Role.EDITOR, True),
        (Role.CHIEF, True),
    ],
)
def test_only_editors_and_chiefs_publish(role, verdict):
    person, article = factories.staff(role), factories.article()
    if verdict:
        publishing.publish(article, by=person, now=NOON)
    else:
        with pytest.raises(PermissionDenied):
            publishing.publish(article, by=person, now=NOON)
    assert PublishedArticle.objects.exists() is verdict


def test_only_the_chief_withdraws():
    article = factories.article(published_at=NOON)
    with pytest.raises(PermissionDenied):
        publishing.withdraw(article, by=factories.staff(Role.EDITOR), now=NOON + HOUR)
    publishing.withdraw(article, by=factories.staff(Role.CHIEF), now=NOON + HOUR)
    assert titles_at(NOON + HOUR) == []


def test_readers_keep_the_signed_words_while_the_desk_copy_changes():
    article = factories.article(title="签发的标题", published_at=NOON)
    retitle(article, "还在改的标题")
    article.sections.update(body="<p>还在改。</p>")
    live = publishing.live_version(article, NOON + HOUR)
    assert live.title == "签发的标题"
    assert "河边的老街" in live.body_html


def test_same_words_make_one_revision():
    article = factories.article(published_at=NOON)
    publishing.withdraw(article, by=None, now=NOON + HOUR)
    publishing.publish(article, by=None, now=NOON + 2 * HOUR)
    assert article.revisions.count() == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [(-1, None), (0, None), (1, None), (-1, 1), (0, 1), (1, 2)],
)
def test_database_itself_refuses_overlapping_intervals(start, end):
    article = factories.article(published_at=NOON)
    live = article.published.get()
    live.pk = None
    live.visible_from = NOON + start * HOUR
    live.visible_until = end if end is None else NOON + end * HOUR
    with pytest.raises(IntegrityError), transaction.atomic():
        live.save(force_insert=True)


def test_database_itself_refuses_to_stretch_an_interval_over_another():
    article = factories.article(published_at=NOON)
    publishing.replace(article, by=None, now=NOON + HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        article.published.filter(visible_from=NOON).update(visible_until=None)


def test_interval_cannot_end_before_it_begins():
    article = factories.article(published_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        article.published.update(visible_until=NOON - HOUR)


def test_article_is_listed_in_its_channel_each_ancestor_and_further_channels():
    top = factories.channel()
    leaf = factories.channel(parent=factories.channel(parent=top))
    further = factories.channel()
    article = factories.article(channel=leaf)
    article.further_channels.add(further)
    published = publishing.publish(article, by=None, now=NOON)
    listed = set(published.listings.values_list("channel_id", flat=True))
    assert listed == {top.pk, leaf.parent_id, leaf.pk, further.pk}


def test_moving_a_channel_moves_its_articles_between_lists():
    old_top, new_top = factories.channel(), factories.channel()
    leaf = factories.channel(parent=old_top)
    published = factories.article(channel=leaf, published_at=NOON).published.get()
    leaf.parent = new_top
    leaf.save()
    listed = set(published.listings.values_list("channel_id", flat=True))
    assert listed == {new_top.pk, leaf.pk}
