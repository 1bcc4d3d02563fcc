"""Files and recordings in the admin: who may do what, what a page shows; the verbs."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.models import Enclosure
from pictures.filing import add_document, add_recording
from pictures.models import Document, Recording
from tests import factories
from tests.admin_forms import send, signed_in
from tests.markup import parsed, select, words_of
from tests.pictures.test_files import PDF, VTT, file_of, mp4

pytestmark = pytest.mark.django_db


def page_of(kept: Document | Recording, page: str = "change") -> str:
    name = f"admin:pictures_{kept._meta.model_name}_{page}"
    return reverse(name, args=[kept.pk])


def list_of(model: str) -> str:
    return reverse(f"admin:pictures_{model}_changelist")


def errors_of(response) -> str:
    return " ".join(words_of(parsed(response), ".errorlist li"))


def test_list_says_what_and_how_much_it_is():
    by = factories.staff(Role.REPORTER)
    factories.document(uploaded_by=by)
    page = parsed(signed_in(Role.EDITOR).get(list_of("document")))
    assert words_of(page, "#result_list .field-kind") == ["PDF"]
    assert words_of(page, "#result_list .field-weight") == ["1.2 MB"]
    assert words_of(page, "#result_list .field-uploaded_by") == [str(by)]


@pytest.mark.parametrize("model", ["document", "recording"])
def test_file_is_found_by_its_title(model):
    make = getattr(factories, model)
    make(title="防汛值班表")
    make(title="公交时刻表")
    response = signed_in(Role.EDITOR).get(list_of(model), {"q": "时刻"})
    assert words_of(parsed(response), "#result_list .field-title") == ["公交时刻表"]


def test_list_of_many_needs_no_query_for_each(django_assert_max_num_queries):
    client = signed_in(Role.EDITOR)
    for _ in range(20):
        factories.recording(uploaded_by=factories.staff())
    with django_assert_max_num_queries(12):
        client.get(list_of("recording"))


def test_page_of_a_document_offers_it_for_download():
    kept = factories.document(title="<b>表")
    page = parsed(signed_in(Role.EDITOR).get(page_of(kept)))
    assert words_of(page, f"[href={kept.file.url}]") == ["下载“<b>表”"]
    assert not select(page, "[name=file]")


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_page_of_a_recording_plays_it_with_its_captions(kind):
    captions = ContentFile(VTT, name="a.vtt")
    kept = factories.recording(kind=kind, captions=captions)
    (player,) = select(
        parsed(signed_in(Role.EDITOR).get(page_of(kept))), f"{kind}[src]"
    )
    assert (player.get("src"), player.get("preload")) == (kept.file.url, "none")
    assert player.get("controls") is not None
    assert [track.get("src") for track in player] == [kept.captions.url]


def test_words_of_a_recording_may_change_and_its_file_may_not():
    kept = factories.recording(transcript="闸门开了。")
    before, poster = kept.file.name, factories.picture()
    changes = {
        "title": "开闸泄洪",
        "transcript": "两孔闸门开了。",
        "poster": str(poster.pk),
        "captions": SimpleUploadedFile("a.txt", VTT),
        "file": SimpleUploadedFile("b.mp4", mp4(b"soun")),
        "seconds": "",
    }
    send(signed_in(Role.EDITOR), page_of(kept), changes)
    kept.refresh_from_db()
    assert (kept.title, kept.transcript) == ("开闸泄洪", "两孔闸门开了。")
    assert (kept.file.name, kept.kind, kept.poster) == (before, "video", poster)
    assert kept.captions.name.endswith(".vtt")
    assert kept.seconds is None


def test_last_words_of_a_recording_cannot_be_taken_away():
    kept = factories.recording(captions=ContentFile(VTT, name="a.vtt"))
    response = send(signed_in(Role.EDITOR), page_of(kept), {"captions-clear": "on"})
    assert "听不到声音" in errors_of(response)
    kept.refresh_from_db()
    assert kept.captions


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"captions": b"1\n00:00:01,000 --> 00:00:02,000\na\n"}, "这是 SRT 字幕"),
        ({"file": b"<html>", "transcript": "a"}, "视频只收"),
        ({"file": b"", "transcript": "a"}, "空"),
        ({"transcript": "  "}, "听不到声音"),
        ({"transcript": "a", "title": "长" * 81}, "80"),
        ({"transcript": "a", "poster": "abc"}, "选"),
        ({"transcript": "a", "seconds": "-1"}, "0"),
    ],
)
def test_unsound_recording_is_refused_and_nothing_is_stored(fields, sentence):
    sent = {"title": "开闸", "file": mp4(b"vide"), **fields}
    data = {
        name: SimpleUploadedFile("a", value) if isinstance(value, bytes) else value
        for name, value in sent.items()
    }
    address = reverse("admin:pictures_recording_add")
    response = signed_in(Role.REPORTER).post(address, data)
    assert response.status_code == 200
    assert sentence in errors_of(response)
    assert not Recording.objects.exists()
    assert not default_storage.exists("recordings")


def test_length_that_somebody_writes_is_not_overwritten():
    data = {
        "title": "开闸",
        "file": SimpleUploadedFile("a", mp4(b"vide", seconds=185)),
        "transcript": "闸门开了。",
        "seconds": "190",
    }
    signed_in(Role.REPORTER).post(reverse("admin:pictures_recording_add"), data)
    assert Recording.objects.get().seconds == 190


def test_file_that_a_story_offers_is_not_deleted():
    kept = factories.document()
    Enclosure.objects.create(article=factories.article(), document=kept)
    signed_in(Role.EDITOR).post(page_of(kept, "delete"), {"post": "yes"})
    assert Document.objects.filter(pk=kept.pk).exists()


def test_file_that_nothing_offers_is_deleted_by_an_editor():
    kept = factories.document()
    signed_in(Role.EDITOR).post(page_of(kept, "delete"), {"post": "yes"})
    assert not Document.objects.exists()


@pytest.mark.parametrize("make", [factories.document, factories.recording])
def test_reporter_sees_and_adds_but_changes_and_deletes_nothing(make):
    kept, client = make(), signed_in(Role.REPORTER)
    assert client.get(page_of(kept)).status_code == 200
    assert client.post(page_of(kept), {"title": "新名"}).status_code == 403
    assert client.post(page_of(kept, "delete"), {"post": "yes"}).status_code == 403
    kept.refresh_from_db()
    assert kept.title != "新名"


@pytest.mark.parametrize("model", ["document", "recording"])
def test_whoever_has_no_role_gets_nowhere(client, model):
    address = reverse(f"admin:pictures_{model}_add")
    assert client.get(address).status_code == 302
    assert signed_in(None).get(address).status_code == 403


def test_verbs_keep_files_with_what_they_are():
    by = factories.staff(Role.REPORTER)
    document = add_document(file_of(PDF), title="值班表", by=by)
    assert (document.kind, document.bytes, document.uploaded_by) == (
        "pdf",
        len(PDF),
        by,
    )
    assert document.file.name.endswith(".pdf")
    recording = add_recording(
        file_of(mp4(b"soun")), title="访谈", by=by, captions=file_of(VTT)
    )
    recording.refresh_from_db()
    assert (recording.kind, recording.seconds) == ("audio", 185)
    assert recording.file.name.endswith(".m4a")
    assert recording.captions.name.endswith(".vtt")
    with recording.captions.open() as kept:
        assert kept.read() == VTT


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "访谈"}, "听不到声音"),
        ({"title": "", "transcript": "a"}, "title"),
        ({"title": "访谈", "captions": file_of(b"hello")}, "WEBVTT"),
    ],
)
def test_verb_stores_nothing_of_an_unsound_recording(fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        add_recording(file_of(mp4(b"soun")), by=None, **fields)
    assert not default_storage.exists("recordings")


def test_quota_counts_files_and_bytes_of_a_day_and_spares_the_console(monkeypatch):
    by = factories.staff(Role.REPORTER)
    factories.recording(uploaded_by=by, bytes=2_000_000_000)
    with pytest.raises(ValidationError, match="请明天再传"):
        add_document(file_of(PDF), title="表", by=by)
    assert add_document(file_of(PDF), title="表", by=None).pk
    Recording.objects.update(created_at="2020-01-01T00:00:00Z")
    monkeypatch.setattr("pictures.quotas.FILES_A_DAY", 1)
    add_document(file_of(PDF), title="表", by=by)
    with pytest.raises(ValidationError, match="最多上传 1 个"):
        add_recording(file_of(mp4(b"soun")), title="访谈", by=by, transcript="a")
