"""Readers' pages of the archive: years, a year, a month, a day."""

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.paging import page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from fronts.archive import (
    DAY_STORIES,
    WEEKDAYS,
    by_channel,
    days_around,
    first_day,
    last_day,
    months_of,
    next_month,
    stories_between,
    weeks_of,
)
from fronts.breadcrumbs import Step

ONE_DAY = datetime.timedelta(days=1)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The newest year with stories, and in it the newest month."""
    now = timezone.now()
    first, last = first_day(now), last_day(now)
    if first is None or last is None:
        return render(request, "fronts/archive_empty.html")
    context = _frame(first, now, [])
    context |= {
        "year": last.year,
        "months": months_of(last.year, now),
        "month": last.replace(day=1),
        "weeks": weeks_of(last, now),
        "first": first,
    }
    return render(request, "fronts/archive.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    now = timezone.now()
    first = _first_or_404(now)
    if year > timezone.localdate(now).year:
        raise Http404
    if year < first.year:
        return _too_early(request, first)
    context = _frame(first, now, _steps(datetime.date(year, 1, 1))[:1])
    context |= {"year": year, "months": months_of(year, now)}
    return render(request, "fronts/archive_year.html", context)


@require_safe
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    now = timezone.now()
    first = _first_or_404(now)
    if month > timezone.localdate(now):
        raise Http404
    if month < first.replace(day=1):
        return _too_early(request, first)
    before, after = days_around(month, next_month(month), now)
    weeks = weeks_of(month, now)
    context = _frame(first, now, _steps(month)[:2])
    context |= {
        "year": month.year,
        "month": month,
        "weeks": weeks,
        "total": sum(day.count for week in weeks for day in week if day),
        "before": before,
        "after": after,
    }
    return render(request, "fronts/archive_month.html", context)


@require_safe
def day(request: HttpRequest, day: datetime.date) -> HttpResponse:
    now = timezone.now()
    first = _first_or_404(now)
    if day > timezone.localdate(now):
        raise Http404
    if day < first:
        return _too_early(request, first)
    stories = stories_between(day, day + ONE_DAY, now).defer("body_html")
    page = requested_page(request, Paginator(stories, DAY_STORIES))
    before, after = days_around(day, day + ONE_DAY, now)
    context = _frame(first, now, _steps(day))
    context |= {
        "year": day.year,
        "day": day,
        "weekday": WEEKDAYS[day.weekday()],
        "groups": by_channel(page),
        "page": page,
        "page_numbers": page_numbers(page),
        "month": day.replace(day=1),
        "weeks": weeks_of(day, now),
        "before": before,
        "after": after,
    }
    return render(request, "fronts/archive_day.html", context)


def _frame(
    first: datetime.date, now: datetime.datetime, steps: list[Step]
) -> dict[str, Any]:
    """What all pages of the archive share: its years, newest first, and the way here."""
    way = [Step("归档", reverse("fronts:archive")), *steps]
    this_year = timezone.localdate(now).year
    return {
        "years": range(this_year, first.year - 1, -1),
        "weekdays": WEEKDAYS,
        "steps": way[:-1],
        "breadcrumbs": breadcrumb_list(way),
    }


def _steps(date: datetime.date) -> list[Step]:
    """Year, month and day of this date."""
    return [
        Step(f"{date.year}年", reverse("fronts:archive_year", args=[date.year])),
        Step(f"{date.month}月", reverse("fronts:archive_month", args=[date])),
        Step(f"{date.day}日", reverse("fronts:archive_day", args=[date])),
    ]


def _first_or_404(now: datetime.datetime) -> datetime.date:
    first = first_day(now)
    if first is None:
        raise Http404
    return first


def _too_early(request: HttpRequest, first: datetime.date) -> HttpResponse:
    """There are endlessly many such addresses: they say where the archive begins, as 404."""
    return render(request, "fronts/archive_early.html", {"first": first}, status=404)
