"""Letters to staff: each at most once, safe in their headers, and never in the way."""

import datetime
import smtplib
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.roles import Role
from articles import mailing
from articles.mailing import mail_waiting, unsettled
from articles.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


def notice(text="《渡口》等你审。", *, email="he@example.cn", **fields) -> Notice:
    if "person" not in fields:
        fields["person"] = factories.staff(Role.EDITOR, email=email)
    return Notice.objects.create(
        **{
            "kind": Notice.Kind.TO_REVIEW,
            "article": factories.article(),
            "text": text,
            "made_at": timezone.now() - datetime.timedelta(seconds=1),
            **fields,
        }
    )


def fail_for(monkeypatch, address: str, error: Exception) -> None:
    """Let the mail server refuse letters to this address."""
    send = EmailBackend.send_messages

    def send_unless(backend, letters):
        if address in letters[0].to:
            raise error
        return send(backend, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", send_unless)


def test_letter_says_what_happened_and_where(settings):
    settings.SITE_URL = "https://portal.example"
    made = notice("《渡口》已于 6月17日 08:18 到点上线。")
    assert mail_waiting() == 1
    [letter] = mail.outbox
    assert letter.to == ["he@example.cn"]
    assert letter.subject == "《渡口》已于 6月17日 08:18 到点上线。"
    page = f"https://portal.example/admin/articles/article/{made.article_id}/change/"
    assert letter.body.splitlines() == [letter.subject, "", page]
    assert letter.message().get_content_type() == "text/plain"


def test_letter_is_sent_once():
    made = notice()
    assert [mail_waiting(), mail_waiting()] == [1, 0]
    made.refresh_from_db()
    assert made.mailing_at <= made.mailed_at
    assert len(mail.outbox) == 1


def test_subject_is_one_short_line():
    notice("渡口\r\nBcc: all@example.cn\n" + "长" * 200)
    mail_waiting()
    message = mail.outbox[0].message()
    assert len(mail.outbox[0].subject) == 60
    assert message["Bcc"] is None
    assert message["To"] == "he@example.cn"
    assert "长" * 200 in mail.outbox[0].body


@pytest.mark.parametrize(
    "person",
    [
        {"email": ""},
        {"email": "he@example.cn", "is_active": False},
    ],
)
def test_people_who_can_get_no_letter_are_passed_over_for_good(person):
    somebody = factories.staff(Role.EDITOR, **person)
    notice(person=somebody)
    assert mail_waiting() == 0
    somebody.email, somebody.is_active = "new@example.cn", True
    somebody.save()
    assert mail_waiting() == 0
    assert mail.outbox == []
    assert not unsettled().exists()


def test_one_who_may_no_longer_see_the_story_gets_no_letter():
    made = notice()
    made.person.grants.all().delete()
    mail_waiting()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("slow"),
        ValueError("no address"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_refused_letter_is_logged_and_not_tried_again_and_others_go_on(
    monkeypatch, caplog, error
):
    bad = notice(email="bad@example.cn")
    notice(email="good@example.cn")
    fail_for(monkeypatch, "bad@example.cn", error)
    assert mail_waiting() == 1
    assert f"Notice {bad.pk} was not mailed" in caplog.text
    monkeypatch.undo()
    assert mail_waiting() == 0
    assert [letter.to for letter in mail.outbox] == [["good@example.cn"]]
    assert list(unsettled()) == [bad]


def test_silent_mail_server_uses_up_no_letter(monkeypatch, caplog):
    notice()

    def refuse(_backend):
        raise ConnectionRefusedError("nobody there")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", refuse, raising=False)
        assert mail_waiting() == 0
    assert "does not answer" in caplog.text
    assert not unsettled().exists()
    assert mail_waiting() == 1


def test_letter_cut_off_after_the_claim_is_shown_and_never_sent(monkeypatch, capsys):
    made = notice()

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", die)
        with pytest.raises(KeyboardInterrupt):
            mail_waiting()
    assert mail_waiting() == 0
    call_command("run_worker", "--status")
    said = capsys.readouterr().out
    assert "开始寄而没有寄成 1 封" in said
    assert f"通知 {made.pk}，" in said


def test_letter_whose_sending_could_not_be_noted_is_not_sent_twice(monkeypatch):
    notice()
    send = EmailBackend.send_messages

    def send_and_lose_the_database(backend, letters):
        send(backend, letters)
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", send_and_lose_the_database)
        with pytest.raises(OperationalError):
            mail_waiting()
    assert mail_waiting() == 0
    assert len(mail.outbox) == 1


def test_letter_claimed_by_somebody_else_meanwhile_is_left_to_them(monkeypatch):
    notice()

    def somebody_else_claims(*_):
        Notice.objects.update(mailing_at=timezone.now())
        return True

    monkeypatch.setattr(mailing, "can", somebody_else_claims)
    assert mail_waiting() == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once():
    for number in range(8):
        notice(f"第 {number} 封")
    barrier = threading.Barrier(4)

    def work() -> None:
        try:
            barrier.wait(10)
            mail_waiting()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    mail_waiting()
    subjects = sorted(letter.subject for letter in mail.outbox)
    assert subjects == [f"第 {number} 封" for number in range(8)]
