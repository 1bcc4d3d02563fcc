"""Emergency notices and days of mourning: on every page, for their time and no longer."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from fronts.models import EmergencyNotice, Mourning
from fronts.occasions import occasions
from tests import factories
from tests.admin_forms import send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
NOTICES = reverse("admin:fronts_emergencynotice_changelist")
ADD_NOTICE = reverse("admin:fronts_emergencynotice_add")
MOURNINGS = reverse("admin:fronts_mourning_changelist")


def notice(**fields) -> EmergencyNotice:
    return EmergencyNotice.objects.create(
        **{
            "text": "今晚台风过境，请不要出门",
            "shown_from": timezone.now() - HOUR,
            **fields,
        }
    )


def bars(client, path: str = "/") -> list[str]:
    return words_of(parsed(client.get(path)), "section.emergency li")


def test_notice_stands_above_the_masthead_of_every_kind_of_page(client):
    notice()
    story = factories.article(published=True)
    paths = [
        "/",
        story.channel.get_absolute_url(),
        f"/article/{story.pk}/",
        "/nowhere/",
    ]
    for path in [*paths, "/report/", "/search/"]:
        page = parsed(client.get(path))
        region = select(page, "section.emergency")[0]
        assert region.get("aria-label") == "应急通知"
        assert region.getnext().tag == "header"
        assert words_of(page, "section.emergency li") == [
            "▲ 应急通知 今晚台风过境，请不要出门"
        ]


def test_notice_is_no_live_region_and_has_no_button(client):
    notice()
    region = select(parsed(client.get("/")), "section.emergency")[0]
    assert not region.get("aria-live")
    assert region.get("role") not in {"alert", "status"}
    assert select(region, "button") == []


def test_notice_is_shown_in_each_edition_of_the_page(client):
    notice(text="水库开闸，请离开河边")
    assert bars(client, "/zh-hant/") == ["▲ 應急通知 水庫開閘，請離開河邊"]


def test_notice_begins_and_ends_by_itself(client):
    start = datetime.datetime(2026, 6, 17, 8, 0, tzinfo=datetime.UTC)
    notice(shown_from=start, shown_until=start + HOUR)
    for minutes, count in ((-1, 0), (0, 1), (59, 1), (60, 0)):
        at = start + datetime.timedelta(minutes=minutes)
        assert len(occasions(at).notices) == count, minutes
        with time_machine.travel(at, tick=False):
            assert len(bars(client)) == count, minutes


def test_newest_of_several_notices_comes_first(client):
    notice(text="先来的", shown_from=timezone.now() - 2 * HOUR)
    notice(text="后来的")
    assert bars(client) == ["▲ 应急通知 后来的", "▲ 应急通知 先来的"]


def test_one_notice_stands_open_and_the_others_are_folded(client):
    for number in range(4):
        notice(text=f"第{number}条", shown_from=timezone.now() - number * HOUR)
    page = parsed(client.get("/"))
    [folded] = select(page, "section.emergency details")
    assert words_of(folded, "summary") == ["另有 3 条通知"]
    assert folded.get("open") is None
    assert words_of(folded, "li") == [f"▲ 应急通知 第{one}条" for one in (1, 2, 3)]
    assert words_of(page, ".emergency > ul li") == ["▲ 应急通知 第0条"]


def test_nothing_is_folded_behind_a_single_notice(client):
    notice()
    assert not select(parsed(client.get("/")), "section.emergency details")


@pytest.mark.parametrize(
    ("url", "prefix", "href"),
    [
        ("/article/7/", "/zh-tw", "/zh-tw/article/7/"),
        ("/article/7/", "", "/article/7/"),
        ("/zh-hk/article/7/", "/zh-tw", "/zh-hk/article/7/"),
        ("/media/map.png", "/zh-tw", "/media/map.png"),
        ("https://weather.example/a", "/zh-tw", "https://weather.example/a"),
    ],
)
def test_link_of_a_notice_stays_in_the_edition_of_the_page(client, url, prefix, href):
    notice(url=url)
    page = parsed(client.get(f"{prefix}/"))
    assert select(page, "section.emergency a")[0].get("href") == href


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "https:elsewhere.example",
        "https://",
        "http://[::1",
        "ftp://elsewhere.example/",
        "article/7/",
    ],
)
def test_link_that_could_lead_astray_is_refused(url):
    made = EmergencyNotice(text="x", url=url, shown_from=timezone.now())
    with pytest.raises(ValidationError) as refused:
        made.clean()
    assert list(refused.value.message_dict) == ["url"]


@pytest.mark.parametrize(
    "url", ["", "/", "/article/7/", "https://weather.example/a?b=c", "http://[::1]/"]
)
def test_honest_link_is_taken(url):
    EmergencyNotice(text="x", url=url, shown_from=timezone.now()).full_clean()


def test_notice_that_ends_before_it_begins_is_refused():
    now = timezone.now()
    with pytest.raises(ValidationError, match="结束时间要晚于开始时间"):
        EmergencyNotice(text="x", shown_from=now, shown_until=now - HOUR).full_clean()


def test_chief_puts_a_notice_up_and_it_is_on_record(client):
    desk = signed_in(Role.CHIEF)
    send(desk, ADD_NOTICE, {"text": "水库开闸", "url": "/article/7/"})
    assert bars(client) == ["▲ 应急通知 水库开闸 查看详情"]
    assert AuditEntry.objects.get(act=Act.CREATE).after["text"] == "水库开闸"


def test_form_shows_the_line_as_readers_see_it():
    desk = signed_in(Role.CHIEF)
    made = notice(text="水库开闸", url="/article/7/")
    address = reverse("admin:fronts_emergencynotice_change", args=[made.pk])
    shown = words_of(parsed(desk.get(address)), ".field-as_readers_see_it .readonly")
    assert shown == ["▲ 应急通知 水库开闸 查看详情 ● 显示中"]


def test_list_says_where_each_notice_stands():
    now = timezone.now()
    notice(text="还没到", shown_from=now + HOUR)
    notice(text="正在", shown_from=now - HOUR)
    notice(text="过了", shown_from=now - 2 * HOUR, shown_until=now - HOUR)
    page = parsed(signed_in(Role.CHIEF).get(NOTICES))
    assert words_of(page, ".field-standing") == ["◔ 未到时", "● 显示中", "× 已结束"]


@pytest.mark.parametrize("address", [NOTICES, MOURNINGS, ADD_NOTICE])
def test_only_who_is_chief_of_the_whole_site_may_speak_for_it(address):
    assert signed_in(Role.CHIEF).get(address).status_code == 200
    below = signed_in(None)
    factories.grant(below.user, Role.CHIEF, factories.channel())
    for desk in (below, signed_in(Role.EDITOR), signed_in(Role.ADMINISTRATOR)):
        assert desk.get(address).status_code == 403


def test_chief_of_one_channel_is_not_offered_the_pages():
    below = signed_in(None)
    factories.grant(below.user, Role.CHIEF, factories.channel())
    page = parsed(below.get(reverse("admin:index")))
    offered = words_of(page, ".desk-nav a")
    assert "读者纠错" in offered
    assert not {"应急通知", "全站置灰", "说明页"} & set(offered)
    everywhere = parsed(signed_in(Role.CHIEF).get(reverse("admin:index")))
    assert {"应急通知", "全站置灰", "说明页"} <= set(
        words_of(everywhere, ".desk-nav a")
    )


def test_pages_are_grey_on_the_days_of_mourning_by_the_local_clock(client):
    day = datetime.date(2026, 4, 4)
    Mourning.objects.create(occasion="公祭", first_day=day, last_day=day)
    begins = datetime.datetime(2026, 4, 3, 16, tzinfo=datetime.UTC)  # 0:00 in Shanghai
    for minutes, is_grey in (
        (-1, False),
        (0, True),
        (24 * 60 - 1, True),
        (24 * 60, False),
    ):
        at = begins + datetime.timedelta(minutes=minutes)
        with time_machine.travel(at, tick=False):
            root = parsed(client.get("/"))
            assert (root.get("data-mourning") is not None) is is_grey, minutes


def test_occasion_of_mourning_is_not_told_to_readers(client):
    today = timezone.localdate()
    Mourning.objects.create(occasion="某事的公祭", first_day=today, last_day=today)
    assert "某事的公祭" not in client.get("/").content.decode()


def test_list_says_which_days_are_grey():
    Mourning.objects.create(
        occasion="一天",
        first_day=datetime.date(2020, 4, 4),
        last_day=datetime.date(2020, 4, 4),
    )
    Mourning.objects.create(
        occasion="三天",
        first_day=datetime.date(2099, 4, 4),
        last_day=datetime.date(2099, 4, 6),
    )
    page = parsed(signed_in(Role.CHIEF).get(MOURNINGS))
    assert words_of(page, ".field-span") == [
        "2099年4月4日至2099年4月6日，共 3 天",
        "2020年4月4日，共 1 天",
    ]
    assert words_of(page, ".field-standing") == ["◔ 未到时", "× 已结束"]


def test_notices_and_mourning_cost_one_query_together(django_assert_num_queries):
    today = timezone.localdate()
    Mourning.objects.create(occasion="公祭", first_day=today, last_day=today)
    for _ in range(3):
        notice()
    with django_assert_num_queries(1):
        found = occasions(timezone.now())
    assert (len(found.notices), found.is_mourning) == (3, True)
