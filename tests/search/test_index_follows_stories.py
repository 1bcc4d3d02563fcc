"""The index is written in the transaction that publishes: what readers see is found, and
nothing else."""

import datetime
import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from articles.merging import merge
from articles.models import (
    Article,
    Author,
    Correction,
    Editor,
    PublishedArticle,
    Section,
    Source,
    Tag,
)
from articles.publishing import PublicNote
from articles.writing import record_save
from search import asking, finding, tables
from search.finding import Filters, matching
from search.management.commands import rebuild_search_index
from search.models import DeskEntry, StoryEntry, StoryIndex
from search.needles import Needles, Token
from tests import factories

HOUR = datetime.timedelta(hours=1)


def found(words: str, at: datetime.datetime | None = None) -> set[str]:
    stories = matching(asking.read(words), Filters(), at or timezone.now())
    return set(stories.values_list("title", flat=True))


def tokens_kept(token: str) -> int:
    """Rows of the index with this pair, whether or not they lead to a story."""
    asked = Needles((((Token(token),),),))
    rows = StoryIndex.objects.filter(tokens__matches=asked)
    return len(rows.values_list("pk"))


def edit(story: Article, body: str) -> None:
    Section.objects.filter(article=story).update(body=f"<p>{body}</p>")


@pytest.mark.django_db
def test_planned_story_is_found_from_its_moment_on():
    now = timezone.now()
    story = factories.article(title="早市开门")
    publishing.schedule(story, now + HOUR, by=None, now=now)
    assert found("早市", now) == set()
    assert found("早市", now + HOUR) == {"早市开门"}


@pytest.mark.django_db
def test_planned_story_that_was_given_up_leaves_nothing():
    story = factories.article(title="早市开门")
    publishing.schedule(story, timezone.now() + HOUR, by=None)
    publishing.cancel_schedule(story, by=None)
    assert not StoryEntry.objects.exists()
    assert tokens_kept("早市") == 0


@pytest.mark.django_db
def test_replacement_is_found_by_its_words_and_no_longer_by_the_old():
    story = factories.article(title="甲", body="<p>早市。</p>", published=True)
    edit(story, "晚市。")
    publishing.replace(story, by=None)
    assert found("早市") == set()
    assert found("晚市") == {"甲"}
    assert tokens_kept("早市") == 0


@pytest.mark.django_db
def test_planned_replacement_takes_over_at_its_moment():
    now = timezone.now()
    story = factories.article(title="甲", body="<p>早市。</p>", published=True)
    edit(story, "晚市。")
    publishing.replace(story, by=None, at=now + HOUR)
    assert (found("早市", now + HOUR / 2), found("晚市", now + HOUR / 2)) == (
        {"甲"},
        set(),
    )
    assert (found("早市", now + HOUR), found("晚市", now + HOUR)) == (set(), {"甲"})


@pytest.mark.django_db
def test_corrected_story_is_found_once():
    story = factories.article(title="早市", published=True)
    note = PublicNote(Correction.Kind.CORRECTION, "时间有误。")
    publishing.correct(story, note, by=None)
    stories = matching(asking.read("早市"), Filters(), timezone.now())
    assert stories.count() == 1


@pytest.mark.django_db
def test_withdrawn_and_expired_stories_are_not_found():
    now = timezone.now()
    withdrawn = factories.article(title="早市一", published=True)
    publishing.withdraw(withdrawn, by=None)
    expiring = factories.article(title="早市二", published=True)
    publishing.set_expiry(expiring, now + HOUR, by=None)
    assert found("早市", now + HOUR / 2) == {"早市二"}
    assert found("早市", now + HOUR) == set()
    assert tokens_kept("早市") == 1


@pytest.mark.django_db
def test_refused_publication_leaves_no_trace_in_the_index():
    story = factories.article(title="早市")
    with transaction.atomic():
        publishing.publish(story, by=None)
        assert found("早市") == {"早市"}
        transaction.set_rollback(True)
    assert not StoryEntry.objects.exists()
    assert tokens_kept("早市") == 0


@pytest.mark.django_db
def test_many_stories_of_one_minute_keep_their_order():
    moment = timezone.now() - HOUR
    for number in range(70):
        factories.article(title=f"早市{number}", published_at=moment)
    stories = matching(asking.read("早市"), Filters(), timezone.now())
    titles = list(stories.values_list("title", flat=True))
    assert titles == [f"早市{number}" for number in reversed(range(70))]


@pytest.mark.django_db
def test_corrections_captions_and_honours_are_found_too():
    picture = factories.picture(caption="渡船靠岸")
    story = factories.article(title="甲", cover=picture, published=True)
    note = PublicNote(Correction.Kind.CORRECTION, "应为三十户。")
    publishing.correct(story, note, by=None)
    factories.person(title="乙", honour={"title": "守井人", "role": "井工"})
    assert found("三十户") == found("渡船靠岸") == {"甲"}
    assert found("守井人") == found("井工") == {"乙"}


@pytest.mark.django_db
def test_honour_that_was_taken_back_is_not_found():
    today = timezone.localdate()
    factories.person(title="乙", honour={"title": "守井人", "revoked_on": today})
    assert found("守井人") == set()


@pytest.mark.django_db
def test_story_is_found_by_the_new_name_of_its_tag():
    factories.article(title="甲", tags=("茶馆",), published=True)
    tag = Tag.objects.get()
    tag.name = "茶楼"
    tag.save()
    assert found("茶楼") == {"甲"}
    assert found("茶馆") == set()


@pytest.mark.django_db
def test_desk_copies_are_found_by_the_names_of_today():
    story = factories.article(
        tags=("茶馆",), authors=("温棠",), editors=("罗青",), source="柳塘日报"
    )
    record_save(story, by=None)
    names = {Tag: "茶楼", Author: "温海棠", Editor: "罗海青", Source: "柳塘周刊"}
    for model, name in names.items():
        row = model.objects.get()
        old, row.name = row.name, name
        row.save()
        assert on_desk(name) == {story.pk}
        assert on_desk(old) == set()


@pytest.mark.django_db
def test_story_is_not_found_by_a_tag_that_is_gone():
    story = factories.article(title="甲", tags=("茶馆",), published=True)
    record_save(story, by=None)
    Tag.objects.get().delete()
    assert found("茶馆") == set()
    assert on_desk("茶馆") == set()


@pytest.mark.django_db
def test_story_of_a_merged_tag_is_found_by_a_part_of_the_other_name():
    factories.article(title="甲", tags=("旧巷",), published=True)
    factories.article(title="乙", tags=("石板长街",), published=True)
    old, new = Tag.objects.get(name="旧巷"), Tag.objects.get(name="石板长街")
    merge(old, new, by=factories.staff(Role.CHIEF))
    assert found("石板长") == {"甲", "乙"}


def on_desk(words: str) -> set[int]:
    articles = finding.on_desk(asking.read(words), Article.objects.all())
    return set(articles.values_list("pk", flat=True))


@pytest.mark.django_db
def test_tag_of_very_many_stories_is_finished_by_the_command(monkeypatch):
    monkeypatch.setattr("search.receivers.AT_ONCE", 1)
    for title in "甲乙丙":
        factories.article(title=title, tags=("茶馆",), published=True)
    tag = Tag.objects.get()
    tag.name = "茶楼"
    tag.save()
    assert found("茶楼") == {"丙"}
    call_command("rebuild_search_index", stdout=io.StringIO())
    assert found("茶楼") == {"甲", "乙", "丙"}


def rebuilt(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rebuild_search_index", *arguments, stdout=out)
    return out.getvalue()


def forget_everything() -> None:
    tables.empty(tables.STORIES, StoryEntry._meta.db_table)
    tables.empty(tables.DESK, DeskEntry._meta.db_table)


@pytest.mark.django_db
def test_rebuilding_finds_what_was_never_indexed_and_says_so():
    factories.article(title="早市", published=True)
    factories.article(title="草稿")
    forget_everything()
    assert found("早市") == set()
    said = rebuilt()
    assert "读者看的稿件：新写入 1 篇。" in said
    assert "编辑部的稿件：新写入 2 篇。" in said
    assert found("早市") == {"早市"}
    assert "读者看的稿件：新写入 0 篇。" in rebuilt()


@pytest.mark.django_db
def test_rebuilding_goes_on_where_it_was_stopped(monkeypatch):
    monkeypatch.setattr(rebuild_search_index, "BATCH", 2)
    for number in range(5):
        factories.article(title=f"早市{number}", published=True)
    forget_everything()
    command = rebuild_search_index.Command(stdout=io.StringIO())
    done = []

    def stop_at_the_fourth(key: int) -> None:
        done.append(key)
        if len(done) == 4:
            raise KeyboardInterrupt
        rebuild_search_index.Command._index_story(command, key)

    monkeypatch.setattr(command, "_index_story", stop_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        command.handle(afresh=False)
    assert StoryEntry.objects.count() == 2
    assert "读者看的稿件 2/3" in rebuilt()
    assert len(found("早市")) == 5


@pytest.mark.django_db
def test_rows_cut_otherwise_are_all_written_anew():
    factories.article(title="早市", published=True)
    StoryEntry.objects.update(tokens_version=99)
    said = rebuilt()
    assert "原来的索引已清空。" in said
    assert found("早市") == {"早市"}
    assert "清空" not in rebuilt()


@pytest.mark.django_db
def test_versions_that_ended_are_cleared_away():
    story = factories.article(title="早市", published=True)
    story.published.update(visible_until=timezone.now())
    assert "已去掉 1 个" in rebuilt()
    assert not StoryEntry.objects.exists()
    assert tokens_kept("早市") == 0


@pytest.mark.django_db
def test_command_prints_a_line_for_each_story():
    story = factories.article(title="老街的早市", published=True)
    out = io.StringIO()
    call_command("search", "早市", stdout=out)
    line, count = out.getvalue().splitlines()
    assert line.endswith(f"/article/{story.pk}/  {story.channel}  老街的早市")
    assert count == "共 1 条"
    with pytest.raises(CommandError, match="里面没有可以搜的字"):
        call_command("search", "，")


@pytest.mark.django_db(transaction=True)
def test_no_search_that_begins_after_a_withdrawal_shows_the_story():
    """Readers search without pause while a story goes up and is taken down again."""
    story = factories.article(title="早市开门")
    rounds, withdrawn, faults, seen = 8, threading.Event(), [], []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                was_withdrawn = withdrawn.is_set()
                titles = found("早市")
                # Still withdrawn when the answer came: it was so all the while.
                if was_withdrawn and withdrawn.is_set() and titles:
                    faults.append(titles)
                seen.extend(titles)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(rounds):
            publishing.publish(story, by=None)
            assert found("早市") == {"早市开门"}  # at once, for whoever published
            publishing.withdraw(story, by=None)
            withdrawn.set()
            for _ in range(5):
                assert found("早市") == set()
            withdrawn.clear()
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert faults == []
    assert PublishedArticle.objects.count() == rounds
