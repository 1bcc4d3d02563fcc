"""What happens at the edges of intervals is recorded and told exactly once."""

import datetime
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.chain import first_break
from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import publishing
from articles.announcing import announce_due, lateness, next_due
from articles.management.commands import run_worker
from articles.models import Announcement, Article, Notice, PublishedArticle
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 6, 17, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
EDGES = [Act.WENT_LIVE, Act.EXPIRED]


def recorded() -> list[tuple[str, str]]:
    """What the record says happened by itself: act and story, oldest first."""
    entries = AuditEntry.objects.filter(act__in=EDGES).order_by("number")
    return list(entries.values_list("act", "subject"))


def planned(at=NOON, *, until=None, by=None, **fields) -> Article:
    article = factories.article(**fields)
    publishing.schedule(article, at, by=by, until=until, now=NOON - HOUR)
    return article


def test_nothing_is_announced_before_its_moment():
    planned()
    assert announce_due(NOON - datetime.timedelta(microseconds=1)) == 0
    assert recorded() == []
    assert announce_due(NOON) == 1


def test_going_live_and_expiry_are_recorded_once_each():
    planned(until=NOON + HOUR, title="渡口")
    assert announce_due(NOON) == 1
    assert announce_due(NOON) == 0
    assert announce_due(NOON + HOUR) == 1
    assert announce_due(NOON + 9 * HOUR) == 0
    assert recorded() == [("went_live", "渡口"), ("expired", "渡口")]
    entry = AuditEntry.objects.get(act=Act.WENT_LIVE)
    assert entry.after["at"] == "2026-06-17T04:00:00Z"
    assert first_break(AuditEntry.objects.order_by("number")) is None


def test_writer_and_planner_are_told_and_nobody_else():
    channel = factories.channel()
    writer, editor = factories.staff(), factories.staff(Role.EDITOR)
    factories.grant(writer, Role.REPORTER, channel)
    factories.staff(Role.CHIEF)
    planned(by=editor, title="渡口", channel=channel, created_by=writer)
    announce_due(NOON)
    notices = Notice.objects.filter(kind=Notice.Kind.WENT_LIVE)
    assert {notice.person for notice in notices} == {writer, editor}
    assert len(notices) == 2
    assert {notice.text for notice in notices} == {
        "《渡口》已于 6月17日 12:00 到点上线。"
    }


def test_one_who_wrote_and_planned_gets_one_notice():
    editor = factories.staff(Role.EDITOR)
    planned(by=editor, created_by=editor)
    announce_due(NOON)
    assert Notice.objects.filter(person=editor).count() == 1


def test_who_set_the_expiry_is_told_of_it():
    first, second = factories.staff(Role.EDITOR), factories.staff(Role.EDITOR)
    article = planned(by=first)
    publishing.set_expiry(article, NOON + HOUR, by=second, now=NOON - HOUR)
    announce_due(NOON + HOUR)
    told = Notice.objects.order_by("pk").values_list("kind", "person")
    assert list(told) == [("went_live", first.pk), ("expired", second.pk)]


def test_cancelled_plan_is_never_announced():
    article = planned()
    publishing.cancel_schedule(article, by=None, now=NOON - SECOND)
    assert announce_due(NOON + HOUR) == 0
    assert recorded() == []


def test_expiry_that_a_withdrawal_came_before_is_never_announced():
    article = planned(until=NOON + HOUR)
    announce_due(NOON)
    publishing.withdraw(article, by=None, now=NOON + SECOND)
    assert announce_due(NOON + 2 * HOUR) == 0
    assert [act for act, _ in recorded()] == ["went_live"]


def test_story_withdrawn_after_it_went_live_did_go_live():
    article = planned()
    publishing.withdraw(article, by=None, now=NOON + SECOND)
    assert announce_due(NOON + HOUR) == 1


@pytest.mark.parametrize(
    ("kind", "interval"),
    [
        ("went_live", {"visible_until": NOON}),
        ("went_live", {"visible_from": NOON + HOUR}),
        ("expired", {"visible_until": None}),
        ("expired", {"visible_until": NOON + 3 * HOUR}),
    ],
)
def test_promise_that_the_interval_no_longer_holds_is_settled_in_silence(
    kind, interval
):
    article = planned(until=NOON + 2 * HOUR)
    Announcement.objects.exclude(kind=kind).delete()
    article.published.update(**interval)
    assert announce_due(NOON + 2 * HOUR) == 0
    assert Announcement.objects.get().done_at == NOON + 2 * HOUR
    assert recorded() == []
    assert Notice.objects.count() == 0


def test_version_that_another_follows_did_not_expire():
    article = planned(until=NOON + 2 * HOUR)
    late = PublishedArticle.objects.get()
    announce_due(NOON)
    publishing.replace(article, by=None, at=NOON + HOUR, now=NOON + SECOND)
    # As if the promise of the old end had stayed behind, moved to the new one.
    Announcement.objects.create(
        published_article=late, kind="expired", due_at=NOON + HOUR
    )
    announce_due(NOON + HOUR)
    assert [act for act, _ in recorded()] == ["went_live", "went_live"]


def test_replaced_expiry_is_announced_at_its_new_time_only():
    article = planned(until=NOON + HOUR)
    publishing.set_expiry(article, NOON + 3 * HOUR, by=None, now=NOON + SECOND)
    assert announce_due(NOON + 2 * HOUR) == 1
    assert announce_due(NOON + 3 * HOUR) == 1
    assert [act for act, _ in recorded()] == ["went_live", "expired"]


def test_expiry_moved_after_the_clock_was_set_back_is_announced_again():
    article = planned(until=NOON + HOUR)
    announce_due(NOON + HOUR)
    publishing.set_expiry(article, NOON + 2 * HOUR, by=None, now=NOON + SECOND)
    assert announce_due(NOON + 2 * HOUR) == 1
    assert [act for act, _ in recorded()] == ["went_live", "expired", "expired"]


def test_clock_set_back_announces_nothing_twice():
    planned()
    assert announce_due(NOON + SECOND) == 1
    assert announce_due(NOON - HOUR) == 0
    assert announce_due(NOON + SECOND) == 0


def test_due_at_one_moment_go_in_the_order_of_planning():
    for title in ("甲", "乙", "丙"):
        planned(title=title)
    announce_due(NOON, limit=2)
    announce_due(NOON)
    assert [title for _, title in recorded()] == ["甲", "乙", "丙"]


def test_nothing_due_costs_one_query(django_assert_num_queries):
    planned()
    with django_assert_num_queries(1):
        announce_due(NOON - SECOND)


def test_failure_in_the_middle_leaves_the_announcement_to_the_next_call(monkeypatch):
    planned(by=factories.staff(Role.EDITOR))

    def fail(*_args, **_fields):
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", fail)
        with pytest.raises(OperationalError):
            announce_due(NOON)
    assert Notice.objects.count() == 0
    assert announce_due(NOON) == 1
    assert Notice.objects.count() == 1


def test_one_that_cannot_be_written_does_not_hold_up_the_others(monkeypatch, caplog):
    bad, _good = planned(title="坏"), planned(title="好")
    record = audit.record

    def refuse_bad(act, *, subject, **fields):
        if subject == bad:
            raise IntegrityError("refused")
        return record(act, subject=subject, **fields)

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", refuse_bad)
        assert announce_due(NOON) == 1
    assert [title for _, title in recorded()] == ["好"]
    assert "failed; the others go on" in caplog.text
    assert announce_due(NOON) == 1


def test_lateness_and_next_due():
    assert lateness(NOON) == datetime.timedelta()
    assert next_due() is None
    planned()
    assert lateness(NOON - SECOND) == datetime.timedelta()
    assert lateness(NOON + HOUR) == HOUR
    assert next_due() == NOON


@pytest.mark.django_db(transaction=True)
def test_announcer_waits_for_a_verb_that_moves_the_edge():
    """The verb began before the edge and commits after it: its word counts."""
    now = timezone.now()
    article = factories.article()
    publishing.publish(article, by=None, until=now + SECOND, now=now)
    due = now + 2 * SECOND
    answers: list[int] = []

    def announce() -> None:
        try:
            answers.append(announce_due(due))
        finally:
            connection.close()

    thread = threading.Thread(target=announce)
    with transaction.atomic():
        publishing.set_expiry(article, now + HOUR, by=None, now=now)
        thread.start()
        thread.join(0.5)
    thread.join(20)
    assert answers == [0]
    assert recorded() == []
    assert announce_due(now + HOUR) == 1


@pytest.mark.django_db(transaction=True)
def test_many_announcers_at_once_announce_each_once():
    for _ in range(12):
        planned(by=None)
    barrier = threading.Barrier(4)
    answers: list[int] = []

    def announce() -> None:
        try:
            barrier.wait(10)
            answers.append(announce_due(NOON))
        finally:
            connection.close()

    threads = [threading.Thread(target=announce) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    answers.append(announce_due(NOON))
    assert sum(answers) == 12
    assert len(recorded()) == 12


def test_worker_once_does_all_that_is_due(capsys):
    editor = factories.staff(Role.EDITOR, email="a@example.cn")
    planned(by=editor)
    call_command("run_worker", "--once")
    assert capsys.readouterr().out == "到点事项 1 件，邮件 1 封，图片 0 张。\n"
    call_command("run_worker", "--once")
    assert capsys.readouterr().out == "到点事项 0 件，邮件 0 封，图片 0 张。\n"


def test_worker_status_fails_when_something_is_late(capsys):
    planned()
    with pytest.raises(CommandError, match="后台任务没有在运行"):
        call_command("run_worker", "--status")
    assert "已到点还没做 1 件" in capsys.readouterr().out
    announce_due()
    call_command("run_worker", "--status")
    assert "已到点还没做 0 件，最迟 0 秒" in capsys.readouterr().out


class Scripted:
    """Work that goes as told: an error is raised, a number is the pause after it."""

    def __init__(self, stop: threading.Event, *course) -> None:
        self.stop, self.course = stop, list(course)

    def __call__(self) -> float:
        step = self.course.pop(0)
        if not self.course:
            self.stop.set()
        if isinstance(step, Exception):
            raise step
        return step


def test_worker_survives_a_failing_database(monkeypatch, caplog):
    monkeypatch.setattr(run_worker, "AFTER_A_FAULT", 0.0)
    stop, fault = threading.Event(), threading.Event()
    work = Scripted(stop, OperationalError("gone"), 0.0, 0.0)
    run_worker.keep_doing(work, stop, fault)
    assert work.course == []
    assert not fault.is_set()
    assert "The database fails" in caplog.text


def test_worker_ends_as_a_whole_by_any_other_fault():
    stop, fault = threading.Event(), threading.Event()
    run_worker.keep_doing(
        Scripted(threading.Event(), ValueError("a bug"), 0.0), stop, fault
    )
    assert fault.is_set()
    assert stop.is_set()


def test_worker_sleeps_until_the_next_moment_and_never_long():
    assert run_worker.announce_a_batch() == run_worker.LOOK_AGAIN
    article = factories.article()
    publishing.schedule(article, timezone.now() + SECOND / 2, by=None)
    assert 0 < run_worker.announce_a_batch() < 0.5
    publishing.schedule(article, timezone.now() + HOUR, by=None)
    assert run_worker.announce_a_batch() == run_worker.LOOK_AGAIN
