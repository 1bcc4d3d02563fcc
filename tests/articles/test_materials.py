"""Pictures, galleries, files, sound and links in the text of a story."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.roles import Role
from articles import publishing
from articles.checklist import checklist
from articles.findings import Code
from articles.models import Enclosure, Illustration, Section
from articles.publishing import PublishingRefused
from articles.restoring import restore
from articles.snapshots import content_of, fingerprint
from tests import factories
from tests.admin_forms import fields_of, send, signed_in
from tests.articles.test_checklist import NOON
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db


def story(**fields):
    """Three sections, with headings 一 二 三."""
    made = factories.article(body="", **fields)
    for number, name in enumerate("一二三", start=1):
        Section.objects.create(
            article=made,
            position=number * 10,
            heading=name,
            body=f"<p>第{name}节的话。</p>",
        )
    return made


def illustrate(made, place, picture=None, **fields):
    fields.setdefault("position", made.illustrations.count() * 10 + 10)
    picture = picture or factories.picture(credit="林渡")
    return Illustration.objects.create(
        article=made, picture=picture, place=place, **fields
    )


def page_of(client, made):
    return parsed(client.get(f"/article/{made.pk}/"))


def order_of(page) -> list[str]:
    """Headings, pictures and lists of files as they follow one another."""
    found = page.xpath(
        "//*[contains(@class, 'prose')]//*[self::h2 or self::img or self::li/a]"
    )
    return [one.get("alt") or one.text_content().strip() for one in found]


def test_pictures_stand_after_the_sections_they_were_put_after(client):
    made = story()
    for place, alt in ((0, "文首"), (2, "中间"), (None, "文末"), (9, "更后")):
        illustrate(made, place, factories.picture(alt_text=alt, credit="林渡"))
    publishing.publish(made, by=None)
    page = page_of(client, made)
    assert order_of(page) == ["文首", "一", "二", "中间", "三", "文末", "更后"]


def test_empty_sections_do_not_move_what_stands_after_them(client):
    made = story()
    Section.objects.create(article=made, position=15)
    illustrate(made, 3, factories.picture(alt_text="桥", credit="林渡"))
    publishing.publish(made, by=None)
    assert order_of(page_of(client, made)) == ["一", "二", "桥", "三"]


def test_picture_says_its_caption_its_credit_and_that_a_machine_made_it(client):
    made = story()
    drawn = factories.picture(
        caption="想象中的新桥", credit="美术组", is_ai_generated=True
    )
    illustrate(made, 1, drawn)
    publishing.publish(made, by=None)
    (caption,) = words_of(page_of(client, made), ".prose figcaption")
    assert caption == "想象中的新桥 AI 生成 图片：美术组"


def test_lead_picture_made_by_a_machine_says_so(client):
    drawn = factories.picture(is_ai_generated=True)
    made = factories.article(cover=drawn, published=True)
    page = page_of(client, made)
    assert words_of(page, ".figure__ai") == ["AI 生成"]
    assert select(page, "link[href*=materials]")


def test_caption_of_the_story_stands_before_that_of_the_library(client):
    made = story()
    shown = factories.picture(caption="库里的图说", credit="林渡")
    illustrate(made, 1, shown, caption="这篇的图说")
    publishing.publish(made, by=None)
    (caption,) = words_of(page_of(client, made), ".prose figcaption")
    assert caption.startswith("这篇的图说")


def test_pictures_that_join_are_one_gallery_with_its_number(client):
    made = story()
    illustrate(made, 1)
    illustrate(made, 1, joins_previous=True)
    illustrate(made, 1, joins_previous=True)
    illustrate(made, 1)
    publishing.publish(made, by=None)
    page = page_of(client, made)
    (gallery,) = select(page, ".gallery")
    assert gallery.get("aria-label") == "图集，共 3 张"
    assert len(select(page, ".gallery figure")) == 3
    assert len(select(page, ".prose figure")) == 4


def test_files_are_offered_with_their_kind_and_weight(client):
    made = story()
    Enclosure.objects.create(article=made, document=factories.document())
    publishing.publish(made, by=None)
    page = page_of(client, made)
    (link,) = select(page, ".enclosures a")
    assert link.get("href").startswith("/media/documents/")
    assert link.get("download") is not None
    assert words_of(page, ".enclosures__facts") == ["PDF，1.2 MB"]


def test_video_has_poster_captions_and_transcript_and_loads_nothing_by_itself(client):
    made = story()
    shown = factories.recording(
        poster=factories.picture(),
        captions=ContentFile(b"WEBVTT", name="a.vtt"),
        transcript="闸门开了。",
    )
    Enclosure.objects.create(article=made, recording=shown, place=1)
    publishing.publish(made, by=None)
    page = page_of(client, made)
    (player,) = select(page, "video")
    assert player.get("preload") == "none"
    assert player.get("aria-label") == "开闸"
    assert player.get("poster").startswith("/media/renditions/")
    assert [track.get("kind") for track in select(page, "track")] == ["captions"]
    assert words_of(page, ".transcript p") == ["闸门开了。"]
    assert words_of(page, ".recording figcaption") == ["开闸 3:05"]


def test_other_sites_are_only_a_link_that_names_them(client):
    made = story()
    address = "https://video.example.cn/watch/7"
    Enclosure.objects.create(article=made, url=address, title="看开闸全程")
    publishing.publish(made, by=None)
    page = page_of(client, made)
    (link,) = select(page, ".enclosures a")
    assert link.get("href") == address
    assert "noreferrer" in link.get("rel")
    assert "video.example.cn" in words_of(page, ".enclosures__facts")[0]
    assert not page.xpath("//iframe | //embed | //object")


def test_words_around_pictures_are_in_the_script_of_the_edition(client):
    hans, hant = story(), story(script="zh-Hant")
    for made in (hans, hant):
        illustrate(made, 1, factories.picture(credit="林渡", alt_text="臺"))
        publishing.publish(made, by=None)
        text = parsed(client.get(f"/zh-hant/article/{made.pk}/"))
        assert words_of(text, ".prose .figure__credit") == ["圖片：林渡"]
        text = parsed(client.get(f"/article/{made.pk}/"))
        assert words_of(text, ".prose .figure__credit") == ["图片：林渡"]


def test_story_without_materials_loads_one_sheet_and_keeps_its_fingerprint(client):
    made = factories.article(published=True)
    assert len(select(page_of(client, made), "link[rel=stylesheet]")) == 1
    assert not {"illustrations", "enclosures"} & set(content_of(made))


def test_another_picture_is_another_text_to_sign():
    made = story()
    before = fingerprint(content_of(made))
    illustrate(made, 1)
    assert fingerprint(content_of(made)) != before


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"credit": ""}, Code.NO_PICTURE_CREDIT),
        ({"credit": "林渡", "rights": "unknown"}, Code.UNKNOWN_RIGHTS),
    ],
)
def test_check_speaks_of_pictures_in_the_text(fields, code):
    made = story()
    illustrate(made, 1, factories.picture(**fields))
    found = [finding.code for finding in checklist(content_of(made), at=NOON)]
    assert found == [code]


def test_decorative_picture_needs_neither_words_nor_credit():
    made = story()
    illustrate(made, 1, factories.picture(alt_text="", is_decorative=True))
    publishing.publish(made, by=None)


def test_picture_without_credit_holds_the_story_back():
    made = story()
    illustrate(made, 1, factories.picture())
    with pytest.raises(PublishingRefused, match="第 1 张插图没有写摄影或来源"):
        publishing.publish(made, by=factories.staff(Role.CHIEF))


def test_nobody_removes_what_readers_see():
    made = story()
    shown, offered = illustrate(made, 1).picture, factories.document()
    Enclosure.objects.create(article=made, document=offered)
    publishing.publish(made, by=None)
    made.illustrations.all().delete()
    made.enclosures.all().delete()
    for row in (shown, offered):
        with pytest.raises(ProtectedError):
            row.delete()


def test_restored_revision_has_its_materials_again():
    made = story()
    illustrate(made, 1)
    illustrate(made, 1, joins_previous=True, caption="桥头")
    Enclosure.objects.create(article=made, document=factories.document(), place=2)
    Enclosure.objects.create(article=made, url="https://a.example/", title="看看")
    publishing.publish(made, by=None)
    before = content_of(made)
    made.illustrations.all().delete()
    made.enclosures.all().delete()
    restore(made.revisions.first(), by=factories.staff(Role.CHIEF))
    made.refresh_from_db()
    after = content_of(made)
    assert after["illustrations"] == before["illustrations"]
    assert after["enclosures"] == before["enclosures"]


def test_replaced_picture_is_shown_in_the_stories_that_have_it(client):
    made = story()
    shown = illustrate(made, 1).picture
    publishing.publish(made, by=None)
    (before,) = select(page_of(client, made), ".prose img")
    shown.version, shown.is_ai_generated = 2, True
    shown.save()
    page = page_of(client, made)
    (after,) = select(page, ".prose img")
    assert after.get("src") != before.get("src")
    assert words_of(page, ".prose .figure__ai") == ["AI 生成"]


def test_row_is_one_thing_and_a_link_has_words():
    made = story()
    for fields in (
        {},
        {"url": "https://a.example/"},
        {
            "document": factories.document(),
            "url": "https://a.example/",
            "title": "看看",
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enclosure.objects.create(article=made, **fields)


def test_editor_puts_a_picture_and_a_file_into_the_text():
    made = story()
    picture, offered = factories.picture(credit="林渡"), factories.document()
    client = signed_in(Role.EDITOR)
    address = reverse("admin:articles_article_change", args=[made.pk])
    send(
        client,
        address,
        {
            "illustrations-TOTAL_FORMS": "1",
            "illustrations-0-picture": str(picture.pk),
            "illustrations-0-place": "1",
            "enclosures-TOTAL_FORMS": "1",
            "enclosures-0-document": str(offered.pk),
        },
    )
    content = content_of(made)
    assert [one["place"] for one in content["illustrations"]] == [1]
    assert [one["title"] for one in content["enclosures"]] == ["汛期值班表"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "看看"}, "选一个附件、一段音视频，或者写站外网址。"),
        ({"url": "https://a.example/"}, "写上读者看到的文字。"),
    ],
)
def test_incomplete_row_is_refused_with_a_sentence_and_kept(fields, sentence):
    made = story()
    client = signed_in(Role.EDITOR)
    address = reverse("admin:articles_article_change", args=[made.pk])
    data = fields_of(client, address) | {
        "enclosures-TOTAL_FORMS": "1",
        **{f"enclosures-0-{name}": value for name, value in fields.items()},
        "_continue": "1",
    }
    response = client.post(address, data)
    assert sentence in response.content.decode()
    for value in fields.values():
        assert value in response.content.decode()


def test_preview_shows_what_is_not_saved_yet():
    made = story()
    picture = factories.picture(alt_text="还没存的图", credit="林渡")
    client = signed_in(Role.EDITOR)
    address = reverse("admin:articles_article_change", args=[made.pk])
    data = fields_of(client, address) | {
        "illustrations-TOTAL_FORMS": "1",
        "illustrations-0-picture": str(picture.pk),
        "illustrations-0-place": "1",
    }
    preview = reverse("admin:articles_article_preview", args=[made.pk])
    assert "还没存的图" in client.post(preview, data).content.decode()
    assert not made.illustrations.exists()


def test_withdrawn_story_takes_its_own_pictures_along():
    made, other = story(), story()
    own, shared = factories.picture(credit="林渡"), factories.picture(credit="林渡")
    for picture in (own, shared):
        illustrate(made, 1, picture)
    illustrate(other, 1, shared)
    for one in (made, other):
        publishing.publish(one, by=None)
    keys = own.key, shared.key
    publishing.withdraw(made, by=None)
    own.refresh_from_db()
    shared.refresh_from_db()
    assert own.key != keys[0]
    assert shared.key == keys[1]
