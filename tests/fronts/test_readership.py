"""Views of stories: counted without knowing anybody, written in batches, shown as ranks and trends."""

import datetime
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from fronts import readership
from fronts.models import DailyViews
from fronts.readership import buffer, most_read, store
from fronts.templatetags.readership import trend_in_words, trend_points
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def read(story, *, times: int = 1, **headers) -> None:
    reader = Client(headers={"user-agent": BROWSER, **headers})
    for _ in range(times):
        assert reader.post(f"/seen/{story.pk}/").status_code == 204


def views_of(story) -> list[int]:
    buffer.flush()
    return list(
        DailyViews.objects.filter(article=story).values_list("views", flat=True)
    )


def test_views_gather_without_a_query_and_are_written_together(
    django_assert_num_queries,
):
    one, other = factories.article(published=True), factories.article(published=True)
    with django_assert_num_queries(0):
        read(one, times=3)
        read(other)
    assert not DailyViews.objects.exists()
    assert views_of(one) == [3]
    assert views_of(other) == [1]


def test_later_views_of_a_day_are_added():
    story = factories.article(published=True)
    read(story, times=2)
    assert views_of(story) == [2]
    read(story)
    assert views_of(story) == [3]


def test_number_of_queries_does_not_grow_with_the_stories(django_assert_num_queries):
    stories = [factories.article(published=True) for _ in range(20)]
    day = timezone.localdate()
    # The visible ones, a savepoint and its release, the rows, and one number.
    with django_assert_num_queries(5):
        store(Counter({(story.pk, day): 4 for story in stories}))


def test_answer_keeps_nothing_and_says_nothing():
    story = factories.article(published=True)
    response = Client(headers={"user-agent": BROWSER}).post(f"/seen/{story.pk}/")
    assert response.content == b""
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"


def test_reading_is_not_counted_by_a_get():
    story = factories.article(published=True)
    assert Client().get(f"/seen/{story.pk}/").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"user-agent": "Mozilla/5.0 (compatible; ExampleBot/2.1)"},
        {"user-agent": ""},
    ],
)
def test_other_sites_and_robots_are_no_readers(headers):
    story = factories.article(published=True)
    read(story, **headers)
    assert views_of(story) == []


def test_only_what_readers_can_see_is_counted():
    draft = factories.article()
    withdrawn = factories.article(published=True)
    publishing.withdraw(withdrawn, by=None)
    for story in (draft, withdrawn):
        read(story)
        assert views_of(story) == []
    assert Client().post("/seen/999999/").status_code == 204
    buffer.flush()


def test_one_story_cannot_be_pushed_beyond_reason(monkeypatch):
    monkeypatch.setattr(buffer, "most_of_a_key", 5)
    story = factories.article(published=True)
    read(story, times=9)
    assert views_of(story) == [5]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(buffer, "most_keys", 1)
    first, second = factories.article(published=True), factories.article(published=True)
    read(first)
    read(second)
    read(first)
    assert views_of(first) == [2]
    assert views_of(second) == []


def test_views_outlive_a_database_that_refuses(monkeypatch):
    story = factories.article(published=True)
    read(story, times=2)

    def refuse(_):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(readership, "store", refuse)
        buffer.flush()
    read(story)
    assert views_of(story) == [3]


# What a worker of the server is: a process of multiprocessing that loads the project.
WORKER = """
import datetime, multiprocessing, pathlib, sys
import django

def work(path):
    django.setup()
    from fronts import readership
    readership.store = lambda views: pathlib.Path(path).write_text(str(views.total()))
    readership.buffer.add((1, datetime.date(2026, 6, 17)))

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=work, args=sys.argv[1:])
    process.start()
    process.join()
"""


def test_worker_that_ends_writes_what_it_has_counted(tmp_path):
    script, written = tmp_path / "worker.py", tmp_path / "written"
    script.write_text(WORKER)
    subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, str(script), str(written)],
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
        check=True,
    )
    assert written.read_text() == "1"


def test_most_read_are_those_of_the_last_days():
    old, new, never = (factories.article(published=True) for _ in range(3))
    now = timezone.now()
    today = timezone.localdate(now)
    DailyViews.objects.create(
        article=old, day=today - datetime.timedelta(days=7), views=90
    )
    DailyViews.objects.create(article=old, day=today, views=1)
    DailyViews.objects.create(article=new, day=today, views=2)
    DailyViews.objects.create(article=never, day=today, views=0)
    week = [story.article_id for story in most_read(now, 7, 6)]
    assert week == [new.pk, old.pk]
    fortnight = [story.article_id for story in most_read(now, 14, 6)]
    assert fortnight == [old.pk, new.pk]


def test_withdrawn_story_leaves_the_ranking_at_once():
    story = factories.article(published=True)
    DailyViews.objects.create(article=story, day=timezone.localdate(), views=5)
    assert len(most_read(timezone.now(), 7, 6)) == 1
    publishing.withdraw(story, by=None)
    assert most_read(timezone.now(), 7, 6) == []


def test_ranking_costs_one_query_while_it_is_fresh(django_assert_num_queries):
    story = factories.article(published=True)
    DailyViews.objects.create(article=story, day=timezone.localdate(), views=5)
    most_read(timezone.now(), 7, 6)
    with django_assert_num_queries(1):
        most_read(timezone.now(), 7, 6)


def signed_in(role: Role, channel=None) -> Client:
    person = factories.staff()
    factories.grant(person, role, channel)
    client = Client()
    client.force_login(person)
    return client


def test_editors_see_what_was_read_in_their_channels():
    mine, other = factories.channel(name="乡村"), factories.channel(name="城区")
    today = timezone.localdate()
    for channel, views in ((mine, 7), (other, 9)):
        story = factories.article(
            channel=channel, title=f"{channel}的稿", published=True
        )
        DailyViews.objects.create(article=story, day=today, views=views)
    page = parsed(signed_in(Role.EDITOR, mine).get("/admin/fronts/dailyviews/"))
    assert words_of(page, ".readership__table tbody th") == ["乡村的稿"]
    assert words_of(page, ".readership__table .readership__number")[1:] == ["7"]
    assert select(page, ".trend polyline")
    page = parsed(signed_in(Role.CHIEF).get("/admin/fronts/dailyviews/?days=1"))
    assert words_of(page, ".readership__table tbody th") == ["城区的稿", "乡村的稿"]


def test_page_of_numbers_is_for_those_who_see_stories():
    assert signed_in(Role.REPORTER).get("/admin/fronts/dailyviews/").status_code == 403


def test_empty_page_says_when_numbers_come():
    page = parsed(signed_in(Role.CHIEF).get("/admin/fronts/dailyviews/"))
    assert "还没有阅读记录" in words_of(page, ".readership__note")[0]


def test_story_on_the_desk_shows_its_own_numbers():
    story = factories.article(published=True)
    DailyViews.objects.create(article=story, day=timezone.localdate(), views=12)
    page = parsed(
        signed_in(Role.CHIEF).get(f"/admin/articles/article/{story.pk}/change/")
    )
    assert words_of(page, ".reading__numbers") == [
        "今天 12 次 · 7 天 12 次 · 30 天 12 次"
    ]


def test_trend_is_drawn_to_its_highest_day_and_said_in_words():
    assert trend_points([0, 5, 10]) == "0.0,23.0 60.0,12.0 120.0,1.0"
    assert trend_points([0]) == "0.0,23.0"
    assert trend_in_words([1] * 14) == "最近 7 天 7 次，再前 7 天 7 次"
