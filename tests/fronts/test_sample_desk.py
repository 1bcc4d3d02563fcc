"""The sample desk: stories of the sample staff at every stage of review."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from articles import inbox
from articles.models import Article, SignOff, Stage
from channels.models import Channel
from fronts.demo.stories import read_desk_stories, read_portal

STAGES = {
    "demo:school-greenhouse": Stage.WRITING,
    "demo:night-market-lights": Stage.IN_REVIEW,
    "demo:bus-shelter-benches": Stage.IN_REVIEW,
    "demo:well-water-test": Stage.RETURNED,
    "demo:library-late-hours": Stage.APPROVED,
}


def load() -> str:
    said = io.StringIO()
    call_command("load_sample_desk", stdout=said)
    return said.getvalue()


@pytest.fixture
def frame(db):
    """The demo's channels and the sample staff, without its 75 stories."""
    call_command("load_sample_staff", stdout=io.StringIO())
    rows = {row["slug"]: row for row in read_portal()["channels"]}
    for story in read_desk_stories():
        row = rows[story["channel"]]
        Channel.objects.get_or_create(
            slug=row["slug"],
            defaults={"name": row["name"], "review_levels": row["review_levels"]},
        )


@pytest.mark.usefixtures("frame")
def test_every_stage_has_a_story():
    assert "5 篇" in load()
    assert dict(Article.objects.values_list("import_key", "stage")) == STAGES


@pytest.mark.usefixtures("frame")
def test_every_sample_person_of_the_desk_has_something_to_do():
    load()
    waiting = {
        name: inbox.count_waiting(User.objects.get(username=name))
        for name in ("lin", "zhou", "shen", "qin")
    }
    assert all(waiting.values()), waiting


@pytest.mark.usefixtures("frame")
def test_loading_again_changes_nothing():
    load()
    entries = SignOff.objects.count()
    assert load() == ""
    assert (Article.objects.count(), SignOff.objects.count()) == (5, entries)


@pytest.mark.django_db
def test_without_the_sample_staff_nothing_is_loaded():
    assert load() == ""
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_production_has_no_sample_desk(settings):
    settings.IS_DEVELOPMENT = False
    with pytest.raises(CommandError, match="正式环境"):
        load()
