"""Reports that a story is converted wrongly, for the workbench where it is put right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.dispatch import receiver

from articles.models import Article
from articles.signals import conversion_reported
from articles.variants import Converted
from fronts.models import ErrorReport

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class PlacedReport:
    """An open report, and the number of the paragraph that it quotes, if it is found."""

    report: ErrorReport
    passage: int | None

    @property
    def pk(self) -> int:
        return self.report.pk


def open_reports(
    article: Article, edition_code: str, paragraphs: Sequence[Converted]
) -> list[PlacedReport]:
    """What waits about this edition of the story, the oldest first. One query."""
    reports = ErrorReport.objects.filter(
        article=article,
        kind=ErrorReport.Kind.CONVERSION,
        edition=edition_code,
        state=ErrorReport.State.OPEN,
    ).order_by("reported_at", "pk")
    words = [(_words(shown.text), _words(shown.passage.text)) for shown in paragraphs]
    return [PlacedReport(report, _passage(report.quote, words)) for report in reports]


@receiver(conversion_reported)
def file_report(
    article: Article,
    edition_code: str,
    quote: str,
    message: str,
    **_: Any,
) -> None:
    """A report by staff waits where those of readers do."""
    ErrorReport.objects.create(
        article=article,
        kind=ErrorReport.Kind.CONVERSION,
        edition=edition_code,
        quote=_cut(quote, "quote"),
        message=_cut(message, "message"),
    )


def _passage(quote: str, words: list[tuple[str, str]]) -> int | None:
    """The first paragraph that holds the words quoted, in either script."""
    wanted = _words(quote)
    if not wanted:
        return None
    return next(
        (
            number
            for number, texts in enumerate(words)
            if any(wanted in text for text in texts)
        ),
        None,
    )


def _words(text: str) -> str:
    """Without blanks and marks: readers copy more or less of them."""
    return _NOT_WORDS.sub("", text)


def _cut(text: str, field: str) -> str:
    return text[: ErrorReport._meta.get_field(field).max_length]
