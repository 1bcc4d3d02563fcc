"""Notes on a revision: who writes them, whom they call, and what became of the words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.roles import Role
from articles import notes, reviews
from articles.models import Note, Notice
from articles.notes import NoteRefused
from tests import factories
from tests.review_steps import edit, newest, newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return newsroom()


@pytest.fixture
def story(desk):
    made = desk.story(body="<p>石桥修好了，车可以过。</p>")
    reviews.submit(made, by=desk.reporter)
    return made


def write(story, by, text="请核实。", **fields) -> Note:
    return notes.write(story, by=by, text=text, **{"sha256": newest(story), **fields})


def mentions(person) -> list[str]:
    kind = Notice.Kind.MENTIONED
    return [notice.text for notice in person.notices.filter(kind=kind)]


def send(person, page: str, key: int, **fields):
    client = Client()
    client.force_login(person)
    return client.post(reverse(page, args=[key]), fields, follow=True)


def text_of(response) -> str:
    return html.fromstring(response.content.decode()).text_content()


def test_note_stays_with_the_words_and_the_revision_it_was_written_on(desk, story):
    anchor = story.sections.get().anchor
    note = write(story, desk.editor, anchor=anchor, excerpt="石桥")
    (thread,) = notes.threads_of(story)
    assert (thread.place, thread.has_changed) == ("第 1 节", False)
    edit(story, desk.reporter, title="别处改了")
    assert not notes.threads_of(story)[0].has_changed
    edit(story, desk.reporter, body="<p>木桥修好了，车可以过。</p>")
    (thread,) = notes.threads_of(story)
    assert thread.has_changed
    assert thread.note.revision == note.revision


def test_note_on_the_whole_says_that_the_text_changed(desk, story):
    write(story, desk.editor)
    edit(story, desk.reporter, title="改了题目")
    assert notes.threads_of(story)[0].has_changed


REFUSED = [
    ({"text": "  "}, "批注还是空的。"),
    ({"text": "长" * 1001}, "批注太长，最多 1000 个字。"),
    ({"excerpt": "没有的话"}, "所批文字在这一处找不到，请从正文里照原样复制。"),
    ({"anchor": "s-none"}, "这一版里没有你选的那一节，请重新选。"),
    ({"sha256": "0" * 64}, "批注要写在定过稿的版本上；这篇稿件还没有这一版。"),
]


@pytest.mark.parametrize(("fields", "sentence"), REFUSED)
def test_note_that_makes_no_sense_is_refused_with_a_sentence(
    desk, story, fields, sentence
):
    with pytest.raises(NoteRefused) as refused:
        write(story, desk.editor, **fields)
    assert refused.value.sentences == (sentence,)


def test_mention_calls_the_person_with_that_whole_name(desk, story):
    longer = factories.staff(Role.EDITOR, display_name="周禾生")
    write(story, desk.chief, text="＠周禾生 请看，@周禾 也看看")
    write(story, desk.chief, text="写信给 someone@周 没有这个人")
    assert len(mentions(longer)) == 1
    assert mentions(desk.editor) == [
        f"江岸 在《{story.title}》的批注里提到你：＠周禾生 请看，@周禾 也看看"
    ]


def test_mention_calls_nobody_who_may_not_see_the_story_nor_the_writer(desk, story):
    stranger = factories.staff(Role.REPORTER, display_name="梁远")
    note = write(story, desk.editor, text="@梁远 @周禾 @田野 看看")
    assert list(note.mentioned.all()) == [desk.reporter]
    assert mentions(stranger) == mentions(desk.editor) == []


def test_answers_stand_under_the_note_and_call_too(desk, story):
    note = write(story, desk.editor)
    first = notes.answer(note, by=desk.reporter, text="核实过了")
    notes.answer(first, by=desk.editor, text="@田野 好")
    (thread,) = notes.threads_of(story)
    assert [answer.text for answer in thread.answers] == ["核实过了", "@田野 好"]
    assert len(mentions(desk.reporter)) == 1


def test_settled_notes_come_last_and_can_be_taken_up_again(desk, story):
    first, second = write(story, desk.editor), write(story, desk.editor)
    notes.resolve(first, by=desk.reporter)
    assert [thread.note for thread in notes.threads_of(story)] == [second, first]
    with pytest.raises(NoteRefused, match="已经标为解决"):
        notes.resolve(first, by=desk.editor)
    notes.reopen(first, by=desk.editor)
    first.refresh_from_db()
    assert (first.resolved_by, first.resolved_at) == (None, None)
    with pytest.raises(NoteRefused, match="还没有标为解决"):
        notes.reopen(first, by=desk.editor)


@pytest.mark.parametrize("act", ["write", "answer", "resolve", "reopen"])
def test_notes_are_for_those_who_may_read_the_story(desk, story, act):
    stranger = factories.staff(Role.REPORTER)
    note = write(story, desk.editor)
    doings = {
        "write": lambda: write(story, stranger),
        "answer": lambda: notes.answer(note, by=stranger, text="看看"),
        "resolve": lambda: notes.resolve(note, by=stranger),
        "reopen": lambda: notes.reopen(note, by=stranger),
    }
    with pytest.raises(PermissionDenied):
        doings[act]()


def test_note_is_written_answered_and_settled_on_the_review_page(desk, story):
    page = "admin:articles_article_note"
    response = send(
        desk.editor, page, story.pk, sha256=newest(story), text="<b>请</b>核实"
    )
    assert "<b>请</b>核实" in text_of(response)
    note = Note.objects.get()
    send(desk.reporter, "admin:articles_note_answer", note.pk, text="核实过了")
    response = send(desk.reporter, "admin:articles_note_resolve", note.pk)
    assert "核实过了" in text_of(response)
    assert "田野 标为解决" in text_of(response)
    response = send(desk.editor, "admin:articles_note_reopen", note.pk)
    assert "标为解决" in text_of(response)
    note.refresh_from_db()
    assert note.resolved_at is None


def test_refused_note_and_answer_come_back_as_typed(desk, story):
    response = send(
        desk.editor,
        "admin:articles_article_note",
        story.pk,
        sha256=newest(story),
        excerpt="没有的话",
        text="写了很久的批注",
    )
    assert "写了很久的批注" in text_of(response)
    assert "找不到" in text_of(response)
    note = write(story, desk.editor)
    response = send(
        desk.editor, "admin:articles_note_answer", note.pk, text="答" * 1001
    )
    assert "答" * 1001 in text_of(response)


@pytest.mark.parametrize("name", ["answer", "resolve", "reopen"])
def test_stranger_is_turned_away_from_the_addresses_of_notes(desk, story, name):
    note = write(story, desk.editor)
    stranger = factories.staff(Role.REPORTER)
    response = send(stranger, f"admin:articles_note_{name}", note.pk, text="看看")
    assert response.status_code == 403
