"""Which stories editors have put on the fronts, and which of them readers see there."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from articles.models import PublishedArticle
from channels.models import Channel
from fronts.models import Placement

Slot = Placement.Slot
Place = tuple[str, int | None]

# How many stories a slot has room for: on the home page, or in one channel.
ROOM = {Slot.LEAD: 1, Slot.HEADLINE: 6, Slot.PINNED: 2}


class Standing(StrEnum):
    """What the desk is told of a placement."""

    SHOWN = "在用"
    FULL = "在用，前面已满"
    REPEATED = "在用，同一篇已在前面"
    NOT_YET = "未到时"
    OVER = "已过期"
    UNSEEN = "稿件未上线"


def placed_on_home(
    at: datetime.datetime,
) -> tuple[PublishedArticle | None, list[PublishedArticle]]:
    """The lead and the headlines as chosen. One query, two if anything is."""
    rows = Placement.objects.in_force(at).filter(channel=None)
    stories = _shown_stories(rows, at)
    lead = stories.get((Slot.LEAD, None), [])
    return (lead[0] if lead else None), stories.get((Slot.HEADLINE, None), [])


def pinned_in(channel: Channel, at: datetime.datetime) -> list[PublishedArticle]:
    """What stands above the channel's list. One query, two if there is something."""
    rows = Placement.objects.in_force(at).filter(channel=channel)
    return _shown_stories(rows, at).get((Slot.PINNED, channel.pk), [])


def standings(
    placements: Iterable[Placement], at: datetime.datetime
) -> dict[int, Standing]:
    """Where each of these stands, by key. Two queries."""
    in_force = list(Placement.objects.in_force(at))
    wanted = [*in_force, *placements]
    visible = _visible_stories(wanted, at)
    shown = _places(in_force, visible)
    return {
        row.pk: shown.get(row.pk) or _idle(row, visible, at)
        for row in wanted[len(in_force) :]
    }


def strays_from(placement: Placement, at: datetime.datetime) -> PublishedArticle | None:
    """The story as readers see or will see it, if it is pinned in a channel whose list
    does not hold it. Two queries at most."""
    if placement.channel_id is None:
        return None
    versions = PublishedArticle.objects.filter(article=placement.article_id)
    shown = versions.visible(at) | versions.scheduled(at)
    if shown.filter(listings__channel=placement.channel_id).exists():
        return None
    return shown.select_related("channel").order_by("visible_from").first()


def _shown_stories(
    rows: Iterable[Placement], at: datetime.datetime
) -> dict[Place, list[PublishedArticle]]:
    rows = list(rows)
    visible = _visible_stories(rows, at)
    shown = _places(rows, visible)
    stories: dict[Place, list[PublishedArticle]] = {}
    for row in rows:
        if shown.get(row.pk) == Standing.SHOWN:
            place = (row.slot, row.channel_id)
            stories.setdefault(place, []).append(visible[row.article_id])
    return stories


def _visible_stories(
    rows: list[Placement], at: datetime.datetime
) -> dict[int, PublishedArticle]:
    """By article; no query when nothing is placed."""
    if not rows:
        return {}
    stories = PublishedArticle.objects.visible(at).filter(
        article__in={row.article_id for row in rows}
    )
    return {story.article_id: story for story in stories.for_cards()}


def _places(
    in_force: Iterable[Placement], visible: dict[int, PublishedArticle]
) -> dict[int, Standing]:
    """Who of those in force gets a place, in the editors' order. The lead goes first:
    what stands there does not stand in the headlines too."""
    verdicts = {}
    filled: dict[Place, list[int]] = {}
    for row in sorted(in_force, key=lambda row: row.slot != Slot.LEAD):
        if row.article_id not in visible:
            continue
        place = (row.slot, row.channel_id)
        taken = filled.setdefault(place, [])
        above = filled.get((Slot.LEAD, None), []) if row.channel_id is None else []
        if row.article_id in [*taken, *above]:
            verdicts[row.pk] = Standing.REPEATED
        elif len(taken) >= ROOM[Slot(row.slot)]:
            verdicts[row.pk] = Standing.FULL
        else:
            taken.append(row.article_id)
            verdicts[row.pk] = Standing.SHOWN
    return verdicts


def _idle(
    row: Placement, visible: dict[int, PublishedArticle], at: datetime.datetime
) -> Standing:
    """Why a placement that got no place has none."""
    if row.shown_until and row.shown_until <= at:
        return Standing.OVER
    if row.shown_from > at:
        return Standing.NOT_YET
    return Standing.UNSEEN
