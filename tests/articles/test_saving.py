"""Saving the form: nobody's text is overwritten unseen, and none is lost."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import sessions
from articles.models import Article, ArticleEditor, Editor, Section
from articles.snapshots import content_of
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in

pytestmark = pytest.mark.django_db


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def stored(story: Article) -> Article:
    return Article.objects.get(pk=story.pk)


def headings_of(story: Article) -> list[str]:
    return [section.heading for section in story.sections.all()]


def press(
    client: Client, story: Article, data: dict, button: str = "_continue", value="1"
):
    return client.post(page_of(story), data | {button: value})


def with_sections(*headings: str) -> Article:
    story = factories.article(body="", title="初稿")
    for place, heading in enumerate(headings, start=1):
        Section.objects.create(
            article=story, position=place * 10, heading=heading, body="<p>字</p>"
        )
    return story


def conflict(story: Article, mine: dict, theirs: dict) -> tuple[Client, dict]:
    """Two people open the story; the other saves `theirs`. Me, with `mine` typed."""
    me, other = (signed_in(Role.CHIEF, display_name=name) for name in ("张三", "李四"))
    typed = fields_of(me, page_of(story)) | mine
    press(other, story, fields_of(other, page_of(story)) | theirs)
    return me, typed


def test_second_to_save_is_told_and_nothing_is_overwritten():
    story = with_sections("一")
    me, typed = conflict(story, {"title": "我的题"}, {"title": "别人的题"})
    response = press(me, story, typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert stored(story).title == "别人的题"
    assert "李四 在" in page
    assert "改过这篇稿件" in page
    assert 'value="我的题"' in page
    assert "别人的题" in page


def test_refused_text_is_kept_for_its_writer():
    story = with_sections("一")
    me, typed = conflict(story, {"title": "我的题"}, {"title": "别人的题"})
    press(me, story, typed)
    kept = sessions.kept_by(me.user).get()
    assert sessions.typed_values(kept)["title"] == ["我的题"]


def test_plain_save_after_a_refusal_is_refused_again():
    story = with_sections("一")
    me, typed = conflict(story, {"title": "我的题"}, {"title": "别人的题"})
    press(me, story, typed)
    assert press(me, story, typed).status_code == 409
    assert stored(story).title == "别人的题"


def test_form_without_a_version_saves_nothing():
    story = with_sections("一")
    client = signed_in(Role.EDITOR)
    typed = fields_of(client, page_of(story)) | {"title": "没有版本"}
    del typed["version"]
    assert press(client, story, typed).status_code == 409
    assert stored(story).title == "初稿"


def test_overwriting_freezes_the_other_text_and_is_recorded():
    story = with_sections("一")
    me, typed = conflict(story, {"title": "我的题"}, {"title": "别人的题"})
    press(me, story, typed)
    press(me, story, typed, "_overwrite", str(stored(story).version))
    assert stored(story).title == "我的题"
    assert [revision.content["title"] for revision in story.revisions.all()] == [
        "别人的题"
    ]
    entry = AuditEntry.objects.get(act=Act.OVERWRITE)
    assert entry.person == me.user
    assert entry.before["title"] == "别人的题"


def test_overwriting_what_was_not_shown_is_refused_too():
    story = with_sections("一")
    me, typed = conflict(story, {"title": "我的题"}, {"title": "别人的题"})
    shown = str(stored(story).version)
    send(signed_in(Role.EDITOR), page_of(story), {"title": "第三个人的题"})
    response = press(me, story, typed, "_overwrite", shown)
    assert response.status_code == 409
    assert stored(story).title == "第三个人的题"


def test_overwriting_saves_the_sections_that_were_in_my_form():
    story = with_sections("一", "二", "三")
    second = story.sections.get(heading="二")
    me, typed = conflict(
        story,
        {"sections-1-heading": "二，我改过"},
        {
            "sections-1-DELETE": "on",
            "sections-TOTAL_FORMS": "4",
            "sections-3-heading": "别人加的",
            "sections-3-body": "<p>字</p>",
            "sections-3-position": "40",
        },
    )
    assert headings_of(story) == ["一", "三", "别人加的"]
    press(me, story, typed, "_overwrite", str(stored(story).version))
    assert headings_of(story) == ["一", "二，我改过", "三"]
    assert story.sections.get(heading="二，我改过").anchor == second.anchor
    frozen = story.revisions.get().content["sections"]
    assert [section["heading"] for section in frozen] == ["一", "三", "别人加的"]


def test_overwriting_saves_the_credits_that_were_in_my_form():
    story = factories.article(editors=("周禾",))
    other, third = (Editor.objects.create(name=name) for name in ("罗青", "许文"))
    row = {
        "editor_credits-TOTAL_FORMS": "2",
        "editor_credits-1-editor": str(other.pk),
        "editor_credits-1-position": "20",
    }
    theirs = row | {"editor_credits-0-editor": str(third.pk)}
    me, typed = conflict(story, row, theirs)
    response = press(me, story, typed, "_overwrite", str(stored(story).version))
    assert response.status_code == 302
    names = [credit.editor.name for credit in story.editor_credits.all()]
    assert names == ["周禾", "罗青"]


def test_page_of_a_refusal_is_a_form_that_can_be_sent_again():
    story = with_sections("一", "二")
    me, typed = conflict(story, {"title": "我的题"}, {"sections-1-DELETE": "on"})
    client_page = press(me, story, typed)
    assert client_page.status_code == 409
    form = client_page.context["adminform"].form
    assert form["title"].value() == "我的题"
    rows = client_page.context["inline_admin_formsets"][0].formset
    assert [row["heading"].value() for row in rows] == ["一", "二"]
    assert rows.initial_form_count() == 1


def test_save_that_changes_nothing_is_no_new_version():
    story = with_sections("一")
    client = signed_in(Role.EDITOR)
    send(client, page_of(story), {"title": "二稿"})
    send(client, page_of(story), {})
    assert stored(story).version == 1
    assert AuditEntry.objects.filter(act=Act.CHANGE).count() == 1


def test_first_save_of_a_new_story_is_recorded_with_its_text():
    client = signed_in(Role.REPORTER)
    send(client, reverse("admin:articles_article_add"), {"title": "新稿"})
    story = Article.objects.get(title="新稿")
    assert (story.version, story.saved_by) == (1, client.user)
    assert AuditEntry.objects.get(act=Act.CREATE).after["title"] == "新稿"


def test_printed_time_of_a_reprint_is_guarded_as_well():
    story = with_sections("一")
    dates = {
        "original_published_at_0": "2022-06-17",
        "original_published_at_1": "08:18",
    }
    me, typed = conflict(story, {"title": "我的题"}, dates)
    assert press(me, story, typed).status_code == 409
    assert stored(story).original_published_at is not None


def test_history_does_not_say_that_tags_changed_when_they_did_not():
    story = factories.article(tags=("老街", "民生", "党建"))
    send(signed_in(Role.EDITOR), page_of(story), {"title": "改过"})
    assert "标签" not in LogEntry.objects.get().get_change_message()


def test_history_says_that_tags_changed_when_they_did():
    story = factories.article(tags=("老街",))
    send(signed_in(Role.EDITOR), page_of(story), {"tags": "老街、民生"})
    assert "标签" in LogEntry.objects.get().get_change_message()


def test_text_for_a_story_that_was_deleted_is_kept_for_a_new_one():
    story = with_sections("一")
    client = signed_in(Role.EDITOR)
    page = page_of(story)
    typed = fields_of(client, page) | {"title": "我的题"}
    story.delete()
    response = client.post(page, typed | {"_continue": "1"}, follow=True)
    assert "刚被删除" in said(response)[0]
    assert "我的题" in response.content.decode()


def test_new_row_with_a_forged_anchor_gets_one_of_its_own():
    story = with_sections("一")
    taken = story.sections.get().anchor
    row = {
        "sections-TOTAL_FORMS": "3",
        "sections-1-heading": "二",
        "sections-1-position": "20",
        "sections-1-carried_anchor": taken,
        "sections-2-heading": "三",
        "sections-2-position": "30",
        "sections-2-carried_anchor": '"><script>',
    }
    send(signed_in(Role.EDITOR), page_of(story), row)
    anchors = {section.anchor for section in story.sections.all()}
    assert len(anchors) == 3
    assert all(anchor.startswith("s-") for anchor in anchors)


def test_story_without_a_responsible_editor_offers_a_row_for_one():
    story = factories.article(editors=())
    fields = fields_of(signed_in(Role.EDITOR), page_of(story))
    assert fields["editor_credits-TOTAL_FORMS"] == ["1"]
    assert fields["sections-TOTAL_FORMS"] == fields["sections-INITIAL_FORMS"] == ["1"]


def test_comparing_saves_nothing_and_shows_both_texts():
    story = with_sections("一")
    client = signed_in(Role.EDITOR)
    typed = fields_of(client, page_of(story)) | {
        "title": "我的题",
        "tags": "新标签",
        "sections-0-body": "<p>我的字</p>",
        "sections-0-heading": "长" * 70,
    }
    before = content_of(stored(story))
    url = reverse("admin:articles_article_differences", args=[story.pk])
    page = client.post(url, typed).content.decode()
    assert "我的题" in page
    assert "我的字" in page
    assert "初稿" in page
    assert content_of(stored(story)) == before


def test_comparing_is_for_those_who_may_write_the_story():
    story = with_sections("一")
    url = reverse("admin:articles_article_differences", args=[story.pk])
    assert signed_in(Role.REPORTER).post(url, {}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_exactly_one_is_refused():
    story = with_sections("一")
    people = [signed_in(Role.EDITOR) for _ in range(2)]
    forms = [
        fields_of(client, page_of(story)) | {"title": f"第 {number} 人的题"}
        for number, client in enumerate(people)
    ]
    together = threading.Barrier(2)
    answers: list[int] = []

    def save(client: Client, form: dict) -> None:
        together.wait(10)
        try:
            answers.append(press(client, story, form).status_code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=pair)
        for pair in zip(people, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [302, 409]
    assert stored(story).version == 1


def test_kept_text_outlives_a_draft_that_another_deletes():
    writer, chief = signed_in(Role.EDITOR), signed_in(Role.CHIEF)
    story = factories.article(title="初稿")
    sessions.keep(
        writer.user,
        "0" * 36,
        article=story,
        base_version=0,
        fields={"title": ["我的题"]},
        turn=1,
        now=timezone.now(),
    )
    url = reverse("admin:articles_article_delete", args=[story.pk])
    chief.post(url, {"post": "yes"})
    assert not Article.objects.filter(pk=story.pk).exists()
    assert sessions.kept_by(writer.user).get().article is None


def test_names_of_a_form_that_is_saved_over_do_not_clash():
    story = factories.article(editors=("周禾", "罗青"))
    first, second = story.editor_credits.all()
    me, typed = conflict(
        story,
        {
            "editor_credits-0-editor": str(second.editor_id),
            "editor_credits-1-editor": str(first.editor_id),
        },
        {"editor_credits-0-DELETE": "on"},
    )
    press(me, story, typed, "_overwrite", str(stored(story).version))
    rows = ArticleEditor.objects.filter(article=story)
    assert [row.editor.name for row in rows] == ["罗青", "周禾"]
