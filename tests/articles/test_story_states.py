"""The states of a story's page: short and long, with tables, as a promotion, in previews."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from articles import previews, publishing
from articles.models import PublishedArticle, Section, Source
from articles.snapshots import content_of, fingerprint, words_fingerprint
from articles.tables import in_boxes
from tests import factories
from tests.admin_forms import send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PARAGRAPH = "<p>" + "沿着河岸往上走。" * 20 + "</p>"  # 160 characters


def story(bodies: list[str], **words):
    """A published story whose sections, all but the first, have headings."""
    made = factories.article(body="", **words)
    for place, body in enumerate(bodies):
        heading = f"第{place}段路" if place else ""
        Section.objects.create(
            article=made, position=place * 10, heading=heading, body=body
        )
    publishing.publish(made, by=None)
    return made


def opened(client, made, edition: str = ""):
    response = client.get(f"{edition}/article/{made.pk}/")
    assert response.status_code == 200
    return parsed(response)


@pytest.fixture
def promoted():
    source = Source.objects.create(name="樟溪商讯", is_promotion=True)
    made = factories.article(title="新茶上市")
    made.source = source
    made.save()
    publishing.publish(made, by=None)
    return made


def test_short_story_has_no_contents_however_many_headings(client):
    page = opened(client, story(["<p>走路。</p>"] * 4))
    assert select(page, ".contents") == []


def test_story_of_one_heading_has_contents_once_it_is_long(client):
    page = opened(client, story([PARAGRAPH, PARAGRAPH * 10]))
    assert words_of(page, ".contents summary") == ["本文共 1 节"]


def test_long_story_leads_back_to_its_beginning_after_every_third_section(client):
    page = opened(client, story([PARAGRAPH * 5] * 7))
    order = [node.tag for node in select(page, ".prose")[0]]
    assert order == [*["section"] * 3, "p", *["section"] * 3, "p", "section"]
    links = select(page, ".story__back a")
    assert {(link.text, link.get("href")) for link in links} == {("回到开头", "#title")}
    assert select(page, "h1#title")


def test_story_that_is_not_long_needs_no_way_back(client):
    assert select(opened(client, story([PARAGRAPH] * 7)), ".story__back") == []


def test_way_back_is_converted_beside_words_authored_in_traditional(client):
    words = "<p>" + "沿著河岸往上走，屋裏有燈。" * 60 + "</p>"
    made = story([words] * 7, script="zh-Hant")
    page = opened(client, made, "/zh-tw")
    assert words_of(page, ".story__back")[0] == "回到開頭"
    assert "屋裏" in words_of(page, ".prose section")[6]


def test_story_without_picture_has_no_figure(client):
    assert select(opened(client, story([PARAGRAPH])), ".story__text figure") == []


def test_lead_picture_is_loaded_first_and_knows_its_size(client):
    cover = factories.picture(width=900, height=600)
    image = select(opened(client, story([PARAGRAPH], cover=cover)), ".figure img")[0]
    assert image.get("fetchpriority") == "high"
    assert image.get("loading") is None
    assert (image.get("width"), image.get("height")) == ("900", "600")


def test_story_with_nothing_around_it_has_no_aside(client):
    assert select(opened(client, story([PARAGRAPH])), "aside") == []


def test_reprint_leads_to_the_original_in_the_same_window(client):
    made = story([PARAGRAPH], original_url="https://example.cn/1")
    link = select(opened(client, made), ".story__origin a")[0]
    assert (link.text, link.get("href"), link.get("target")) == (
        "原文链接",
        "https://example.cn/1",
        None,
    )


def test_readers_can_report_a_mistake_in_this_story(client):
    made = story([PARAGRAPH])
    link = select(opened(client, made), ".story__report a")[0]
    assert link.get("href") == f"{reverse('fronts:report')}?article={made.pk}"


def test_promotion_is_called_one_wherever_its_title_stands(client, promoted):
    other = factories.article(channel=promoted.channel, published=True)
    page = opened(client, promoted)
    assert words_of(page, "h1") == ["推广 新茶上市"]
    assert page.findtext(".//title").startswith("推广：新茶上市 - ")
    for path in (promoted.channel.get_absolute_url(), "/", f"/article/{other.pk}/"):
        links = select(
            parsed(client.get(path)), f"main a[href=/article/{promoted.pk}/]"
        )
        assert links
        assert all(words_of(link, ".promotion") == ["推广"] for link in links)


def test_story_of_another_source_is_not_called_a_promotion(client):
    made = factories.article(source="樟溪日报", published=True)
    assert select(opened(client, made), ".promotion") == []


def test_frozen_content_names_promotion_only_where_it_is_one():
    made = factories.article(source="樟溪日报")
    assert content_of(made)["source"] == {"name": "樟溪日报", "url": ""}
    before = content_of(made)
    made.source.is_promotion = True
    after = content_of(made)
    assert after["source"]["is_promotion"] is True
    assert fingerprint(before) != fingerprint(after)
    assert words_fingerprint(before) == words_fingerprint(after)


def test_published_story_stays_as_it_was_signed_when_its_source_changes(client):
    made = factories.article(source="樟溪日报", published=True)
    Source.objects.update(is_promotion=True)
    assert not PublishedArticle.objects.get(article=made).is_promotion


def test_source_is_marked_as_promoting_in_its_form():
    client = signed_in(Role.CHIEF, is_superuser=True)
    source = Source.objects.create(name="樟溪商讯")
    url = reverse("admin:articles_source_change", args=[source.pk])
    send(client, url, {"is_promotion": "on"})
    source.refresh_from_db()
    assert source.is_promotion


def test_preview_of_a_planned_story_says_when_it_will_appear(client):
    made = factories.article()
    day = timezone.localtime(NOW + datetime.timedelta(days=3))
    publishing.schedule(made, day, by=None)
    link = previews.share(made, days=1, by=factories.staff(Role.EDITOR))
    page = parsed(
        client.get(reverse("articles:preview", args=[previews.token_of(link)]))
    )
    banner = words_of(page, ".preview-banner")[0]
    when = f"{day.month}月{day.day}日 {day:%H:%M}"
    assert banner.startswith("预览 · 未发布 · 定于 ")
    assert f"{when} 发布 · 第 1 版，请勿转发。" in banner
    assert select(page, ".story__report") == []


def test_preview_of_a_draft_names_no_time(client):
    made = factories.article()
    link = previews.share(made, days=1, by=factories.staff(Role.EDITOR))
    page = parsed(
        client.get(reverse("articles:preview", args=[previews.token_of(link)]))
    )
    assert words_of(page, ".preview-banner")[0].startswith("预览 · 未发布 · 第 1 版")


def row(*cells: str, tag: str = "td") -> str:
    return (
        "<tr>" + "".join(f"<{tag}><p>{words}</p></{tag}>" for words in cells) + "</tr>"
    )


def test_tables_are_regions_with_names_of_their_own(client):
    table = f"<table><tbody>{row('白鹭')}</tbody></table>"
    page = opened(client, story([table, f"{table}<p>完。</p>{table}"]))
    boxes = select(page, ".scroll[role=region][tabindex=0]")
    assert [box.get("aria-label") for box in boxes] == ["表格 1", "表格 2", "表格 3"]


def test_columns_of_figures_stand_right_with_their_heads():
    table = (
        f"<table><tbody>{row('村', '户数', '补贴', '占比', '日期', tag='th')}"
        f"{row('云坪', '1,374', '约0.17万元', '3.5%', '6月17日')}"
        f"{row('竹坪', '98', '2万元', '—', '6月18日')}</tbody></table>"
    )
    right = [cell.text_content() for cell in select(parts(table), ".number")]
    assert right == [
        *("户数", "补贴", "占比"),
        *("1,374", "约0.17万元", "3.5%"),
        *("98", "2万元", "—"),
    ]


def test_table_with_joined_cells_has_its_figures_alone_set_right():
    table = (
        '<table><tbody><tr><th colspan="2"><p>户数</p></th></tr>'
        f"{row('云坪', '1374')}{row('竹坪', '不详')}</tbody></table>"
    )
    right = [cell.text_content() for cell in select(parts(table), ".number")]
    assert right == ["1374"]


def parts(body: str):
    return html.fromstring(in_boxes(body))


def test_note_of_a_withdrawal_in_traditional_is_left_as_it_was_written(client):
    story = factories.article(published=True)
    publishing.withdraw(story, by=None, public_note="文中“裏面”有誤，已經核實。")
    response = client.get(f"/zh-tw/article/{story.pk}/")
    assert response.status_code == 410
    assert words_of(parsed(response), ".message__note") == [
        "文中“裏面”有誤，已經核實。"
    ]


def test_deck_joins_paragraphs_as_chinese_is_set(client):
    story = factories.article(
        body="<p>水接通了。</p><p>修路的人说：“快了。”</p><ul><li><p>一项</p></li><li><p>又一项</p></li></ul>",
        published=True,
    )
    deck = PublishedArticle.objects.get(article=story).deck
    assert deck == "水接通了。修路的人说：“快了。”一项 又一项"
