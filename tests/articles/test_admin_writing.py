"""The form of a story: cleaning, order, tags, names, times."""

import datetime

import pytest
from django.urls import reverse
from lxml import html

from accounts.roles import Role
from articles.models import Article, Author, Editor, Section, Tag
from channels.models import Channel
from tests import factories
from tests.admin_forms import fields_of, send, signed_in

pytestmark = pytest.mark.django_db


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def with_sections(*headings: str) -> Article:
    story = factories.article(body="")
    for place, heading in enumerate(headings, start=1):
        Section.objects.create(
            article=story, position=place * 10, heading=heading, body="<p>字</p>"
        )
    return story


def headings_of(story: Article) -> list[str]:
    return [section.heading for section in story.sections.all()]


def added(prefix: str, index: int, fields: dict) -> dict:
    """A row added by the browser, with the formset's count raised."""
    row = {f"{prefix}-{index}-{name}": value for name, value in fields.items()}
    return {f"{prefix}-TOTAL_FORMS": str(index + 1), **row}


def test_body_is_cleaned_on_the_way_in():
    story = factories.article()
    body = '<p onclick="x()">字<script>alert(1)</script><b>粗</b></p>'
    send(signed_in(Role.EDITOR), page_of(story), {"sections-0-body": body})
    assert story.sections.get().body == "<p>字<strong>粗</strong></p>"


def test_absurd_body_is_refused_with_a_sentence_and_kept_in_the_form():
    story = factories.article(body="<p>原文</p>")
    body = "<div>" * 300 + "新词" + "</div>" * 300
    client = signed_in(Role.EDITOR)
    response = send(client, page_of(story), {"sections-0-body": body})
    assert "格式太复杂" in response.content.decode()
    assert "新词" in response.content.decode()
    assert story.sections.get().body == "<p>原文</p>"


def test_sections_are_saved_in_the_order_of_their_places():
    story = with_sections("一", "二", "三")
    places = {f"sections-{row}-position": (30, 10, 20)[row] for row in range(3)}
    send(signed_in(Role.EDITOR), page_of(story), places)
    assert headings_of(story) == ["二", "三", "一"]


def test_anchor_of_a_section_survives_a_move():
    story = with_sections("一", "二")
    anchor = story.sections.get(heading="一").anchor
    places = {"sections-0-position": 20, "sections-1-position": 10}
    send(signed_in(Role.EDITOR), page_of(story), places)
    assert story.sections.get(heading="一").anchor == anchor


def test_section_added_without_a_place_comes_last():
    story = with_sections("一", "二")
    row = added("sections", 2, {"heading": "三", "body": "<p>字</p>", "position": "0"})
    send(signed_in(Role.EDITOR), page_of(story), row)
    assert headings_of(story) == ["一", "二", "三"]


def test_empty_row_that_only_got_a_place_is_not_saved():
    story = with_sections("一")
    row = added("sections", 1, {"heading": "", "body": "", "position": "20"})
    row |= added("editor_credits", 1, {"editor": "", "position": "20"})
    send(signed_in(Role.EDITOR), page_of(story), row)
    assert headings_of(story) == ["一"]
    assert story.editors.count() == 1


def test_section_is_deleted_by_its_check_box():
    story = with_sections("一", "二")
    send(signed_in(Role.EDITOR), page_of(story), {"sections-0-DELETE": "on"})
    assert headings_of(story) == ["二"]


def test_editors_are_saved_in_the_order_of_their_places():
    story = factories.article(editors=("周禾", "罗青"))
    places = {"editor_credits-0-position": 20, "editor_credits-1-position": 10}
    send(signed_in(Role.EDITOR), page_of(story), places)
    names = [credit.editor.name for credit in story.editor_credits.all()]
    assert names == ["罗青", "周禾"]


def test_same_editor_twice_is_refused():
    story = factories.article(editors=("周禾",))
    row = {"editor": story.editors.get().pk, "position": "20"}
    row = added("editor_credits", 1, row)
    response = send(signed_in(Role.EDITOR), page_of(story), row)
    assert response.context["errors"]
    assert story.editors.count() == 1


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("乡村振兴、老街，民生", {"乡村振兴", "老街", "民生"}),
        ("#老街, 老街", {"老街"}),
        ("鄉村、乡村", {"鄉村"}),
        ("", set()),
    ],
)
def test_tags_are_read_with_chinese_commas_and_without_twins(typed, names):
    story = factories.article()
    send(signed_in(Role.EDITOR), page_of(story), {"tags": typed})
    assert {tag.name for tag in story.tags.all()} == names


def test_tags_come_back_as_they_are_typed():
    story = factories.article(tags=("老街", "民生"))
    shown = fields_of(signed_in(Role.EDITOR), page_of(story))["tags"]
    assert set(shown[0].split("、")) == {"老街", "民生"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("长" * 31, "太长"), ("、".join(f"标签{n}" for n in range(13)), "最多 12 个")],
)
def test_absurd_tags_are_refused_with_a_sentence(typed, sentence):
    story = factories.article()
    response = send(signed_in(Role.EDITOR), page_of(story), {"tags": typed})
    assert sentence in response.content.decode()
    assert not Tag.objects.exists()


def test_seconds_of_an_imported_time_survive_a_save():
    moment = datetime.datetime(2022, 6, 17, 0, 18, 45, tzinfo=datetime.UTC)
    story = factories.article(original_published_at=moment)
    fields = fields_of(signed_in(Role.EDITOR), page_of(story))
    assert fields["original_published_at_1"] == ["08:18:45"]
    send(signed_in(Role.EDITOR), page_of(story), {"title": "改过"})
    story.refresh_from_db()
    assert story.original_published_at == moment


def test_channels_to_choose_from_are_the_tree_without_outside_links():
    news = factories.channel(name="要闻")
    factories.channel(name="政务", parent=news)
    factories.channel(
        name="外站", kind=Channel.Kind.LINK, link_url="https://example.cn/"
    )
    response = signed_in(Role.EDITOR).get(reverse("admin:articles_article_add"))
    choices = html.fromstring(response.content.decode()).xpath(
        "//select[@name='channel']/option"
    )
    assert [choice.text for choice in choices][1:] == ["要闻", "　政务"]


def suggestions(client, model: str, field: str, term: str):
    query = {
        "app_label": "articles",
        "model_name": model,
        "field_name": field,
        "term": term,
    }
    return client.get(reverse("admin:autocomplete"), query)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("articleeditor", "editor"),
        ("articleauthor", "author"),
        ("article", "source"),
        ("article", "further_channels"),
        ("taggedarticle", "tag"),
    ],
)
@pytest.mark.parametrize(
    ("role", "status"), [(Role.REPORTER, 200), (Role.MODERATOR, 403)]
)
def test_names_are_suggested_to_those_who_write(model, field, role, status):
    factories.article(
        editors=("周禾",),
        authors=("周禾",),
        source="周禾",
        tags=("周禾",),
        channel=factories.channel(name="周禾"),
    )
    response = suggestions(signed_in(role), model, field, "周")
    assert response.status_code == status
    if status == 200:
        assert [row["text"] for row in response.json()["results"]] == ["周禾"]


def test_tag_is_suggested_in_whichever_script_it_is_typed():
    factories.article(tags=("乡村",))
    response = suggestions(signed_in(Role.EDITOR), "taggedarticle", "tag", "鄉")
    assert [row["text"] for row in response.json()["results"]] == ["乡村"]


def test_editor_keeps_the_lists_of_names():
    client = signed_in(Role.EDITOR)
    for model, cls in (("editor", Editor), ("author", Author)):
        send(client, reverse(f"admin:articles_{model}_add"), {"name": "秦川"})
        assert cls.objects.filter(name="秦川").exists()
