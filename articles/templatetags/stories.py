"""How a story's title, names and times are written on readers' pages."""

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from editions.words import line_breaks

register = template.Library()

# Characters up to which any clauses fit on the three lines that a list gives a title:
# beside a picture, and on the whole width of a phone.
LONG_TITLE = 22
LONGEST_TITLE = 44
SHORT_STORY = 120  # characters
CONTENTS_FROM_HEADINGS = 3
CONTENTS_FROM_LENGTH = 1500  # characters

# After a blank, a two-em dash, or a colon, comma, semicolon or question mark, unless a
# closing mark follows or it stands in a number: 10：30 and “来吧！” stay whole.
_CLAUSE_ENDS = re.compile(
    r"(?<=——)(?=\S)|(?<=\s)(?=\S)|(?<=[^\d][：，；！？])(?=\d)"
    r"|(?<=[：，；！？])(?=[^\s\d”’」』）》】：，；。！？、])"
)
# Behind a closing mark browsers end a line by themselves: not before a particle.
_PARTICLE = re.compile("[”’》〉」』】）][的地得了着]")


class Clause(NamedTuple):
    """A part of a title that should stand on one line if it fits, and the blank after it.

    `breaks` are offsets in its text at which a line may end if it does not fit.
    """

    text: str
    blank: str
    breaks: tuple[int, ...] = ()

    @property
    def markup(self) -> SafeString:
        return with_breaks(self.text, self.breaks)


class Day(NamedTuple):
    label: str
    date: datetime.date
    stories: list[PublishedArticle]


@register.filter
def clauses(title: str, breaks: Sequence[int] = ()) -> list[Clause]:
    """Cut a title where a line may best end. Put together again it is the same title."""
    parts = []
    start = 0
    for part in _CLAUSE_ENDS.split(title):
        text = part.rstrip()
        end = start + len(text)
        inside = tuple(place - start for place in breaks if start < place < end)
        parts.append(Clause(text, part[len(text) :], inside))
        start += len(part)
    return parts


@register.filter
def clause_look(story: PublishedArticle) -> str:
    """Classes of the clauses of its title. A list may have to cut a long title, and boxes
    of their own cannot be cut with an ellipsis; see .clause in lists.css."""
    looks = ["clause"]
    if story.title_breaks:
        looks.append("words")
    if len(story.title) > LONG_TITLE:
        looks.append("clause--long")
    if len(story.title) > LONGEST_TITLE:
        looks.append("clause--longest")
    return " ".join(looks)


@register.filter
def breakable(text: str) -> SafeString:
    """Words that a line may end between, for an element of class "words"."""
    return with_breaks(text, line_breaks(text))


def with_breaks(text: str, breaks: Sequence[int]) -> SafeString:
    """The text with a <wbr> at each of the offsets."""
    parts = [text[start:end] for start, end in pairwise([0, *breaks, len(text)])]
    broken = "<wbr>".join(escape(part) for part in parts)
    return SafeString(_PARTICLE.sub(r'<span class="held">\g<0></span>', broken))


@register.filter
def has_contents(story: PublishedArticle) -> bool:
    """Whether the page begins with the list of its sections."""
    if story.length < SHORT_STORY or not story.contents:
        return False
    has_many = len(story.contents) >= CONTENTS_FROM_HEADINGS
    return has_many or story.length > CONTENTS_FROM_LENGTH


@register.filter
def byline(names: Iterable[str]) -> str:
    return "、".join(names)


@register.filter
def dateline(moment: datetime.datetime, precision: str) -> str:
    """Local date and time in words, as precise as it was printed and not more."""
    local = timezone.localtime(moment)
    date = f"{local.year}年{local.month}月{local.day}日"
    clock = _clock(local, precision)
    return f"{date} {clock}" if clock else date


@register.filter
def machine_time(moment: datetime.datetime, precision: str) -> str:
    """The value of a <time datetime>, as precise as it was printed and not more."""
    local = timezone.localtime(moment)
    if precision == DatePrecision.DAY:
        return local.date().isoformat()
    return local.isoformat(
        timespec="seconds" if precision == DatePrecision.SECOND else "minutes"
    )


@register.filter
def list_date(story: PublishedArticle) -> str:
    """The date beside a headline: 今天 08:18, 6月17日 in this year, else with the year."""
    local = timezone.localtime(story.dated_at)
    label = day_label(local.date())
    clock = clock_time(story)
    return f"{label} {clock}" if clock and label == "今天" else label


@register.filter
def clock_time(story: PublishedArticle) -> str:
    """The time of day to the minute; empty if only a date was printed."""
    if story.dated_precision == DatePrecision.DAY:
        return ""
    return _clock(timezone.localtime(story.dated_at), DatePrecision.MINUTE)


@register.filter
def by_day(stories: Iterable[PublishedArticle]) -> list[Day]:
    """Stories that are sorted by time, in groups of one local day."""
    groups = groupby(
        stories, key=lambda story: timezone.localtime(story.dated_at).date()
    )
    return [Day(day_label(date), date, list(members)) for date, members in groups]


def _clock(local: datetime.datetime, precision: str) -> str:
    if precision == DatePrecision.DAY:
        return ""
    return (
        f"{local:%H:%M:%S}" if precision == DatePrecision.SECOND else f"{local:%H:%M}"
    )


@register.filter
def day_label(date: datetime.date) -> str:
    """今天, 6月17日 in this year, else with the year."""
    today = timezone.localdate()
    if date == today:
        return "今天"
    day = f"{date.month}月{date.day}日"
    return day if date.year == today.year else f"{date.year}年{day}"
