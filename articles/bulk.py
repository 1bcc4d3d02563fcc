"""One act on many stories: each in a transaction of its own, refusals told row by row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from articles.models import Article
from articles.refusals import Refused

NO_RIGHT = "你没有权限对这篇稿件这样做。"


@dataclass(frozen=True)
class Outcome:
    """What became of one story; no sentences if it was done."""

    article: Article
    sentences: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.sentences


def for_each(
    articles: Iterable[Article], act: Callable[[Article], object]
) -> list[Outcome]:
    """Do it to one story after the other. A refusal changes nothing of its story and
    does not stop the next ones."""
    return [_attempt(article, act) for article in articles]


def _attempt(article: Article, act: Callable[[Article], object]) -> Outcome:
    try:
        act(article)
    except Refused as refusal:
        return Outcome(article, refusal.sentences)
    except PermissionDenied:
        return Outcome(article, (NO_RIGHT,))
    return Outcome(article)
