"""等我处理: what waits for this very person, and nothing else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles import inbox, notices, publishing, reviews
from articles.models import Note, Notice, ReviewRound, SignOff
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

INBOX = reverse("admin:articles_inbox")
NOTICES = reverse("admin:articles_notices")


@pytest.fixture
def reviewed():
    """A channel with three levels, its people, and a story that was sent in."""
    channel = factories.channel(review_levels=3)
    people = {
        "writer": factories.staff(Role.REPORTER),
        "first": factories.staff(Role.EDITOR),
        "second": factories.staff(Role.EDITOR),
        "chief": factories.staff(Role.CHIEF),
    }
    story = factories.article(
        title="渡口通车", channel=channel, created_by=people["writer"]
    )
    reviews.submit(story, by=people["writer"])
    return story, people


def sign(story, person):
    newest = story.revisions.order_by("-number")[0]
    return reviews.sign(story, by=person, sha256=newest.sha256)


def waiting(person) -> list[tuple[str, str]]:
    items = inbox.items(inbox.Shelf.WAITING, person, timezone.now())
    assert len(items) == inbox.count_waiting(person)
    return [(item.task, item.article.title) for item in items]


def test_story_sent_in_waits_for_those_who_may_sign_first(reviewed):
    _, people = reviewed
    assert waiting(people["first"]) == [("初审", "渡口通车")]
    assert waiting(people["writer"]) == []


def test_next_level_does_not_wait_for_who_signed_the_last(reviewed):
    story, people = reviewed
    sign(story, people["first"])
    assert waiting(people["first"]) == []
    assert waiting(people["second"]) == [("复审", "渡口通车")]


def test_last_level_waits_for_a_chief_only(reviewed):
    story, people = reviewed
    sign(story, people["first"])
    sign(story, people["second"])
    assert waiting(people["second"]) == []
    assert waiting(people["chief"]) == [("终审", "渡口通车")]


def test_story_with_all_signatures_waits_to_be_published(reviewed):
    story, people = reviewed
    for name in ("first", "second", "chief"):
        sign(story, people[name])
    assert waiting(people["first"]) == [("发布", "渡口通车")]
    publishing.publish(story, by=people["first"])
    assert waiting(people["first"]) == []


def test_story_does_not_wait_for_who_wrote_in_it(reviewed):
    story, people = reviewed
    newest = story.revisions.get()
    newest.writers.create(person=people["first"])
    assert waiting(people["first"]) == []
    assert waiting(people["second"]) == [("初审", "渡口通车")]


def test_returned_story_waits_for_its_writer_with_the_reason(reviewed):
    story, people = reviewed
    newest = story.revisions.get()
    reviews.return_to_writer(
        story, by=people["first"], sha256=newest.sha256, note="日期要核对"
    )
    assert waiting(people["writer"]) == [("改稿", "渡口通车")]
    items = inbox.items(inbox.Shelf.RETURNED, people["writer"], timezone.now())
    assert "日期要核对" in items[0].detail
    reviews.submit(story, by=people["writer"])
    assert waiting(people["writer"]) == []


def test_editor_of_another_channel_has_nothing_to_do_with_it(reviewed):
    other = factories.staff()
    factories.grant(other, Role.EDITOR, factories.channel())
    assert waiting(other) == []
    assert inbox.items(inbox.Shelf.OVERDUE, other, timezone.now()) == []


def test_editor_of_the_channel_above_has(reviewed):
    story, _ = reviewed
    above = factories.channel()
    story.channel.parent = above
    story.channel.save()
    person = factories.staff()
    factories.grant(person, Role.EDITOR, above)
    assert waiting(person) == [("初审", "渡口通车")]


def test_mention_waits_until_the_note_is_resolved(reviewed):
    story, people = reviewed
    note = Note.objects.create(
        article=story,
        revision=story.revisions.get(),
        text="请看第二节",
        written_by=people["first"],
        written_at=timezone.now(),
    )
    note.mentioned.add(people["writer"])
    assert waiting(people["writer"]) == [("看批注", "渡口通车")]
    note.resolved_at = timezone.now()
    note.save()
    assert waiting(people["writer"]) == []


def test_inbox_agrees_with_the_rule_of_signing_at_every_step(reviewed):
    story, people = reviewed
    for signer in ("first", "second", "chief"):
        for person in people.values():
            state = reviews.state_of(story)
            may = any(
                not reviews.objection(state, slot, person) for slot in state.due_slots
            )
            waits = inbox.rounds_waiting_for(person).filter(article=story).exists()
            assert waits == may
        sign(story, people[signer])


def test_story_that_waits_longer_than_a_day_is_overdue(reviewed):
    _, people = reviewed
    tomorrow = timezone.now() + datetime.timedelta(hours=25)
    late = inbox.items(inbox.Shelf.OVERDUE, people["chief"], tomorrow)
    assert [item.is_overdue for item in late] == [True]
    assert inbox.items(inbox.Shelf.OVERDUE, people["chief"], timezone.now()) == []


def test_scheduled_shelf_shows_what_goes_live_in_ones_channels():
    editor = signed_in(Role.EDITOR)
    story = factories.article(title="明天的消息")
    publishing.schedule(story, timezone.now() + datetime.timedelta(days=1), by=None)
    page = editor.get(reverse("admin:articles_inbox_shelf", args=["scheduled"]))
    assert "明天的消息" in page.content.decode()


@pytest.mark.parametrize("shelf", list(inbox.Shelf))
def test_every_shelf_says_when_it_is_empty(shelf):
    page = signed_in(Role.EDITOR).get(
        reverse("admin:articles_inbox_shelf", args=[shelf])
    )
    assert "inbox__empty" in page.content.decode()


def test_shelf_that_is_none_is_not_found():
    address = reverse("admin:articles_inbox_shelf", args=["cellar"])
    assert signed_in(Role.EDITOR).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, None])
def test_people_without_newsroom_work_have_no_inbox(role):
    client = signed_in(role)
    assert client.get(INBOX).status_code == 403
    assert client.get(NOTICES).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 200


def test_inbox_asks_as_few_questions_for_twenty_stories_as_for_one(
    django_assert_max_num_queries,
):
    channel = factories.channel(review_levels=2)
    writer = factories.staff(Role.REPORTER)
    for _ in range(20):
        reviews.submit(factories.article(channel=channel, created_by=writer), by=writer)
    client = signed_in(Role.EDITOR)
    with django_assert_max_num_queries(24):
        page = client.get(INBOX)
    assert page.content.decode().count("inbox__task") == 20


@pytest.mark.usefixtures("reviewed")
def test_front_page_and_navigation_say_how_much_waits():
    client = signed_in(Role.EDITOR)
    page = client.get(reverse("admin:index")).content.decode()
    assert "渡口通车" in page
    assert 'desk-nav__count">1<' in page


def test_notices_are_marked_read_by_their_owner_only(reviewed):
    story, _ = reviewed
    client = signed_in(Role.EDITOR)
    notices.notify(
        [client.user], Notice.Kind.TO_REVIEW, story, "一件事", now=timezone.now()
    )
    others = Notice.objects.exclude(person=client.user).filter(read_at=None).count()
    assert "一件事" in client.get(NOTICES).content.decode()
    client.post(reverse("admin:articles_notices_read"))
    assert not Notice.objects.filter(person=client.user, read_at=None).exists()
    assert Notice.objects.filter(read_at=None).count() == others > 0


def test_notices_are_not_marked_read_by_a_link():
    address = reverse("admin:articles_notices_read")
    assert signed_in(Role.EDITOR).get(address).status_code == 405


def test_ledger_and_round_tell_the_same_story(reviewed):
    story, people = reviewed
    sign(story, people["first"])
    entry = SignOff.objects.get()
    assert (entry.level, entry.person) == (1, people["first"])
    assert ReviewRound.objects.get().due_level == 2
