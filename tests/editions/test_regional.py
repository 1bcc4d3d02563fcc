"""Words of Taiwan and Hong Kong: a list that is off until the desk switches it on."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from editions.conversion import convert
from editions.glossary import current_glossary
from editions.models import Term
from editions.regional import REGIONAL_EDITIONS, REGIONAL_WORDS
from fronts import regional_words
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import parsed, select, words_of

PAGE = reverse("admin:editions_term_regional")


def written(text: str) -> dict[str, str]:
    """What the three Traditional editions print."""
    glossary = current_glossary()
    codes = ("zh-hant", "zh-tw", "zh-hk")
    return {code: convert(text, code, glossary=glossary) for code in codes}


def switch(editor, *on: tuple[str, str], off: tuple = ()) -> int:
    return regional_words.switch(set(on), set(off), by=editor)


@pytest.fixture
def editor(db):
    return factories.staff(Role.EDITOR)


def test_the_list_holds_each_word_once_with_another_name_somewhere():
    sources = [word.source for word in REGIONAL_WORDS]
    assert len(sources) == len(set(sources)) >= 60
    for word in REGIONAL_WORDS:
        assert len(word.source) >= 2
        assert word.editions(), word
        for code in word.editions():
            assert word.name_in(code) != convert(word.source, code), word


def test_names_are_written_in_the_characters_of_their_edition():
    for word in REGIONAL_WORDS:
        for code in word.editions():
            name = word.name_in(code)
            simplified = convert(name, "zh-hans", source="zh-Hant")
            assert convert(simplified, code) == name


@pytest.mark.parametrize("word", REGIONAL_WORDS, ids=lambda word: word.source)
def test_a_term_of_the_list_is_one_the_desk_could_write(word):
    term = word.term(frozenset(REGIONAL_EDITIONS))
    term.full_clean(validate_unique=False, validate_constraints=False)


@pytest.mark.django_db
def test_nothing_is_on_by_itself():
    assert regional_words.switched_on() == frozenset()
    assert written("出租车")["zh-tw"] == "出租車"


def test_a_word_is_switched_on_for_one_edition_and_no_other(editor):
    assert switch(editor, ("出租车", "zh-tw")) == 1
    assert written("坐出租车") == {
        "zh-hant": "坐出租車",
        "zh-tw": "坐計程車",
        "zh-hk": "坐出租車",
    }
    assert switch(editor, ("出租车", "zh-hk")) == 1
    assert written("坐出租车") == {
        "zh-hant": "坐出租車",
        "zh-tw": "坐計程車",
        "zh-hk": "坐的士",
    }


def test_switching_off_takes_the_term_away(editor):
    both = (("出租车", "zh-tw"), ("出租车", "zh-hk"))
    switch(editor, *both)
    switch(editor, off=both[:1])
    assert written("出租车")["zh-tw"] == "出租車"
    assert written("出租车")["zh-hk"] == "的士"
    switch(editor, off=both[1:])
    assert not Term.objects.exists()


def test_everything_on_and_off_again_leaves_the_glossary_as_it_was(editor):
    own = Term.objects.create(source="山后", is_protected=True)
    switch(editor, *regional_words.ALL_SWITCHES)
    assert regional_words.switched_on() == regional_words.ALL_SWITCHES
    assert Term.objects.count() == len(REGIONAL_WORDS) + 1
    switch(editor, off=tuple(regional_words.ALL_SWITCHES))
    assert list(Term.objects.all()) == [own]


def test_a_term_of_the_desk_is_never_touched(editor):
    own = Term.objects.create(source="出租车", form_zh_tw="出租小車")
    assert switch(editor, ("出租车", "zh-tw"), ("出租车", "zh-hk")) == 0
    assert switch(editor, off=(("出租车", "zh-tw"),)) == 0
    own.refresh_from_db()
    assert (own.form_zh_tw, own.origin) == ("出租小車", Term.Origin.DESK)


def test_a_term_of_the_list_that_the_desk_edits_is_the_desks(editor):
    switch(editor, ("出租车", "zh-tw"))
    term = Term.objects.get()
    desk = signed_in(Role.EDITOR)
    url = reverse("admin:editions_term_change", args=[term.pk])
    desk.post(
        url,
        {"source": "出租车", "script": "zh-Hans", "kind": "word", "form_zh_tw": "小黃"},
    )
    switch(editor, off=tuple(regional_words.ALL_SWITCHES))
    term.refresh_from_db()
    assert (term.form_zh_tw, term.origin) == ("小黃", Term.Origin.DESK)


def test_a_term_saved_without_a_change_stays_the_lists(editor):
    switch(editor, ("出租车", "zh-tw"))
    term = Term.objects.get()
    desk = signed_in(Role.EDITOR)
    url = reverse("admin:editions_term_change", args=[term.pk])
    names = (
        "source",
        "script",
        "kind",
        "form_zh_hant",
        "form_zh_tw",
        "form_zh_hk",
        "note",
    )
    desk.post(url, {name: getattr(term, name) for name in names})
    term.refresh_from_db()
    assert term.origin == Term.Origin.REGIONAL


def test_switching_is_on_record_with_the_words(editor):
    switch(editor, ("出租车", "zh-tw"))
    switch(editor, ("信息", "zh-hk"), off=(("出租车", "zh-tw"),))
    entry = AuditEntry.objects.order_by("number").last()
    assert (entry.person, entry.subject) == (editor, "地区用词")
    assert entry.after == {"regional_words": ["信息（香港：資訊）"]}
    assert entry.before == {"regional_words": ["出租车（臺灣：計程車）"]}


def test_switching_what_stands_so_already_leaves_no_trace(editor):
    switch(editor, ("出租车", "zh-tw"))
    count = AuditEntry.objects.count()
    glossary = current_glossary()
    assert switch(editor, ("出租车", "zh-tw"), off=(("信息", "zh-tw"),)) == 0
    assert AuditEntry.objects.count() == count
    assert current_glossary() is glossary


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REPORTER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_keeps_no_glossary_switches_nothing(role):
    with pytest.raises(Denied):
        switch(factories.staff(role), ("出租车", "zh-tw"))
    assert signed_in(role).post(PAGE, {"whole": "zh-tw:on"}).status_code == 403
    assert not Term.objects.exists()


@pytest.mark.django_db
def test_the_page_shows_each_word_with_its_switches_and_why_they_are_off():
    Term.objects.create(source="信息", is_protected=True)
    page = parsed(signed_in(Role.EDITOR).get(PAGE))
    assert len(select(page, ".regional__table tbody tr")) == len(REGIONAL_WORDS)
    assert select(page, "input[value=zh-tw:出租车]")
    assert not select(page, "input[value=zh-tw:信息]")
    assert not select(page, "input[checked]")
    assert "机构" in words_of(page, ".regional__warning")[0]
    assert "采编已有词条" in words_of(page, ".regional__table")[0]


@pytest.mark.django_db
def test_ticks_on_the_page_become_switches():
    desk = signed_in(Role.EDITOR)
    response = desk.post(PAGE, {"on": ["zh-tw:出租车", "zh-hk:信息"]}, follow=True)
    assert said(response) == ["改了 2 处，各版马上按新的写法刊出。"]
    assert regional_words.switched_on() == {("出租车", "zh-tw"), ("信息", "zh-hk")}
    form = parsed(desk.get(PAGE)).forms[-1]
    assert form.fields["on"] or select(form, "input[checked]")
    desk.post(PAGE, {"was": ["zh-tw:出租车", "zh-hk:信息"], "on": ["zh-hk:信息"]})
    assert regional_words.switched_on() == {("信息", "zh-hk")}


@pytest.mark.django_db
def test_an_old_page_undoes_nothing_that_another_editor_switched(editor):
    switch(editor, ("信息", "zh-tw"))
    signed_in(Role.EDITOR).post(PAGE, {"on": ["zh-tw:出租车"], "was": []})
    assert regional_words.switched_on() == {("信息", "zh-tw"), ("出租车", "zh-tw")}


@pytest.mark.django_db
def test_one_button_switches_a_whole_edition():
    desk = signed_in(Role.EDITOR)
    desk.post(PAGE, {"whole": "zh-tw:on"})
    on = regional_words.switched_on()
    assert {code for _, code in on} == {"zh-tw"}
    assert len(on) == sum("zh-tw" in word.editions() for word in REGIONAL_WORDS)
    desk.post(PAGE, {"whole": "zh-tw:off", "was": [f"zh-tw:{word}" for word, _ in on]})
    assert not Term.objects.exists()


@pytest.mark.django_db
def test_a_word_that_is_not_in_the_list_is_refused():
    response = signed_in(Role.EDITOR).post(PAGE, {"on": ["zh-tw:山后"]}, follow=True)
    assert said(response)[0].startswith("没有保存")
    assert not Term.objects.exists()


@pytest.mark.django_db
def test_switches_are_tried_before_they_are_moved():
    factories.article(body="<p>坐出租车回家。</p>", published=True)
    desk = signed_in(Role.EDITOR)
    page = parsed(desk.post(PAGE, {"on": ["zh-tw:出租车"], "_effects": "1"}))
    assert words_of(page, ".effects__sum") == ["1 篇在线的稿件会变：臺灣 1 篇 1 句。"]
    assert [box.get("value") for box in select(page, "input[checked]")] == [
        "zh-tw:出租车"
    ]
    assert not Term.objects.exists()
