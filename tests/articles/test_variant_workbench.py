"""文字版: a story in the editions that a program writes, put right and read by editors."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from articles import publishing
from articles.models import Article, EditionReview
from editions.models import Term
from fronts.models import ErrorReport
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

# 干 by itself is 幹 to the tables; what is meant is 乾.
BODY = "<p>社区干部把笋晒在桥头。</p><p>天热，笋干得快，一会儿就干了。</p>"


def story(**fields) -> Article:
    return factories.article(**{"title": "老街的笋", "body": BODY, **fields})


def address(article: Article, edition: str = "zh-tw") -> str:
    return reverse("admin:articles_article_edition", args=[article.pk, edition])


def opened(client: Client, article: Article, edition: str = "zh-tw", query: str = ""):
    response = client.get(address(article, edition) + query)
    assert response.status_code == 200
    return parsed(response)


def send(client: Client, article: Article, act: str, edition: str = "zh-tw", **data):
    return client.post(address(article, edition), {"act": act, **data}, follow=True)


def converted_text(page) -> list[str]:
    return ["".join(p.itertext()) for p in select(page, ".pair__text")]


def key_of(page, context: str) -> str:
    """The key of the doubtful place in whose line of the source this stands."""
    return next(
        select(place, "input[name=key]")[0].get("value")
        for place in select(page, "[data-place]")
        if context in words_of(place, ".place__source")[0]
    )


def fingerprints(page) -> list[str]:
    return [
        field.get("value")
        for field in select(page, ".pair__acts input[name=paragraph]")
    ]


def is_noted(client: Client, article: Article, edition: str = "zh-tw") -> bool:
    """Whether readers are told that nobody has read this edition."""
    page = parsed(client.get(f"/{edition}/article/{article.pk}/"))
    return bool(select(page, ".notices"))


def read_whole(client: Client, article: Article, edition: str = "zh-tw"):
    seen = fingerprints(opened(client, article, edition))
    return send(client, article, "review", edition, paragraph=seen)


def test_source_and_conversion_stand_side_by_side():
    page = opened(signed_in(Role.EDITOR), story(subtitle="晒笋的日子"))
    sources = ["".join(p.itertext()) for p in select(page, ".pair__source")]
    assert sources[:2] == ["老街的笋", "晒笋的日子"]
    assert converted_text(page)[:2] == ["老街的筍", "曬筍的日子"]
    assert {p.get("lang") for p in select(page, ".pair__text")} == {"zh-Hant-TW"}
    assert {p.get("lang") for p in select(page, ".pair__source")} == {"zh-Hans"}


def test_every_character_with_several_forms_is_marked():
    page = opened(signed_in(Role.EDITOR), story(body="<p>干部发言。</p>"))
    marked = [piece.text for piece in select(page, "#text .pair__source .several")]
    assert {"干", "发"} <= set(marked)
    assert "部" not in marked


def test_places_are_grouped_by_character_with_their_counts():
    body = "<p>干部带头苦干。</p><p>饼干很香，天干物燥。</p>"
    page = opened(signed_in(Role.EDITOR), story(title="点心", body=body))
    headings = words_of(page, ".group__heading")
    assert "干：幹 ×2、乾 ×2" in headings


def test_each_edition_that_a_program_writes_has_its_page():
    client, article = signed_in(Role.EDITOR), story()
    for edition in ("zh-hant", "zh-tw", "zh-hk"):
        opened(client, article, edition)
    assert client.get(address(article, "zh-hans")).status_code == 404
    traditional = story(script="zh-Hant", body="<p>乾淨的橋。</p>")
    assert "干净的桥。" in converted_text(opened(client, traditional, "zh-hans"))
    assert client.get(address(traditional, "zh-tw")).status_code == 404


def test_first_page_leads_to_the_first_edition():
    client = signed_in(Role.EDITOR)
    for article, edition in (
        (story(), "zh-hant"),
        (story(script="zh-Hant"), "zh-hans"),
    ):
        page = reverse("admin:articles_article_editions", args=[article.pk])
        assert client.get(page).url == address(article, edition)


def test_word_of_this_story_alone_is_put_right_at_once():
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article), "就干了")
    answer = send(
        client, article, "keep_here", key=key, word="就干了", form="乾", everywhere="on"
    )
    assert said(answer) == ["本文里“就干了”写作“就乾了”。"]
    assert "一會兒就乾了。" in converted_text(parsed(answer))[-1]
    for edition in ("zh-hant", "zh-hk"):
        assert "就乾了" in converted_text(opened(client, article, edition))[-1]
    other = story()
    assert "就幹了" in converted_text(opened(client, other))[-1]


def test_word_put_right_in_one_edition_stays_as_it_is_in_the_others():
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article, "zh-hk"), "就干了")
    send(client, article, "keep_here", "zh-hk", key=key, word="就干了", form="乾")
    assert "就乾了" in converted_text(opened(client, article, "zh-hk"))[-1]
    assert "就幹了" in converted_text(opened(client, article, "zh-tw"))[-1]


def test_form_of_each_region_follows_the_choice():
    body = "<p>石梘里的水声，从石梘里听得见。</p>"
    client, article = signed_in(Role.EDITOR), story(body=body)
    (piece,) = [
        piece
        for piece in select(opened(client, article), "#p-1 .pair__text .several")
        if piece.text == "裡"
    ][:1]
    key = piece.get("data-key") or key_of(opened(client, article), "石梘里")
    data = {"key": key, "word": "石梘里", "form": "里", "everywhere": "on"}
    send(client, article, "keep_here", **data)
    again = opened(client, article)
    assert "石梘里的水聲" in converted_text(again)[-1]
    key = select(again, "#p-1 .pair__text .several")[0].get("data-key")
    data |= {"key": key, "form": "裡"}
    send(client, article, "keep_here", **data)
    assert "石梘裡的水聲" in converted_text(opened(client, article))[-1]
    assert "石梘裏的水聲" in converted_text(opened(client, article, "zh-hk"))[-1]


@pytest.mark.parametrize(
    ("word", "form", "sentence"),
    [
        ("干", "乾", "词至少要有两个字"),
        ("桥头", "乾", "“桥头”不在这一处"),
        ("就干了", "", "还没有选"),
        ("就干了", "幹", "没有可改的"),
        ("", "乾", "还没有写原文的词"),
    ],
)
def test_choice_that_makes_no_sense_is_refused_with_a_sentence(word, form, sentence):
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article), "就干了")
    answer = send(client, article, "keep_here", key=key, word=word, form=form)
    assert sentence in said(answer)[0]
    assert not article.edition_terms.exists()


def test_place_that_changed_meanwhile_is_refused():
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article), "就干了")
    article.sections.update(body="<p>笋干得慢。</p>")
    answer = send(client, article, "keep_here", key=key, word="就干了", form="乾")
    assert "刚才变了" in said(answer)[0]


def test_word_of_this_story_is_forgotten_again():
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article), "就干了")
    answer = send(client, article, "keep_here", key=key, word="就干了", form="乾")
    (word,) = [
        field.get("value")
        for field in select(parsed(answer), ".bench__terms input[name=word]")
    ]
    answer = send(client, article, "forget", word=word)
    assert "就幹了" in converted_text(parsed(answer))[-1]


def test_word_put_into_the_glossary_is_right_in_every_story():
    client, article = signed_in(Role.EDITOR), story()
    key = key_of(opened(client, article), "就干了")
    send(
        client,
        article,
        "keep_in_glossary",
        key=key,
        word="就干了",
        form="乾",
        everywhere="on",
    )
    term = Term.objects.get()
    assert (term.source, term.form_zh_tw) == ("就干了", "就乾了")
    assert "老街的笋" in term.note
    assert "就乾了" in converted_text(opened(client, story()))[-1]
    entry = AuditEntry.objects.filter(subject_type="editions.term").last()
    assert (entry.person, entry.after["form_zh_tw"]) == (client.user, "就乾了")


def test_who_may_not_change_the_glossary_has_no_button_for_it():
    client = signed_in(Role.REPORTER)
    article = story(created_by=client.user)
    page = opened(client, article)
    values = {button.get("value") for button in select(page, "#places button")}
    assert {"keep_here", "report"} <= values
    assert not values & {"keep_in_glossary", "accept", "accept_rest"}
    assert not select(page, "button[value=review]")
    key = key_of(page, "就干了")
    data = {"act": "keep_in_glossary", "key": key, "word": "就干了", "form": "乾"}
    assert client.post(address(article), data).status_code == 403
    assert not Term.objects.exists()


def test_report_waits_with_those_of_readers_and_is_settled_here():
    reporter = signed_in(Role.REPORTER, display_name="田野")
    article = story(created_by=reporter.user)
    key = key_of(opened(reporter, article), "就干了")
    send(reporter, article, "report", key=key, word="就干了", form="乾")
    report = ErrorReport.objects.get()
    assert (report.kind, report.edition) == ("conversion", "zh-tw")
    assert report.message == "采编 田野：“就幹了”应为“就乾了”。"
    editor = signed_in(Role.EDITOR)
    page = opened(editor, article)
    (card,) = select(page, ".report-card")
    assert select(card, "a[href=#p-2]")
    assert select(page, f"#p-2 a[href=#report-{report.pk}]")
    form = select(card, "form")[0]
    answer = editor.post(form.get("action"), {"workbench": "zh-tw", "state": "mended"})
    assert answer.url == address(article)
    assert not select(opened(editor, article), ".report-card")


def test_reports_of_another_edition_or_kind_stay_away():
    client, article = signed_in(Role.EDITOR), story()
    about = {"article": article, "message": "错字", "quote": "笋"}
    ErrorReport.objects.create(kind="conversion", edition="zh-hk", **about)
    ErrorReport.objects.create(kind="error", **about)
    assert not select(opened(client, article), ".report-card")
    assert len(select(opened(client, article, "zh-hk"), ".report-card")) == 1


def test_place_said_to_be_right_is_asked_about_no_more():
    client, article = signed_in(Role.EDITOR), story()
    page = opened(client, article)
    key = key_of(page, "就干了")
    doubtful = len(select(page, "[data-place]"))
    answer = send(client, article, "accept", key=key)
    assert said(answer) == ["已记下 1 处是对的。"]
    assert len(select(parsed(answer), "[data-place]")) == doubtful - 1
    assert len(select(opened(client, article, "zh-hk"), "[data-place]")) == doubtful


def test_place_said_to_be_right_is_asked_about_again_when_its_paragraph_changes():
    client, article = signed_in(Role.EDITOR), story()
    send(client, article, "accept", key=key_of(opened(client, article), "就干了"))
    article.sections.update(body="<p>天热，一会儿就干了。</p>")
    assert key_of(opened(client, article), "就干了")


def test_all_that_is_not_doubtful_is_accepted_in_one_click():
    client, article = signed_in(Role.EDITOR), story()
    doubtful = len(select(opened(client, article), "[data-place]"))
    answer = send(client, article, "accept_rest")
    page = parsed(answer)
    assert not select(page, ".group__rest")
    assert len(select(page, "[data-place]")) == doubtful > 0


def test_rest_of_one_character_is_accepted_in_one_click():
    body = "<p>干部发言。</p>"
    client, article = signed_in(Role.EDITOR), story(title="会", body=body)
    page = parsed(send(client, article, "accept_rest", character="干"))
    assert "干：幹 ×1" not in words_of(page, ".group__heading")
    assert "发：發 ×1" in words_of(page, ".group__heading")


def test_note_for_readers_goes_when_every_paragraph_is_read(client):
    article = story(published=True)
    assert is_noted(client, article)
    answer = read_whole(signed_in(Role.EDITOR), article)
    assert "臺灣版已记为看过。" in said(answer)
    assert not is_noted(client, article)
    assert is_noted(client, article, "zh-hk")


def test_note_stays_while_one_paragraph_is_unread(client):
    article, editor = story(published=True), signed_in(Role.EDITOR)
    seen = fingerprints(opened(editor, article))
    send(editor, article, "review", paragraph=seen[:-1])
    assert is_noted(client, article)
    send(editor, article, "review", paragraph=seen[-1])
    assert not is_noted(client, article)


def test_note_comes_back_when_a_changed_text_goes_out(client):
    article, editor = story(published=True), signed_in(Role.EDITOR)
    read_whole(editor, article)
    section = article.sections.get()
    section.body += "<p>后来下雨了。</p>"
    section.save()
    assert not is_noted(client, article)
    publishing.replace(article, by=None)
    assert is_noted(client, article)
    read_whole(editor, article)
    assert not is_noted(client, article)


def test_reading_the_desk_copy_forgets_nothing_of_what_readers_have(client):
    article, editor = story(published=True), signed_in(Role.EDITOR)
    read_whole(editor, article)
    article.sections.update(body="<p>全换了。</p>")
    read_whole(editor, article)
    assert not is_noted(client, article)


def test_note_costs_one_query_in_a_converted_edition_and_none_in_the_authors_own(
    client,
):
    article = story(published=True)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return sum("editionreview" in query["sql"] for query in queries)

    assert asked(f"/article/{article.pk}/") == 0
    assert asked(f"/zh-tw/article/{article.pk}/") == 1


def test_change_voids_the_review_of_its_own_paragraph_only():
    client, article = signed_in(Role.EDITOR), story()
    read_whole(client, article)
    section = article.sections.get()
    section.body = section.body.replace("桥头", "河边")
    section.save()
    page = opened(client, article)
    states = [line.rsplit("· ", 1)[1] for line in words_of(page, ".pair__where")]
    assert states == ["✓ 已校对", "! 校对后改过", "✓ 已校对"]
    (was,) = words_of(page, ".pair__was")
    assert was == "校对时是：社區幹部把筍曬在橋頭。"
    here = select(page, ".bench__editions a[aria-current]")[0]
    assert "已校对 2/3 段，1 段校对后改过" in " ".join(here.text_content().split())


def test_term_of_the_story_voids_the_paragraphs_in_which_it_stands():
    client, article = signed_in(Role.EDITOR), story()
    read_whole(client, article)
    key = key_of(opened(client, article), "就干了")
    answer = send(client, article, "keep_here", key=key, word="就干了", form="乾")
    states = [
        line.rsplit("· ", 1)[1] for line in words_of(parsed(answer), ".pair__where")
    ]
    assert states == ["✓ 已校对", "✓ 已校对", "! 校对后改过"]


def test_glossary_voids_nothing_but_what_reads_otherwise_is_shown():
    client, article = signed_in(Role.EDITOR), story()
    read_whole(client, article)
    Term.objects.create(source="桥头", form_zh_tw="橋頭上")
    page = opened(client, article)
    assert "✓ 每一段都看过了" in " ".join(words_of(page, ".bench__state p"))
    states = [line.rsplit("· ", 1)[1] for line in words_of(page, ".pair__where")]
    assert states == ["✓ 已校对", "! 校对后换了写法", "✓ 已校对"]
    seen = fingerprints(page)[1]
    send(client, article, "review", paragraph=seen)
    states = [
        line.rsplit("· ", 1)[1]
        for line in words_of(opened(client, article), ".pair__where")
    ]
    assert states[1] == "✓ 已校对"


def test_form_of_another_length_stands_in_its_place():
    client, article = signed_in(Role.EDITOR), story()
    Term.objects.create(source="桥头", form_zh_tw="橋頭上")
    assert converted_text(opened(client, article))[1] == "社區幹部把筍曬在橋頭上。"


def test_review_is_of_what_the_person_saw():
    client, article = signed_in(Role.EDITOR), story()
    seen = fingerprints(opened(client, article))
    section = article.sections.get()
    section.body += "<p>后来下雨了。</p>"
    section.save()
    send(client, article, "review", paragraph=seen)
    page = opened(client, article)
    assert "看过 3 段，还有 1 段。" in " ".join(words_of(page, ".bench__state p"))


def test_review_is_taken_back_whole_and_paragraph_by_paragraph():
    client, article = signed_in(Role.EDITOR), story()
    read_whole(client, article)
    first = fingerprints(opened(client, article))[0]
    page = parsed(send(client, article, "take_back", paragraph=first))
    assert "看过 2 段" in " ".join(words_of(page, ".bench__state p"))
    page = parsed(send(client, article, "take_back"))
    assert "还没有人看过这一版。" in " ".join(words_of(page, ".bench__state p"))
    assert said(send(client, article, "take_back")) == ["没有可以撤销的校对。"]


def test_reviews_are_in_the_record_of_acts():
    client, article = signed_in(Role.EDITOR), story()
    read_whole(client, article)
    send(client, article, "take_back")
    entries = AuditEntry.objects.filter(subject_id=str(article.pk)).order_by("number")
    counts = [
        (entry.before["read_paragraphs"], entry.after["read_paragraphs"])
        for entry in entries
        if "read_paragraphs" in (entry.after or {})
    ]
    assert counts == [(0, 3), (3, 0)]
    assert {entry.person for entry in entries} == {client.user}


def test_writer_of_a_story_does_not_review_its_editions():
    client = signed_in(Role.REPORTER)
    article = story(created_by=client.user)
    seen = fingerprints(opened(signed_in(Role.EDITOR), article))
    for act in ("review", "take_back", "accept", "accept_rest"):
        data = {"act": act, "paragraph": seen, "key": "x"}
        assert client.post(address(article), data).status_code == 403, act
    assert not EditionReview.objects.exists()


def test_list_and_form_say_which_editions_are_read():
    client, article = signed_in(Role.EDITOR), story(published=True)
    read_whole(client, article)
    stories = parsed(client.get(reverse("admin:articles_article_changelist")))
    assert words_of(stories, ".field-editions_read .edition-badge [lang]") == ["臺灣"]
    form = parsed(
        client.get(reverse("admin:articles_article_change", args=[article.pk]))
    )
    lines = words_of(form, ".form-editions li")
    assert [" ".join(line.split()) for line in lines] == [
        "繁體 已校对 0/3 段",
        "臺灣 ✓ 已校对 3/3 段",
        "香港 已校对 0/3 段",
    ]
