"""Values that make no sense, in the address of a page that adds something and in its form."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role
from tests import factories
from tests.admin_forms import send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NONSENSE = ["abc", "9" * 20, "2026-99-99"]


def add_pages() -> dict[str, type[Model]]:
    """Of every table in the admin that can be added to at an address of its own."""
    pages = {}
    for model in admin.site._registry:
        try:
            address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")
        except NoReverseMatch:
            continue
        pages[address] = model
    return pages


@pytest.mark.parametrize("address", sorted(add_pages()))
def test_page_that_adds_something_stands_nonsense(address):
    fields = add_pages()[address]._meta.get_fields()
    names = [field.name for field in fields if getattr(field, "editable", False)]
    clients = [signed_in(Role.CHIEF), signed_in(Role.ADMINISTRATOR)]
    may_add = [c for c in clients if c.get(address).status_code == 200]
    for client in may_add[:1]:
        for value in NONSENSE:
            data = dict.fromkeys(names, value)
            assert client.get(address, data).status_code in {200, 302}
            assert client.post(address, data).status_code < 500


def test_address_still_fills_in_what_makes_sense():
    story = factories.article(published=True)
    page = parsed(
        signed_in(Role.CHIEF).get(
            reverse("admin:fronts_placement_add"), {"article": story.pk}
        )
    )
    assert words_of(page, "select[name=article] option[selected]") == [str(story)]


@pytest.mark.parametrize("into", NONSENSE)
def test_merging_into_no_tag_is_asked_again(into):
    story = factories.article(tags=("溪",))
    tag = story.tags.get()
    address = reverse("admin:articles_tag_merge", args=[tag.pk])
    response = signed_in(Role.CHIEF).get(address, {"into": into})
    assert response.status_code == 200
    assert words_of(parsed(response), ".errorlist li")


@pytest.mark.parametrize(
    ("page", "changes", "sentence"),
    [
        ("channels_channel_add", {"slug": "两 个"}, "只能用英文字母"),
        ("channels_channel_add", {"name": "频" * 200}, "个字，现在有 200 个。"),
        ("channels_channel_add", {"name": ""}, "这一项必填。"),
        ("articles_source_add", {"name": "日报"}, "已经有一条写着同样的"),
        ("fronts_placement_add", {"article": "99999"}, "能选的是已经上线的"),
        (
            "fronts_placement_add",
            {"shown_from_0": "abc"},
            "日期写成 2026-06-17 这样。",
        ),
        ("fronts_placement_add", {"shown_from_1": "abc"}, "时间写成 08:18 这样。"),
        ("fronts_placement_add", {"channel": "99999"}, "请重新选。"),
        (
            "pictures_picture_add",
            {"title": "图" * 100},
            "最多 80 个字，现在有 100 个。",
        ),
        ("pictures_picture_add", {"alt_text": ""}, "写上替代文字"),
    ],
)
def test_form_says_what_is_wrong_in_the_newsrooms_words(page, changes, sentence):
    factories.article(source="日报")
    response = send(signed_in(Role.CHIEF), reverse(f"admin:{page}"), changes)
    assert any(sentence in line for line in words_of(parsed(response), ".errorlist li"))
    assert not [
        line for line in words_of(parsed(response), ".errorlist li") if "您" in line
    ]


@pytest.mark.parametrize(
    ("role", "page", "words"),
    [
        (Role.CHIEF, "fronts_emergencynotice_add", "新增应急通知"),
        (Role.CHIEF, "pictures_picture_add", "新增图片"),
        (Role.ADMINISTRATOR, "accounts_user_add", "新增员工"),
    ],
)
def test_page_says_in_plain_words_what_it_adds(role, page, words):
    opened = parsed(signed_in(role).get(reverse(f"admin:{page}")))
    assert words_of(opened, "#content h1") == [words]
    assert words_of(opened, ".breadcrumbs")[0].endswith(f"› {words}")


def test_no_page_that_adds_something_speaks_as_django_does():
    for address in add_pages():
        for role in (Role.CHIEF, Role.ADMINISTRATOR):
            opened = signed_in(role).get(address)
            if opened.status_code == 200:
                assert "增加 " not in opened.content.decode(), address


def test_field_keeps_what_was_filled_in():
    page = send(
        signed_in(Role.CHIEF), reverse("admin:channels_channel_add"), {"slug": "两 个"}
    )
    (field,) = select(parsed(page), "input[name=slug]")
    assert field.get("value") == "两 个"
