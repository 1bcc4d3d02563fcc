"""How curators make a special topic: the form, its blocks, their entries, the preview."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import publishing
from channels.models import Channel
from fronts.models import Topic, TopicBlock
from fronts.topic_forms import MOMENTS
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

Layout = TopicBlock.Layout
NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
MINUTE = NOW.replace(second=0, microsecond=0)  # as the form has it
LIST = reverse("admin:fronts_topic_changelist")
ADD = reverse("admin:fronts_topic_add")
STORIES = reverse("admin:fronts_topic_stories")


def page_of(row, page: str = "change") -> str:
    return reverse(f"admin:fronts_{row._meta.model_name}_{page}", args=[row.pk])


def preview_of(topic: Topic) -> str:
    return reverse("admin:fronts_topic_preview", args=[topic.pk])


def planned(**fields):
    story = factories.article(**fields)
    publishing.schedule(story, NOW + DAY, by=None, now=NOW)
    return story


def errors_on(response) -> list[str]:
    return words_of(parsed(response), ".errorlist li")


def choices(client, **query) -> list[str]:
    return [row["text"] for row in client.get(STORIES, query).json()["results"]]


def test_list_without_topics_says_what_they_are_for():
    page = parsed(signed_in(Role.EDITOR).get(LIST))
    assert words_of(page, ".no-rows")[0].startswith("还没有专题。")


def test_list_says_where_each_topic_stands():
    factories.topic(title="甲")
    factories.topic(title="乙", public=True)
    factories.topic(title="丙", public=True, ended_at=NOW - HOUR)
    factories.topic(title="丁", public=True, visible_until=NOW - HOUR)
    page = parsed(signed_in(Role.EDITOR).get(LIST))
    found = zip(
        words_of(page, ".field-title"), words_of(page, ".field-standing"), strict=True
    )
    assert dict(found) == {
        "甲": "准备中",
        "乙": "在线",
        "丙": "已结束更新",
        "丁": "已下线",
    }


def test_new_topic_leads_to_its_own_page_and_is_not_public(client):
    editor = signed_in(Role.EDITOR)
    words = {
        "title": "沿着樟溪走",
        "slug": "stream",
        "blocks-0-heading": "一路的文章",
        "blocks-0-layout": "list",
    }
    response = send(editor, ADD, words, button="_save")
    topic = Topic.objects.get()
    assert response.redirect_chain[-1][0] == page_of(topic)
    assert topic.blocks.get().heading == "一路的文章"
    assert client.get(topic.get_absolute_url()).status_code == 404
    links = select(parsed(response), ".field-entries a")
    assert [link.get("href") for link in links] == [page_of(topic.blocks.get())]


@pytest.mark.parametrize(
    ("button", "before", "after"),
    [
        ("_go_live", {}, Topic.Standing.RUNNING),
        ("_end", {"visible_from": MINUTE - DAY}, Topic.Standing.ENDED),
    ],
)
def test_button_fills_in_the_moment(button, before, after):
    editor = signed_in(Role.EDITOR)
    topic = factories.topic(title="沿着樟溪走", **before)
    page = parsed(editor.get(page_of(topic)))
    assert select(page, f"button[name={button}]")
    response = send(editor, page_of(topic), {"intro": "新导语"}, button=button)
    topic.refresh_from_db()
    assert topic.standing_at(timezone.now()) == after
    assert topic.intro == "新导语"
    assert response.redirect_chain[-1][0] == page_of(topic)
    assert said(response) == [f"已保存，“沿着樟溪走”现在是：{after.label}。"]
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert entry.after.keys() == {"intro", MOMENTS[button]}


@pytest.mark.parametrize(
    ("moments", "message"),
    [
        ({"visible_until": "2026-06-01"}, "先填上线时间。"),
        ({"ended_at": "2026-06-01"}, "结束更新不能早于上线。"),
        (
            {"visible_from": "2026-06-02", "ended_at": "2026-06-01"},
            "结束更新不能早于上线。",
        ),
        (
            {"visible_from": "2026-06-02", "visible_until": "2026-06-01"},
            "下线时间要晚于上线时间。",
        ),
    ],
)
def test_moments_that_make_no_sense_are_refused(moments, message):
    editor = signed_in(Role.EDITOR)
    topic = factories.topic()
    typed = {f"{name}_0": day for name, day in moments.items()}
    typed |= {f"{name}_1": "08:00" for name in moments}
    assert message in errors_on(send(editor, page_of(topic), typed))
    topic.refresh_from_db()
    assert topic.visible_from is None


def test_address_of_a_public_topic_stays():
    editor = signed_in(Role.EDITOR)
    topic = factories.topic(slug="stream", public=True)
    assert "slug" not in fields_of(editor, page_of(topic))
    send(editor, page_of(topic), {"slug": "other"})
    topic.refresh_from_db()
    assert topic.slug == "stream"


def test_only_a_topic_that_was_never_public_can_be_deleted():
    editor = signed_in(Role.EDITOR)
    public, draft = factories.topic(public=True), factories.topic()
    factories.topic_block(topic=draft)
    assert editor.post(page_of(public, "delete"), {"post": "yes"}).status_code == 403
    editor.post(page_of(draft, "delete"), {"post": "yes"})
    assert list(Topic.objects.all()) == [public]


def test_public_topic_links_to_its_page_and_others_do_not():
    editor = signed_in(Role.EDITOR)
    public, draft = factories.topic(public=True), factories.topic()
    assert public.get_absolute_url() in editor.get(page_of(public)).content.decode()
    assert draft.get_absolute_url() not in editor.get(page_of(draft)).content.decode()


@pytest.mark.parametrize(
    ("layout", "fields"),
    [
        (Layout.LIST, {"article", "text"}),
        (Layout.TIMELINE, {"happened_on", "article", "text"}),
        (Layout.FIGURES, {"figure", "text", "article"}),
        (Layout.PEOPLE, {"article"}),
    ],
)
def test_entries_have_the_fields_of_their_layout(layout, fields):
    block = factories.topic_block(layout=layout)
    page = parsed(signed_in(Role.EDITOR).get(page_of(block)))
    names = {field.get("name") for field in select(page, "[name*=entries-0-]")}
    row = {name.removeprefix("entries-0-") for name in names}
    assert row == fields | {"position", "id", "block"}


def test_entries_are_saved_and_the_way_leads_back_to_the_topic():
    editor = signed_in(Role.EDITOR)
    story = factories.article(title="老街的早市", published=True)
    block = factories.topic_block(heading="一路")
    response = send(
        editor,
        page_of(block),
        {"entries-0-article": str(story.pk), "entries-0-text": "编者的话"},
        button="_save",
    )
    assert response.redirect_chain[-1][0] == page_of(block.topic)
    entry = block.entries.get()
    assert (entry.article, entry.text) == (story, "编者的话")
    record = AuditEntry.objects.get(act=Act.CHANGE)
    assert record.subject == str(block.topic)
    assert (record.before, record.after) == (
        {"条目（一路）": []},
        {"条目（一路）": ["编者的话 老街的早市"]},
    )


@pytest.mark.parametrize(
    ("layout", "typed"),
    [
        (Layout.LIST, {"text": "只有文字"}),
        (Layout.TIMELINE, {"text": "没有日期"}),
        (Layout.FIGURES, {"text": "没有数字"}),
    ],
)
def test_entry_without_what_its_layout_needs_is_refused(layout, typed):
    block = factories.topic_block(layout=layout)
    typed = {f"entries-0-{name}": value for name, value in typed.items()}
    response = send(signed_in(Role.EDITOR), page_of(block), typed)
    assert errors_on(response) == ["这一项必填。"]
    assert not block.entries.exists()


def test_event_without_words_and_story_is_refused():
    block = factories.topic_block(layout=Layout.TIMELINE)
    typed = {"entries-0-happened_on": "2026-06-19"}
    response = send(signed_in(Role.EDITOR), page_of(block), typed)
    assert errors_on(response) == ["选一篇稿件，或写一句文字。"]


def test_row_that_only_has_a_place_is_no_entry():
    block = factories.topic_block()
    send(signed_in(Role.EDITOR), page_of(block), {"entries-0-position": "10"})
    assert not block.entries.exists()


def test_people_are_chosen_from_galleries_only():
    editor = signed_in(Role.EDITOR)
    gallery = factories.channel(name="好人", kind=Channel.Kind.GALLERY)
    shown = factories.article(title="范玉梅", channel=gallery, published=True)
    other = factories.article(title="早市", published=True)
    block = factories.topic_block(layout=Layout.PEOPLE)
    response = send(editor, page_of(block), {"entries-0-article": str(other.pk)})
    assert errors_on(response) == ["人物栏目只能选人物长廊里的稿件。"]
    send(editor, page_of(block), {"entries-0-article": str(shown.pk)})
    assert block.entries.get().article == shown
    assert [text[:3] for text in choices(editor, people=1)] == ["范玉梅"]


def test_choice_offers_what_readers_see_and_what_is_planned():
    editor = signed_in(Role.EDITOR)
    desk = factories.channel(name="要闻")
    factories.article(title="草稿", channel=desk)
    gone = factories.article(title="撤回的", channel=desk, published=True)
    publishing.withdraw(gone, by=None)
    live = factories.article(
        title="从前的题目", channel=desk, published_at=NOW - 400 * DAY
    )
    live.title = "现在的题目"
    live.save()
    publishing.replace(live, at=NOW + DAY, by=None, now=NOW)
    planned(title="明天的", channel=desk)
    found = choices(editor)
    assert [text.partition("（")[0] for text in found] == ["明天的", "从前的题目"]
    assert found[0].startswith("明天的（要闻，定于 ")
    assert [text[:3] for text in choices(editor, term="明天")] == ["明天的"]


def test_plans_of_other_channels_are_not_offered_and_not_taken():
    desk, other = factories.channel(), factories.channel()
    mine, theirs = planned(title="我们的", channel=desk), planned(channel=other)
    editor = signed_in(None)
    factories.grant(editor.user, Role.EDITOR, desk)
    assert [text[:3] for text in choices(editor)] == ["我们的"]
    block = factories.topic_block()
    response = send(editor, page_of(block), {"entries-0-article": str(theirs.pk)})
    assert errors_on(response)[0].startswith("这篇稿件不能选。")
    send(editor, page_of(block), {"entries-0-article": str(mine.pk)})
    assert block.entries.get().article == mine


def test_choice_has_pages():
    editor = signed_in(Role.EDITOR)
    desk = factories.channel()
    for number in range(21):
        factories.article(channel=desk, published_at=NOW - number * HOUR)
    first = editor.get(STORIES).json()
    second = editor.get(STORIES, {"page": 2}).json()
    assert (len(first["results"]), first["pagination"]["more"]) == (20, True)
    assert (len(second["results"]), second["pagination"]["more"]) == (1, False)


def test_entry_says_whether_readers_see_it_and_may_stay():
    editor = signed_in(Role.EDITOR)
    block = factories.topic_block()
    gone = factories.article(published=True)
    publishing.withdraw(gone, by=None)
    for story in (factories.article(published=True), gone, planned()):
        block.entries.create(article=story)
    page = parsed(editor.get(page_of(block)))
    live, hidden, later = words_of(page, ".has_original .field-shown")
    assert (live, hidden) == ("看得到", "看不到：稿件不在线")
    assert later.endswith("起看得到")
    response = send(editor, page_of(block), {"intro": "改一句"})
    assert errors_on(response) == []
    assert block.entries.count() == 3


def test_block_is_deleted_back_to_its_topic():
    editor = signed_in(Role.EDITOR)
    block = factories.topic_block()
    response = editor.post(page_of(block, "delete"), {"post": "yes"})
    assert response.url == page_of(block.topic)
    assert not block.topic.blocks.exists()


def test_list_of_blocks_is_that_of_topics():
    path = reverse("admin:fronts_topicblock_changelist")
    assert signed_in(Role.EDITOR).get(path).url == LIST


def test_changed_blocks_and_channels_are_on_record():
    editor = signed_in(Role.EDITOR)
    topic = factories.topic()
    desk = factories.channel(name="乡村")
    factories.topic_block(topic=topic, heading="一路")
    send(
        editor,
        page_of(topic),
        {"channels": [str(desk.pk)], "blocks-0-heading": "沿路"},
    )
    record = AuditEntry.objects.get(act=Act.CHANGE)
    assert record.before == {"所属频道": [], "栏目": ["一路（文章列表）"]}
    assert record.after == {"所属频道": ["乡村"], "栏目": ["沿路（文章列表）"]}
    send(editor, page_of(topic), {})
    assert AuditEntry.objects.filter(act=Act.CHANGE).count() == 1


def test_preview_shows_the_topic_before_it_is_public():
    block = factories.topic_block(topic=factories.topic(title="沿着樟溪走"))
    block.entries.create(article=factories.article(title="早市", published=True))
    block.entries.create(article=planned(title="明天的"))
    response = signed_in(Role.AUDITOR).get(preview_of(block.topic))
    page = parsed(response)
    assert words_of(page, "h1") == ["沿着樟溪走"]
    assert words_of(page, "h3") == ["早市"]
    assert "有 1 条不显示" in words_of(page, ".preview-banner")[0]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert select(page, "link[rel=canonical]") == []


def test_preview_of_a_planned_topic_is_as_it_will_be_then():
    topic = factories.topic(visible_from=NOW + 2 * DAY)
    factories.topic_block(topic=topic).entries.create(article=planned(title="明天的"))
    page = parsed(signed_in(Role.EDITOR).get(preview_of(topic)))
    assert words_of(page, "h3") == ["明天的"]
    assert "下面是上线时的样子" in words_of(page, ".preview-banner")[0]


def test_preview_is_in_simplified_whatever_the_author_wrote():
    story = factories.article(title="溪邊的書店", script="zh-Hant", published=True)
    block = factories.topic_block()
    block.entries.create(article=story)
    page = parsed(signed_in(Role.EDITOR).get(preview_of(block.topic)))
    assert words_of(page, "h3") == ["溪边的书店"]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ADMINISTRATOR, None])
def test_those_who_do_not_curate_see_nothing_of_it(role):
    person = signed_in(role)
    block = factories.topic_block()
    for path in (LIST, ADD, page_of(block.topic), page_of(block), STORIES):
        assert person.get(path).status_code in {302, 403}
    assert person.get(preview_of(block.topic)).status_code == 403


def test_who_curates_one_channel_curates_every_topic():
    desk = factories.channel()
    editor = signed_in(None)
    factories.grant(editor.user, Role.EDITOR, desk)
    topic = factories.topic()
    topic.channels.set([factories.channel()])
    send(editor, page_of(topic), {"title": "改过的题目"})
    topic.refresh_from_db()
    assert topic.title == "改过的题目"
