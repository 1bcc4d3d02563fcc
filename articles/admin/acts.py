"""Publishing as buttons: which ones a person sees, and what each does.

A button saves the desk copy like any other save; then its verb is called. A refusal is
shown as sentences, and what was typed is kept.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Verb, may
from articles import publishing
from articles.admin.status import Standing, StatusStrip, full_moment
from articles.models import Article

NO_TIME = "还没有填定时的日期和时间。"
NO_SENSE = "定时的日期或时间看不懂，请照 2026-06-17 08:18 的样子填写。"
Doing = Callable[[Article, datetime.datetime | None, User], str]


def _publish(article: Article, _at: datetime.datetime | None, by: User) -> str:
    publishing.publish(article, by=by)
    return "已发布，读者现在能看到。"


def _replace(article: Article, _at: datetime.datetime | None, by: User) -> str:
    publishing.replace(article, by=by)
    return "已用当前稿替换线上版本。"


def _schedule(article: Article, at: datetime.datetime | None, by: User) -> str:
    if at is None:
        raise publishing.PublishingRefused(NO_TIME)
    publishing.schedule(article, at, by=by)
    return f"已定于 {full_moment(at)} 发布。"


def _plan_replacement(article: Article, at: datetime.datetime | None, by: User) -> str:
    if at is None:
        raise publishing.PublishingRefused(NO_TIME)
    publishing.replace(article, by=by, at=at)
    return f"已定于 {full_moment(at)} 替换线上版本。"


def _cancel_schedule(article: Article, _at: datetime.datetime | None, by: User) -> str:
    publishing.cancel_schedule(article, by=by)
    return "已取消定时。"


# The name of a button in the form's data, and its verb.
DOINGS: dict[str, Doing] = {
    "_publish": _publish,
    "_replace": _replace,
    "_schedule": _schedule,
    "_plan_replacement": _plan_replacement,
    "_cancel_schedule": _cancel_schedule,
}
WITHDRAW = "_withdraw"


@dataclass(frozen=True)
class Button:
    """`timed` is the label once a time is filled in, with {} for the time."""

    name: str
    label: str
    timed: str = ""
    kind: str = ""


def buttons_for(user: User, strip: StatusStrip) -> list[Button]:
    """What this person may do now with a story that stands so, the usual act first."""
    buttons = []
    if may(user, Verb.PUBLISH):
        if strip.standing == Standing.LIVE:
            buttons = [
                Button("_replace", "用当前稿替换线上版本", kind="act"),
                Button("_plan_replacement", "按所填时间定时替换", "定于 {} 替换"),
            ]
        else:
            now = "现在发布" if strip.is_planned else "发布"
            buttons = [
                Button("_publish", now, kind="act"),
                Button("_schedule", "按所填时间定时发布", "定于 {} 发布"),
            ]
    if strip.standing == Standing.LIVE and may(user, Verb.WITHDRAW):
        buttons.append(Button(WITHDRAW, "撤回…", kind="seal"))
    return buttons


def pressed(request: HttpRequest) -> str:
    """The publishing button of this request, or an empty string."""
    return next((name for name in [*DOINGS, WITHDRAW] if name in request.POST), "")


def verb_of(name: str) -> Verb:
    return Verb.WITHDRAW if name == WITHDRAW else Verb.PUBLISH


def perform(
    name: str, article: Article, at: datetime.datetime | None, by: User
) -> tuple[bool, list[str]]:
    """Whether it was done, and the sentences to show."""
    try:
        return True, [DOINGS[name](article, at, by)]
    except publishing.PublishingRefused as refusal:
        return False, list(refusal.sentences)


def is_timed(name: str) -> bool:
    return name in {"_schedule", "_plan_replacement"}


def unused_time(at: datetime.datetime | None) -> str:
    """A warning for one who filled in a time and pressed plain save; else empty."""
    if at is None or at <= timezone.now():
        return ""
    return f"尚未定时：填了 {full_moment(at)}，但没有按定时按钮。"
