"""Publishing as buttons: what they do, what they refuse, and that text is kept."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from articles.models import Article, PublishedArticle, Withdrawal
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
READERS = "articles:page"


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def withdrawal_of(story: Article) -> str:
    return reverse("admin:articles_article_withdraw", args=[story.pk])


def titles_for_readers() -> list[str]:
    live = PublishedArticle.objects.visible(timezone.now())
    return list(live.values_list("title", flat=True))


def at(moment: datetime.datetime) -> dict[str, str]:
    """The moment as an editor types it."""
    local = timezone.localtime(moment)
    return {"publish_at_0": f"{local:%Y-%m-%d}", "publish_at_1": f"{local:%H:%M}"}


def tomorrow() -> datetime.datetime:
    return (timezone.now() + 24 * HOUR).replace(second=0, microsecond=0)


def buttons_of(response) -> dict[str, str]:
    """Names and labels of the publishing buttons on the page."""
    page = html.fromstring(response.content.decode())
    found = page.xpath("//*[@class='desk-row__acts']//button")
    return {button.get("name"): button.text_content().strip() for button in found}


def test_publish_button_saves_the_text_and_shows_it_to_readers():
    story = factories.article(title="初稿")
    response = send(
        signed_in(Role.EDITOR), page_of(story), {"title": "渡口通车"}, button="_publish"
    )
    assert titles_for_readers() == ["渡口通车"]
    assert said(response) == ["已发布，读者现在能看到。"]
    assert "● 已发布" in response.content.decode()


def test_new_story_is_published_from_its_first_form():
    client = signed_in(Role.EDITOR)
    editor = factories.article().editors.get()
    changes = {
        "title": "渡口通车",
        "channel": factories.channel().pk,
        "sections-0-body": "<p>桥通了。</p>",
        "editor_credits-0-editor": editor.pk,
    }
    send(client, reverse("admin:articles_article_add"), changes, button="_publish")
    assert titles_for_readers() == ["渡口通车"]
    assert Article.objects.get(title="渡口通车").created_by == client.user


def test_refused_publication_keeps_what_was_typed():
    story = factories.article(title="初稿", editors=(), channel=None)
    response = send(
        signed_in(Role.EDITOR), page_of(story), {"title": "二稿"}, button="_publish"
    )
    assert titles_for_readers() == []
    assert said(response) == [
        "还没有选频道。",
        "还没有署责任编辑。",
        "当前稿已保存，线上没有变化。",
    ]
    assert fields_of(response.client, page_of(story))["title"] == ["二稿"]


def test_form_with_a_fault_publishes_nothing_and_keeps_every_field():
    story = factories.article(title="初稿")
    changes = {"title": "", "subtitle": "长夜", "sections-0-body": "<p>新词</p>"}
    response = send(signed_in(Role.EDITOR), page_of(story), changes, button="_publish")
    page = response.content.decode()
    assert titles_for_readers() == []
    assert "长夜" in page
    assert "新词" in page
    assert Article.objects.get(pk=story.pk).subtitle == ""


def test_schedule_button_plans_for_the_time_typed():
    story = factories.article(title="明日开市")
    moment = tomorrow()
    response = send(
        signed_in(Role.EDITOR), page_of(story), at(moment), button="_schedule"
    )
    planned = PublishedArticle.objects.get()
    assert planned.visible_from == moment
    local = timezone.localtime(moment)
    words = f"已定于 {local.year}年{local.month}月{local.day}日 {local:%H:%M} 发布。"
    assert said(response) == [words]
    assert words in html.fromstring(response.content.decode()).text_content()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "还没有填定时的日期和时间。"),
        ({"publish_at_0": "2020-01-01", "publish_at_1": "08:00"}, "已经过去"),
        ({"publish_at_0": "后天", "publish_at_1": "早上"}, "看不懂"),
        ({"publish_at_0": "2031-01-01"}, "看不懂"),
    ],
)
def test_schedule_without_a_time_to_come_is_refused_and_the_text_kept(typed, sentence):
    story = factories.article(title="初稿")
    response = send(
        signed_in(Role.EDITOR),
        page_of(story),
        {"title": "二稿", **typed},
        button="_schedule",
    )
    assert sentence in said(response)[0]
    assert not PublishedArticle.objects.exists()
    assert Article.objects.get(pk=story.pk).title == "二稿"
    for value in typed.values():
        assert f'value="{value}"' in response.content.decode()


def test_time_typed_but_not_used_is_pointed_out():
    story = factories.article()
    response = send(signed_in(Role.EDITOR), page_of(story), at(tomorrow()))
    assert any(sentence.startswith("尚未定时") for sentence in said(response))
    assert not PublishedArticle.objects.exists()


def test_cancel_button_gives_up_the_plan():
    story = factories.article()
    client = signed_in(Role.EDITOR)
    send(client, page_of(story), at(tomorrow()), button="_schedule")
    response = send(client, page_of(story), {}, button="_cancel_schedule")
    assert not PublishedArticle.objects.exists()
    assert said(response) == ["已取消定时。"]


def test_saving_a_live_story_leaves_readers_the_old_words():
    story = factories.article(title="初版", published=True)
    response = send(signed_in(Role.EDITOR), page_of(story), {"title": "二版"})
    assert titles_for_readers() == ["初版"]
    assert "当前稿与线上版本不同" in response.content.decode()


def test_replace_button_gives_readers_the_new_words():
    story = factories.article(title="初版", published=True)
    response = send(
        signed_in(Role.EDITOR), page_of(story), {"title": "二版"}, button="_replace"
    )
    assert titles_for_readers() == ["二版"]
    assert "当前稿与线上版本相同" in response.content.decode()


def test_replacement_is_planned_for_the_time_typed():
    story = factories.article(title="初版", published=True)
    moment = tomorrow()
    send(
        signed_in(Role.EDITOR),
        page_of(story),
        {"title": "二版", **at(moment)},
        button="_plan_replacement",
    )
    assert titles_for_readers() == ["初版"]
    titles = PublishedArticle.objects.visible(moment).values_list("title", flat=True)
    assert list(titles) == ["二版"]


@pytest.mark.parametrize(
    ("role", "is_live", "names"),
    [
        (Role.REPORTER, False, ["_submit"]),
        (Role.EDITOR, False, ["_publish", "_schedule"]),
        (Role.EDITOR, True, ["_replace", "_plan_replacement"]),
        (Role.CHIEF, False, ["_publish", "_schedule"]),
        (Role.CHIEF, True, ["_replace", "_plan_replacement", "_withdraw"]),
    ],
)
def test_page_offers_the_buttons_that_this_role_may_press(role, is_live, names):
    client = signed_in(role)
    story = factories.article(created_by=client.user, published=is_live)
    assert list(buttons_of(client.get(page_of(story)))) == names


def test_labels_say_what_will_happen():
    client = signed_in(Role.CHIEF)
    assert buttons_of(client.get(page_of(factories.article()))) == {
        "_publish": "发布",
        "_schedule": "按所填时间定时发布",
    }
    assert buttons_of(client.get(page_of(factories.article(published=True)))) == {
        "_replace": "用当前稿替换线上版本",
        "_plan_replacement": "按所填时间定时替换",
        "_withdraw": "撤回…",
    }


@pytest.mark.parametrize("button", ["_publish", "_schedule", "_cancel_schedule"])
def test_reporter_who_forges_a_button_changes_nothing(button):
    client = signed_in(Role.REPORTER)
    story = factories.article(title="初稿", created_by=client.user)
    data = {"title": "二稿", **at(tomorrow())}
    assert send(client, page_of(story), data, button=button).status_code == 403
    assert not PublishedArticle.objects.exists()
    assert Article.objects.get(pk=story.pk).title == "初稿"


def test_reporter_sends_an_own_story_to_review():
    client = signed_in(Role.REPORTER)
    channel = factories.channel(review_levels=2)
    story = factories.article(created_by=client.user, channel=channel)
    response = send(client, page_of(story), {}, button="_submit")
    assert said(response) == ["已送审，等初审。"]
    story.refresh_from_db()
    assert story.is_on_the_way


def test_reporter_sends_a_new_story_to_review_at_once():
    client = signed_in(Role.REPORTER)
    add = reverse("admin:articles_article_add")
    words = {
        "title": "新稿",
        "channel": factories.channel(review_levels=2).pk,
        "sections-TOTAL_FORMS": "1",
        "sections-0-body": "<p>河边的老街修好了。</p>",
    }
    assert said(send(client, add, words, button="_submit")) == ["已送审，等初审。"]
    assert Article.objects.get().is_on_the_way


def test_first_publication_time_and_writer_cannot_be_posted():
    client = signed_in(Role.EDITOR)
    story = factories.article(created_by=None)
    forged = {
        "first_published_at": "2001-01-01 08:00",
        "first_published_at_0": "2001-01-01",
        "first_published_at_1": "08:00",
        "created_by": client.user.pk,
        "import_key": "forged",
    }
    send(client, page_of(story), forged)
    story.refresh_from_db()
    assert story.first_published_at is None
    assert story.created_by is None
    assert story.import_key is None
    send(client, page_of(story), forged, button="_publish")
    story.refresh_from_db()
    assert timezone.now() - story.first_published_at < HOUR


def test_history_says_who_published_and_when():
    client = signed_in(Role.EDITOR)
    story = factories.article()
    send(client, page_of(story), {}, button="_publish")
    entry = LogEntry.objects.get(change_message__contains="已发布")
    assert (entry.user_id, entry.object_id) == (client.user.pk, str(story.pk))
    history = reverse("admin:articles_article_history", args=[story.pk])
    assert "已发布，读者现在能看到" in client.get(history).content.decode()


def test_withdraw_button_saves_and_asks_once_more():
    story = factories.article(title="初版", published=True, tags=("老街",))
    response = send(
        signed_in(Role.CHIEF),
        page_of(story),
        {"subtitle": "新副题"},
        button="_withdraw",
    )
    page = html.fromstring(response.content.decode()).text_content()
    assert titles_for_readers() == ["初版"]
    assert Article.objects.get(pk=story.pk).subtitle == "新副题"
    assert "撤回以后" in page
    assert reverse(READERS, args=[story.pk]) in page
    assert story.channel.name in page


def test_confirmed_withdrawal_takes_the_story_from_readers_with_the_note(client):
    story = factories.article(title="初版", published=True)
    chief = signed_in(Role.CHIEF)
    note = {"public_note": "内容有误，正在核实"}
    response = chief.post(withdrawal_of(story), note, follow=True)
    assert titles_for_readers() == []
    assert client.get(reverse(READERS, args=[story.pk])).status_code == 410
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.public_note, withdrawal.withdrawn_by) == (
        "内容有误，正在核实",
        chief.user,
    )
    assert "已撤回，读者不能再看到" in response.content.decode()
    assert "× 已撤回" in chief.get(page_of(story)).content.decode()
    assert LogEntry.objects.filter(change_message__contains="撤回").exists()


def test_visiting_the_withdrawal_page_withdraws_nothing():
    story = factories.article(title="初版", published=True)
    assert signed_in(Role.CHIEF).get(withdrawal_of(story)).status_code == 200
    assert titles_for_readers() == ["初版"]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.ADMINISTRATOR])
def test_only_the_chief_withdraws(role):
    client = signed_in(role)
    story = factories.article(title="初版", published=True, created_by=client.user)
    assert client.post(withdrawal_of(story), {}).status_code == 403
    assert client.get(withdrawal_of(story)).status_code == 403
    assert titles_for_readers() == ["初版"]


def test_story_that_is_not_live_has_nothing_to_withdraw():
    response = signed_in(Role.CHIEF).post(
        withdrawal_of(factories.article()), {}, follow=True
    )
    assert said(response) == ["这篇稿件没有在线版本，无须撤回。"]


def test_link_to_the_site_is_there_only_while_readers_can_follow_it():
    client = signed_in(Role.EDITOR)
    live = factories.article(published=True)
    draft = factories.article()
    words = "看网站上的这一页"
    assert words in client.get(page_of(live)).content.decode()
    assert words not in client.get(page_of(draft)).content.decode()
