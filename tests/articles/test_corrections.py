"""Public notes: on the story's page, for search engines, and the editors' page for them."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from articles.models import Correction
from articles.publishing import PublicNote
from fronts.models import SiteIdentity
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
MISTAKE = "原文“三十户”应为“十三户”。"


def corrected(note: str = MISTAKE, kind=Correction.Kind.CORRECTION, **words):
    made = factories.article(published_at=NOW - 9 * HOUR, **words)
    publishing.correct(made, PublicNote(kind, note), by=None, now=NOW - HOUR)
    return made


def page_of(client, article, edition: str = ""):
    return parsed(client.get(f"{edition}/article/{article.pk}/"))


def linked_data(page) -> list[dict]:
    return [
        json.loads(script.text)
        for script in select(page, "script[type=application/ld+json]")
    ]


def form_of(article) -> str:
    return reverse("admin:articles_article_correct", args=[article.pk])


def typed(**changes) -> dict[str, str]:
    return {"kind": "correction", "note": MISTAKE, "scope": "note"} | changes


def test_newest_note_stands_above_the_text_and_all_of_them_below(client):
    made = corrected()
    later = PublicNote(Correction.Kind.CLARIFICATION, "村名是新改的。")
    publishing.correct(made, later, by=None, now=NOW)
    page = page_of(client, made)
    (above,) = words_of(page, ".story__text .correction")
    assert above.startswith("补充说明 · ")
    assert above.endswith("：村名是新改的。")
    below = words_of(page, ".corrections__note .corrections__words")
    assert below == ["村名是新改的。", MISTAKE]


def test_note_names_its_moment(client):
    made = factories.article(published_at=NOW - 9 * HOUR)
    moment = datetime.datetime(NOW.year - 1, 6, 17, 2, 20, tzinfo=datetime.UTC)
    note = PublicNote(Correction.Kind.CORRECTION, MISTAKE)
    made.published.update(visible_from=moment - HOUR)
    publishing.correct(made, note, by=None, now=moment)
    time = select(page_of(client, made), ".correction time")[0]
    assert time.text == f"{NOW.year - 1}年6月17日 10:20"
    assert time.get("datetime") == f"{NOW.year - 1}-06-17T10:20+08:00"


def test_story_without_notes_has_no_room_for_them(client):
    text = client.get(f"/article/{factories.article(published=True).pk}/").content
    assert b"correction" not in text.split(b"<main")[1].split(b"</main>")[0]


def test_note_is_converted_with_the_page(client):
    note = select(page_of(client, corrected(), "/zh-tw"), ".correction")[0]
    assert "原文「三十戶」應為「十三戶」。" in note.text_content()


def test_note_typed_in_traditional_reads_in_simplified_there(client):
    made = corrected("會議時間應為星期四。")
    assert "会议时间应为星期四。" in words_of(page_of(client, made), ".correction")[0]
    traditional = page_of(client, made, "/zh-hant")
    assert "會議時間應為星期四。" in words_of(traditional, ".correction")[0]


def test_markup_in_a_note_is_shown_as_words(client):
    made = corrected("<b>粗</b></script><script>alert(1)</script>")
    text = client.get(f"/article/{made.pk}/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;b&gt;粗&lt;/b&gt;" in text


def test_notes_cost_no_query(client):
    plain, noted = factories.article(published_at=NOW - 9 * HOUR), corrected()
    counts = []
    for story in (plain, noted):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, story)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_search_engines_learn_of_the_correction(client):
    story = linked_data(page_of(client, corrected()))[0]
    (comment,) = story["correction"]
    assert (comment["@type"], comment["text"]) == ("CorrectionComment", MISTAKE)
    moment = datetime.datetime.fromisoformat(comment["datePublished"])
    assert moment == NOW - HOUR
    assert story["dateModified"] == comment["datePublished"]


def test_search_engines_learn_the_correction_in_each_edition(client):
    story = linked_data(page_of(client, corrected(), "/zh-tw"))[0]
    assert story["correction"][0]["text"] == "原文「三十戶」應為「十三戶」。"


def test_search_engines_learn_publisher_and_editors(client, settings):
    SiteIdentity(name="樟溪门户").save()
    made = factories.article(published=True, editors=("周禾", "沈砚秋"))
    story = linked_data(page_of(client, made))[0]
    assert story["publisher"]["@type"] == "Organization"
    assert story["publisher"]["name"] == "樟溪门户"
    assert story["publisher"]["url"] == f"{settings.SITE_URL}/"
    assert [person["name"] for person in story["editor"]] == ["周禾", "沈砚秋"]


def test_breadcrumbs_for_search_engines_start_at_home(client, settings):
    made = factories.article(published=True)
    steps = linked_data(page_of(client, made))[1]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "首页"),
        (2, made.channel.name),
    ]
    assert steps[0]["item"] == f"{settings.SITE_URL}/"


def test_expired_story_is_410_and_says_when_it_ended(client):
    made = factories.article(title="夏季开放时间表", published_at=NOW - 9 * HOUR)
    end = datetime.datetime(2022, 6, 17, 0, 18, tzinfo=datetime.UTC)
    made.published.update(visible_from=end - HOUR, visible_until=end)
    for edition in ("", "/zh-hant", "/zh-tw", "/zh-hk"):
        response = client.get(f"{edition}/article/{made.pk}/")
        assert response.status_code == 410
        assert "夏季" not in response.content.decode()
    page = page_of(client, made)
    message = words_of(page, ".message p")
    assert message[0] == "这篇文章已于 2022年6月17日 08:18 到期下线。"
    assert select(page, ".message a")[0].get("href") == made.channel.get_absolute_url()
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


def test_expired_story_that_comes_again_is_404_until_then(client):
    made = factories.article(published_at=NOW - 9 * HOUR)
    made.published.update(visible_until=NOW - HOUR)
    publishing.schedule(made, timezone.now() + HOUR, by=None)
    assert client.get(f"/article/{made.pk}/").status_code == 404


def test_story_that_expired_after_an_earlier_withdrawal_says_that_it_expired(client):
    made = factories.article(published_at=NOW - 9 * HOUR)
    publishing.withdraw(made, by=None, public_note="地点有误。", now=NOW - 8 * HOUR)
    publishing.publish(made, by=None, now=NOW - 7 * HOUR, until=NOW - HOUR)
    text = client.get(f"/article/{made.pk}/").content.decode()
    assert "到期下线" in text
    assert "地点有误。" not in text


def test_editor_puts_a_note_on_the_live_story(client):
    made = factories.article(published_at=NOW - HOUR)
    editor = signed_in(Role.EDITOR)
    response = editor.post(form_of(made), typed(), follow=True)
    assert said(response) == ["已发出更正说明，读者现在能看到。"]
    assert words_of(parsed(response), ".correcting__notes li")[0].endswith(MISTAKE)
    assert made.corrections.get().noted_by == editor.user
    assert MISTAKE in words_of(page_of(client, made), ".correction")[0]


def test_editor_sends_note_and_new_text_together(client):
    made = factories.article(published_at=NOW - HOUR)
    made.sections.update(body="<p>一共十三户。</p>")
    response = signed_in(Role.EDITOR).post(
        form_of(made), typed(scope="text"), follow=True
    )
    assert said(response) == ["已发出更正说明，并用当前稿替换线上正文。"]
    page = page_of(client, made)
    assert words_of(page, ".prose p") == ["一共十三户。"]
    assert MISTAKE in words_of(page, ".correction")[0]


def test_refused_correction_keeps_what_was_typed_and_changes_nothing(client):
    made = factories.article(published_at=NOW - HOUR)
    made.sections.update(body="<p>一共十三户。</p>")
    made.editor_credits.all().delete()
    response = signed_in(Role.EDITOR).post(form_of(made), typed(scope="text"))
    assert said(response) == ["还没有署责任编辑。"]
    assert words_of(parsed(response), "textarea") == [MISTAKE]
    assert not made.corrections.exists()
    assert "十三户" not in client.get(f"/article/{made.pk}/").content.decode()


def test_new_text_is_no_choice_while_there_is_none():
    made = factories.article(published_at=NOW - HOUR)
    editor = signed_in(Role.EDITOR)
    page = parsed(editor.get(form_of(made)))
    assert [box.get("value") for box in select(page, "[name=scope]")] == ["note"]
    editor.post(form_of(made), typed(scope="text"))
    assert not made.corrections.exists()


@pytest.mark.parametrize("note", ["", "   ", "字" * 301])
def test_note_must_say_something_short(note):
    made = factories.article(published_at=NOW - HOUR)
    response = signed_in(Role.EDITOR).post(form_of(made), typed(note=note))
    assert words_of(parsed(response), ".errorlist li")
    assert not made.corrections.exists()


def test_preview_shows_the_note_and_sends_nothing():
    made = factories.article(published_at=NOW - HOUR)
    response = signed_in(Role.EDITOR).post(form_of(made), typed(_preview="1"))
    assert words_of(parsed(response), ".correction")[0].endswith(f"：{MISTAKE}")
    assert words_of(parsed(response), "textarea") == [MISTAKE]
    assert not made.corrections.exists()


def test_looking_at_the_form_sends_nothing():
    made = factories.article(published_at=NOW - HOUR)
    assert signed_in(Role.EDITOR).get(form_of(made)).status_code == 200
    assert not made.corrections.exists()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_editors_correct(role):
    made = factories.article(published_at=NOW - HOUR)
    client = signed_in(role)
    assert client.get(form_of(made)).status_code == 403
    assert client.post(form_of(made), typed()).status_code == 403
    assert not made.corrections.exists()


def test_editor_of_one_channel_corrects_no_other_ones_stories():
    own, other = factories.channel(), factories.channel()
    made = factories.article(published_at=NOW - HOUR, channel=other)
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, own)
    assert client.post(form_of(made), typed()).status_code == 403
    made.channel = own
    made.save()
    assert client.post(form_of(made), typed()).status_code == 302


def test_story_that_is_not_live_has_nothing_to_correct():
    response = signed_in(Role.EDITOR).get(form_of(factories.article()), follow=True)
    assert said(response) == ["这篇稿件没有在线版本，不能加更正说明。"]
