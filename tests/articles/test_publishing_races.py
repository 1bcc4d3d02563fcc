"""Two verbs at once: the one that waited judges by the time when its turn came."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def run_while_locked(article: Article, waiting, first) -> list[BaseException]:
    """Start `waiting` in a thread while `first` holds the article; what it raised."""
    raised: list[BaseException] = []
    started = threading.Event()

    def wait() -> None:
        started.set()
        try:
            waiting()
        except publishing.PublishingRefused as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=wait)
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        thread.start()
        started.wait(5)
        thread.join(0.3)  # long enough to come to the lock, where it must still be
        assert thread.is_alive()
        first()
    thread.join(20)
    return raised


def test_replacement_that_waited_for_a_withdrawal_is_refused():
    article = factories.article(published=True)
    raised = run_while_locked(
        article,
        waiting=lambda: publishing.replace(article, by=None),
        first=lambda: publishing.withdraw(article, by=None),
    )
    assert len(raised) == 1
    assert publishing.live_version(article, timezone.now()) is None


def test_second_of_two_publications_is_refused_and_the_first_stays():
    article = factories.article()
    raised = run_while_locked(
        article,
        waiting=lambda: publishing.publish(article, by=None),
        first=lambda: publishing.publish(article, by=None),
    )
    assert len(raised) == 1
    assert article.published.count() == 1
    assert publishing.live_version(article, timezone.now()) is not None
