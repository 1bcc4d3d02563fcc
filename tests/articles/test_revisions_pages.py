"""The revisions of a story: the list, one version, two compared, and bringing one back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import Act, AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from articles import publishing, reviews
from articles.admin import revisions
from articles.admin.comparison import names_in
from articles.freezing import freeze
from articles.models import (
    Article,
    ArticleEditor,
    Author,
    Contribution,
    Editor,
    Section,
    Source,
    Tag,
)
from articles.restoring import restore
from articles.snapshots import content_of
from articles.writing import EditedMeanwhile, record_save
from channels.models import Channel
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import select

pytestmark = pytest.mark.django_db

OLD = "<p>河边的老街修好了，石桥也通了。</p>"
NEW = "<p>河边的老街修完了，石桥也通了。</p>"


@pytest.fixture
def editor():
    return signed_in(Role.EDITOR)


def rewritten(article: Article, body: str, *, by=None, **fields) -> None:
    """Save the desk copy with another text, as a form does."""
    before = content_of(article)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.sections.update(body=body)
    record_save(article, by=by, before=before)


def story(**fields) -> Article:
    """A story published with the old text, and with the new one on the desk."""
    article = factories.article(body=OLD, published=True, **fields)
    rewritten(article, NEW)
    return article


def url(name: str, article: Article, *more) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def page(client, address: str, data: dict | None = None) -> html.HtmlElement:
    response = client.get(address, data)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def changed(shown, *tags: str) -> list[html.HtmlElement]:
    """Removed and added runs, those of the legend aside."""
    return [run for run in shown.iter(*tags) if run.getparent().tag != "li"]


def words(element) -> str:
    return "".join(element.text_content().split())


# The list


def test_the_list_says_what_each_revision_was_made_for(editor):
    now = timezone.now()
    article = factories.article(body=OLD)
    publishing.publish(article, by=None, now=now - datetime.timedelta(days=2))
    rewritten(article, NEW)
    publishing.replace(article, by=None, now=now - datetime.timedelta(days=1))
    rows = page(editor, url("revisions", article)).xpath("//tbody/tr")
    assert "当前稿" in words(rows[0])
    assert "起在线" in words(rows[1])
    assert "与当前稿相同" in words(rows[1])
    assert "至" in words(rows[2])
    assert "在线" in words(rows[2])


def test_a_corrected_version_was_online_without_a_break(editor):
    now = timezone.now()
    article = factories.article(body=OLD)
    publishing.publish(article, by=None, now=now - datetime.timedelta(days=2))
    note = publishing.PublicNote("correction", "原文有误。")
    publishing.correct(article, note, by=None, now=now - datetime.timedelta(days=1))
    facts = select(page(editor, url("revisions", article)), ".revisions__fact")
    assert len(facts) == 1
    assert words(facts[0]).endswith("起在线")


def test_a_planned_version_says_when_it_goes_live(editor):
    article = factories.article(body=OLD)
    soon = timezone.now() + datetime.timedelta(hours=3)
    publishing.schedule(article, soon, by=None)
    (fact,) = select(page(editor, url("revisions", article)), ".revisions__fact")
    assert words(fact).startswith("定于")


def test_a_revision_sent_to_review_says_so(editor):
    article = factories.article(channel=factories.channel(review_levels=1))
    reviews.submit(article, by=factories.staff(Role.EDITOR))
    (fact,) = select(page(editor, url("revisions", article)), ".revisions__fact")
    assert words(fact) == "第1次送审的稿子"


def test_the_newest_revision_and_the_desk_copy_are_ticked(editor):
    article = story()
    form = page(editor, url("revisions", article)).xpath(
        "//div[@id='content-main']/form"
    )[0]
    assert dict(form.form_values()) == {"before": "1", "after": "desk"}
    assert form.get("action") == url("compare", article)


def test_the_list_of_a_story_without_revisions_says_so(editor):
    shown = page(editor, url("revisions", factories.article()))
    assert "还没有定过稿" in shown.text_content()


def test_the_list_asks_as_many_questions_for_ten_revisions_as_for_two(
    editor, django_assert_max_num_queries
):
    article = story()
    for number in range(10):
        rewritten(article, f"<p>第{number}稿。</p>")
        freeze(article, by=None, now=timezone.now())
    with django_assert_max_num_queries(25):
        page(editor, url("revisions", article))


# Comparing


def test_a_revision_is_compared_with_the_desk_copy_as_saved(editor):
    shown = page(editor, url("compare", story()), {"before": "1", "after": "desk"})
    assert words(select(shown, ".compare__summary")[0]) == (
        "改1节，移0节，增0节，删0节；改动2字。"
    )
    assert [words(run) for run in changed(shown, "del", "ins")] == [
        "［删去：好］",
        "［新增：完］",
    ]


def test_two_revisions_are_told_from_the_older_one_whichever_was_named_first(editor):
    article = story()
    publishing.replace(article, by=None)
    address = url("compare", article)
    forth = page(editor, address, {"before": "1", "after": "2"})
    back = page(editor, address, {"before": "2", "after": "1"})
    assert words(select(forth, ".compare")[0]) == words(select(back, ".compare")[0])
    assert [words(run) for run in changed(forth, "ins")] == ["［新增：完］"]


def test_every_jump_leads_to_a_place_on_the_page(editor):
    article = story()
    article.sections.create(position=20, heading="学校", body="<p>操场开放。</p>")
    article.title = "另一个标题"
    article.save()
    shown = page(editor, url("compare", article), {"before": "1", "after": "desk"})
    jumps = [link.get("href") for link in select(shown, ".compare__jumps")[0].iter("a")]
    assert len(jumps) >= 3
    ids = [
        element.get("id") for element in select(shown, ".compare")[0].xpath(".//*[@id]")
    ]
    assert {jump[1:] for jump in jumps} <= set(ids)
    assert len(ids) == len(set(ids))


def test_channels_tags_and_covers_are_named(editor):
    article = story(tags=("乡村",))
    article.cover = factories.picture(title="石桥全景")
    article.save()
    article.tags.set(["新街"])
    shown = page(editor, url("compare", article), {"before": "1", "after": "desk"})
    lines = words(select(shown, ".compare__lines")[0])
    assert "［删去：乡村］" in lines
    assert "［新增：新街］" in lines
    assert "石桥全景" in lines


def test_what_was_deleted_since_still_has_a_line(editor):
    article = story(tags=("乡村",))
    article.tags.clear()
    Tag.objects.all().delete()
    shown = page(editor, url("compare", article), {"before": "1", "after": "desk"})
    assert "已删除的标签" in select(shown, ".compare__lines")[0].text_content()


def test_words_of_a_story_are_never_markup(editor):
    article = story()
    article.title = "<script>alert(1)</script>"
    article.save()
    shown = page(editor, url("compare", article), {"before": "1", "after": "desk"})
    assert not select(shown, ".compare")[0].xpath(".//script")
    assert "<script>alert" in select(shown, ".compare__lines")[0].text_content()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"before": "1"},
        {"before": "9", "after": "desk"},
        {"before": "1' OR 1", "after": "desk"},
        {"before": "-1", "after": "desk"},
        {"before": "¹", "after": "desk"},
        {"before": "1" * 30, "after": "desk"},
    ],
)
def test_comparing_what_is_not_there_is_not_found(editor, asked):
    assert editor.get(url("compare", story()), asked).status_code == 404


def test_a_revision_of_another_story_is_not_found(editor):
    other = story()
    publishing.replace(other, by=None)
    article = story()
    assert editor.get(url("revision", article, 2)).status_code == 404
    assert editor.get(url("restore", article, 2)).status_code == 404
    asked = {"before": "2", "after": "desk"}
    assert editor.get(url("compare", article), asked).status_code == 404


# Reading one


def test_a_revision_is_read_as_it_was(editor):
    article = story(title="老街修好了")
    shown = page(editor, url("revision", article, 1))
    assert "石桥也通了" in select(shown, ".reading")[0].text_content()
    assert "修好了，" in select(shown, ".reading__body")[0].text_content()


# Who may


def test_who_may_not_see_the_story_sees_no_revision_of_it():
    writer = signed_in(Role.REPORTER)
    article = story()
    compared = {"before": "1", "after": "desk"}
    assert writer.get(url("revisions", article)).status_code == 403
    assert writer.get(url("revision", article, 1)).status_code == 403
    assert writer.get(url("compare", article), compared).status_code == 403
    assert writer.get(url("restore", article, 1)).status_code == 403
    assert writer.post(url("restore", article, 1), {"version": 1}).status_code == 403


def test_an_editor_of_another_channel_sees_no_revision():
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, factories.channel())
    assert client.get(url("revisions", story())).status_code == 403


def test_who_may_not_edit_may_read_but_is_offered_no_restoring():
    """A writer keeps sight of a story that was published, and may no longer change it."""
    client = signed_in(Role.REPORTER)
    article = story(created_by=client.user)
    shown = page(client, url("revisions", article))
    assert "恢复为当前稿" not in shown.text_content()
    shown = page(client, url("compare", article), {"before": "1", "after": "desk"})
    assert "恢复" not in select(shown, ".revisions")[0].text_content()
    assert client.post(url("restore", article, 1), {"version": 1}).status_code == 403
    assert content_of(article)["sections"][0]["body"] == NEW


def test_nobody_gets_the_pages_without_signing_in(client):
    assert client.get(url("revisions", story())).status_code == 302


# Restoring


def test_restoring_asks_first_and_shows_what_will_change(editor):
    article = story()
    shown = page(editor, url("restore", article, 1))
    assert [words(run) for run in changed(shown, "ins")] == ["［新增：好］"]
    assert content_of(article)["sections"][0]["body"] == NEW


def test_restoring_makes_the_desk_copy_equal_to_the_revision(editor):
    article = story()
    response = editor.post(
        url("restore", article, 1), {"version": article.version}, follow=True
    )
    assert said(response) == ["当前稿已恢复成第 1 版的内容。读者看到的没有变。"]
    article = Article.objects.get(pk=article.pk)
    assert content_of(article) == article.revisions.get(number=1).content
    assert article.saved_by == editor.user


def test_the_desk_copy_as_it_was_is_kept_as_a_revision(editor):
    article = story()
    was = content_of(article)
    editor.post(url("restore", article, 1), {"version": article.version})
    assert article.revisions.get(number=2).content == was


def test_a_desk_copy_that_some_revision_has_is_not_frozen_again(editor):
    article = story()
    editor.post(url("restore", article, 1), {"version": article.version})
    article.refresh_from_db()
    editor.post(url("restore", article, 2), {"version": article.version})
    assert article.revisions.count() == 2


def test_a_desk_copy_that_changed_meanwhile_is_not_restored_over(editor):
    article = story()
    seen = article.version
    rewritten(article, "<p>刚刚写的。</p>")
    response = editor.post(url("restore", article, 1), {"version": seen}, follow=True)
    assert said(response) == [revisions.EDITED_MEANWHILE]
    assert content_of(article)["sections"][0]["body"] == "<p>刚刚写的。</p>"


@pytest.mark.parametrize("data", [{}, {"version": "x"}, {"version": "-1"}])
def test_a_form_without_a_version_restores_nothing(editor, data):
    article = story()
    editor.post(url("restore", article, 1), data)
    assert content_of(article)["sections"][0]["body"] == NEW


def test_restoring_is_refused_without_the_token(editor):
    article = story()
    editor.handler.enforce_csrf_checks = True
    response = editor.post(url("restore", article, 1), {"version": article.version})
    assert response.status_code == 403


def test_readers_see_no_difference(editor):
    article = story()
    publishing.replace(article, by=None)
    live = publishing.live_version(article, timezone.now())
    article.refresh_from_db()
    editor.post(url("restore", article, 1), {"version": article.version})
    assert publishing.live_version(article, timezone.now()) == live


def test_restoring_is_in_the_record_of_acts_and_raises_the_version():
    article = story()
    by = factories.staff(Role.EDITOR)
    version = article.version
    restored = restore(article.revisions.get(number=1), by=by)
    assert restored.article.version == version + 1
    entry = AuditEntry.objects.get(act=Act.RESTORE)
    assert entry.person == by
    assert Contribution.objects.filter(article=article, person=by).exists()


def test_restoring_what_is_there_already_changes_nothing():
    article = factories.article(published=True)
    restored = restore(article.revisions.get(), by=factories.staff(Role.EDITOR))
    assert not restored.is_changed
    assert restored.article.version == article.version
    assert article.revisions.count() == 1


def test_the_verb_itself_asks_for_the_right():
    article = story()
    with pytest.raises(Denied):
        restore(article.revisions.get(number=1), by=factories.staff(Role.REPORTER))
    assert content_of(article)["sections"][0]["body"] == NEW


def test_the_verb_refuses_a_version_that_is_gone():
    article = story()
    revision = article.revisions.get(number=1)
    with pytest.raises(EditedMeanwhile):
        restore(revision, by=factories.staff(Role.EDITOR), version=article.version - 1)


def test_sections_come_back_in_order_with_their_anchors():
    article = factories.article(body="")
    for place, name in enumerate("甲乙丙", start=1):
        Section.objects.create(
            article=article, position=place, heading=name, body=f"<p>{name}文</p>"
        )
    was = content_of(article)["sections"]
    revision = freeze(article, by=None, now=timezone.now())
    first, second, third = article.sections.all()
    second.delete()
    Section.objects.filter(pk=third.pk).update(position=0, heading="丁")
    article.sections.create(position=9, heading="戊", body="<p>戊文</p>")
    restore(revision, by=factories.staff(Role.EDITOR))
    assert content_of(article)["sections"] == was
    assert set(article.sections.values_list("pk", flat=True)) >= {first.pk, third.pk}


def test_credits_source_tags_channels_and_cover_come_back():
    further = factories.channel()
    article = factories.article(
        authors=("林一", "王二"),
        editors=("周禾", "吴青"),
        source="县报",
        tags=("乡村",),
        cover=factories.picture(),
    )
    article.further_channels.set([further])
    was = content_of(article)
    revision = freeze(article, by=None, now=timezone.now())
    article.author_credits.all().delete()
    article.editor_credits.first().delete()
    article.further_channels.clear()
    article.tags.set(["别的"])
    Article.objects.filter(pk=article.pk).update(
        source=None, cover=None, channel=factories.channel()
    )
    restored = restore(revision, by=factories.staff(Role.EDITOR))
    assert restored.left_out == ()
    assert content_of(restored.article) == was


def test_of_two_editors_with_one_name_the_one_already_credited_is_taken():
    article = factories.article(editors=())
    Editor.objects.create(name="周禾", desk="要闻")
    second = Editor.objects.create(name="周禾", desk="专题")
    ArticleEditor.objects.create(article=article, editor=second, position=1)
    revision = freeze(article, by=None, now=timezone.now())
    rewritten(article, NEW)
    restore(revision, by=factories.staff(Role.EDITOR))
    assert article.editors.get() == second


def test_what_no_longer_exists_is_left_out_and_said():
    gone = factories.channel()
    article = factories.article(
        authors=("林一",), source="县报", tags=("乡村",), cover=factories.picture()
    )
    article.further_channels.set([gone])
    picture = article.cover
    revision = freeze(article, by=None, now=timezone.now())
    article.author_credits.all().delete()
    article.further_channels.clear()
    Article.objects.filter(pk=article.pk).update(source=None, cover=None)
    for rows in (Author, Source, Tag):
        rows.objects.all().delete()
    Editor.objects.update(name="改名")
    gone.delete()
    picture.delete()
    restored = restore(revision, by=factories.staff(Role.EDITOR))
    assert restored.left_out == (
        "“同时引用到”里有 1 个频道已经删除，没有恢复。",
        "来源“县报”已经删除或改名，没有恢复。",
        "作者“林一”已经删除或改名，没有恢复。",
        "责任编辑“周禾”已经删除或改名，没有恢复。",
        "有 1 个标签已经删除，没有恢复。",
        "题图已经从图片库删除，没有恢复。",
    )


def test_what_was_changed_in_the_library_since_is_said():
    article = factories.article(source="县报", cover=factories.picture())
    revision = freeze(article, by=None, now=timezone.now())
    Source.objects.update(url="https://a.example/")
    type(article.cover).objects.update(caption="新图说")
    rewritten(article, NEW)
    restored = restore(revision, by=factories.staff(Role.EDITOR))
    assert restored.left_out == (
        "来源“县报”的网址后来改过，用现在的。",
        "题图的文字说明后来在图片库改过，用现在的。",
    )


def test_nobody_restores_a_story_into_a_channel_in_which_they_may_not_write():
    home, foreign = factories.channel(), factories.channel(name="远方")
    article = factories.article(channel=foreign)
    revision = freeze(article, by=None, now=timezone.now())
    Article.objects.filter(pk=article.pk).update(channel=home)
    person = factories.staff()
    factories.grant(person, Role.EDITOR, home)
    restored = restore(revision, by=person)
    assert restored.article.channel == home
    assert restored.left_out == ("你不能在频道“远方”写稿，频道保持不变。",)


def test_a_channel_that_became_a_link_takes_no_story_back():
    was = factories.channel(name="链接")
    article = factories.article(channel=was)
    revision = freeze(article, by=None, now=timezone.now())
    now_in = factories.channel()
    Article.objects.filter(pk=article.pk).update(channel=now_in)
    Channel.objects.filter(pk=was.pk).update(
        kind=Channel.Kind.LINK, link_url="https://a.example/"
    )
    restored = restore(revision, by=factories.staff(Role.EDITOR))
    assert restored.article.channel == now_in
    assert restored.left_out == (
        "频道“链接”现在是外部链接，不能放稿件，频道保持不变。",
    )


def test_restoring_a_story_under_review_gives_the_reviewers_a_new_revision():
    article = factories.article(body=OLD, channel=factories.channel(review_levels=1))
    first = freeze(article, by=None, now=timezone.now())
    rewritten(article, NEW)
    reviews.submit(article, by=factories.staff(Role.EDITOR))
    restore(first, by=factories.staff(Role.CHIEF))
    state = reviews.state_of(article)
    assert state.revision.content == first.content
    assert state.revision.number == 3


def test_names_of_nothing_are_empty():
    content = content_of(factories.article(channel=None))
    assert names_in(content).channels == {}
