"""Notices by e-mail: at most once each, by any number of workers.

A notice is claimed and the claim committed before the letter is handed over. Whoever
dies in between leaves a claim without a letter, which `unsettled` shows to the operator;
nobody ever gets a letter twice.
"""

import logging
from contextlib import suppress

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.rights import can
from accounts.roles import Verb
from articles.models import Notice

logger = logging.getLogger(__name__)

BATCH = 50  # letters in one call
LONGEST_SUBJECT = 60  # characters


def mail_waiting(*, limit: int = BATCH) -> int:
    """Send the letters that wait, oldest first; how many were handed over.

    Must not run inside a transaction. A mail server that does not answer is logged, and
    the letters go on waiting. A letter it refuses is logged and not tried again.
    """
    waiting = Notice.objects.filter(mailing_at=None).order_by("made_at", "pk")
    server = _server()
    sent = 0
    try:
        for notice in waiting.select_related("person", "article")[:limit]:
            if not _is_wanted(notice):
                _set_aside(notice)
                continue
            server.open()
            sent += _claim(notice) and _send(server, notice)
    except OSError as error:
        logger.warning("The mail server does not answer; letters wait: %s", error)
    finally:
        _hang_up(server)
    return sent


def unsettled() -> QuerySet[Notice]:
    """Claimed, and not known to be sent: refused, cut off, or being sent right now."""
    claimed = Notice.objects.filter(mailing_at__isnull=False, mailed_at=None)
    return claimed.exclude(mailing_at=F("made_at")).order_by("mailing_at", "pk")


def _server() -> BaseEmailBackend:
    # Django 6.1 keeps connections under names; get_connection() is on its way out.
    mailers = getattr(mail, "mailers", None)
    return mailers.default if mailers else mail.get_connection()


def _is_wanted(notice: Notice) -> bool:
    """Whether there is an address, and the person still works here and sees the story."""
    person = notice.person
    return bool(person.email) and can(person, Verb.VIEW, notice.article)


def _set_aside(notice: Notice) -> None:
    """Never to be mailed. A claim as old as the notice itself says so: an address given
    later brings no old letters."""
    open_ones = Notice.objects.filter(pk=notice.pk, mailing_at=None)
    open_ones.update(mailing_at=F("made_at"))


def _claim(notice: Notice) -> bool:
    open_ones = Notice.objects.filter(pk=notice.pk, mailing_at=None)
    return open_ones.update(mailing_at=timezone.now()) == 1


def _send(server: BaseEmailBackend, notice: Notice) -> bool:
    text = " ".join(notice.text.split())
    subject = Truncator(text).chars(LONGEST_SUBJECT)
    page = reverse("admin:articles_article_change", args=[notice.article_id])
    body = f"{text}\n\n{settings.SITE_URL}{page}\n"
    letter = mail.EmailMessage(subject, body, to=[notice.person.email])
    try:
        server.send_messages([letter])
    except (OSError, ValueError):
        logger.exception("Notice %s was not mailed.", notice.pk)
        _hang_up(server)
        return False
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    return True


def _hang_up(server: BaseEmailBackend) -> None:
    with suppress(OSError):
        server.close()
