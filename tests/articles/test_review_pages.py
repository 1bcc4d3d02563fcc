"""The review page, the ledger and the slip, as the newsroom uses them."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.roles import Role
from articles import notes, reviews
from articles.models import SignOff, Stage
from tests import factories
from tests.admin_forms import said
from tests.review_steps import BOTH, edit, newest, newsroom, sign

pytestmark = pytest.mark.django_db


def page_of(story, name: str = "review") -> str:
    return reverse(f"admin:articles_article_{name}", args=[story.pk])


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent_in(desk, **fields):
    story = desk.story(**fields)
    reviews.submit(story, by=desk.reporter)
    return story


def decide(person, story, act: str, **fields):
    """Press a button of the review page as it stands."""
    data = {"sha256": newest(story), "act": act, **fields}
    return client_of(person).post(page_of(story), data, follow=True)


def text_of(response) -> str:
    return html.fromstring(response.content.decode()).text_content()


def buttons(response) -> list[str]:
    page = html.fromstring(response.content.decode())
    return [
        button.text_content().strip()
        for button in page.xpath("//*[@id='verdict']//button")
    ]


def test_reviewer_reads_the_text_as_readers_would_and_passes_it():
    desk = newsroom()
    story = sent_in(
        desk, title="老街开放", body="<p>河边的<strong>老街</strong>开放了。</p>"
    )
    page = client_of(desk.editor).get(page_of(story))
    assert "河边的老街开放了。" in text_of(page)
    assert buttons(page) == ["通过初审", "退回", "收回稿件"]
    response = decide(desk.editor, story, "pass", note="可以用")
    assert said(response) == ["已签初审。下一步：复审。"]
    assert SignOff.objects.get().note == "可以用"


def test_page_after_a_verdict_leads_to_the_story_that_waited_longest():
    desk = newsroom()
    first, second, third = (sent_in(desk) for _ in range(3))
    response = decide(desk.editor, second, "pass")
    page = html.fromstring(response.content.decode())
    (link,) = page.xpath("//*[@class='review__next']/a")
    assert link.get("href") == page_of(first)
    assert third.title not in link.text_content()


def test_one_press_reviews_and_proofreads():
    desk = newsroom(levels=1, needs_proofreading=True)
    story = sent_in(desk)
    page = client_of(desk.editor).get(page_of(story))
    assert buttons(page) == ["通过一审", "只签一校", "退回", "收回稿件"]
    decide(desk.editor, story, "pass", also_proofread="on")
    story.refresh_from_db()
    assert story.stage == Stage.APPROVED


def test_proofreader_signs_only_the_proofreading():
    desk = newsroom(levels=1, needs_proofreading=True)
    story = sent_in(desk)
    decide(desk.editor, story, "proofread")
    assert SignOff.objects.get().kind == SignOff.Kind.PROOFREAD
    assert [slot.name for slot in reviews.state_of(story).due_slots] == ["一审"]


def test_stale_page_is_refused_and_keeps_what_was_typed():
    desk = newsroom()
    story = sent_in(desk)
    read = newest(story)
    edit(story, desk.reporter, title="改了的题目")
    response = client_of(desk.editor).post(
        page_of(story), {"sha256": read, "act": "return", "note": "导语太长"}
    )
    assert said(response) == ["你看的不是最新一版：稿件刚才改过，请看过改动再决定。"]
    page = html.fromstring(response.content.decode())
    assert page.get_element_by_id("id_note").text.strip() == "导语太长"
    assert page.xpath("//form[@class='verdict']//input[@name='sha256']")[0].get(
        "value"
    ) == newest(story)
    assert not SignOff.objects.exists()


def test_return_needs_a_reason_and_takes_ticked_and_typed_ones():
    desk = newsroom()
    story = sent_in(desk)
    assert said(decide(desk.editor, story, "return")) == ["退回要写明原因。"]
    decide(desk.editor, story, "return", reasons=["标题要改"], note="少用形容词")
    story.refresh_from_db()
    assert story.stage == Stage.RETURNED
    assert SignOff.objects.get().note == "标题要改。少用形容词"


def test_chief_waives_a_level_with_a_reason():
    desk = newsroom()
    story = sent_in(desk)
    page = client_of(desk.chief).get(page_of(story))
    assert "免审这一级" in buttons(page)
    response = decide(desk.chief, story, "waive", note="编辑都在外采访")
    assert said(response) == ["已免初审，理由记入审签记录。"]
    assert "免审这一级" not in buttons(client_of(desk.editor).get(page_of(story)))


def test_one_who_cannot_sign_reads_why_and_sees_no_button_for_it():
    desk = newsroom()
    story = sent_in(desk)
    page = client_of(desk.reporter).get(page_of(story))
    assert "你没有这个频道的初审权限。" in text_of(page)
    assert buttons(page) == ["收回稿件"]
    sign(story, desk.editor)
    page = client_of(desk.editor).get(page_of(story))
    assert "你已经签过初审，同一个人不能签两级。" in text_of(page)


def test_signature_that_an_edit_voided_is_shown_with_the_reason():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    edit(story, desk.reporter, title="改了的题目")
    text = text_of(client_of(desk.second_editor).get(page_of(story)))
    assert "已作废：周禾" in text
    assert "田野" in text.split("已作废")[1]


def test_reviewer_who_signed_sees_what_changed_since():
    desk = newsroom()
    story = sent_in(desk, body="<p>桥修好了。</p>")
    sign(story, desk.editor)
    edit(story, desk.second_chief, body="<p>石桥修好了。</p>")
    page = client_of(desk.editor).get(page_of(story))
    assert "自你上次签署以来的改动" in text_of(page)


def test_writer_sends_in_and_takes_back_by_button():
    desk = newsroom()
    story = desk.story()
    client = client_of(desk.reporter)
    assert "送审" in buttons(client.get(page_of(story)))
    response = client.post(page_of(story, "submit"), follow=True)
    assert said(response) == ["已送审。"]
    response = client.post(page_of(story, "submit"), follow=True)
    assert said(response) == ["这篇稿件已经送审。"]
    response = client.post(page_of(story, "recall"), follow=True)
    assert said(response) == ["已收回，可以接着改；改好以后要重新送审。"]
    story.refresh_from_db()
    assert story.stage == Stage.WRITING


def test_verdict_on_a_story_that_was_taken_back_is_refused_and_kept():
    desk = newsroom()
    story = sent_in(desk)
    read = newest(story)
    reviews.recall(story, by=desk.reporter)
    response = client_of(desk.editor).post(
        page_of(story), {"sha256": read, "act": "pass", "note": "写得好"}
    )
    assert said(response) == ["这篇稿件不在审稿中。"]
    assert "写得好" in text_of(response)


@pytest.mark.parametrize("act", ["", "publish", "pass "])
def test_unknown_button_does_nothing(act):
    desk = newsroom()
    story = sent_in(desk)
    response = decide(desk.editor, story, act)
    assert said(response) == ["没有看懂要做什么，请按页面上的按钮。"]
    assert not SignOff.objects.exists()


def test_reason_that_is_too_long_is_refused_and_kept():
    desk = newsroom()
    story = sent_in(desk)
    response = decide(desk.editor, story, "return", note="长" * 1001)
    assert said(response) == ["意见太长，最多 1000 个字。"]
    assert "长" * 1001 in text_of(response)


@pytest.mark.parametrize("name", ["review", "ledger", "slip"])
def test_pages_are_for_those_who_may_read_the_story(name):
    desk = newsroom()
    story = sent_in(desk)
    stranger = factories.staff(Role.REPORTER)
    assert client_of(stranger).get(page_of(story, name)).status_code == 403
    assert (
        client_of(factories.staff(Role.AUDITOR)).get(page_of(story, name)).status_code
        == 200
    )
    assert Client().get(page_of(story, name)).status_code == 302


@pytest.mark.parametrize("name", ["submit", "recall"])
def test_moves_are_not_made_by_following_a_link(name):
    desk = newsroom()
    story = desk.story()
    assert client_of(desk.reporter).get(page_of(story, name)).status_code == 405


def test_ledger_lists_every_entry_and_recomputes_the_chain():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    edit(story, desk.reporter, title="改了的题目")
    sign(story, desk.second_editor)
    text = text_of(client_of(desk.editor).get(page_of(story, "ledger")))
    assert "本稿的 2 条签署都对得上" in text
    assert "第 2 版起作废" in text
    assert SignOff.objects.first().sha256[:12] in text


def test_ledger_says_so_when_an_entry_does_not_hold(monkeypatch):
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    # The database refuses changes of the ledger; another reading of it does as well.
    monkeypatch.setattr(SignOff, "payload", lambda entry: {"number": entry.number})
    text = text_of(client_of(desk.editor).get(page_of(story, "ledger")))
    assert "第 1 条的内容被改过。" in text


def test_slip_carries_what_the_newsroom_signs_by_hand():
    desk = newsroom(needs_proofreading=True)
    story = sent_in(desk, title="老街开放", authors=("柳明",))
    sign(story, desk.editor, kinds=BOTH, note="可以用")
    text = text_of(client_of(desk.editor).get(page_of(story, "slip")))
    for part in [
        "老街开放",
        "柳明",
        "田野",
        desk.channel.name,
        "初审",
        "一校",
        "终审",
        "三校",
        "可以用",
        newest(story),
    ]:
        assert part in text


def test_story_never_sent_in_has_pages_that_say_so():
    desk = newsroom()
    story = desk.story()
    client = client_of(desk.reporter)
    assert "还没有送审" in text_of(client.get(page_of(story)))
    assert "还没有送审过" in text_of(client.get(page_of(story, "ledger")))
    assert "没有审稿单" in text_of(client.get(page_of(story, "slip")))


def test_queries_of_the_review_page_do_not_grow(django_assert_max_num_queries):
    desk = newsroom()
    story = sent_in(desk)
    client = client_of(desk.chief)

    def count() -> int:
        client.get(page_of(story))
        with django_assert_max_num_queries(80) as queries:
            client.get(page_of(story))
        return len(queries)

    sign(story, desk.editor)
    edit(story, desk.reporter, title="第一次改")
    note = notes.write(story, by=desk.editor, text="看看", sha256=newest(story))
    notes.answer(note, by=desk.chief, text="好")
    before = count()
    for number in range(3):
        sign(story, desk.editor)
        edit(story, desk.reporter, title=f"又改 {number}")
        note = notes.write(story, by=desk.editor, text="再看", sha256=newest(story))
        notes.answer(note, by=desk.chief, text="好")
        sent_in(desk)
    assert count() == before
