"""Acts on the stories ticked in the list: asked for, confirmed, and told row by row.

Nothing is published in bulk: every story is looked at before it goes to readers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.admin.house import HouseAdmin
from accounts.models import User
from accounts.rights import can, require
from accounts.roles import Verb
from articles import publishing, reviews
from articles.admin.person import person_of
from articles.bulk import for_each
from articles.bulk_forms import BulkMoveForm, BulkTagForm
from articles.filing import add_tags, move_to_channel
from articles.forms import MOST_TAGS, WithdrawForm
from articles.models import Article

MOST = 100  # stories at once
_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
Done = Callable[[Article], object]


@dataclass(frozen=True)
class BulkAct:
    """What the list offers: its words, who sees it, what it asks and what it does."""

    name: str
    label: str
    verb: Verb
    form: type[forms.Form] = forms.Form
    warning: str = ""

    def doing(self, data: dict, by: User) -> Done:
        return {
            "send_to_review": lambda: partial(reviews.submit, by=by),
            "move": lambda: partial(move_to_channel, channel=data["channel"], by=by),
            "tag": lambda: partial(add_tags, names=data["tags"], by=by, most=MOST_TAGS),
            "withdraw_all": lambda: partial(
                publishing.withdraw, by=by, public_note=data["public_note"]
            ),
        }[self.name]()


ACTS = [
    BulkAct("send_to_review", "送审", Verb.WRITE),
    BulkAct("move", "移到别的频道", Verb.WRITE, BulkMoveForm),
    BulkAct("tag", "加标签", Verb.WRITE, BulkTagForm),
    BulkAct(
        "withdraw_all",
        "撤回",
        Verb.WITHDRAW,
        WithdrawForm,
        "撤回后读者立刻看不到这些文章，原地址只显示撤回说明。",
    ),
]


class BulkMixin(HouseAdmin):
    """The actions of the list of stories."""

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet[Article],
        **location: object,  # from Django 6.1 on
    ) -> HttpResponse | None:
        """Only keys that a row can have: others come from no list of ours."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any(not _KEY.fullmatch(key) for key in ticked):
            raise SuspiciousOperation("not a key")
        return super().response_action(request, queryset, **location)

    def get_actions(
        self,
        request: HttpRequest,
        action_location: object = None,  # from Django 6.1 on
    ) -> dict:
        """What the person may do somewhere; each story is asked again when it is done."""
        if getattr(action_location, "name", "CHANGE_LIST") != "CHANGE_LIST":
            return {}
        return {
            act.name: (partial(_run, act=act), act.name, act.label)
            for act in ACTS
            if can(request.user, act.verb)
        }


def _run(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    queryset: QuerySet[Article],
    *,
    act: BulkAct,
) -> HttpResponse:
    """First the page that asks, then the page that says what became of each story."""
    require(request.user, act.verb)
    person = person_of(request)
    stories = list(queryset.select_related("channel").order_by("pk")[: MOST + 1])
    is_confirmed = "confirmed" in request.POST
    form = _form(act, request.POST if is_confirmed else None, person)
    context = {
        **admin.site.each_context(request),
        "opts": model_admin.opts,
        "title": act.label,
        "act": act,
        "stories": stories,
        "form": form,
        "most": MOST,
        "is_too_many": len(stories) > MOST,
        "ticked": request.POST.getlist("_selected_action"),
    }
    if is_confirmed and form.is_valid() and not context["is_too_many"]:
        outcomes = for_each(stories, act.doing(form.cleaned_data, person))
        context |= {
            "outcomes": sorted(outcomes, key=lambda outcome: outcome.is_done),
            "done": sum(outcome.is_done for outcome in outcomes),
        }
        return TemplateResponse(request, "admin/articles/bulk/outcome.html", context)
    return TemplateResponse(request, "admin/articles/bulk/confirm.html", context)


def _form(act: BulkAct, data: dict | None, person: User) -> forms.Form:
    if act.form is BulkMoveForm:
        return BulkMoveForm(data, person=person)
    return act.form(data)
