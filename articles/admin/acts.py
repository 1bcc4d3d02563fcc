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
from accounts.rights import can, require
from accounts.roles import Verb
from articles import publishing, reviews
from articles.admin.status import ON_THE_WAY, Standing, StatusStrip
from articles.models import Article
from articles.moments import full_moment
from articles.refusals import Refused

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


def _submit(article: Article, _at: datetime.datetime | None, by: User) -> str:
    sent = reviews.submit(article, by=by)
    if not sent.due_level:
        return "已送审：这个频道不用审，编辑可以直接发布。"
    return f"已送审，等{reviews.level_name(sent.due_level, sent.levels)}。"


def _recall(article: Article, _at: datetime.datetime | None, by: User) -> str:
    reviews.recall(article, by=by)
    return "已收回，可以继续改。"


# The name of a button in the form's data, its verb, and what it does.
DOINGS: dict[str, tuple[Verb, Doing]] = {
    "_submit": (Verb.SUBMIT, _submit),
    "_recall": (Verb.RECALL, _recall),
    "_publish": (Verb.PUBLISH, _publish),
    "_replace": (Verb.PUBLISH, _replace),
    "_schedule": (Verb.PUBLISH, _schedule),
    "_plan_replacement": (Verb.PUBLISH, _plan_replacement),
    "_cancel_schedule": (Verb.PUBLISH, _cancel_schedule),
}
WITHDRAW = "_withdraw"


@dataclass(frozen=True)
class Button:
    """`timed` is the label once a time is filled in, with {} for the time."""

    name: str
    label: str
    timed: str = ""
    kind: str = ""


def buttons_for(
    user: User, strip: StatusStrip, article: Article | None
) -> list[Button]:
    """What this person may do now with a story that stands so, the usual act first."""
    is_releasable = strip.is_releasable and can(user, Verb.PUBLISH, article)
    buttons = []
    if is_releasable:
        buttons += _release_buttons(strip)
    if _may_submit(user, strip, article) and not is_releasable:
        buttons.append(Button("_submit", "送审", kind="act"))
    if strip.stage in ON_THE_WAY and article and can(user, Verb.RECALL, article):
        buttons.append(Button("_recall", "收回"))
    if strip.standing == Standing.LIVE and can(user, Verb.WITHDRAW, article):
        buttons.append(Button(WITHDRAW, "撤回…", kind="seal"))
    return buttons


def _release_buttons(strip: StatusStrip) -> list[Button]:
    if strip.standing == Standing.LIVE:
        return [
            Button("_replace", "用当前稿替换线上版本", kind="act"),
            Button("_plan_replacement", "按所填时间定时替换", "定于 {} 替换"),
        ]
    now = "现在发布" if strip.is_planned else "发布"
    return [
        Button("_publish", now, kind="act"),
        Button("_schedule", "按所填时间定时发布", "定于 {} 发布"),
    ]


def _may_submit(user: User, strip: StatusStrip, article: Article | None) -> bool:
    """A new story has no rules of its own yet: its writer may always send it in."""
    if strip.stage in ON_THE_WAY:
        return False
    if article is None:
        return can(user, Verb.WRITE)
    return can(user, Verb.SUBMIT, article)


def pressed(request: HttpRequest) -> str:
    """The publishing button of this request, or an empty string."""
    return next((name for name in [*DOINGS, WITHDRAW] if name in request.POST), "")


def verb_of(name: str) -> Verb:
    return Verb.WITHDRAW if name == WITHDRAW else DOINGS[name][0]


def require_button(user: User, name: str, article: Article | None) -> None:
    """Raise Denied unless the button may be pressed on this story, or on a new one,
    which its writer may always send in."""
    verb = verb_of(name)
    if article is None and verb == Verb.SUBMIT:
        verb = Verb.WRITE
    require(user, verb, article)


def perform(
    name: str, article: Article, at: datetime.datetime | None, by: User
) -> tuple[bool, list[str]]:
    """Whether it was done, and the sentences to show."""
    try:
        return True, [DOINGS[name][1](article, at, by)]
    except Refused as refusal:
        return False, list(refusal.sentences)


def is_timed(name: str) -> bool:
    return name in {"_schedule", "_plan_replacement"}


def unused_time(at: datetime.datetime | None) -> str:
    """A warning for one who filled in a time and pressed plain save; else empty."""
    if at is None or at <= timezone.now():
        return ""
    return f"尚未定时：填了 {full_moment(at)}，但没有按定时按钮。"
