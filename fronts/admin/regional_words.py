"""地区用词: the words of the starter list, each with a switch for each edition."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from accounts.rights import require
from accounts.roles import Verb
from articles.admin.person import person_of
from editions.catalogue import Edition, by_code
from editions.models import Term
from editions.regional import REGIONAL_EDITIONS
from fronts import regional_words
from fronts.edition_changes import entries_in_force
from fronts.edition_effects import Effects, effects
from fronts.regional_words import ALL_SWITCHES, Standing, Switch

EFFECTS = "_effects"
ADDRESS = "admin:editions_term_regional"


class SwitchesForm(forms.Form):
    """Which switches are to be on, which were when the page was opened, and whether one
    of the buttons for a whole edition was pressed."""

    on = forms.MultipleChoiceField(required=False)
    was = forms.MultipleChoiceField(required=False)
    whole = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        switches = [(name_of(switch), "") for switch in ALL_SWITCHES]
        self.fields["on"].choices = self.fields["was"].choices = switches
        self.fields["whole"].choices = [
            (f"{code}:{state}", "")
            for code in REGIONAL_EDITIONS
            for state in ("on", "off")
        ]

    def moved(self) -> tuple[frozenset[Switch], frozenset[Switch]]:
        """What is to be switched on, and off. Others may have moved the rest meanwhile."""
        on, was = set(self.cleaned_data["on"]), set(self.cleaned_data["was"])
        turned_on, turned_off = _named(on - was), _named(was - on)
        code, _, state = self.cleaned_data["whole"].partition(":")
        whole = frozenset(switch for switch in ALL_SWITCHES if switch[1] == code)
        if state == "on":
            return turned_on | whole, turned_off - whole
        return turned_on - whole, turned_off | whole


class Cell(NamedTuple):
    """One word in one edition: what readers get there, and its switch if it has one."""

    edition: Edition
    form: str
    name: str
    is_on: bool


class Row(NamedTuple):
    word: str
    cells: list[Cell]
    own: Term | None


@require_http_methods(["GET", "HEAD", "POST"])
def regional_page(request: HttpRequest) -> HttpResponse:
    """Show the list; by POST move the switches, or say what moving them would change."""
    person = person_of(request)
    require(person, Verb.KEEP_GLOSSARY)
    if request.method != "POST":
        return _page(request, regional_words.switched_on())
    form = SwitchesForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有保存：有的词不在表里。请重新打开这一页。")
        return HttpResponseRedirect(reverse(ADDRESS))
    on, off = form.moved()
    if EFFECTS in request.POST:
        before = entries_in_force()
        found = effects(before, regional_words.entries_with(before, on, off))
        ticked = (_named(form.cleaned_data["was"]) | on) - off
        return _page(request, ticked, found)
    count = regional_words.switch(on, off, by=person)
    if count:
        messages.success(request, f"改了 {count} 处，各版马上按新的写法刊出。")
    else:
        messages.info(request, "没有改动。")
    return HttpResponseRedirect(reverse(ADDRESS))


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """To be put before the addresses of the glossary's own pages."""
    view = site.admin_view(regional_page)
    return [path("regional/", view, name="editions_term_regional")]


def name_of(switch: Switch) -> str:
    """How the form calls a switch: zh-tw:信息."""
    source, code = switch
    return f"{code}:{source}"


def _named(names: set[str] | list[str]) -> frozenset[Switch]:
    return frozenset(switch for switch in ALL_SWITCHES if name_of(switch) in names)


def _page(
    request: HttpRequest, ticked: frozenset[Switch], found: Effects | None = None
) -> HttpResponse:
    """`ticked` is how the switches stand on the page, moved or not."""
    standings = regional_words.standings()
    context = {
        **admin.site.each_context(request),
        "title": regional_words.LABEL,
        "opts": Term._meta,
        "rows": [_row(standing, ticked) for standing in standings],
        "editions": [by_code(code) for code in REGIONAL_EDITIONS],
        "was": [
            name_of((standing.word.source, code))
            for standing in standings
            for code in standing.word.editions()
            if code in standing.switched_on
        ],
        "effects": found,
    }
    return TemplateResponse(request, "admin/fronts/regional_words.html", context)


def _row(standing: Standing, ticked: frozenset[Switch]) -> Row:
    word, own = standing.word, standing.own
    cells = []
    for code in REGIONAL_EDITIONS:
        switch = (word.source, code)
        has_switch = bool(word.name_in(code)) and own is None
        cells.append(
            Cell(
                by_code(code),
                word.name_in(code),
                name_of(switch) if has_switch else "",
                has_switch and switch in ticked,
            )
        )
    return Row(word.source, cells, own)
