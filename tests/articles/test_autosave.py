"""What is typed is kept apart from the story, put back on demand, and others are seen."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles import sessions
from articles.models import Article, EditingSession
from tests import factories
from tests.admin_forms import fields_of, send, signed_in

pytestmark = pytest.mark.django_db

AUTOSAVE = reverse("admin:articles_article_autosave")
ADD = reverse("admin:articles_article_add")


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def opened(client: Client, url: str, **typed: str) -> dict:
    """The form at this address with something typed into it."""
    return fields_of(client, url) | typed


def autosave(client: Client, form: dict, turn: int | None = 1):
    return client.post(AUTOSAVE, form | ({"turn": str(turn)} if turn else {}))


def recover(client: Client, url: str):
    return client.post(url, {"_recover": str(sessions.kept_by(client.user).get().pk)})


def grow_old(**fields: datetime.timedelta) -> None:
    now = timezone.now()
    EditingSession.objects.update(**{name: now - age for name, age in fields.items()})


def test_typed_text_is_kept_and_the_story_stays_as_it_is():
    client, story = signed_in(Role.EDITOR), factories.article(title="初稿")
    form = opened(client, page_of(story), title="我的题")
    answer = autosave(client, form).json()
    assert answer["kept_at"]
    assert Article.objects.get(pk=story.pk).title == "初稿"
    values = sessions.typed_values(sessions.kept_by(client.user).get())
    assert values["title"] == ["我的题"]


def test_only_fields_of_the_form_are_kept():
    client, story = signed_in(Role.EDITOR), factories.article()
    form = opened(client, page_of(story), **{"evil": "x", "sections-0-evil": "x"})
    autosave(client, form)
    names = set(sessions.typed_values(sessions.kept_by(client.user).get()))
    assert "sections-0-body" in names
    assert names.isdisjoint({"evil", "sections-0-evil", "csrfmiddlewaretoken", "turn"})


def test_text_of_a_story_that_one_may_not_write_is_refused_and_not_kept():
    client, story = signed_in(Role.REPORTER), factories.article()
    form = opened(client, ADD, title="我的题") | {"story": str(story.pk)}
    assert autosave(client, form).status_code == 403
    assert not EditingSession.objects.exists()


def test_text_of_a_new_story_is_kept_only_for_those_who_may_write_one():
    form = {"tab": str(uuid.uuid4()), "story": "", "title": "题"}
    assert autosave(signed_in(None), form).status_code == 403
    assert not EditingSession.objects.exists()


def test_absurdly_long_text_is_not_kept():
    client = signed_in(Role.EDITOR)
    form = opened(client, ADD, standfirst="长" * 400_000)
    assert autosave(client, form).status_code == 413
    assert not EditingSession.objects.exists()


@pytest.mark.parametrize("tab", ["", "x" * 36, "'; drop table"])
def test_text_without_a_proper_tab_is_not_kept(tab):
    client = signed_in(Role.EDITOR)
    response = autosave(client, opened(client, ADD) | {"tab": tab})
    assert response.status_code == 400
    assert not EditingSession.objects.exists()


def test_two_tabs_keep_their_texts_apart():
    client, story = signed_in(Role.EDITOR), factories.article()
    for title in ("左边", "右边"):
        autosave(client, opened(client, page_of(story), title=title))
    kept = [sessions.typed_values(text) for text in sessions.kept_by(client.user)]
    assert {values["title"][0] for values in kept} == {"左边", "右边"}


def test_text_that_was_overtaken_changes_nothing():
    client, story = signed_in(Role.EDITOR), factories.article()
    form = opened(client, page_of(story), title="新的")
    autosave(client, form, turn=7)
    response = autosave(client, form | {"title": "旧的"}, turn=6)
    assert (response.status_code, response.json()) == (409, {"turn": 7})
    values = sessions.typed_values(sessions.kept_by(client.user).get())
    assert values["title"] == ["新的"]


def test_save_lets_go_of_the_text_and_a_late_one_does_not_bring_it_back():
    client, story = signed_in(Role.EDITOR), factories.article()
    form = opened(client, page_of(story), title="我的题")
    autosave(client, form)
    client.post(page_of(story), form | {"_continue": "1"})
    assert not sessions.kept_by(client.user).exists()
    assert autosave(client, form, turn=9).json() == {"closed": True}
    assert not sessions.kept_by(client.user).exists()


def test_save_of_one_tab_leaves_the_text_of_the_other():
    client, story = signed_in(Role.EDITOR), factories.article()
    left, right = (opened(client, page_of(story), title=word) for word in "左右")
    autosave(client, left)
    autosave(client, right)
    client.post(page_of(story), left | {"_continue": "1"})
    assert sessions.typed_values(sessions.kept_by(client.user).get())["title"] == ["右"]


def test_page_offers_kept_text_to_its_writer_and_to_nobody_else():
    client, story = signed_in(Role.EDITOR), factories.article()
    autosave(client, opened(client, page_of(story), title="我的题"))
    assert "未保存的内容" in client.get(page_of(story)).content.decode()
    other = signed_in(Role.CHIEF)
    assert "未保存的内容" not in other.get(page_of(story)).content.decode()
    kept = sessions.kept_by(client.user).get()
    for name in ("kept", "discard"):
        url = reverse(f"admin:articles_article_{name}", args=[kept.pk])
        assert other.post(url).status_code == 404
    assert sessions.kept_by(client.user).exists()


def test_recovered_text_is_in_the_form_and_not_yet_saved():
    client, story = signed_in(Role.EDITOR), factories.article(title="初稿")
    row = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-heading": "新的一节",
        "sections-1-position": "20",
    }
    autosave(client, opened(client, page_of(story), title="", **row))
    response = recover(client, page_of(story))
    form = response.context["adminform"].form
    assert response.status_code == 200
    assert not form.errors
    assert form["title"].value() == ""
    rows = response.context["inline_admin_formsets"][0].formset
    assert rows[1]["heading"].value() == "新的一节"
    assert Article.objects.get(pk=story.pk).title == "初稿"
    assert sessions.kept_by(client.user).exists()


def test_saving_recovered_text_lets_go_of_it():
    client, story = signed_in(Role.EDITOR), factories.article(title="初稿")
    autosave(client, opened(client, page_of(story), title="我的题"))
    page = recover(client, page_of(story))
    kept = page.context["saving"]
    form = opened(client, page_of(story), title="我的题")
    form |= {"tab": kept["tab"], "kept": str(kept["kept_id"])}
    client.post(page_of(story), form | {"_continue": "1"})
    assert Article.objects.get(pk=story.pk).title == "我的题"
    assert not sessions.kept_by(client.user).exists()


def test_recovered_text_does_not_overwrite_what_was_saved_meanwhile():
    client, story = signed_in(Role.EDITOR), factories.article(title="初稿")
    form = opened(client, page_of(story), title="我的题")
    autosave(client, form)
    other = signed_in(Role.CHIEF, display_name="李四")
    send(other, page_of(story), {"title": "别人的题"})
    assert "期间 李四 改过" in client.get(page_of(story)).content.decode()
    page = recover(client, page_of(story))
    form |= {"version": str(page.context["saving"]["version"])}
    response = client.post(page_of(story), form | {"_continue": "1"})
    assert response.status_code == 409
    assert Article.objects.get(pk=story.pk).title == "别人的题"


def test_text_of_a_new_story_is_offered_on_its_page_and_put_back():
    client = signed_in(Role.REPORTER)
    autosave(client, opened(client, ADD, title="没保存的新稿"))
    assert "没保存的新稿" in client.get(ADD).content.decode()
    page = recover(client, ADD)
    assert page.context["adminform"].form["title"].value() == "没保存的新稿"
    assert not Article.objects.exists()


def test_text_of_one_story_is_not_put_into_another():
    client = signed_in(Role.EDITOR)
    story, other = factories.article(), factories.article(title="另一篇")
    autosave(client, opened(client, page_of(story), title="我的题"))
    kept = sessions.kept_by(client.user).get()
    response = client.post(page_of(other), {"_recover": str(kept.pk)}, follow=True)
    assert "已经不在了" in response.content.decode()
    assert Article.objects.get(pk=other.pk).title == "另一篇"


def test_kept_text_is_shown_beside_the_stored_one():
    client, story = signed_in(Role.EDITOR), factories.article(title="初稿")
    autosave(client, opened(client, page_of(story), title="我的题"))
    kept = sessions.kept_by(client.user).get()
    page = client.get(reverse("admin:articles_article_kept", args=[kept.pk]))
    assert "我的题" in page.content.decode()
    assert "初稿" in page.content.decode()


def test_kept_text_of_a_story_that_one_no_longer_sees_is_not_shown():
    client = signed_in(Role.REPORTER)
    story = factories.article(created_by=client.user)
    autosave(client, opened(client, page_of(story), title="我的题"))
    Article.objects.update(created_by=None)
    kept = sessions.kept_by(client.user).get()
    url = reverse("admin:articles_article_kept", args=[kept.pk])
    assert client.get(url).status_code == 403


def test_discarded_text_is_gone():
    client, story = signed_in(Role.EDITOR), factories.article()
    autosave(client, opened(client, page_of(story), title="我的题"))
    kept = sessions.kept_by(client.user).get()
    url = reverse("admin:articles_article_discard", args=[kept.pk])
    assert client.get(url).status_code == 405
    client.post(url)
    assert not sessions.kept_by(client.user).exists()


def test_texts_go_after_thirty_days_and_not_before():
    client, story = signed_in(Role.EDITOR), factories.article()
    autosave(client, opened(client, page_of(story), title="我的题"))
    grow_old(kept_at=datetime.timedelta(days=29), seen_at=datetime.timedelta(days=29))
    sessions.prune(timezone.now())
    assert sessions.kept_by(client.user).exists()
    grow_old(kept_at=datetime.timedelta(days=31))
    sessions.prune(timezone.now())
    assert not EditingSession.objects.exists()


def test_others_are_seen_at_the_story_for_forty_five_seconds():
    story = factories.article()
    me, other = signed_in(Role.EDITOR), signed_in(Role.CHIEF, display_name="李四")
    form = opened(me, page_of(story))
    autosave(other, opened(other, page_of(story)), turn=None)
    assert autosave(me, form, turn=None).json()["present"] == "李四 打开着这篇稿件"
    assert "李四 打开着这篇稿件" in me.get(page_of(story)).content.decode()
    grow_old(seen_at=datetime.timedelta(seconds=46))
    assert autosave(me, form, turn=None).json()["present"] == ""


def test_it_says_how_long_ago_the_other_typed():
    story = factories.article()
    me, other = signed_in(Role.EDITOR), signed_in(Role.CHIEF, display_name="李四")
    autosave(other, opened(other, page_of(story), title="别人的题"))
    grow_old(kept_at=datetime.timedelta(seconds=130))
    answer = autosave(me, opened(me, page_of(story)), turn=None).json()
    assert answer["present"] == "李四 正在编辑（2 分钟前）"


def test_own_other_tab_is_named_as_such():
    client, story = signed_in(Role.EDITOR), factories.article()
    autosave(client, opened(client, page_of(story)), turn=None)
    answer = autosave(client, opened(client, page_of(story)), turn=None).json()
    assert answer["present"] == "你在另一个标签页打开着这篇稿件"


def test_it_says_that_somebody_saved_meanwhile():
    story = factories.article()
    me, other = signed_in(Role.EDITOR), signed_in(Role.CHIEF, display_name="李四")
    form = opened(me, page_of(story))
    send(other, page_of(story), {"title": "别人的题"})
    answer = autosave(me, form, turn=None).json()
    assert answer["saved"] == "李四 刚保存了新的一版。"
    assert autosave(other, opened(other, page_of(story))).json()["saved"] == ""


def test_typed_text_of_a_deleted_story_is_kept_as_one_of_a_new_story():
    client, story = signed_in(Role.EDITOR), factories.article()
    form = opened(client, page_of(story), title="我的题")
    story.delete()
    assert autosave(client, form).status_code == 200
    assert "我的题" in client.get(ADD).content.decode()


def test_nobody_keeps_texts_without_end(monkeypatch):
    monkeypatch.setattr(sessions, "MOST_KEPT", 2)
    client = signed_in(Role.EDITOR)
    answers = [autosave(client, opened(client, ADD)).status_code for _ in range(3)]
    assert answers == [200, 200, 422]


def test_text_is_kept_by_post_and_with_a_token_only():
    client = signed_in(Role.EDITOR)
    assert client.get(AUTOSAVE).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(client.user)
    assert autosave(strict, {"tab": str(uuid.uuid4())}).status_code == 403
    assert not EditingSession.objects.exists()
