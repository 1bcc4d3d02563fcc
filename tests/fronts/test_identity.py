"""Who runs the portal: the name in each edition, the footer, and the form for it all."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from editions.catalogue import EDITIONS
from fronts.context_processors import frame
from fronts.models import FollowBlock, FooterLink, SiteIdentity, StatementPage
from pictures.renditions import jpeg
from tests import factories
from tests.admin_forms import fields_of, send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:fronts_siteidentity_add")
CHANGE = reverse("admin:fronts_siteidentity_change", args=[1])


def identity(**fields) -> SiteIdentity:
    made = SiteIdentity(**{"name": "后溪门户", **fields})
    made.save()
    return made


def footer_of(client, path: str = "/", status: int = 200):
    response = client.get(path)
    assert response.status_code == status
    return select(parsed(response), "footer.footer")[0]


def test_name_is_converted_where_none_was_given_by_hand(client):
    identity()
    assert words_of(footer_of(client, "/zh-hant/"), ".footer__name") == ["後溪門戶"]


def test_name_given_by_hand_stands_in_its_edition_and_in_no_other(client):
    identity(name_tw="后溪网門戶")
    names = {
        edition.prefix: words_of(
            footer_of(client, f"/{edition.prefix}/" if edition.prefix else "/"),
            ".footer__name",
        )
        for edition in EDITIONS
    }
    assert names == {
        "": ["后溪门户"],
        "zh-hant": ["後溪門戶"],
        "zh-tw": ["后溪网門戶"],
        "zh-hk": ["後溪門户"],
    }


def test_mark_of_a_name_given_by_hand_reaches_no_reader(client):
    identity(name_hant="后溪門戶", name_tw="后溪門戶", name_hk="后溪門戶")
    for path in ("/zh-hant/", "/zh-tw/nowhere/", "/zh-hk/report/"):
        text = client.get(path).content.decode()
        assert "后溪門戶" in text
        assert "\ue000" not in text
        assert "&#57344" not in text


def test_footer_of_a_new_site_shows_no_empty_line_and_no_dead_link(client):
    footer = footer_of(client)
    assert words_of(footer, ".footer__identity p") == ["金溪门户"]
    for part in (".footer__filing", ".footer__follow", ".footer__links"):
        assert select(footer, part) == []
    for link in select(footer, "a"):
        assert client.get(link.get("href")).status_code == 200


def test_footer_names_all_who_answer_for_the_site(client):
    identity(
        organiser="县融媒体中心",
        undertaker="县广播站",
        contact="周一至周五",
        phone="0000-0000000",
        email="desk@portal.example",
        address="新街八号",
    )
    footer = footer_of(client)
    assert words_of(footer, ".footer__identity p") == [
        "后溪门户",
        "主办单位：县融媒体中心",
        "承办单位：县广播站",
        "联系方式：周一至周五",
        "电话：0000-0000000",
        "邮箱：desk@portal.example",
        "地址：新街八号",
    ]
    assert select(footer, "a[href=mailto:desk@portal.example]")


def test_records_lead_to_the_public_registers_and_stand_as_registered(client):
    identity(
        icp_licence="某ICP备12345678号-1",
        police_record="某公网安备 12345678901234号",
        filing="许可证一\n\n许可证二\n",
        identification_code="3600000001",
    )
    footer = footer_of(client, "/zh-tw/")
    links = {
        link.text: link.get("href") for link in select(footer, ".footer__filing a")
    }
    assert links == {
        "某ICP备12345678号-1": "https://beian.miit.gov.cn/",
        "某公网安备 12345678901234号": "https://beian.mps.gov.cn/#/query/webSearch?code=12345678901234",
    }
    assert words_of(footer, ".footer__filing li")[2:] == [
        "網站標識碼：3600000001",
        "許可證一",
        "許可證二",
    ]


def test_link_to_report_faults_is_there_once_the_number_is(client):
    identity()
    assert "zfwzzc" not in client.get("/").content.decode()
    identity(fault_report_id="bm36_0001")
    assert select(
        footer_of(client),
        "a[href=https://zfwzzc.www.gov.cn/check_web/errorInfo/jcInfo/bm36_0001]",
    )


def test_code_to_scan_is_whole_and_has_words(client):
    made = identity()
    code = factories.picture(width=430, height=430, alt_text="公众号“后溪发布”的二维码")
    FollowBlock.objects.create(
        identity=made, name="微信公众号", account="houxi", code=code
    )
    FooterLink.objects.create(
        identity=made, name="县图书馆", url="https://library.example/"
    )
    footer = footer_of(client)
    image = select(footer, ".follow img")[0]
    assert image.get("alt") == "公众号“后溪发布”的二维码"
    assert image.get("src") == jpeg(code, "lead")
    assert words_of(footer, ".follow p") == ["微信公众号houxi"]
    assert select(footer, ".footer__links a[href=https://library.example/]")


def test_frame_costs_six_queries_and_one_on_staff_pages(rf, django_assert_num_queries):
    made = identity()
    for number in range(3):
        code = factories.picture(width=100, height=100)
        FollowBlock.objects.create(identity=made, name=f"号{number}", code=code)
        FooterLink.objects.create(
            identity=made, name=f"馆{number}", url="https://x.example/"
        )
        StatementPage.objects.create(slug=f"s{number}", title="说明", body="<p>x</p>")
    with django_assert_num_queries(6):
        shown = frame(rf.get("/"))
        assert [block.code.alt_text for block in shown["follow_blocks"]]
        assert [page.title for page in shown["statements"]]
    with django_assert_num_queries(1):
        frame(rf.get("/admin/"))


def test_administrator_fills_in_the_footer_and_it_is_on_record(client):
    desk = signed_in(Role.ADMINISTRATOR)
    send(desk, ADD, {"name": "河湾门户"})
    code = factories.picture(width=300, height=300, title="二维码")
    send(
        desk,
        CHANGE,
        {
            "organiser": "县融媒体中心",
            "follow_blocks-0-name": "公众号",
            "follow_blocks-0-code": str(code.pk),
            "footer_links-0-name": "县图书馆",
            "footer_links-0-url": "https://library.example/",
        },
    )
    assert "主办单位：县融媒体中心" in words_of(footer_of(client), "p")
    assert FollowBlock.objects.get().code == code
    rows = AuditEntry.objects.filter(act=Act.CHANGE, person=desk.user).order_by("pk")
    assert rows[0].after == {"organiser": "县融媒体中心"}
    assert rows[1].before == {"关注我们": [], "友情链接": []}
    assert rows[1].after["友情链接"] == ["县图书馆 https://library.example/"]


def test_save_that_leaves_the_footer_alone_puts_no_rows_on_record():
    desk = signed_in(Role.ADMINISTRATOR)
    identity()
    send(desk, CHANGE, {"tagline": "今天"})
    assert AuditEntry.objects.filter(act=Act.CHANGE).count() == 1


def test_only_pictures_that_are_nearly_square_are_offered(client):
    identity(emblem=factories.picture(width=600, height=200, title="旧站标"))
    factories.picture(width=300, height=300, title="方的")
    factories.picture(width=360, height=240, title="宽的")
    page = parsed(signed_in(Role.ADMINISTRATOR).get(CHANGE))
    offered = words_of(page, "select#id_emblem option")
    assert offered == ["（不用图片）", "方的", "旧站标"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("identification_code", "36000"),
        ("identification_code", "360000000X"),
        ("fault_report_id", "../x"),
        ("filing", "一\n" * 7),
        ("icp_licence", "哈哈"),
        ("icp_licence", "京ICP备号-1"),
        ("icp_licence", "京ICP备12345678"),
        ("icp_licence", "ICP备12345678号"),
        ("icp_licence", "京ICP备12345678号-1<b>"),
        ("icp_licence", "京ICP备１２３４５６７８号"),
        ("police_record", "哈哈"),
        ("police_record", "浙公网安备 号"),
        ("police_record", "浙公网安备 3301060200001号"),
        ("police_record", "33010602000001"),
    ],
)
def test_what_cannot_be_registered_is_refused(field, value):
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(**{field: value}).full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("icp_licence", "京ICP备12345678号-1"),
        ("icp_licence", "浙ICP备2021012345号"),
        ("icp_licence", "京ICP证030173号-12"),
        ("police_record", "浙公网安备 33010602000001号"),
        ("police_record", "浙公网安备33010602000001号"),
        ("police_record", "公网安备 33010602000001号"),
    ],
)
def test_number_as_the_registers_write_it_is_taken(field, value):
    SiteIdentity(**{field: value}).full_clean()


def test_form_says_with_an_example_what_a_record_number_is_like():
    identity()
    answer = send(
        signed_in(Role.ADMINISTRATOR),
        CHANGE,
        {"icp_licence": "哈哈", "police_record": "京公网安备 1号"},
    )
    assert words_of(parsed(answer), ".errorlist li") == [
        "ICP 备案号要照登记的写全，像“京ICP备12345678号-1”这样，中间没有空格。",
        "公安备案号要照登记的写全，像“浙公网安备 33010602000001号”这样，数字是 14 位。",
    ]
    assert not SiteIdentity.current().has_records


@pytest.mark.parametrize("missing", ["name", "code and url"])
def test_follow_block_needs_a_name_and_a_code_or_an_address(missing):
    identity()
    code = factories.picture(width=300, height=300)
    row = {
        "follow_blocks-0-name": "公众号",
        "follow_blocks-0-account": "houxi",
        "follow_blocks-0-code": str(code.pk),
    }
    row.update(
        {"follow_blocks-0-name": ""}
        if missing == "name"
        else {"follow_blocks-0-code": ""}
    )
    answer = send(signed_in(Role.ADMINISTRATOR), CHANGE, row)
    assert len(words_of(parsed(answer), ".errorlist li")) == 1
    assert not FollowBlock.objects.exists()
    if missing != "name":
        assert words_of(parsed(answer), ".errorlist li") == [
            "选一张二维码图片，或者填网址：至少要有一样，读者才能关注。"
        ]


def test_follow_block_with_an_address_needs_no_code(client):
    identity()
    row = {
        "follow_blocks-0-name": "微博",
        "follow_blocks-0-url": "https://weibo.example/houxi",
    }
    send(signed_in(Role.ADMINISTRATOR), CHANGE, row)
    link = select(footer_of(client), ".follow a")[0]
    assert (link.text, link.get("href")) == ("微博", "https://weibo.example/houxi")


def test_form_keeps_what_is_stored(client):
    identity(name_hk="後溪", phone="123", police_record="某公网安备 1号")
    fields = fields_of(signed_in(Role.ADMINISTRATOR), CHANGE)
    assert fields["name_hk"] == ["後溪"]
    assert fields["phone"] == ["123"]
    assert fields["police_record"] == ["某公网安备 1号"]
