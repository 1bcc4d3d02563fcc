"""The library in an S3-compatible store: one that answers on this machine, in memory."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from jinxi_portal import settings as project
from pictures.models import Picture
from pictures.renditions import jpeg
from pictures.shelving import add
from tests.pictures.images import upload

pytestmark = pytest.mark.django_db


class Store(BaseHTTPRequestHandler):
    """As much of S3 as the portal asks for."""

    kept: dict[str, bytes]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/county/")

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        self.kept[self.key] = self.rfile.read(length)
        self.answer(200, ETag='"1"')

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query or "prefix" in query:
            self.list_all(query["prefix"][0])
        elif self.key in self.kept:
            modified = "Tue, 24 Nov 2026 00:00:00 GMT"
            body = self.kept[self.key]
            self.answer(200, body, Last_Modified=modified, ETag='"1"')
        else:
            self.answer(404)

    do_HEAD = do_GET  # noqa: N815  the name is that of the base class

    def do_DELETE(self) -> None:
        self.kept.pop(self.key, None)
        self.answer(204)

    def list_all(self, prefix: str) -> None:
        here = [key.removeprefix(prefix) for key in self.kept if key.startswith(prefix)]
        folders = {key.split("/")[0] for key in here if "/" in key}
        files = [key for key in here if "/" not in key]
        rows = [
            f"<Contents><Key>{escape(prefix + key)}</Key><Size>1</Size></Contents>"
            for key in files
        ]
        rows += [
            f"<CommonPrefixes><Prefix>{escape(prefix + name)}/</Prefix></CommonPrefixes>"
            for name in folders
        ]
        page = f"<ListBucketResult>{''.join(rows)}</ListBucketResult>"
        self.answer(200, page.encode(), Content_Type="application/xml")


@pytest.fixture
def kept(settings, monkeypatch) -> Iterator[dict[str, bytes]]:
    """What the store holds; the portal keeps its files there."""
    handler = type("OneStore", (Store,), {"kept": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_port}/county/portal?region=here"
    monkeypatch.setitem(
        project.env.ENVIRON, "MEDIA_STORE", f"s3+http://name:secret@{address}"
    )
    settings.STORAGES = {**settings.STORAGES, "default": project.env_media_store()}
    yield handler.kept
    storages["default"].connection.meta.client.close()
    server.shutdown()
    server.server_close()


def test_picture_lives_in_the_store_and_is_shown_through_the_portal(client, kept):
    picture = add(upload(), by=None, title="桥", alt_text="桥", credit="林渡")
    assert f"portal/{picture.file.name}" in kept
    address = jpeg(picture, "card")
    assert address.startswith("/media/renditions/")
    for _ in range(2):
        assert b"".join(client.get(address)).startswith(b"\xff\xd8")
    assert f"portal/{address.removeprefix('/media/')}" in kept
    assert picture.file.url.startswith("/media/")


def test_sizes_in_the_store_are_rebuilt_by_the_command(kept, capsys):
    add(upload(), by=None, title="桥", alt_text="桥")
    call_command("rebuild_renditions")
    assert "没有做成" in capsys.readouterr().out
    assert Picture.objects.get().is_rendered
    assert sum(name.startswith("portal/renditions/") for name in kept) > 20
