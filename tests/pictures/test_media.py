"""What readers get under /media/: sizes of a fixed set, files, parts of recordings."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from pictures.models import Picture
from pictures.renditions import Renditions, all_of, close, jpeg
from pictures.slots import AVIF, CARD, LEAD, WEBP
from tests import factories

pytestmark = pytest.mark.django_db

TEN_BYTES = b"0123456789"


def body_of(response) -> bytes:
    return b"".join(response)


@pytest.fixture
def video():
    return factories.recording(file=ContentFile(TEN_BYTES, name="a.mp4"))


def test_every_size_of_a_picture_can_be_had_in_its_format(client):
    picture = factories.picture(width=500, height=400)
    kinds = {AVIF: b"ftypavif", WEBP: b"WEBP", "jpg": b"\xff\xd8\xff"}
    sizes = all_of(picture)
    assert {size.format for size in sizes} == set(kinds)
    for size in sizes:
        response = client.get(size.url)
        assert kinds[size.format] in body_of(response)[:16]
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Content-Type"].startswith("image/")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_size_is_made_when_it_is_first_asked_for_and_kept(client, monkeypatch):
    picture = factories.picture(width=500, height=400)
    (first, *_) = Renditions(picture, CARD)
    assert not default_storage.exists(first.name)
    made = body_of(client.get(first.url))
    monkeypatch.setattr("pictures.renditions._drawn", None)
    assert body_of(client.get(first.url)) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("card-240", "card-241"),
        lambda url: url.replace("card-240", "card-9999"),
        lambda url: url.replace("card-240", "banner-240"),
        lambda url: url.replace(".webp", ".avif"),
        lambda url: url.replace(".webp", ".png"),
        lambda url: url.replace("renditions/", "renditions/../"),
        lambda url: url.replace("/media/renditions/", "/media/renditions/x/"),
        lambda url: url[:20] + "f" * 32 + url[52:],
        lambda url: url + "%00",
        lambda url: url.replace("/", "%5c"),
    ],
)
def test_nothing_is_made_for_what_a_visitor_makes_up(client, change):
    picture = factories.picture(width=500, height=400)
    address = change(Renditions(picture, CARD).in_format(WEBP)[0].url)
    assert client.get(address).status_code in {400, 404}
    assert not default_storage.exists("renditions")


def test_address_of_yesterday_leads_to_the_picture_of_today(client):
    picture = factories.picture(width=500, height=400)
    before = jpeg(picture, "card")
    Picture.objects.update(version=2)
    picture.refresh_from_db()
    response = client.get(before)
    assert response.status_code == 302
    assert response.headers["Location"] == jpeg(picture, "card")
    assert response.headers["Cache-Control"] == "no-cache"


def test_closed_picture_is_gone_with_its_files(
    client, django_capture_on_commit_callbacks
):
    picture = factories.picture()
    address = jpeg(picture, "card")
    body_of(client.get(address))
    name = address.removeprefix("/media/")
    with django_capture_on_commit_callbacks(execute=True):
        close(picture)
    assert client.get(address).status_code == 404
    assert not default_storage.exists(name)
    assert client.get(jpeg(picture, "card")).status_code == 200


def test_uploaded_file_itself_is_not_for_readers(client):
    picture = factories.picture()
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_picture_whose_file_is_lost_is_not_found(client):
    picture = factories.picture()
    default_storage.delete(picture.file.name)
    assert client.get(jpeg(picture, "card")).status_code == 404


def test_whoever_has_the_file_is_told_so(client):
    address = jpeg(factories.picture(), "card")
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_document_is_saved_under_its_title_and_never_shown(client):
    address = factories.document().file.url
    response = client.get(address)
    kept_as = response.headers["Content-Disposition"]
    assert kept_as.startswith("attachment; filename*=utf-8''")
    assert kept_as.endswith(".pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_file_without_a_row_is_not_served(client):
    name = default_storage.save("documents/a.pdf", ContentFile(b"%PDF-"))
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "told", "body"),
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=8-", 206, "bytes 8-9/10", b"89"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=5-99", 206, "bytes 5-9/10", b"56789"),
        ("bytes=-99", 206, "bytes 0-9/10", TEN_BYTES),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=-0", 416, "bytes */10", b""),
        ("bytes=3-1", 200, None, TEN_BYTES),
        ("bytes=0-1,4-5", 200, None, TEN_BYTES),
        ("lines=1-2", 200, None, TEN_BYTES),
        ("", 200, None, TEN_BYTES),
    ],
)
def test_part_of_a_recording_can_be_had(client, video, asked, status, told, body):
    response = client.get(video.file.url, headers={"Range": asked})
    assert response.status_code == status
    assert response.headers.get("Content-Range") == told
    assert body_of(response) == body
    assert response.headers["Accept-Ranges"] == "bytes"


def test_part_of_what_has_changed_meanwhile_is_the_whole(client, video):
    asked = {"Range": "bytes=0-3", "If-Range": '"another"'}
    assert body_of(client.get(video.file.url, headers=asked)) == TEN_BYTES


def test_asking_for_headers_alone_opens_nothing(client, video):
    response = client.head(video.file.url)
    assert response.headers["Content-Length"] == "10"
    assert body_of(response) == b""


def test_captions_are_text_that_a_player_reads(client):
    file = ContentFile(b"WEBVTT\n", name="a.vtt")
    shown = factories.recording(captions=file)
    response = client.get(shown.captions.url)
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"


def test_no_size_is_larger_than_the_picture():
    picture = factories.picture(width=500, height=400)
    assert Renditions(picture, LEAD).widths == (360, 480, 500)
    assert Renditions(picture, CARD).widths == (240, 360, 480, 500)
    tiny = factories.picture(width=40, height=30)
    assert Renditions(tiny, CARD).widths == (40,)


def test_earlier_version_of_a_picture_is_not_for_readers(client):
    earlier = factories.replaced_picture().versions.get().file.name
    assert default_storage.exists(earlier)
    assert client.get(f"/media/{earlier}").status_code == 404


def test_stamp_that_somebody_makes_up_leads_to_the_picture_of_today(client):
    address = jpeg(factories.picture(), "card")
    stem, _, ending = address.rpartition(".")
    response = client.get(f"{stem[:-8]}00000000.{ending}")
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert not default_storage.exists("renditions")


@pytest.mark.parametrize(
    "folder", ["renditions", "documents", "recordings", "pictures"]
)
@pytest.mark.parametrize(
    "trick",
    [
        "../documents/{name}",
        "%2e%2e/documents/{name}",
        "..%2fdocuments%2f{name}",
        "..%5cdocuments%5c{name}",
        "./{name}",
        "/{name}",
        "{name}%00",
        "%00{name}",
        "{name}/",
        "{name}/..",
        "%ED%A0%80",
        "{name}%0d%0aX-A:%20b",
        "long" * 2_000,
    ],
)
def test_path_with_a_trick_gets_nothing(folder, trick):
    name = factories.document().file.name.removeprefix("documents/")
    client = Client(raise_request_exception=False)
    response = client.get(f"/media/{folder}/{trick.format(name=name)}")
    assert response.status_code in {400, 404}
    assert "X-A" not in response.headers


def test_whole_file_is_told_to_whoever_asks_for_headers_of_a_part(client, video):
    response = client.head(video.file.url, headers={"Range": "bytes=0-3"})
    assert response.status_code == 200
    assert response.headers["Content-Length"] == "10"
    assert "Content-Range" not in response.headers


def test_answer_that_there_is_no_such_part_is_not_kept(client, video):
    response = client.get(video.file.url, headers={"Range": "bytes=99-"})
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("{tag}", 206),
        ("W/{tag}", 200),
        ("Tue, 03 Mar 2026 08:00:00 GMT", 200),
        ("nonsense", 200),
    ],
)
def test_part_is_given_only_of_the_file_that_somebody_has(
    client, video, condition, status
):
    tag = client.head(video.file.url).headers["ETag"]
    asked = {"Range": "bytes=0-3", "If-Range": condition.format(tag=tag)}
    assert client.get(video.file.url, headers=asked).status_code == status


def test_recording_is_nothing_that_a_page_could_run(client, video):
    response = client.get(video.file.url)
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Content-Disposition" not in response.headers


def test_empty_file_is_given_whole_and_has_no_parts(client):
    address = factories.recording(file=ContentFile(b"", name="a.mp3")).file.url
    assert body_of(client.get(address)) == b""
    asked = client.get(address, headers={"Range": "bytes=0-"})
    assert (asked.status_code, asked.headers["Content-Range"]) == (416, "bytes */0")


@pytest.mark.parametrize("title", ['a"b', "a\r\nX-A: b", "../a", "值班表\r\nX-A: b"])
def test_title_of_a_document_writes_no_headers(client, title):
    response = client.get(factories.document(title=title).file.url)
    assert response.status_code == 200
    assert "X-A" not in response.headers
    assert response.headers["Content-Disposition"].startswith("attachment; ")


def test_file_of_a_recording_that_is_lost_is_not_found(client, video):
    default_storage.delete(video.file.name)
    assert client.get(video.file.url).status_code == 404


def test_nothing_is_sent_to_the_library(client, video):
    assert client.post(video.file.url).status_code == 405
