"""The public record of corrections and withdrawals, and what feeds say of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles import publishing
from articles.models import Correction
from articles.publishing import PublicNote
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
}
MISTAKE = "原文“三十户”应为“十三户”。"


def corrected(at: datetime.datetime = NOW - HOUR, note: str = MISTAKE, **words):
    made = factories.article(published_at=NOW - 90 * DAY, **words)
    publishing.correct(
        made, PublicNote(Correction.Kind.CORRECTION, note), by=None, now=at
    )
    return made


def withdrawn(at: datetime.datetime = NOW - HOUR, note: str = "", **words):
    made = factories.article(published_at=NOW - 90 * DAY, **words)
    publishing.withdraw(made, by=None, public_note=note, now=at)
    return made


def opened(client, path: str = "/corrections/"):
    response = client.get(path)
    assert response.status_code == 200
    return parsed(response)


def feed(client, path: str):
    response = client.get(path)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def test_record_names_a_corrected_story_and_leads_to_it(client):
    made = corrected(title="樟溪村的新桥")
    page = opened(client)
    link = select(page, ".record__title a")[0]
    assert link.text_content().strip() == "樟溪村的新桥"
    assert link.get("href") == f"/article/{made.pk}/"
    assert words_of(page, ".record__note") == [MISTAKE]
    facts = words_of(page, ".record__facts")[0]
    assert facts.startswith(f"更正 · {made.channel.name} · ")


def test_record_never_names_a_withdrawn_story(client):
    made = withdrawn(title="写错的消息", note="地点有误。")
    text = client.get("/corrections/").content.decode()
    assert "写错的消息" not in text
    assert f"/article/{made.pk}/" not in text
    page = opened(client)
    assert words_of(page, ".record__title") == ["撤回一篇文章"]
    assert words_of(page, ".record__note") == ["地点有误。"]
    assert words_of(page, ".record__facts")[0].startswith(
        f"撤稿 · {made.channel.name} · "
    )


def test_correction_of_a_story_that_readers_cannot_see_is_not_listed(client):
    publishing.withdraw(corrected(), by=None)
    expired = corrected(note="另一处。")
    expired.published.filter(visible_until=None).update(visible_until=NOW)
    text = client.get("/corrections/").content.decode()
    assert MISTAKE not in text
    assert "另一处。" not in text


def test_record_is_by_day_newest_first(client):
    corrected(NOW - 3 * DAY, "三天前的。")
    withdrawn(NOW - 40 * DAY, "四十天前的。")
    corrected(NOW - 3 * DAY - HOUR / 60, "三天前早一分钟的。")
    corrected(NOW - 20 * DAY, "二十天前的。")
    page = opened(client)
    assert words_of(page, ".record__note") == [
        "三天前的。",
        "三天前早一分钟的。",
        "二十天前的。",
        "四十天前的。",
    ]
    days = [time.get("datetime") for time in select(page, ".day__date time")]
    local = [timezone.localtime(NOW - days * DAY).date() for days in (3, 20, 40)]
    assert [datetime.date.fromisoformat(day) for day in days] == local


def test_record_without_entries_says_so(client):
    assert words_of(opened(client), ".nothing")[0].startswith(
        "还没有更正，也没有撤回过"
    )


def test_record_is_paged(client, monkeypatch):
    monkeypatch.setattr("fronts.corrections.PAGE_SIZE", 2)
    for number in range(3):
        corrected(NOW - number * DAY, f"第{number}条。")
    assert words_of(opened(client), ".record__note") == ["第0条。", "第1条。"]
    assert words_of(opened(client, "/corrections/?page=2"), ".record__note") == [
        "第2条。"
    ]
    assert client.get("/corrections/?page=3").status_code == 404


def test_record_is_converted(client):
    corrected(title="三十户人家")
    page = opened(client, "/zh-tw/corrections/")
    assert words_of(page, ".record__note") == ["原文「三十戶」應為「十三戶」。"]
    assert words_of(page, ".record__title") == ["三十戶人家"]


def test_queries_of_the_record_do_not_grow(client):
    counts = []
    for number in range(1, 6):
        corrected(NOW - number * HOUR)
        withdrawn(NOW - number * HOUR)
        with CaptureQueriesContext(connection) as queries:
            opened(client)
        counts.append(len(queries))
    assert counts[0] == counts[-1]


def test_footer_and_sitemap_lead_to_the_record(client, settings):
    links = [link.get("href") for link in select(opened(client, "/"), ".footer a")]
    assert "/corrections/" in links
    assert (
        f"{settings.SITE_URL}/corrections/"
        in client.get("/sitemap-pages.xml").content.decode()
    )


def test_record_only_reads(client):
    assert client.post("/corrections/").status_code == 405


def test_feed_of_corrections_tells_of_both_kinds(client, settings):
    made = corrected(title="樟溪村的新桥")
    gone = withdrawn(NOW - 2 * HOUR, "地点有误。", title="写错的消息")
    tree = feed(client, "/corrections/feed/")
    titles = tree.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["更正：樟溪村的新桥", f"撤稿：{gone.channel.name}"]
    links = tree.xpath("a:entry/a:link/@href", namespaces=ATOM)
    assert links[0] == f"{settings.SITE_URL}/article/{made.pk}/"
    assert links[1].startswith(f"{settings.SITE_URL}/corrections/#withdrawal-")
    assert len(set(tree.xpath("a:entry/a:id/text()", namespaces=ATOM))) == 2
    assert "写错的消息" not in etree.tostring(tree, encoding="unicode")


def test_entry_of_a_corrected_story_carries_the_note_and_its_time(client):
    made = corrected(note="<b>应为</b>十三户。", title="樟溪村的新桥")
    for path in ("/feed/", f"/channel/{made.channel.slug}/feed/"):
        tree = feed(client, path)
        (summary,) = tree.xpath("a:entry/a:summary/text()", namespaces=ATOM)
        assert "\n更正（" in summary
        assert summary.endswith("）：<b>应为</b>十三户。")
        (updated,) = tree.xpath("a:entry/a:updated/text()", namespaces=ATOM)
        moment = datetime.datetime.fromisoformat(updated)
        assert moment == NOW - HOUR


@pytest.mark.parametrize("edition", ["", "/zh-tw"])
def test_withdrawn_story_leaves_a_tombstone_for_its_entry(client, edition):
    made = factories.article(published_at=NOW - DAY)
    elsewhere = factories.channel()
    paths = [f"{edition}/feed/", f"{edition}/channel/{made.channel.slug}/feed/"]
    ids = [
        feed(client, path).xpath("a:entry/a:id/text()", namespaces=ATOM)
        for path in paths
    ]
    publishing.withdraw(made, by=None, now=NOW - HOUR)
    for path, (entry_id,) in zip(paths, ids, strict=True):
        tree = feed(client, path)
        assert tree.xpath("a:entry", namespaces=ATOM) == []
        (tombstone,) = tree.xpath("at:deleted-entry", namespaces=ATOM)
        assert tombstone.get("ref") == entry_id
        when = datetime.datetime.fromisoformat(tombstone.get("when"))
        assert when == NOW - HOUR
    other = feed(client, f"{edition}/channel/{elsewhere.slug}/feed/")
    assert other.xpath("at:deleted-entry", namespaces=ATOM) == []


def test_tombstone_stands_for_thirty_days_and_not_over_a_story_shown_again(client):
    withdrawn(NOW - 31 * DAY)
    back = withdrawn(NOW - 2 * DAY)
    publishing.publish(back, by=None, now=NOW - DAY)
    kept = withdrawn(NOW - 29 * DAY)
    tree = feed(client, "/feed/")
    (reference,) = tree.xpath("at:deleted-entry/@ref", namespaces=ATOM)
    assert reference.endswith(f"/article/{kept.pk}/")
    (entry,) = tree.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert entry.endswith(f"/article/{back.pk}/")


def test_queries_of_a_feed_do_not_grow_with_withdrawals(client):
    counts = []
    for _ in range(3):
        withdrawn()
        corrected()
        with CaptureQueriesContext(connection) as queries:
            feed(client, "/feed/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]
