"""Pages of those who write and edit, and the way there from the names under a story."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from articles.models import ArticleEditor, Author, Editor, PublishedCredit
from fronts import absence, surfaces
from tests import factories
from tests.admin_forms import said, send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


def edited(count: int = 1, name: str = "周禾", **words) -> Editor:
    """An editor of that many visible stories, one a day."""
    for number in range(count):
        factories.article(
            title=f"第{number + 1}篇",
            editors=(name,),
            published_at=NOW - (number + 1) * DAY,
            **words,
        )
    return Editor.objects.get(name=name)


def written(count: int = 1, name: str = "林渡", **words) -> Author:
    for number in range(count):
        factories.article(
            title=f"{name}的第{number + 1}篇",
            authors=(name,),
            published_at=NOW - (number + 1) * DAY,
            **words,
        )
    return Author.objects.get(name=name)


def somebody_who_does_both() -> Editor:
    editor = edited(2)
    author = written(1, "周禾（记者）", editors=("沈砚秋",))
    author.editor = editor
    author.save()
    return editor


def opened(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return parsed(response)


def links_of(page, selector: str) -> dict[str, str]:
    return {link.text_content(): link.get("href") for link in select(page, selector)}


def test_editor_has_a_page_with_what_they_edited(client):
    editor = edited(2)
    page = opened(client, f"/editor/{editor.pk}/")
    assert words_of(page, "h1") == ["周禾"]
    assert words_of(page, ".row__title") == ["第1篇", "第2篇"]
    assert words_of(page, ".profile__count") == ["编辑 2 篇"]


@pytest.mark.parametrize("path", ["/editor/{}/", "/editor/{}/writing/", "/author/{}/"])
def test_pages_of_people_only_read(client, path):
    assert client.post(path.format(1)).status_code == 405


def test_page_tells_of_jobs_and_of_the_office(client):
    editor = edited()
    editor.jobs, editor.office = "记者、责任编辑", "新闻编辑室，news@example.org"
    editor.save()
    page = opened(client, editor.get_absolute_url())
    assert words_of(page, ".profile p") == [
        "记者、责任编辑",
        "联系部门：新闻编辑室，news@example.org",
        "编辑 1 篇",
    ]


def test_who_has_left_keeps_the_page_and_loses_the_office(client):
    editor = edited()
    editor.office = "新闻编辑室"
    editor.left_on = timezone.localdate()
    editor.save()
    page = opened(client, editor.get_absolute_url())
    assert words_of(page, ".profile__left") == ["已离任，历史署名保留。"]
    assert not select(page, ".profile__office")


def test_who_is_going_to_leave_has_not_left(client):
    editor = edited()
    editor.left_on = timezone.localdate() + DAY
    editor.save()
    assert "已离任" not in client.get(editor.get_absolute_url()).content.decode()


def test_desk_is_named_only_where_names_are_the_same(client):
    editor = edited()
    editor.desk = "文化部"
    editor.save()
    assert words_of(opened(client, editor.get_absolute_url()), "h1") == ["周禾"]
    Editor.objects.create(name="周禾", desk="新闻部")
    page = opened(client, editor.get_absolute_url())
    assert words_of(page, "h1") == ["周禾（文化部）"]


def test_writing_and_editing_are_two_addresses(client):
    editor = somebody_who_does_both()
    editing = opened(client, f"/editor/{editor.pk}/")
    assert links_of(editing, ".tabs__link") == {
        "写作 1 篇": f"/editor/{editor.pk}/writing/",
        "编辑 2 篇": f"/editor/{editor.pk}/",
    }
    assert words_of(editing, ".tabs [aria-current]") == ["编辑 2 篇"]
    writing = opened(client, f"/editor/{editor.pk}/writing/")
    assert words_of(writing, ".tabs [aria-current]") == ["写作 1 篇"]
    assert words_of(writing, ".row__title") == ["周禾（记者）的第1篇"]


def test_who_does_only_one_of_both_is_found_at_either_address(client):
    editor = edited()
    answer = client.get(f"/editor/{editor.pk}/writing/")
    assert (answer.status_code, answer["Location"]) == (302, f"/editor/{editor.pk}/")
    author = written()
    author.editor = Editor.objects.create(name="林渡")
    author.save()
    answer = client.get(f"/editor/{author.editor.pk}/")
    assert answer["Location"] == f"/editor/{author.editor.pk}/writing/"


def test_by_lines_of_a_unit_are_nobodys_writing(client):
    author = written()
    author.editor, author.is_unit = Editor.objects.create(name="林渡"), True
    author.save()
    assert client.get(author.editor.get_writing_url()).status_code == 404


def test_editor_without_a_visible_story_has_no_page(client):
    factories.article(editors=("周禾",))
    editor = Editor.objects.get(name="周禾")
    assert client.get(editor.get_absolute_url()).status_code == 404


def test_withdrawn_story_leaves_the_page(client):
    editor = edited(2)
    story = editor.articles.get(title="第1篇")
    publishing.withdraw(story, by=None)
    page = opened(client, editor.get_absolute_url())
    assert words_of(page, ".row__title") == ["第2篇"]


def test_check_of_a_withdrawal_asks_the_pages_of_its_people():
    editor = edited(2, authors=("林渡",))
    withdrawal = publishing.withdraw(editor.articles.get(title="第1篇"), by=None)
    subject = absence.subject_of(withdrawal, timezone.now())
    places = {place.path for place in surfaces.people_pages(subject)}
    author = Author.objects.get(name="林渡")
    assert {f"/editor/{editor.pk}/", f"/zh-tw/author/{author.pk}/"} <= places


def test_planned_story_stands_on_no_page_before_its_time(client):
    editor = edited()
    planned = factories.article(title="明天的", editors=("周禾",))
    publishing.schedule(planned, NOW + DAY, by=None)
    page = opened(client, editor.get_absolute_url())
    assert words_of(page, ".row__title") == ["第1篇"]


def test_author_has_a_page(client):
    author = written(2)
    page = opened(client, f"/author/{author.pk}/")
    assert words_of(page, "h1") == ["林渡"]
    assert words_of(page, ".row__title") == ["林渡的第1篇", "林渡的第2篇"]
    assert words_of(page, ".profile__count") == ["写作 2 篇"]


def test_author_who_is_one_of_our_editors_is_led_to_their_page(client):
    author = written()
    author.editor = Editor.objects.create(name="林渡")
    author.save()
    answer = client.get(f"/zh-tw/author/{author.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/zh-tw/editor/{author.editor.pk}/writing/"


def test_unit_has_no_page(client):
    author = written()
    Author.objects.update(is_unit=True)
    assert client.get(f"/author/{author.pk}/").status_code == 404


def test_author_of_drafts_has_no_page(client):
    factories.article(authors=("林渡",))
    author = Author.objects.get(name="林渡")
    author.editor = Editor.objects.create(name="林渡")
    author.save()
    assert client.get(f"/author/{author.pk}/").status_code == 404


def test_twenty_stories_stand_on_a_page(client):
    editor = edited(21)
    first = opened(client, editor.get_absolute_url())
    assert len(select(first, ".row")) == 20
    second = opened(client, f"{editor.get_absolute_url()}?page=2")
    assert words_of(second, ".row__title") == ["第21篇"]
    assert client.get(f"{editor.get_absolute_url()}?page=3").status_code == 404


def queries_of(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_queries_are_the_same_for_one_story_and_for_twenty(client):
    one, twenty = edited(1, "甲"), edited(20, "乙")
    client.get(one.get_absolute_url())
    assert queries_of(client, one.get_absolute_url()) == queries_of(
        client, twenty.get_absolute_url()
    )
    few, many = written(1, "丙"), written(20, "丁")
    assert queries_of(client, few.get_absolute_url()) == queries_of(
        client, many.get_absolute_url()
    )


def test_page_says_to_machines_whom_it_is_about(client):
    editor = edited()
    editor.jobs = "责任编辑"
    editor.save()
    page = opened(client, editor.get_absolute_url())
    data = json.loads(select(page, "script[type=application/ld+json]")[0].text)
    assert data["@type"] == "ProfilePage"
    assert data["mainEntity"]["name"] == "周禾"
    assert data["mainEntity"]["jobTitle"] == "责任编辑"
    assert select(page, "meta[property=og:type]")[0].get("content") == "profile"
    assert words_of(page, ".breadcrumb li") == ["首页", "周禾"]


def test_name_in_traditional_characters_is_read_in_every_edition(client):
    author = written(name="羅娜", script="zh-Hant")
    assert words_of(opened(client, f"/author/{author.pk}/"), "h1") == ["罗娜"]
    assert words_of(opened(client, f"/zh-tw/author/{author.pk}/"), "h1") == ["羅娜"]


def test_names_under_a_story_lead_to_their_people(client):
    story = factories.article(
        authors=("林渡", "水务局"), editors=("沈砚秋", "陆知夏"), published=True
    )
    Author.objects.filter(name="水务局").update(is_unit=True)
    page = opened(client, f"/article/{story.pk}/")
    authors = links_of(page, ".facts__fact a[rel=author]")
    assert authors == {"林渡": Author.objects.get(name="林渡").get_absolute_url()}
    assert words_of(page, ".story__signing") == ["责任编辑：沈砚秋、陆知夏"]
    assert links_of(page, ".story__signing a") == {
        editor.name: editor.get_absolute_url() for editor in Editor.objects.all()
    }


def test_by_line_of_an_editor_leads_to_their_writing(client):
    author = written()
    author.editor = Editor.objects.create(name="林渡")
    author.save()
    page = opened(client, f"/article/{author.articles.get().pk}/")
    assert links_of(page, "a[rel=author]") == {"林渡": author.editor.get_writing_url()}


def test_name_without_a_credit_is_plain(client):
    story = factories.article(published=True)
    PublishedCredit.objects.all().delete()
    page = opened(client, f"/article/{story.pk}/")
    assert words_of(page, ".story__signing") == ["责任编辑：周禾"]
    assert not select(page, ".story__signing a")


def test_names_cost_one_query_however_many_there_are(client):
    names = tuple("甲乙丙丁戊己")
    few = factories.article(published=True, authors=names[:1])
    many = factories.article(
        channel=factories.channel(),
        published=True,
        authors=names,
        editors=("沈砚秋", "陆知夏", "余采薇"),
    )
    client.get(f"/article/{few.pk}/")
    assert queries_of(client, f"/article/{few.pk}/") == queries_of(
        client, f"/article/{many.pk}/"
    )


def test_of_editors_with_one_name_the_one_chosen_gets_the_credit():
    first = Editor.objects.create(name="周禾", desk="新闻部")
    second = Editor.objects.create(name="周禾", desk="文化部")
    story = factories.article(editors=())
    ArticleEditor.objects.create(article=story, editor=second)
    publishing.publish(story, by=None)
    assert [row.editor for row in PublishedCredit.objects.all()] == [second]
    assert not first.published_credits.exists()


def test_both_of_one_name_under_one_story_get_their_own_link(client):
    story = factories.article(editors=())
    for desk in ("新闻部", "文化部"):
        editor = Editor.objects.create(name="周禾", desk=desk)
        ArticleEditor.objects.create(article=story, editor=editor)
    publishing.publish(story, by=None)
    links = select(opened(client, f"/article/{story.pk}/"), ".story__signing a")
    assert {link.get("href") for link in links} == {
        editor.get_absolute_url() for editor in Editor.objects.all()
    }


@pytest.mark.parametrize(("namesakes", "credited"), [(1, True), (2, False)])
def test_name_that_the_desk_copy_lost_is_its_only_bearer(namesakes, credited):
    """A note is laid out from the signed text, whatever the desk copy says by then."""
    story = factories.article(editors=("周禾",), published=True)
    story.editor_credits.all().delete()
    for number in range(namesakes - 1):
        Editor.objects.create(name="周禾", desk=f"第{number}组")
    note = publishing.PublicNote("correction", "时间有误。")
    publishing.correct(story, note, by=None)
    live = story.published.get(visible_until=None)
    assert live.credits.filter(editor__isnull=False).exists() == credited


def test_left_editors_and_pages_of_authors_are_filtered_in_the_admin():
    client = signed_in(Role.EDITOR)
    Editor.objects.create(name="在任的", left_on=None)
    Editor.objects.create(name="离任的", left_on=timezone.localdate())
    editors = reverse("admin:articles_editor_changelist")
    page = parsed(client.get(editors, {"left": "yes"}))
    assert words_of(page, ".field-name") == ["离任的"]
    page = parsed(client.get(editors, {"left": "no"}))
    assert words_of(page, ".field-name") == ["在任的"]
    Author.objects.create(name="水务局", is_unit=True)
    Author.objects.create(name="林渡")
    authors = reverse("admin:articles_author_changelist")
    page = parsed(client.get(authors, {"page": "none"}))
    assert words_of(page, ".field-name") == ["水务局"]


def test_unit_cannot_be_an_editor_too():
    author = Author.objects.create(name="水务局")
    editor = Editor.objects.create(name="周禾")
    url = reverse("admin:articles_author_change", args=[author.pk])
    client = signed_in(Role.EDITOR)
    response = send(client, url, {"is_unit": "on", "editor": editor.pk})
    assert "请去掉一项" in response.content.decode()
    author.refresh_from_db()
    assert not author.is_unit


def test_editor_is_described_in_the_admin():
    editor = Editor.objects.create(name="周禾")
    url = reverse("admin:articles_editor_change", args=[editor.pk])
    response = send(
        signed_in(Role.EDITOR), url, {"jobs": "记者", "office": "新闻编辑室"}
    )
    editor.refresh_from_db()
    assert said(response)
    assert (editor.jobs, editor.office) == ("记者", "新闻编辑室")


def test_admin_leads_to_a_page_only_where_there_is_one():
    client = signed_in(Role.EDITOR)
    editor = edited()
    nobody = Editor.objects.create(name="沈砚秋")
    for person, is_there in ((editor, True), (nobody, False)):
        url = reverse("admin:articles_editor_change", args=[person.pk])
        assert ("看网站上的这一页" in client.get(url).content.decode()) == is_there
