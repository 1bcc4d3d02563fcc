"""Moments as the newsroom writes them."""

import datetime

from django.utils import timezone


def moment_in_words(moment: datetime.datetime, now: datetime.datetime) -> str:
    """6月17日 08:18 in this year, else 2022年6月17日 08:18; in the newsroom's time."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localtime(now).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def full_moment(moment: datetime.datetime) -> str:
    """2026年6月20日 08:00, in the newsroom's time."""
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
