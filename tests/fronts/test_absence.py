"""Whether a withdrawn story is gone from every place, and how the check finds one it is not."""

import datetime

import pytest
from django.http import HttpResponse
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from accounts.roles import Role
from articles import previews, publishing
from articles.models import AbsenceCheck
from articles.refusals import Refused
from fronts import absence, surfaces
from pictures.models import Picture
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import parsed, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
TITLE = "樟溪村的新桥合龙"
BODY = "<p>昨天下午三点，樟溪村的新桥在雨里合龙。</p>"


def withdrawn(**words):
    """A withdrawn story among others of its channel; returns the withdrawal."""
    parent = factories.channel(name="乡村")
    below = factories.channel(name="农事", parent=parent)
    for number in range(3):
        factories.article(
            channel=below, tags=("桥",), published_at=NOW - (number * 2 + 1) * HOUR
        )
    story = factories.article(
        **{"title": TITLE, "body": BODY, "channel": below, "tags": ("桥",)} | words
    )
    publishing.publish(story, by=None, now=NOW - 2 * HOUR)
    return publishing.withdraw(story, by=None, public_note="时间有误。")


def rows(check: AbsenceCheck, surface: str) -> list[dict]:
    return [row for row in check.surfaces if row["surface"].startswith(surface)]


def faults(check: AbsenceCheck) -> set[str]:
    return {row["address"] for row in check.surfaces if not row["clean"]}


@pytest.fixture
def only(monkeypatch):
    """Look at some kinds of places only: a page of each edition takes its time."""
    return lambda *surfaces: monkeypatch.setattr(absence, "SURFACES", list(surfaces))


@pytest.fixture
def hurry(monkeypatch):
    """Do not wait for a place that will never be clean."""
    monkeypatch.setattr(absence, "LIMIT", 0)


def test_withdrawn_story_is_gone_from_every_place():
    check = absence.check(withdrawn())
    assert faults(check) == set()
    kinds = {row["surface"].split(" · ")[0] for row in check.surfaces}
    assert {"文章页", "首页", "频道“农事”", "频道“乡村”", "标签“桥”"} <= kinds
    assert {"全站订阅", "频道“农事”订阅", "网站地图", "更正与撤稿"} <= kinds
    for surface in ("分享页", "二维码", "分享图", "方形分享图"):
        assert len(rows(check, f"{surface} · ")) == 4
    assert len(rows(check, "上下篇")) == 8
    assert len(rows(check, "相关文章")) == 3
    for edition in ("", "/zh-hant", "/zh-tw", "/zh-hk"):
        article = check.withdrawal.article_id
        assert f"{edition}/article/{article}/" in {
            row["address"] for row in check.surfaces
        }
    assert AbsenceCheck.objects.get() == check


def test_seconds_count_from_the_withdrawal(only):
    only(surfaces.sitemap, surfaces.home_page)
    withdrawal = withdrawn()
    check = absence.check(
        withdrawal, withdrawal.withdrawn_at + datetime.timedelta(seconds=100)
    )
    assert 100 < check.seconds < 105
    assert check.seconds == max(row["seconds"] for row in check.surfaces)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3.61, "3.6 秒"), (61, "1 分钟"), (7300, "2 小时"), (200_000, "2 天")],
)
def test_time_until_gone_is_said_in_words(seconds, words):
    assert absence.span_in_words(seconds) == words


def test_page_that_still_shows_the_story_is_reported(hurry, only, monkeypatch):
    only(surfaces.home_page, surfaces.story_pages)
    withdrawal = withdrawn()
    kept = f"<h1>{TITLE}</h1>"
    monkeypatch.setattr("fronts.views.home.render", lambda *_, **__: HttpResponse(kept))
    check = absence.check(withdrawal)
    found = {row["why"] for row in rows(check, "首页")}
    assert found == {"还能看到这篇稿件的标题。"}
    assert "/zh-tw/" in faults(check)
    assert not any(row["why"] for row in rows(check, "文章页"))


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<h1>樟溪村的<b>新桥</b>合龙</h1>", "还能看到这篇稿件的标题。"),
        ('<meta content="樟溪村的新桥合龙">', "还能看到这篇稿件的标题。"),
        ("<h1>樟溪村的新橋合龍</h1>", "还能看到这篇稿件的标题。"),
        ("<p>昨天下午三点，樟溪村的新桥在雨里合龙。</p>", "还能看到这篇稿件的正文。"),
        ('<a href="/article/{}/">一篇</a>', "还有到这篇稿件的链接。"),
        ('<a href="/article/1{}/">别的一篇</a>', ""),
        ('<at:deleted-entry ref="http://x/article/{}/"></at:deleted-entry>', ""),
        ("<p>时间有误。</p>", ""),
    ],
)
def test_what_gives_the_story_away(monkeypatch, markup, why):
    withdrawal = withdrawn()
    kept = markup.replace("{}", str(withdrawal.article_id))
    monkeypatch.setattr(absence, "ask", lambda _: (200, kept))
    subject = absence.subject_of(withdrawal, NOW + HOUR)
    assert absence.fault_of(surfaces.Place("首页", "/"), subject) == why


def test_story_page_that_does_not_say_410_is_reported(hurry, only, monkeypatch):
    only(surfaces.story_pages)
    withdrawal = withdrawn()
    monkeypatch.setattr(
        "articles.views.story.render", lambda *_, **__: HttpResponse("空")
    )
    found = rows(absence.check(withdrawal), "文章页")
    assert [row["why"] for row in found] == ["应当是“已撤回”（410），实际是 200。"] * 4


def test_page_that_fails_is_not_called_clean(hurry, only, monkeypatch):
    only(surfaces.home_page)
    withdrawal = withdrawn()
    monkeypatch.setattr("fronts.home.newest_of", None)
    found = rows(absence.check(withdrawal), "首页")
    assert {row["why"] for row in found} == {"页面出错（500），不能判断。"}


def test_list_page_on_which_it_stood_is_asked(only, monkeypatch):
    only(surfaces.channel_pages)
    monkeypatch.setattr("fronts.views.channel.PAGE_SIZE", 1)
    monkeypatch.setattr("fronts.surfaces.PAGE_SIZE", 1)
    withdrawal = withdrawn()
    place = reverse("fronts:channel", args=[withdrawal.article.channel.slug])
    addresses = {row["address"] for row in absence.check(withdrawal).surfaces}
    assert f"{place}?page=2" in addresses


def _one_page(_: surfaces.Subject) -> list[surfaces.Place]:
    return [surfaces.Place("首页", "/")]


def test_place_is_asked_again_until_it_is_clean(monkeypatch):
    withdrawal = withdrawn()
    answers = iter([f"<p>{TITLE}</p>", f"<p>{TITLE}</p>"])
    monkeypatch.setattr(absence, "PAUSE", 0)
    monkeypatch.setattr(absence, "SURFACES", [_one_page])
    monkeypatch.setattr(absence, "ask", lambda _: (200, next(answers, "")))
    assert faults(absence.check(withdrawal)) == set()
    assert next(answers, None) is None


def test_words_that_another_story_has_too_prove_nothing(hurry, only):
    only(surfaces.home_page, surfaces.channel_pages)
    withdrawal = withdrawn()
    factories.article(title=TITLE, published=True)
    assert faults(absence.check(withdrawal)) == set()


def test_picture_of_this_story_only_is_listed_while_it_can_be_opened(only):
    only(surfaces.sitemap, surfaces.pictures)
    own, shared = factories.picture(title="合龙"), factories.picture(title="公用")
    factories.article(cover=shared, published=True)
    withdrawal = withdrawn(cover=own)
    # As it was with stories that were withdrawn before their pictures were closed.
    Picture.objects.update(old_keys=[])
    (row,) = rows(absence.check(withdrawal), "图片")
    assert row["surface"] == "图片“合龙”"
    assert row["why"].startswith("图片仍可打开（")
    assert row["address"].startswith("/media/renditions/")
    assert rows(absence.check(withdrawn(cover=shared)), "图片") == []


def test_picture_of_a_withdrawn_story_cannot_be_opened_where_readers_had_it(only):
    only(surfaces.pictures)
    own = factories.picture()
    (row,) = rows(absence.check(withdrawn(cover=own)), "图片")
    assert row["clean"]
    assert own.key in row["address"]


def test_preview_link_that_still_works_is_listed_without_its_key(only):
    only(surfaces.preview_links)
    withdrawal = withdrawn()
    chief = factories.staff(Role.CHIEF)
    kept = previews.share(withdrawal.article, days=1, by=chief)
    previews.revoke(previews.share(withdrawal.article, days=1, by=chief), by=chief)
    (row,) = absence.check(withdrawal).surfaces
    assert row["why"] == "拿到链接的人还能打开，请收回这个链接。"
    assert kept.key not in row["address"]
    kept.refresh_from_db()
    assert kept.views == 0


def test_place_that_waiting_cannot_mend_is_asked_once(only):
    only(surfaces.sitemap, surfaces.pictures)
    withdrawal = withdrawn(cover=factories.picture())
    assert absence.check(withdrawal).seconds < absence.LIMIT


def test_check_leaves_the_thread_as_it_found_it(only):
    only(surfaces.home_page)
    absence.check(withdrawn())
    assert get_script_prefix() == "/"


def test_story_shown_again_is_not_checked():
    withdrawal = withdrawn()
    publishing.publish(withdrawal.article, by=None)
    with pytest.raises(Refused):
        absence.check(withdrawal)


def report_of(withdrawal) -> str:
    return reverse("admin:fronts_absence", args=[withdrawal.pk])


def test_withdrawing_leads_to_the_report():
    story = factories.article(published=True, title=TITLE)
    response = signed_in(Role.CHIEF).post(
        reverse("admin:articles_article_withdraw", args=[story.pk]),
        {"public_note": ""},
        follow=True,
    )
    withdrawal = story.withdrawals.get()
    assert response.redirect_chain[-1][0] == report_of(withdrawal)
    assert said(response) == ["已撤回，读者不能再看到。"]
    page = parsed(response)
    assert words_of(page, ".absence__result")[0].startswith("✓ 查了 ")
    assert withdrawal.absence_checks.count() == 1


def test_report_lists_what_still_shows_it(hurry, only, monkeypatch):
    only(surfaces.home_page)
    withdrawal = withdrawn()
    kept = f"<h1>{TITLE}</h1>"
    with monkeypatch.context() as patch:
        patch.setattr("fronts.views.home.render", lambda *_, **__: HttpResponse(kept))
        absence.check(withdrawal)
    page = parsed(signed_in(Role.CHIEF).get(report_of(withdrawal)))
    assert words_of(page, ".absence__result")[0].startswith("✕ ")
    assert "✕ 还能看到这篇稿件的标题。" in words_of(page, ".absence__table td")


def test_checking_again_is_a_post_and_keeps_the_earlier_result(only):
    only(surfaces.sitemap)
    withdrawal = withdrawn()
    chief = signed_in(Role.CHIEF)
    assert chief.get(report_of(withdrawal)).status_code == 200
    assert not withdrawal.absence_checks.exists()
    chief.post(report_of(withdrawal))
    page = parsed(chief.post(report_of(withdrawal), follow=True))
    assert withdrawal.absence_checks.count() == 2
    assert "以前的检查" in words_of(page, "h2")


@pytest.mark.parametrize(
    ("role", "reads"),
    [(Role.EDITOR, 200), (Role.AUDITOR, 200), (Role.REPORTER, 403)],
)
def test_who_sees_the_story_reads_the_report_and_only_the_chief_checks(role, reads):
    withdrawal = withdrawn()
    client = signed_in(role)
    assert client.get(report_of(withdrawal)).status_code == reads
    assert client.post(report_of(withdrawal)).status_code == 403
    assert not AbsenceCheck.objects.exists()


def test_checking_a_story_shown_again_says_why_not():
    withdrawal = withdrawn()
    publishing.publish(withdrawal.article, by=None)
    response = signed_in(Role.CHIEF).post(report_of(withdrawal), follow=True)
    assert said(response) == ["这篇稿件后来又发布了，读者本来就能看到，不用再查。"]
