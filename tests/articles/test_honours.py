"""The honour of a person in a gallery: written on the desk, frozen, and as readers get it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles import duplicating, publishing, sessions
from articles.admin.comparison import comparison_of
from articles.checklist import checklist
from articles.findings import Code
from articles.models import Article, Honour
from articles.restoring import restore
from articles.snapshots import content_of, fingerprint
from channels.models import Channel
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
YEAR = timezone.localdate().year
FILLED = {
    "honour-0-title": "樟溪好人",
    "honour-0-year": str(YEAR),
    "honour-0-awarded_by": "樟溪好人评议会",
    "honour-0-role": "摆渡人",
}


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def in_gallery(**fields) -> Article:
    """A desk copy in a gallery, without an honour."""
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    return factories.article(**{"title": "褚长河", "channel": gallery, **fields})


def honour_of(story: Article) -> Honour:
    return Honour.objects.get(article=story)


def opened(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return parsed(response)


def with_portrait(**honour) -> Article:
    cover = factories.picture(alt_text="一个人的照片", caption="在船头", credit="苏禾")
    return factories.person(title="褚长河", cover=cover, honour=honour)


def test_story_without_honour_keeps_the_fingerprint_it_had():
    assert "honour" not in content_of(factories.article())


def test_honour_is_part_of_what_is_signed():
    story = factories.person(published=False, honour={"role": "木匠"})
    before = content_of(story)
    Honour.objects.update(role="船工")
    assert before["honour"]["role"] == "木匠"
    assert fingerprint(content_of(story)) != fingerprint(before)


def test_form_in_a_gallery_takes_an_honour():
    story = in_gallery()
    response = send(signed_in(Role.EDITOR), page_of(story), FILLED)
    assert said(response)
    honour = honour_of(story)
    assert (honour.title, honour.year, honour.role) == ("樟溪好人", YEAR, "摆渡人")
    assert (honour.portrait, honour.is_deceased) == ("shown", False)


def test_honour_left_blank_is_none():
    story = in_gallery()
    send(signed_in(Role.EDITOR), page_of(story), {"title": "褚长河船工"})
    assert Article.objects.get().title == "褚长河船工"
    assert not Honour.objects.exists()


def test_other_stories_have_no_form_for_an_honour_but_a_hint():
    client, story = signed_in(Role.EDITOR), factories.article()
    assert "honour-TOTAL_FORMS" not in fields_of(client, page_of(story))
    assert "保存以后在“图片”下面填荣誉" in client.get(page_of(story)).content.decode()


def test_new_story_of_a_gallery_can_begin_with_its_honour():
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    client = signed_in(Role.EDITOR)
    url = f"{reverse('admin:articles_article_add')}?channel={gallery.pk}"
    send(client, url, {"title": "褚长河", **FILLED})
    assert honour_of(Article.objects.get()).title == "樟溪好人"


@pytest.mark.parametrize("asked", ["x", "9" * 5000, "0", ""])
def test_new_story_of_no_gallery_has_no_form_for_an_honour(asked):
    url = reverse("admin:articles_article_add")
    client = signed_in(Role.EDITOR)
    page = client.get(url, {"channel": asked})
    assert page.status_code == 200
    assert "honour-TOTAL_FORMS" not in page.content.decode()


def test_honour_can_be_taken_away_after_the_story_left_the_gallery():
    story = factories.person(published=False)
    story.channel = factories.channel()
    story.save()
    send(signed_in(Role.EDITOR), page_of(story), {"honour-0-DELETE": "on"})
    assert not Honour.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "26", "年份写四位数"),
        ("year", str(YEAR + 1), "年份写四位数"),
        ("revoked_on", "2999-01-01", "撤销日期不能在今天以后"),
    ],
)
def test_impossible_years_and_days_are_refused(field, value, sentence):
    story = in_gallery()
    response = send(
        signed_in(Role.EDITOR), page_of(story), FILLED | {f"honour-0-{field}": value}
    )
    assert sentence in response.content.decode()
    assert not Honour.objects.exists()


def test_typed_honour_is_kept_and_put_back():
    story, client = in_gallery(), signed_in(Role.EDITOR)
    typed = fields_of(client, page_of(story)) | FILLED
    client.post(reverse("admin:articles_article_autosave"), typed | {"turn": "1"})
    assert not Honour.objects.exists()
    kept = sessions.kept_by(client.user).get()
    beside = client.get(reverse("admin:articles_article_kept", args=[kept.pk]))
    assert "身份：摆渡人" in beside.content.decode()
    form = parsed(client.post(page_of(story), {"_recover": str(kept.pk)}))
    assert select(form, "[name=honour-0-role]")[0].get("value") == "摆渡人"


def test_typed_honour_is_on_the_preview():
    story, client = in_gallery(), signed_in(Role.EDITOR)
    typed = fields_of(client, page_of(story)) | FILLED
    page = client.post(
        reverse("admin:articles_article_preview", args=[story.pk]), typed
    )
    assert words_of(parsed(page), ".honour__title") == ["樟溪好人"]


def conflict(story: Article, mine: dict, theirs: dict) -> tuple[Client, dict]:
    """Two people open the story; the other saves first."""
    me, other = signed_in(Role.CHIEF), signed_in(Role.CHIEF)
    typed = fields_of(me, page_of(story)) | mine
    data = fields_of(other, page_of(story)) | theirs
    other.post(page_of(story), data | {"_continue": "1"})
    return me, typed


def overwrite(me: Client, story: Article, typed: dict):
    version = Article.objects.get(pk=story.pk).version
    return me.post(page_of(story), typed | {"_overwrite": str(version)})


def test_two_honours_meet_in_one_row():
    story = in_gallery()
    me, typed = conflict(story, FILLED, FILLED | {"honour-0-role": "船工"})
    refused = me.post(page_of(story), typed | {"_continue": "1"})
    assert refused.status_code == 409
    assert "身份：船工" in refused.content.decode()
    assert honour_of(story).role == "船工"
    assert overwrite(me, story, typed).status_code == 302
    assert honour_of(story).role == "摆渡人"


def test_blank_honour_overwrites_the_other_with_none():
    story = in_gallery()
    me, typed = conflict(story, {"title": "我的题"}, FILLED)
    assert overwrite(me, story, typed).status_code == 302
    assert not Honour.objects.exists()


def test_form_that_had_no_place_for_an_honour_leaves_it_alone():
    story = factories.article()
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    me = signed_in(Role.CHIEF)
    typed = fields_of(me, page_of(story)) | {"title": "我的题"}
    other = signed_in(Role.CHIEF)
    send(other, page_of(story), {"channel": gallery.pk})
    send(other, page_of(story), FILLED)
    assert overwrite(me, story, typed).status_code == 302
    assert Article.objects.get(pk=story.pk).title == "我的题"
    assert honour_of(story).title == "樟溪好人"


def test_revisions_tell_what_became_of_an_honour():
    story = factories.person(published=False, honour={"role": "木匠"})
    before = content_of(story)
    Honour.objects.update(role="船工", revoked_on=datetime.date(2026, 3, 18))
    change = comparison_of(before, content_of(story)).fields[0]
    assert change.label == "荣誉"
    texts = "".join(run.text for run in change.runs)
    assert "身份：木匠" in texts
    assert "2026年3月18日撤销" in texts


def test_restoring_brings_the_honour_back_or_takes_it_away():
    story = in_gallery(published=True)
    without = story.revisions.get()
    told = {"title": "樟溪好人", "year": 2024, "revoked_on": datetime.date(2026, 3, 18)}
    Honour.objects.create(article=story, **told)
    publishing.replace(story, by=None)
    editor = factories.staff(Role.CHIEF)
    restore(without, by=editor)
    assert not Honour.objects.exists()
    restore(story.revisions.get(number=2), by=editor)
    honour = honour_of(story)
    assert (honour.year, honour.revoked_on) == (2024, datetime.date(2026, 3, 18))


def test_copy_and_template_take_the_honour_along():
    story = factories.person(honour={"role": "木匠"})
    editor = factories.staff(Role.CHIEF)
    copy = duplicating.duplicate(story, by=editor).article
    template = duplicating.keep_template(story, "好人", by=editor)
    begun = duplicating.start_from(template, by=editor).article
    assert {honour_of(made).role for made in (copy, begun)} == {"木匠"}


def test_gallery_story_without_honour_is_warned_of():
    codes = [finding.code for finding in checklist(content_of(in_gallery()), at=NOW)]
    assert Code.NO_HONOUR in codes
    for story in (factories.person(published=False), factories.article()):
        found = checklist(content_of(story), at=NOW)
        assert Code.NO_HONOUR not in [finding.code for finding in found]


def test_words_of_an_honour_are_proofread():
    story = factories.person(published=False, honour={"awarded_by": "评议会,县里"})
    targets = [finding.target for finding in checklist(content_of(story), at=NOW)]
    assert "honour" in targets


def test_who_signs_reads_the_honour(client):
    story = factories.person(published=False, honour={"awarded_by": "评议会"})
    publishing.publish(story, by=None)
    editor = signed_in(Role.EDITOR)
    url = reverse("admin:articles_article_revision", args=[story.pk, 1])
    facts = words_of(opened(editor, url), ".reading__facts")
    assert f"荣誉：樟溪好人；授予单位：评议会；{YEAR}年" in facts


def test_page_of_a_person_tells_of_the_honour(client):
    story = with_portrait(
        awarded_by="评议会", year=2024, category="助人为乐", role="摆渡人"
    )
    page = opened(client, f"/article/{story.pk}/")
    assert words_of(page, ".honour h2") == ["樟溪好人"]
    assert words_of(page, ".honour__fact") == [
        "授予单位 评议会",
        "年份 2024年",
        "类别 助人为乐",
        "身份 摆渡人",
    ]
    portrait = select(page, "img.honour__portrait")[0]
    assert portrait.get("alt") == "褚长河，摆渡人"
    assert not select(page, ".figure")


def test_portrait_without_a_role_keeps_the_words_of_the_library(client):
    page = opened(client, f"/article/{with_portrait().pk}/")
    assert select(page, "img.honour__portrait")[0].get("alt") == "一个人的照片"


def pages_with(story: Article) -> list[str]:
    return [
        "/",
        "/feed/",
        "/tag/渡口/",
        f"/article/{story.pk}/",
        story.channel.get_absolute_url(),
        story.editors.get().get_absolute_url(),
    ]


@pytest.mark.parametrize(
    ("honour", "sentence"),
    [
        ({"portrait": "minor"}, "未成年人，不展示照片"),
        ({"portrait": "family"}, "应家属要求不展示照片"),
        (
            {"revoked_on": datetime.date(2026, 3, 18)},
            "该称号已于 2026年3月18日 撤销",
        ),
    ],
)
def test_portrait_that_is_not_to_be_shown_is_nowhere(client, honour, sentence):
    story = with_portrait(role="摆渡人")
    story.tags.set(["渡口"])
    publishing.replace(story, by=None)
    file = story.cover.key
    pages = {
        path: file in client.get(path).content.decode() for path in pages_with(story)
    }
    assert sum(pages.values()) >= 4
    Honour.objects.update(**honour)
    publishing.replace(story, by=None)
    for path in pages:
        text = client.get(path).content.decode()
        is_held_up = path != "/" or "revoked_on" not in honour
        assert ("褚长河" in text) is is_held_up, path
        assert file not in text, path
        assert "苏禾" not in text, path
    page = opened(client, f"/article/{story.pk}/")
    assert sentence in words_of(page, ".honour")[0]


def test_name_of_the_dead_says_so(client):
    story = factories.person(title="褚长河", honour={"is_deceased": True})
    page = opened(client, f"/article/{story.pk}/")
    assert words_of(page, "h1")[0].replace(" ", "") == "褚长河（已故）"


def test_changed_honour_is_an_update_of_the_text():
    story = factories.person(published_at=NOW - datetime.timedelta(days=9))
    Honour.objects.update(revoked_on=timezone.localdate())
    publishing.replace(story, by=None)
    assert story.published.get(visible_until=None).text_updated_at
