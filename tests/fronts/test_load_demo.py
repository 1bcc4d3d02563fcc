"""The sample portal: its files are sound, and loading them is safe to repeat."""

import datetime
import io
import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, PublishedArticle, Section
from articles.richtext import clean_body
from channels.models import Channel
from editions.conversion import convert
from editions.glossary import current_glossary
from fronts.demo import stories as demo_stories
from fronts.demo.drawing import LEAD_SIZE, SCENES, draw_portrait, draw_scene
from fronts.demo.drawing.people import HEADS
from fronts.demo.loading import load
from fronts.demo.stories import CONTENT, read_portal, read_stories
from fronts.models import Placement, SiteIdentity, Topic, TopicBlock, TopicEntry
from pictures.models import Picture

NOW = timezone.make_aware(datetime.datetime(2026, 11, 25, 9, 0))  # noqa: DTZ001
DAY = datetime.timedelta(days=1)
UPDATED, SHORT, REPRINT = "bus-lines-autumn", "first-frost", "noodle-hant"
SCHEDULED, DRAFT, WITHDRAWN = "tea-straw-covers", "draft-salt-eggs", "withdrawn-fishing"
SELECTION = (UPDATED, SHORT, REPRINT, SCHEDULED, DRAFT, WITHDRAWN)
STORIES = read_stories()


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with few of the files, without pictures: drawing takes time."""
    (tmp_path / "articles").mkdir()
    shutil.copy(CONTENT / "portal.toml", tmp_path)
    for slug in SELECTION:
        text = file_of(CONTENT, slug).read_text("utf-8")
        plain = re.sub(r"(?m)^scene: .*\n", "", text)
        file_of(tmp_path, slug).write_text(plain, "utf-8")
    monkeypatch.setattr(demo_stories, "CONTENT", tmp_path)
    return tmp_path


@pytest.fixture
def loaded(db, content: Path) -> Path:
    load(NOW)
    return content


def file_of(folder: Path, slug: str) -> Path:
    return folder / "articles" / f"{slug}.txt"


def article(slug: str) -> Article:
    return Article.objects.get(import_key=f"demo:{slug}")


def visible_titles(at: datetime.datetime) -> set[str]:
    return set(PublishedArticle.objects.visible(at).values_list("title", flat=True))


def contents_of_tables() -> list[list[tuple]]:
    models = (Article, Section, PublishedArticle, Channel, Picture, SiteIdentity)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_stories_fit_the_columns_they_go_to():
    columns = {
        Article: {key: key for key in ("title", "subtitle", "kicker", "standfirst")},
        Picture: {"alt": "alt_text", "caption": "caption", "credit": "credit"},
    }
    too_long = [
        (story.slug, key)
        for story in STORIES
        for model, keys in columns.items()
        for key, column in keys.items()
        if len(story[key]) > model._meta.get_field(column).max_length
    ]
    assert not too_long


def test_headings_fit_and_every_section_has_a_body():
    faults = [
        (story.slug, part.heading)
        for story in STORIES
        for part in story.sections + story.later_sections
        if max(len(part.heading), len(part.subheading)) > 60 or not part.body
    ]
    assert not faults


def test_the_sanitiser_has_nothing_to_take_from_a_story():
    faults = [
        (story.slug, part.heading)
        for story in STORIES
        for part in story.sections + story.later_sections
        if clean_body(part.body) != part.body
    ]
    assert not faults


def test_stories_stand_in_channels_for_articles():
    kinds = {row["slug"]: row.get("kind", "list") for row in read_portal()["channels"]}
    assert {kinds[story["channel"]] for story in STORIES} == {"list", "gallery"}
    assert {kinds[slug] for story in STORIES for slug in story.names("also")} == {
        "list"
    }


def test_stories_for_readers_are_signed_and_dated():
    unsigned = [
        story.slug
        for story in STORIES
        if story.state != "draft"
        and not (
            story["title"]
            and story["source"]
            and story.names("editors")
            and (story["time"] or story["days"])
        )
    ]
    assert not unsigned


def test_pictures_can_be_drawn_and_are_described():
    faults = [
        story.slug
        for story in STORIES
        if story["scene"]
        and not (
            story["alt"]
            and story["credit"]
            and story["seed"].isdecimal()
            and (story["scene"] in SCENES or story["wear"] in HEADS)
        )
    ]
    assert not faults


def test_the_portal_shows_every_shape_of_story():
    lengths = [sum(len(part.body) for part in story.sections) for story in STORIES]
    people = [story for story in STORIES if story["channel"] == "people"]
    assert {story.state for story in STORIES} == {
        *("public", "draft", "scheduled", "withdrawn")
    }
    assert min(lengths) < 120
    assert max(lengths) > 5000
    assert any(part.subheading for story in STORIES for part in story.sections)
    assert len(people) >= 8
    assert {bool(story["scene"]) for story in people} == {True, False}
    assert {story["script"] for story in STORIES} == {"", "zh-Hant"}


def test_the_portal_has_ten_channels_in_two_levels():
    channels = read_portal()["channels"]
    assert len(channels) >= 10
    assert sum("parent" not in row for row in channels) <= 9
    assert {row.get("kind") for row in channels} == {None, "gallery", "link"}


def test_a_meaningless_header_is_named(content):
    file_of(content, "wrong").write_text("titel: 河\n\n水。\n", "utf-8")
    with pytest.raises(ValueError, match=r"wrong\.txt.*titel"):
        read_stories()


def test_a_seed_draws_the_same_picture_every_time():
    first, again = draw_scene("birds", 4), draw_scene("birds", 4)
    assert first.size == LEAD_SIZE
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != draw_scene("birds", 6).tobytes()
    assert draw_portrait("hat", 1).height > draw_portrait("hat", 1).width


def test_readers_see_the_public_stories_only(loaded):
    titles = {slug: article(slug).title for slug in SELECTION}
    assert visible_titles(NOW) == {titles[slug] for slug in (UPDATED, SHORT, REPRINT)}


def test_the_planned_story_appears_at_its_time(loaded):
    title = article(SCHEDULED).title
    assert title not in visible_titles(NOW + DAY)
    assert title in visible_titles(NOW + 2 * DAY)


def test_the_withdrawn_story_tells_readers_why(loaded):
    note = article(WITHDRAWN).withdrawals.get().public_note
    assert note.endswith("本站会重新发布。")


def test_a_story_carries_its_own_time_and_editors(loaded):
    shown = article(SHORT).published.get()
    assert timezone.localtime(shown.dated_at).isoformat() == "2026-11-18T07:35:00+08:00"
    assert shown.editors == ["陆知夏"]


def test_a_reprint_carries_the_day_of_the_original(loaded):
    shown = article(REPRINT).published.get()
    assert (shown.dated_precision, shown.script) == ("day", "zh-Hant")
    assert timezone.localtime(shown.dated_at).date() == datetime.date(2026, 6, 7)


def test_a_story_that_was_added_to_says_when(loaded):
    before, after = article(UPDATED).published.order_by("visible_from")
    assert before.visible_until == after.visible_from == after.text_updated_at
    assert len(after.contents) == len(before.contents) + 1


def test_a_picture_comes_with_its_words(db, content):
    shutil.copy(file_of(CONTENT, UPDATED), file_of(content, UPDATED))
    load(NOW)
    cover = article(UPDATED).published.last().cover
    assert (cover.width, cover.height) == LEAD_SIZE
    assert cover.alt_text.startswith("一辆浅绿色公交车")
    assert cover.credit == "程远山 绘"


def test_channels_stand_in_two_levels(loaded):
    assert Channel.objects.get(slug="farming").parent.slug == "country"
    assert Channel.objects.in_navigation().count() == 8


def test_names_in_the_stories_keep_their_characters_in_every_edition(loaded):
    glossary = current_glossary()
    names = "范松年在范家埠，余采薇在油坊里。"
    assert convert(names, "zh-tw", glossary=glossary) == names
    dried = convert("范国平晒红薯干。", "zh-hk", glossary=glossary)
    assert dried == "范國平曬紅薯乾。"


def test_a_second_load_changes_nothing(loaded, django_assert_num_queries):
    before = contents_of_tables()
    with django_assert_num_queries(1):
        assert load(NOW + DAY) == 0
    assert contents_of_tables() == before


def test_what_editors_changed_stays(loaded):
    changed = article(SHORT)
    changed.title = "改过的标题"
    changed.save()
    changed.sections.all().delete()
    load(NOW)
    changed.refresh_from_db()
    assert changed.title == "改过的标题"
    assert not changed.sections.exists()


def test_a_deleted_draft_stays_deleted(loaded):
    article(DRAFT).delete()
    assert load(NOW) == 0


def test_an_interrupted_load_goes_on_where_it_stopped(db, content):
    late = file_of(content, UPDATED)
    late.rename(content / "kept")
    load(NOW)
    (content / "kept").rename(late)
    assert load(NOW) == 1
    assert Article.objects.count() == len(SELECTION)


def test_the_name_of_a_site_that_has_one_is_kept(db, content):
    SiteIdentity.objects.create(name="溪边门户", seal="溪")
    load(NOW)
    assert SiteIdentity.current().name == "溪边门户"


def test_a_clock_that_runs_behind_still_gets_a_full_site(db, content):
    early = NOW - 300 * DAY
    load(early)
    assert len(visible_titles(early)) == 3


def test_the_command_counts_up_and_says_when_nothing_was_missing(db, content):
    first, second = io.StringIO(), io.StringIO()
    call_command("load_demo", stdout=first)
    call_command("load_demo", stdout=second)
    assert "6/6" in first.getvalue()
    assert "已装入 6 篇" in first.getvalue()
    assert "没有改动" in second.getvalue()


def test_sample_topics_name_stories_that_readers_see():
    public = {story.slug for story in STORIES if story.state == "public"}
    topics = read_portal()["topics"]
    blocks = [block for topic in topics for block in topic["blocks"]]
    named = {entry.get("story") for block in blocks for entry in block["entries"]}
    assert named - {None} <= public
    assert {topic["cover"] for topic in topics if "cover" in topic} <= public
    assert {block["layout"] for block in blocks} == set(TopicBlock.Layout.values)
    assert {"ended_at" in topic for topic in topics} == {True, False}


def test_sample_topics_are_there_without_what_is_missing(loaded):
    running, ended = Topic.objects.visible(NOW)
    assert running.standing_at(NOW) == Topic.Standing.RUNNING
    assert ended.standing_at(NOW) == Topic.Standing.ENDED
    assert set(running.channels.all()) == {
        *Channel.objects.filter(slug__in=["nature", "country"])
    }
    entries = TopicEntry.objects.filter(block__topic=running)
    assert [entry.text[:4] for entry in entries] == ["沿溪六所"]


def test_sample_editors_have_placed_stories_on_the_fronts(loaded):
    assert Placement.objects.get().article == article(UPDATED)
    load(NOW)
    assert Placement.objects.count() == 1
