"""After any sequence of verbs, readers see what a simple timeline says, at every moment."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from articles import publishing
from articles.models import Article, PublishedArticle
from tests import factories

START = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
MOMENT = datetime.timedelta(microseconds=1)

# Plans and their cancelling are where intervals meet, so they come up more often.
VERBS = ["publish", "schedule", "replace", "withdraw", *["replace_at", "cancel"] * 2]

steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(min_value=1, max_value=4),  # minutes until the act
        st.integers(
            min_value=1, max_value=6
        ),  # minutes from the act to its planned time
    ),
    min_size=4,
    max_size=10,
)


class Timeline:
    """What readers should see: (from, title or None) edges, kept without any database."""

    def __init__(self) -> None:
        self.edges: list[tuple[datetime.datetime, str | None]] = []

    def seen(self, at: datetime.datetime) -> str | None:
        shown = None
        for edge, title in self.edges:
            if edge <= at:
                shown = title
        return shown

    def set(
        self, now: datetime.datetime, at: datetime.datetime, title: str | None
    ) -> None:
        """Something new from `at` on; whatever was planned after `now` is given up."""
        self.edges = [edge for edge in self.edges if edge[0] <= now]
        self.edges.append((at, title))

    def forget_plans(self, now: datetime.datetime) -> None:
        self.edges = [edge for edge in self.edges if edge[0] <= now]


def act(verb: str, article: Article, timeline: Timeline, now, planned, title) -> None:
    """Do one act on both; a refused act changes neither."""
    Article.objects.filter(pk=article.pk).update(title=title)
    try:
        match verb:
            case "publish":
                publishing.publish(article, by=None, now=now)
                timeline.set(now, now, title)
            case "schedule":
                publishing.schedule(article, planned, by=None, now=now)
                timeline.set(now, planned, title)
            case "replace":
                publishing.replace(article, by=None, now=now)
                timeline.set(now, now, title)
            case "replace_at":
                publishing.replace(article, at=planned, by=None, now=now)
                timeline.set(now, planned, title)
            case "cancel":
                publishing.cancel_schedule(article, by=None, now=now)
                timeline.forget_plans(now)
            case "withdraw":
                publishing.withdraw(article, by=None, now=now)
                timeline.set(now, now, None)
    except publishing.PublishingRefused:
        pass


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=steps)
@example(sequence=[("replace_at", 1, 2), ("cancel", 1, 1)])
@example(sequence=[("replace_at", 1, 8), ("withdraw", 1, 1), ("publish", 1, 1)])
def test_readers_see_the_timeline_after_any_sequence_of_verbs(sequence):
    article, timeline, now = factories.article(), Timeline(), START
    act("publish", article, timeline, START, START, "首稿")
    moments = [START]
    for number, (verb, wait, ahead) in enumerate(sequence):
        now += wait * MINUTE
        planned = now + ahead * MINUTE
        act(verb, article, timeline, now, planned, f"第{number}稿")
        moments += [now - MOMENT, now, planned - MOMENT, planned, planned + 10 * MINUTE]
    for moment in moments:
        shown = PublishedArticle.objects.visible(moment).filter(article=article)
        wanted = timeline.seen(moment)
        assert [story.title for story in shown] == ([wanted] if wanted else [])
