"""An editor sees what a term would change before saving it."""

import itertools

import pytest
from django.urls import reverse

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from editions.models import Term
from editions.term_files import read_terms
from fronts import edition_effects
from fronts.edition_changes import entries_in_force, keyed
from tests import factories
from tests.admin_forms import fields_of, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:editions_term_add")


def tried(desk, url: str, **typed: str):
    """The page that answers 先看影响."""
    fields = fields_of(desk, url) | typed | {"_effects": "1"}
    return desk.post(url, fields)


def test_a_new_term_is_tried_without_being_saved():
    made = factories.article(body="<p>山后有河。</p>", published=True)
    factories.article(body="<p>河水清。</p>", published=True)
    desk = signed_in(Role.EDITOR)
    response = tried(desk, ADD, source="山后", form_zh_tw="山后邊")
    page = parsed(response)
    assert response.status_code == 200
    assert not Term.objects.exists()
    assert words_of(page, ".effects__sum")[0].startswith("1 篇在线的稿件会变：")
    assert "在线的 2 篇稿件都查了。" in response.text
    links = {link.get("href") for link in select(page, ".effects__story")}
    assert links == {f"/article/{made.pk}/"}
    pairs = words_of(page, ".effects__edition dd[lang=zh-Hant-TW]")
    assert [pair.replace("［", "").replace("］", "") for pair in pairs[:2]] == [
        "山删去：後有河。",
        "山新增：后邊有河。",
    ]


def test_what_was_typed_stays_and_is_saved_by_the_next_button():
    desk = signed_in(Role.EDITOR)
    response = tried(desk, ADD, source="山后", note="地名", is_protected="on")
    form = next(
        form for form in parsed(response).forms if form.get("id") == "term_form"
    )
    fields = dict(form.form_values())
    assert (fields["source"], fields["note"]) == ("山后", "地名")
    desk.post(ADD, fields | {"_save": "1"})
    assert Term.objects.get().is_protected


def test_a_change_is_compared_with_the_term_as_stored():
    factories.article(body="<p>山后有河，水后有山。</p>", published=True)
    term = Term.objects.create(source="山后", is_protected=True)
    url = reverse("admin:editions_term_change", args=[term.pk])
    response = tried(signed_in(Role.EDITOR), url, source="水后")
    words = " ".join(words_of(parsed(response), ".effects dd"))
    assert "水" in words
    assert "後" in words
    term.refresh_from_db()
    assert term.source == "山后"


def test_a_term_that_cannot_work_is_refused_and_not_tried():
    response = tried(signed_in(Role.EDITOR), ADD, source="后")
    page = parsed(response)
    assert "原文至少要有两个字" in response.text
    assert select(page, ".effects__sum") == []


def test_a_term_that_stands_nowhere_changes_nothing():
    factories.article(body="<p>河水清。</p>", published=True)
    response = tried(signed_in(Role.EDITOR), ADD, source="山后", is_protected="on")
    assert "读者看到的没有变化" in response.text


def test_words_of_stories_are_never_markup():
    factories.article(body="<p>山后&lt;script&gt;</p>", published=True)
    response = tried(signed_in(Role.EDITOR), ADD, source="山后", is_protected="on")
    assert "<script>山" not in response.text
    assert "&lt;script&gt;" in response.text


def test_who_may_not_write_terms_tries_none():
    term = Term.objects.create(source="山后")
    change = reverse("admin:editions_term_change", args=[term.pk])
    for role in (Role.REPORTER, Role.AUDITOR, None):
        desk = signed_in(role)
        for url in (ADD, change):
            answer = desk.post(url, {"source": "山后", "_effects": "1"})
            assert answer.status_code == 403, (role, url)


def test_no_more_than_twenty_sentences_of_an_edition_are_shown():
    body = "".join(f"<p>山后第{number}户。</p>" for number in range(30))
    factories.article(body=body, published=True)
    term = Term(source="山后", is_protected=True)
    found = edition_effects.effects({}, keyed([term.entry()]))
    of_taiwan = found.editions[2]
    assert (of_taiwan.sentences, len(of_taiwan.shown)) == (30, 20)
    assert of_taiwan.not_shown == 10


def test_looking_ends_in_time_and_says_how_far_it_came():
    for _ in range(3):
        factories.article(body="<p>山后有河。</p>", published=True)
    ticks = itertools.count(step=3)
    term = Term(source="山后", is_protected=True)
    found = edition_effects.effects(
        {}, keyed([term.entry()]), clock=lambda: next(ticks)
    )
    assert (found.looked_at, found.is_complete) == (1, False)


def test_terms_are_filtered_by_kind():
    Term.objects.create(source="山后", kind=Term.Kind.PLACE)
    Term.objects.create(source="后小雨", kind=Term.Kind.PERSON)
    desk = signed_in(Role.EDITOR)
    address = reverse("admin:editions_term_changelist")
    page = parsed(desk.get(f"{address}?kind__exact=person"))
    assert words_of(page, "th.field-source") == ["后小雨"]


def test_the_glossary_is_exported_as_the_table_that_is_read_again():
    Term.objects.create(source="山后", is_protected=True, kind=Term.Kind.PLACE)
    Term.objects.create(source="水后", form_zh_tw="甲,“乙”", note="说明")
    Term.objects.create(source="鍾先生", script="zh-Hant", form_zh_hans="锺先生")
    desk = signed_in(Role.EDITOR)
    response = desk.post(reverse("admin:editions_term_export"))
    assert response["Content-Disposition"].endswith('.csv"')
    assert response.content.startswith(b"\xef\xbb\xbf")
    terms = read_terms(response.content)
    assert keyed(term.entry() for term in terms) == entries_in_force()
    assert [term.kind for term in terms if term.source == "山后"] == ["place"]
    entry = AuditEntry.objects.get(act=Act.EXPORT)
    assert (entry.person, entry.after) == (desk.user, {"rows": 3})
