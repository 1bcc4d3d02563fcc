"""One act on many stories of the list, with refusals told row by row."""

import pytest
from django.urls import reverse

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import reviews
from articles.models import Stage, Withdrawal
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_article_changelist")


def press(client, action: str, stories, **data):
    """Tick the stories, choose the act, fill in and confirm."""
    ticked = {"action": action, "_selected_action": [story.pk for story in stories]}
    asked = client.post(LIST, ticked)
    assert asked.status_code == 200
    return client.post(LIST, ticked | {"confirmed": "1"} | data).content.decode()


def test_nothing_is_done_before_it_is_confirmed():
    client = signed_in(Role.CHIEF)
    story = factories.article(title="在线稿", published=True)
    page = client.post(
        LIST, {"action": "withdraw_all", "_selected_action": [story.pk]}
    ).content.decode()
    assert "在线稿" in page
    assert not Withdrawal.objects.exists()


def test_chief_withdraws_several_stories_with_one_note():
    client = signed_in(Role.CHIEF)
    live = [factories.article(published=True) for _ in range(3)]
    draft = factories.article(title="没有发布过")
    page = press(client, "withdraw_all", [*live, draft], public_note="内容正在核实")
    assert Withdrawal.objects.filter(public_note="内容正在核实").count() == 3
    assert "共 4 篇，完成 3 篇" in page
    assert "没有在线版本" in page
    assert page.index("没有发布过") < page.index(live[0].title)


def test_editor_is_not_offered_and_cannot_force_a_bulk_withdrawal():
    client = signed_in(Role.EDITOR)
    story = factories.article(published=True)
    assert "withdraw_all" not in client.get(LIST).content.decode()
    client.post(
        LIST,
        {"action": "withdraw_all", "_selected_action": [story.pk], "confirmed": "1"},
    )
    assert not Withdrawal.objects.exists()


def test_reporter_sends_own_drafts_to_review_and_hears_what_is_missing():
    client = signed_in(Role.REPORTER)
    channel = factories.channel(review_levels=2)
    good = factories.article(created_by=client.user, channel=channel)
    empty = factories.article(created_by=client.user, channel=channel, body="")
    page = press(client, "send_to_review", [good, empty])
    good.refresh_from_db()
    empty.refresh_from_db()
    assert (good.stage, empty.stage) == (Stage.IN_REVIEW, Stage.WRITING)
    assert "正文还是空的" in page


def test_stories_of_others_are_not_reached_by_a_forged_key():
    client = signed_in(Role.REPORTER)
    other = factories.article(
        created_by=factories.staff(), channel=factories.channel(review_levels=1)
    )
    client.post(
        LIST,
        {"action": "send_to_review", "_selected_action": [other.pk], "confirmed": "1"},
    )
    other.refresh_from_db()
    assert other.stage == Stage.WRITING


def test_editor_moves_stories_and_the_move_is_on_record():
    client = signed_in(Role.EDITOR)
    target = factories.channel(name="生活")
    story = factories.article()
    there = factories.article(channel=target)
    page = press(client, "move", [story, there], channel=target.pk)
    story.refresh_from_db()
    assert story.channel == target
    assert "本来就在“生活”" in page
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert entry.after["channel"] == target.pk
    assert entry.person == client.user


def test_editor_of_one_channel_cannot_move_a_story_into_another():
    home, foreign = factories.channel(), factories.channel()
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, home)
    story = factories.article(channel=home)
    page = press(client, "move", [story], channel=foreign.pk)
    story.refresh_from_db()
    assert story.channel == home
    assert "errorlist" in page


def test_tag_is_added_to_each_story_once():
    client = signed_in(Role.EDITOR)
    story = factories.article(tags=("古村",))
    page = press(client, "tag", [story], tags="古村、木工")
    assert set(story.tags.names()) == {"古村", "木工"}
    assert "完成 1 篇" in page
    assert "本来就有" in press(client, "tag", [story], tags="木工")


def test_too_many_tags_are_refused_for_that_story_alone():
    client = signed_in(Role.EDITOR)
    full = factories.article(tags=tuple(f"标签{n}" for n in range(12)))
    free = factories.article()
    page = press(client, "tag", [full, free], tags="新标签")
    assert full.tags.count() == 12
    assert list(free.tags.names()) == ["新标签"]
    assert "标签最多 12 个" in page


def test_empty_tag_is_asked_for_again():
    client = signed_in(Role.EDITOR)
    page = press(client, "tag", [factories.article()], tags="")
    assert "errorlist" in page


def test_approved_story_loses_its_last_signature_when_moved_in_bulk():
    channel = factories.channel(review_levels=1)
    target = factories.channel(review_levels=1)
    writer = factories.staff(Role.REPORTER)
    story = factories.article(channel=channel, created_by=writer)
    reviews.submit(story, by=writer)
    signer = factories.staff(Role.EDITOR)
    reviews.sign(story, by=signer, sha256=story.revisions.get().sha256)
    story.refresh_from_db()
    assert story.stage == Stage.APPROVED
    press(signed_in(Role.EDITOR), "move", [story], channel=target.pk)
    story.refresh_from_db()
    assert story.stage == Stage.IN_REVIEW


@pytest.mark.parametrize("key", ["9" * 25, "abc", ""])
def test_key_that_no_story_has_is_a_bad_request(key):
    client = signed_in(Role.EDITOR)
    answer = client.post(LIST, {"action": "tag", "_selected_action": [key]})
    assert answer.status_code == 400


@pytest.mark.parametrize("field", ["source", "cover", "further_channels"])
def test_number_larger_than_any_key_breaks_no_form(field):
    client = signed_in(Role.EDITOR)
    story = factories.article()
    page = reverse("admin:articles_article_change", args=[story.pk])
    assert client.post(page, {field: "9" * 25}).status_code in {400, 409}
