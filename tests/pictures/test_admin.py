"""The picture library in the admin: coming in, looking through, cutting, replacing."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from pictures.models import Collection, Picture
from pictures.renditions import Renditions, jpeg
from pictures.slots import CARD
from tests import factories
from tests.admin_forms import said, send, signed_in
from tests.markup import parsed, select, words_of
from tests.pictures.images import drawn, encoded, upload

pytestmark = pytest.mark.django_db

ADD = reverse("admin:pictures_picture_add")
LIST = reverse("admin:pictures_picture_changelist")
SCRIPT = {"Accept": "application/json"}


def words(**fields) -> dict:
    return {
        "file": upload(),
        "alt_text": "河边的老街",
        "credit": "林渡",
        "rights": "own",
        **fields,
    }


def page_of(picture: Picture, page: str = "change", *args) -> str:
    return reverse(f"admin:pictures_picture_{page}", args=[picture.pk, *args])


def test_reporter_puts_a_picture_in_the_library_with_its_words():
    client = signed_in(Role.REPORTER)
    response = client.post(ADD, words(tags="老街、桥", place="桥头"), follow=True)
    assert said(response) == ["“河边 老街”已入库。"]
    picture = Picture.objects.get()
    assert (picture.alt_text, picture.credit) == ("河边的老街", "林渡")
    assert sorted(picture.tags.names()) == ["桥", "老街"]
    assert picture.uploaded_by == client.user
    assert (picture.width, picture.height) == (640, 480)
    assert AuditEntry.objects.filter(act=Act.CREATE, subject="河边 老街").exists()


def test_nothing_of_the_uploaded_name_is_left_in_the_file_name():
    signed_in(Role.REPORTER).post(ADD, words(file=upload(name="密-13800000000.jpg")))
    assert "138" not in Picture.objects.get().file.name


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alt_text": ""}, "写上替代文字"),
        ({"is_decorative": "on"}, "装饰图不写替代文字"),
        ({"file": ""}, "选一张图片。"),
        (
            {"file": SimpleUploadedFile("a.png", b"nothing at all")},
            "这不是能打开的",
        ),
        (
            {"file": SimpleUploadedFile("a.png", b"<svg xmlns='http://a'/>")},
            "不收 SVG",
        ),
        ({"tags": "、".join(map(str, range(30)))}, "标签最多 20 个"),
        ({"tags": "长" * 31}, "太长，最多 30 个字"),
    ],
)
def test_refused_picture_says_why_and_keeps_what_was_typed(fields, sentence):
    response = signed_in(Role.REPORTER).post(ADD, words(caption="桥头", **fields))
    page = parsed(response)
    assert any(sentence in line for line in words_of(page, ".errorlist li"))
    assert select(page, "[name=caption]")[0].get("value") == "桥头"
    assert not Picture.objects.exists()


def test_decorative_picture_needs_no_words():
    fields = words(alt_text="", is_decorative="on")
    signed_in(Role.REPORTER).post(ADD, fields)
    assert Picture.objects.get().is_decorative


def test_script_is_told_what_came_in():
    response = signed_in(Role.REPORTER).post(ADD, words(), headers=SCRIPT)
    told = response.json()
    assert told["title"] == "河边 老街"
    assert told["url"] == page_of(Picture.objects.get())


def test_script_is_told_what_is_wrong_with_which_field():
    fields = words(alt_text="")
    response = signed_in(Role.REPORTER).post(ADD, fields, headers=SCRIPT)
    assert "写上替代文字" in response.json()["errors"]["alt_text"]


def test_same_picture_is_not_kept_twice_whatever_its_file():
    client = signed_in(Role.REPORTER)
    client.post(ADD, words(file=upload(kind="PNG")))
    again = words(file=upload(kind="PNG", compress_level=1))
    told = client.post(ADD, again, headers=SCRIPT).json()
    assert told["errors"]["file"] == "库里已经有这张图，没有再存一份。"
    assert [twin["title"] for twin in told["twins"]] == ["河边 老街"]
    assert Picture.objects.count() == 1


def test_picture_that_looks_the_same_is_asked_about_and_kept_if_meant():
    client = signed_in(Role.REPORTER)
    client.post(ADD, words())
    smaller = encoded(drawn().resize((320, 240)))

    def again():
        return words(file=SimpleUploadedFile("小.jpg", smaller))

    told = client.post(ADD, again(), headers=SCRIPT).json()
    assert "看起来一样" in told["errors"]["keep_near"]
    assert Picture.objects.count() == 1
    client.post(ADD, {**again(), "keep_near": "on"}, headers=SCRIPT)
    assert Picture.objects.count() == 2
    client.post(ADD, words(file=upload(seed=5)), headers=SCRIPT)
    assert Picture.objects.count() == 3


def test_several_files_without_a_script_are_refused_with_a_sentence():
    files = [upload(), upload(seed=5)]
    page = parsed(signed_in(Role.REPORTER).post(ADD, words(file=files)))
    assert any("一张一张传" in line for line in words_of(page, ".errorlist li"))
    assert not Picture.objects.exists()


def test_picture_added_in_a_window_of_its_own_is_handed_to_the_form_behind_it():
    response = signed_in(Role.REPORTER).post(ADD, words(_popup="1"))
    assert "popup_response" in response.content.decode()


def test_library_is_a_grid_with_marks():
    factories.picture(rights="unknown", is_ai_generated=True, title="桥")
    page = parsed(signed_in(Role.EDITOR).get(LIST))
    assert words_of(page, ".library__title") == ["桥"]
    assert words_of(page, ".library__mark") == ["⚠ 版权待查", "◆ AI 生成"]


@pytest.mark.parametrize("query", ["桥头", "陶清", "灯会", "渡口集"])
def test_pictures_are_found_by_place_person_tag_and_collection(query):
    found = factories.picture(
        place="桥头",
        people="陶清",
        collection=Collection.objects.create(name="渡口集"),
    )
    found.tags.add("灯会")
    factories.picture()
    page = parsed(signed_in(Role.EDITOR).get(LIST, {"q": query}))
    assert words_of(page, ".library__title") == [found.title]


def test_empty_library_and_empty_search_say_what_to_do():
    client = signed_in(Role.EDITOR)
    assert (
        "上传第一批图片" in words_of(parsed(client.get(LIST)), ".library__nothing")[0]
    )
    factories.picture()
    found = parsed(client.get(LIST, {"q": "没有的"}))
    assert "换个词" in words_of(found, ".library__nothing")[0]


def test_grid_costs_no_query_for_each_picture(django_assert_max_num_queries):
    for _ in range(6):
        factories.picture()
    client = signed_in(Role.EDITOR)
    client.get(LIST)
    with django_assert_max_num_queries(26):
        client.get(LIST)


@pytest.mark.parametrize(
    ("action", "fields", "column"),
    [
        ("mark_rights", {"rights": "official", "rights_note": "县档案馆"}, "rights"),
        ("tag_pictures", {"tags": "老街"}, "tags"),
    ],
)
def test_several_pictures_get_one_mark_after_it_was_asked_for(action, fields, column):
    chosen, other = factories.picture(), factories.picture()
    client = signed_in(Role.EDITOR)
    data = {"action": action, "_selected_action": [chosen.pk]}
    assert select(parsed(client.post(LIST, data)), "[name=confirmed]")
    client.post(LIST, data | {"confirmed": "1"} | fields)
    marked = {
        picture.pk: (picture.rights, sorted(picture.tags.names()))
        for picture in Picture.objects.all()
    }
    assert marked[chosen.pk] != marked[other.pk], column


def test_reporter_reads_but_does_not_change_what_is_in_the_library():
    client = signed_in(Role.REPORTER)
    picture = factories.picture()
    assert client.get(page_of(picture)).status_code == 200
    assert client.post(page_of(picture), {"title": "改"}).status_code == 403


def test_words_of_a_picture_are_changed_without_a_new_file():
    picture = factories.picture(caption="河边")
    send(signed_in(Role.EDITOR), page_of(picture), {"caption": "桥头"})
    picture.refresh_from_db()
    assert picture.caption == "桥头"
    assert picture.file.storage.exists(picture.file.name)


def test_crop_by_hand_changes_the_address_of_its_slot_alone():
    picture = factories.picture(width=900, height=600)
    before = {name: jpeg(picture, name) for name in ("card", "portrait", "lead")}
    Picture.objects.update(is_rendered=True)
    crops = json.dumps({"3:4": [0.1, 0.1, 0.4, 0.8]})
    send(signed_in(Role.EDITOR), page_of(picture), {"crops": crops})
    picture.refresh_from_db()
    assert not picture.is_rendered
    assert jpeg(picture, "portrait") != before["portrait"]
    assert jpeg(picture, "card") == before["card"]
    assert jpeg(picture, "lead") == before["lead"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("focal_point", "2x2", "焦点写成 0.5x0.5"),
        ("focal_point", "0.5x0.5; drop", "焦点写成 0.5x0.5"),
        ("crops", '{"9:9": [0, 0, 1, 1]}', "裁切的比例不对。"),
        ("crops", '{"3:2": [0.5, 0, 0.6, 0.6]}', "超出了图片"),
        ("crops", '{"3:2": [0, 0, 1, 0.3]}', "不是这个比例"),
        ("crops", '{"3:2": "all"}', "超出了图片"),
        ("crops", "[1]", "裁切的比例不对。"),
    ],
)
def test_nonsense_about_cutting_is_refused_with_a_sentence(field, value, sentence):
    picture = factories.picture(width=900, height=600)
    response = send(signed_in(Role.EDITOR), page_of(picture), {field: value})
    assert sentence in response.content.decode()
    picture.refresh_from_db()
    assert (picture.focal_point, picture.crops) == ("0.5x0.5", {})


def test_page_of_a_picture_says_where_it_is_used():
    picture = factories.picture(credit="林渡")
    story = factories.article(title="合龙", cover=picture, published=True)
    page = parsed(signed_in(Role.EDITOR).get(page_of(picture)))
    used = words_of(page, ".uses li")
    assert "稿件的题图：合龙" in used
    link = select(page, ".uses a")[0].get("href")
    assert link == reverse("admin:articles_article_change", args=[story.pk])


def test_replaced_picture_keeps_its_words_and_its_earlier_file(client):
    picture = factories.picture(width=900, height=600, crops={"3:2": [0, 0, 1, 1]})
    story = factories.article(cover=picture, published=True)
    before = jpeg(picture, "lead")
    staff = signed_in(Role.EDITOR)
    address = page_of(picture, "replace")
    assert "马上显示新图片" in staff.get(address).content.decode()
    response = staff.post(address, {"file": upload()}, follow=True)
    assert "旧版本" in said(response)[0]
    picture.refresh_from_db()
    assert (picture.version, picture.alt_text, picture.crops) == (2, "河边的老街", {})
    assert (picture.width, picture.height) == (640, 480)
    shown = client.get(f"/article/{story.pk}/").content.decode()
    assert jpeg(picture, "lead") in shown
    assert before not in shown
    old = staff.get(page_of(picture, "version", 1))
    assert b"".join(old).startswith(b"\x89PNG")


def test_earlier_file_is_brought_back_and_the_later_one_kept():
    picture = factories.picture(width=900, height=600)
    staff = signed_in(Role.EDITOR)
    first = picture.file.name
    staff.post(page_of(picture, "replace"), {"file": upload()})
    staff.post(page_of(picture, "bring_back", 1))
    picture.refresh_from_db()
    assert picture.file.name == first
    assert (picture.width, picture.version) == (900, 3)
    assert [version.number for version in picture.versions.all()] == [2]


def test_refused_replacement_leaves_the_picture_as_it_was():
    picture = factories.picture()
    bad = SimpleUploadedFile("a.jpg", b"\xff\xd8nothing")
    response = signed_in(Role.EDITOR).post(page_of(picture, "replace"), {"file": bad})
    assert words_of(parsed(response), ".errorlist li")
    picture.refresh_from_db()
    assert picture.version == 1
    assert not picture.versions.exists()


def test_used_picture_is_not_deleted_and_says_where_it_is_used():
    picture = factories.picture()
    factories.article(title="合龙", cover=picture)
    staff = signed_in(Role.EDITOR)
    page = staff.get(page_of(picture, "delete")).content.decode()
    assert "合龙" in page
    assert "不能删除" in page
    response = staff.post(page_of(picture, "delete"), {"post": "yes"}, follow=True)
    assert "还在用" in said(response)[0]
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_deleted_picture_takes_all_its_files_along(
    client, django_capture_on_commit_callbacks
):
    staff = signed_in(Role.EDITOR)
    staff.post(ADD, words())
    picture = Picture.objects.get()
    staff.post(page_of(picture, "replace"), {"file": upload(seed=5)})
    picture.refresh_from_db()
    files = [picture.file.name, picture.versions.get().file.name]
    b"".join(client.get(jpeg(picture, "card")))
    files.append(Renditions(picture, CARD).fallback.name)
    assert all(map(default_storage.exists, files))
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(page_of(picture, "delete"), {"post": "yes"})
    assert not Picture.objects.exists()
    assert not any(map(default_storage.exists, files))


def test_who_brought_enough_for_a_day_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr("pictures.quotas.PICTURES_A_DAY", 1)
    client = signed_in(Role.REPORTER)
    client.post(ADD, words())
    told = client.post(ADD, words(file=upload(seed=5)), headers=SCRIPT).json()
    assert "请明天再传" in told["errors"]["file"]
    assert Picture.objects.count() == 1
