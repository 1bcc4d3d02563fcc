"""Three people in several tabs, in any order: no acknowledged text is overwritten unseen.

Each save is held against what its tab had been shown, as read from the database at that
moment and not from the version that the form carries.
"""

import itertools
from collections import Counter
from dataclasses import dataclass

import hypothesis
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from lxml import html

from accounts.roles import Role
from articles import sessions
from articles.models import Article, EditingSession, Revision, Section
from articles.snapshots import content_of, fingerprint
from tests import factories
from tests.admin_forms import Fields, signed_in

AUTOSAVE = reverse("admin:articles_article_autosave")
MOST_TABS = 5
counts: Counter[str] = Counter()
words = itertools.count(1)
places = st.integers(min_value=0, max_value=11)


@dataclass
class Tab:
    """An open form: what is in it, and the stored text that it was opened over."""

    client: Client
    fields: Fields
    seen: str
    offered: str = ""  # the version that the page of a refusal offers to overwrite
    kept: str = ""  # the word last acknowledged as kept, until saved or discarded
    turn: int = 0

    @property
    def name(self) -> str:
        return self.fields["tab"][0]


def form_on(page: bytes) -> Fields:
    tree = html.fromstring(page.decode())
    form = next(form for form in tree.forms if form.get("id") == "article_form")
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


class Newsroom(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.story = factories.article(title="初稿", body="", editors=())
        for place in (10, 20):
            Section.objects.create(
                article=self.story, position=place, heading=f"第 {place} 节"
            )
        self.page = reverse("admin:articles_article_change", args=[self.story.pk])
        self.people = [signed_in(Role.CHIEF) for _ in range(3)]
        self.tabs: list[Tab] = []
        for who in (0, 1):
            self.open(who)

    def stored(self) -> str:
        return fingerprint(content_of(Article.objects.get(pk=self.story.pk)))

    def tab(self, place: int) -> Tab:
        return self.tabs[place % len(self.tabs)]

    @precondition(lambda self: len(self.tabs) < MOST_TABS)
    @rule(who=st.integers(min_value=0, max_value=2))
    def open(self, who: int) -> None:
        client = self.people[who]
        counts["open"] += 1
        self.tabs.append(
            Tab(client, form_on(client.get(self.page).content), self.stored())
        )

    @precondition(lambda self: self.tabs)
    @rule(place=places, kind=st.sampled_from(["title", "heading", "add", "delete"]))
    def edit(self, place: int, kind: str) -> None:
        fields = self.tab(place).fields
        count = int(fields["sections-TOTAL_FORMS"][0])
        counts["edit"] += 1
        match kind:
            case "title":
                fields["title"] = [f"题 {next(words)}"]
            case "heading":
                fields["sections-0-heading"] = [f"节 {next(words)}"]
            case "add":
                fields["sections-TOTAL_FORMS"] = [str(count + 1)]
                fields[f"sections-{count}-heading"] = [f"节 {next(words)}"]
                fields[f"sections-{count}-position"] = [str(count * 10 + 10)]
            case "delete":
                if int(fields["sections-INITIAL_FORMS"][0]) > place % 3:
                    fields[f"sections-{place % 3}-DELETE"] = ["on"]

    @precondition(lambda self: self.tabs)
    @rule(place=places)
    def autosave(self, place: int) -> None:
        tab = self.tab(place)
        tab.turn += 1
        response = tab.client.post(AUTOSAVE, tab.fields | {"turn": str(tab.turn)})
        counts["autosave"] += 1
        if response.status_code == 409:  # the page of a refusal was kept in between
            tab.turn = response.json()["turn"] + 1
            response = tab.client.post(AUTOSAVE, tab.fields | {"turn": str(tab.turn)})
        assert response.status_code == 200
        tab.kept = tab.fields["title"][0]

    @precondition(lambda self: self.tabs)
    @rule(place=places)
    def save(self, place: int) -> None:
        tab = self.tab(place)
        tab.fields["subtitle"] = [f"副题 {next(words)}"]
        self._send(tab, {"_continue": "1"})

    @precondition(lambda self: any(tab.offered for tab in self.tabs))
    @rule(place=places)
    def overwrite(self, place: int) -> None:
        refused = [tab for tab in self.tabs if tab.offered]
        tab = refused[place % len(refused)]
        self._send(tab, {"_overwrite": tab.offered})

    @precondition(lambda self: len(self.tabs) < MOST_TABS)
    @rule(who=st.integers(min_value=0, max_value=2), place=places)
    def recover(self, who: int, place: int) -> None:
        client = self.people[who]
        kept = list(sessions.kept_by(client.user).filter(article=self.story))
        if not kept:
            return
        chosen = kept[place % len(kept)]
        response = client.post(self.page, {"_recover": str(chosen.pk)})
        assert response.status_code == 200
        counts["recover"] += 1
        fields = form_on(response.content)
        assert fields["title"] == sessions.typed_values(chosen)["title"]
        # Whoever puts a text back has seen no more than when it was typed.
        is_new = chosen.base_version == Article.objects.get(pk=self.story.pk).version
        self.tabs.append(Tab(client, fields, self.stored() if is_new else ""))

    @rule(who=st.integers(min_value=0, max_value=2))
    def discard(self, who: int) -> None:
        client = self.people[who]
        kept = sessions.kept_by(client.user).first()
        if kept is None:
            return
        client.post(reverse("admin:articles_article_discard", args=[kept.pk]))
        counts["discard"] += 1
        self._forget(kept.tab)

    @precondition(lambda self: self.tabs)
    @rule(place=places)
    def close(self, place: int) -> None:
        counts["close"] += 1
        self.tabs.remove(self.tab(place))

    @invariant()
    def what_was_kept_is_still_there(self) -> None:
        for tab in self.tabs:
            if tab.kept:
                kept = EditingSession.objects.get(tab=tab.name)
                assert sessions.typed_values(kept)["title"] == [tab.kept]

    def _send(self, tab: Tab, button: dict[str, str]) -> None:
        before = self.stored()
        typed = tab.fields["title"][0]
        response = tab.client.post(self.page, tab.fields | button)
        if response.status_code == 409:
            self._was_refused(tab, typed, before, response)
            return
        assert response.status_code == 302
        counts["overwrite" if "_overwrite" in button else "save"] += 1
        assert Article.objects.get(pk=self.story.pk).title == typed
        is_seen = tab.seen == before or self.stored() == before
        is_frozen = Revision.objects.filter(article=self.story, sha256=before).exists()
        if not is_seen and not is_frozen:
            counts["silent overwrites"] += 1
        assert is_seen or is_frozen
        self.tabs.remove(tab)
        kept_id = tab.fields.get("kept", [""])[0]
        for other in self.tabs:
            if kept_id and not EditingSession.objects.filter(tab=other.name).exists():
                other.kept = ""  # its text was put back in the tab now saved

    def _was_refused(self, tab: Tab, typed: str, before: str, response) -> None:
        counts["refused"] += 1
        assert self.stored() == before
        tab.fields = form_on(response.content)
        assert tab.fields["title"] == [typed]
        tab.kept = typed
        tab.offered = str(response.context["saving"]["conflict"]["version"])

    def _forget(self, name: str) -> None:
        for tab in self.tabs:
            if tab.name == name:
                tab.kept = ""


def run(*, examples: int, steps: int, seed: int = 0) -> None:
    """Try this many interleavings of up to so many steps. A seed makes them its own."""
    run_state_machine_as_test(
        hypothesis.seed(seed)(type("SeededNewsroom", (Newsroom,), {}))
        if seed
        else Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=not seed,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_acknowledged_text_is_overwritten_unseen():
    run(examples=6, steps=14)


@pytest.mark.django_db
def test_overwriting_unseen_would_be_noticed(monkeypatch):
    """The same check, with the guard of the form taken off."""
    monkeypatch.setattr("articles.forms.lock", lambda article_id, version: None)
    newsroom = Newsroom()
    newsroom.save(0)
    with pytest.raises(AssertionError):
        newsroom.save(0)
