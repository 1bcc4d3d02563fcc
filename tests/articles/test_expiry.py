"""Stories that end by themselves: the interval, and what is promised of its end."""

import contextlib
import datetime
from typing import ClassVar

import pytest
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings, strategies as st

from accounts.models import Act, AuditEntry
from articles import publishing
from articles.models import Announcement, Article, PublishedArticle
from articles.publishing import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 6, 17, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
MOMENT = datetime.timedelta(microseconds=1)


def intervals(article: Article) -> list[tuple]:
    shown = article.published.exclude(visible_until=F("visible_from"))
    return list(
        shown.order_by("visible_from").values_list("visible_from", "visible_until")
    )


def promises(article: Article, after=NOON) -> list[tuple]:
    """What is to be announced of the story: kind and moment."""
    open_ones = Announcement.objects.filter(
        published_article__article=article, done_at=None, due_at__gt=after
    )
    return list(open_ones.order_by("due_at", "kind").values_list("kind", "due_at"))


def live_until(until, *, title="渡口") -> Article:
    article = factories.article(title=title)
    publishing.publish(article, by=None, until=until, now=NOON)
    return article


def test_published_story_ends_by_itself():
    article = live_until(NOON + HOUR)
    assert publishing.live_version(article, NOON + HOUR - MOMENT)
    assert publishing.live_version(article, NOON + HOUR) is None
    assert promises(article) == [("expired", NOON + HOUR)]


def test_scheduled_story_ends_by_itself():
    article = factories.article()
    publishing.schedule(article, NOON + HOUR, by=None, until=NOON + 2 * HOUR, now=NOON)
    assert intervals(article) == [(NOON + HOUR, NOON + 2 * HOUR)]
    assert promises(article) == [
        ("went_live", NOON + HOUR),
        ("expired", NOON + 2 * HOUR),
    ]


@pytest.mark.parametrize("until", [NOON - HOUR, NOON])
def test_end_that_is_not_after_the_beginning_is_refused(until):
    article = factories.article()
    with pytest.raises(PublishingRefused, match="下线时间要晚于上线时间"):
        publishing.publish(article, by=None, until=until, now=NOON)
    with pytest.raises(PublishingRefused, match="下线时间要晚于上线时间"):
        publishing.schedule(article, NOON + HOUR, by=None, until=until, now=NOON)
    assert intervals(article) == []


def test_expiry_can_be_moved_and_taken_away():
    article = live_until(NOON + HOUR)
    publishing.set_expiry(article, NOON + 3 * HOUR, by=None, now=NOON + MOMENT)
    assert intervals(article) == [(NOON, NOON + 3 * HOUR)]
    assert promises(article) == [("expired", NOON + 3 * HOUR)]
    publishing.set_expiry(article, None, by=None, now=NOON + MOMENT)
    assert intervals(article) == [(NOON, None)]
    assert promises(article) == []


def test_expiry_is_kept_in_the_record_with_what_it_was_before():
    article = live_until(NOON + HOUR)
    publishing.set_expiry(article, None, by=None, now=NOON + MOMENT)
    entry = AuditEntry.objects.get(act=Act.SET_EXPIRY)
    assert entry.before == {"visible_until": "2026-06-17T05:00:00Z"}
    assert entry.after == {"visible_until": None}


def test_expiry_of_what_is_not_shown_and_not_planned_is_refused():
    article = live_until(NOON + HOUR)
    with pytest.raises(PublishingRefused, match="没有在线或定时的版本"):
        publishing.set_expiry(article, NOON + 9 * HOUR, by=None, now=NOON + HOUR)


def test_expiry_in_the_past_is_refused():
    article = live_until(None)
    with pytest.raises(PublishingRefused, match="还没有过去"):
        publishing.set_expiry(article, NOON + HOUR, by=None, now=NOON + 2 * HOUR)
    assert intervals(article) == [(NOON, None)]


def test_replacement_takes_the_expiry_over():
    article = live_until(NOON + 3 * HOUR)
    publishing.replace(article, by=None, now=NOON + HOUR)
    assert intervals(article) == [
        (NOON, NOON + HOUR),
        (NOON + HOUR, NOON + 3 * HOUR),
    ]
    assert promises(article) == [("expired", NOON + 3 * HOUR)]


def test_planned_replacement_takes_the_expiry_over_and_gives_it_back():
    article = live_until(NOON + 3 * HOUR)
    publishing.replace(article, by=None, at=NOON + 2 * HOUR, now=NOON + HOUR)
    assert promises(article) == [
        ("went_live", NOON + 2 * HOUR),
        ("expired", NOON + 3 * HOUR),
    ]
    publishing.cancel_schedule(article, by=None, now=NOON + HOUR)
    assert intervals(article) == [(NOON, NOON + 3 * HOUR)]
    assert promises(article) == [("expired", NOON + 3 * HOUR)]


@pytest.mark.parametrize("hours", [3, 4])
def test_replacement_planned_for_after_the_expiry_is_refused(hours):
    article = live_until(NOON + 3 * HOUR)
    with pytest.raises(PublishingRefused, match="早于下线时间"):
        publishing.replace(article, by=None, at=NOON + hours * HOUR, now=NOON + HOUR)
    assert intervals(article) == [(NOON, NOON + 3 * HOUR)]
    assert promises(article) == [("expired", NOON + 3 * HOUR)]


def test_expiry_set_on_a_plan_passes_to_the_live_version_when_the_plan_is_given_up():
    article = live_until(None)
    publishing.replace(article, by=None, at=NOON + 2 * HOUR, now=NOON + HOUR)
    publishing.set_expiry(article, NOON + 5 * HOUR, by=None, now=NOON + HOUR)
    publishing.cancel_schedule(article, by=None, now=NOON + HOUR)
    assert intervals(article) == [(NOON, NOON + 5 * HOUR)]
    assert promises(article) == [("expired", NOON + 5 * HOUR)]


def test_correction_keeps_the_expiry():
    article = live_until(NOON + 3 * HOUR)
    note = publishing.PublicNote("correction", "第二段的年份已改正。")
    publishing.correct(article, note, by=None, now=NOON + HOUR)
    assert intervals(article)[-1] == (NOON + HOUR, NOON + 3 * HOUR)
    assert promises(article) == [("expired", NOON + 3 * HOUR)]


def test_withdrawal_leaves_nothing_promised():
    article = live_until(NOON + 3 * HOUR)
    publishing.replace(article, by=None, at=NOON + 2 * HOUR, now=NOON + HOUR)
    publishing.withdraw(article, by=None, now=NOON + HOUR)
    assert intervals(article) == [(NOON, NOON + HOUR)]
    assert promises(article) == []


def test_dates_that_are_over_stand_in_the_way_of_nothing():
    article = factories.article()
    publishing.schedule(article, NOON + HOUR, by=None, until=NOON + 2 * HOUR, now=NOON)
    later = NOON + 5 * HOUR
    publishing.schedule(article, later + HOUR, by=None, now=later)
    assert intervals(article) == [
        (NOON + HOUR, NOON + 2 * HOUR),
        (later + HOUR, None),
    ]
    publishing.publish(article, by=None, now=later)
    assert intervals(article)[-1] == (later, None)
    assert promises(article, after=later) == []


class Course:
    """Acts on one story as the newsroom could order them; refusals change nothing."""

    verbs: ClassVar = ["publish", "schedule", "replace", "plan", "expire"]
    verbs += ["unexpire", "correct", "cancel", "withdraw"]

    def __init__(self) -> None:
        self.article = factories.article()
        self.now = NOON

    def act(self, verb: str, wait: int, ahead: int, length: int) -> None:
        self.now += wait * HOUR
        at = self.now + ahead * HOUR
        until = at + length * HOUR if length else None
        keys = {"by": None, "now": self.now}
        article = self.article
        Article.objects.filter(pk=article.pk).update(title=f"第{self.now:%d%H}稿")
        note = publishing.PublicNote("correction", "年份已改正。")
        doings = {
            "publish": lambda: publishing.publish(article, until=until, **keys),
            "schedule": lambda: publishing.schedule(article, at, until=until, **keys),
            "replace": lambda: publishing.replace(article, **keys),
            "plan": lambda: publishing.replace(article, at=at, **keys),
            "expire": lambda: publishing.set_expiry(article, at, **keys),
            "unexpire": lambda: publishing.set_expiry(article, None, **keys),
            "correct": lambda: publishing.correct(article, note, **keys),
            "cancel": lambda: publishing.cancel_schedule(article, **keys),
            "withdraw": lambda: publishing.withdraw(article, **keys),
        }
        with contextlib.suppress(PublishingRefused):
            doings[verb]()

    def edges_to_come(self) -> list[tuple]:
        """What the intervals themselves say will happen."""
        spans = PublishedArticle.objects.filter(article=self.article)
        spans = [
            (row.visible_from, row.visible_until)
            for row in spans
            if row.visible_from != row.visible_until
        ]
        begins = {start for start, _ in spans if start > self.now}
        starts = {start for start, _ in spans}
        ends = {end for _, end in spans if end and end > self.now} - starts
        edges = [("went_live", at) for at in begins] + [("expired", at) for at in ends]
        return sorted(edges, key=lambda edge: (edge[1], edge[0]))


steps = st.tuples(
    st.sampled_from(Course.verbs),
    st.integers(min_value=0, max_value=3),
    st.integers(min_value=1, max_value=6),
    st.integers(min_value=0, max_value=5),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=st.lists(steps, min_size=3, max_size=9))
@example(sequence=[("publish", 0, 1, 5), ("plan", 1, 2, 0), ("correct", 1, 1, 0)])
@example(sequence=[("publish", 0, 1, 3), ("plan", 1, 1, 0), ("expire", 0, 6, 0)])
def test_what_is_promised_is_what_the_intervals_say_after_any_acts(sequence):
    # The database's guard against overlaps would raise an error here, not a refusal.
    course = Course()
    for step in sequence:
        course.act(*step)
        assert promises(course.article, after=course.now) == course.edges_to_come()
