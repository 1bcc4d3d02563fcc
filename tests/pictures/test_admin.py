"""The picture library."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from pictures.models import Picture
from tests import factories
from tests.admin_forms import send, signed_in

pytestmark = pytest.mark.django_db

ADD = reverse("admin:pictures_picture_add")


def upload(**fields) -> dict:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(stream, "PNG")
    return {
        "file": SimpleUploadedFile("river.png", stream.getvalue(), "image/png"),
        "focal_point": "0.5x0.5",
        "title": "河边",
        "alt_text": "河边的老街",
        **fields,
    }


def test_reporter_puts_a_picture_in_the_library():
    assert signed_in(Role.REPORTER).post(ADD, upload()).status_code == 302
    assert Picture.objects.get().alt_text == "河边的老街"


def test_picture_without_alternative_text_is_refused():
    response = signed_in(Role.REPORTER).post(ADD, upload(alt_text=""))
    assert "alt_text" in response.context["adminform"].form.errors
    assert not Picture.objects.exists()


def test_file_that_is_no_picture_is_refused_with_a_sentence():
    page = SimpleUploadedFile("page.png", b"<html></html>", "image/png")
    response = signed_in(Role.REPORTER).post(ADD, upload(file=page))
    assert not Picture.objects.exists()
    assert response.context["adminform"].form.errors["file"]


def test_list_shows_thumbnails_to_editors():
    client = signed_in(Role.EDITOR)
    client.post(ADD, upload())
    page = client.get(reverse("admin:pictures_picture_changelist")).content.decode()
    assert 'class="thumbnail"' in page
    assert "64 × 48" in page


def test_reporter_reads_but_does_not_change_what_is_in_the_library():
    client = signed_in(Role.REPORTER)
    client.post(ADD, upload())
    url = reverse("admin:pictures_picture_change", args=[Picture.objects.get().pk])
    assert client.get(url).status_code == 200
    assert client.post(url, upload(title="改过")).status_code == 403


def test_words_of_a_picture_are_changed_without_a_new_file():
    picture = factories.picture(caption="河边")
    client = signed_in(Role.EDITOR)
    address = reverse("admin:pictures_picture_change", args=[picture.pk])
    send(client, address, {"caption": "桥头"})
    picture.refresh_from_db()
    assert picture.caption == "桥头"
    assert picture.file.storage.exists(picture.file.name)
