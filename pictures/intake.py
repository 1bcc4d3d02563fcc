"""What the library accepts: asked of a child process, which looks at the file and makes it
anew. See pictures/decoding.py for what it does to a file, and why there."""

import contextlib
import datetime
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File

from pictures.decoding import EMPTY, MAX_BYTES, TOO_COMPLEX, TOO_HEAVY

PROGRAM = Path(__file__).with_name("decoding.py")
SECONDS = 15  # by the clock; the child itself stops after ten of the processor's
NO_FILE = "没有这个文件，或者打不开。"


@dataclass(frozen=True)
class Verdict:
    """What a look at a file found. Width and height are pixels as shown, 0 if unknown;
    `peak_mb` is what the child needed beyond its own start."""

    ok: bool
    reason: str
    width: int = 0
    height: int = 0
    format: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0


@dataclass(frozen=True)
class Master:
    """A picture made anew: nothing is in the file but its pixels. `sha256` is of these."""

    data: bytes
    extension: str
    width: int
    height: int
    sha256: str
    near_hash: int
    tone: int
    taken_on: datetime.date | None


def check(path: Path) -> Verdict:
    """Whether the file could come into the library. Raises nothing, whatever it is."""
    started = time.monotonic()
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        return Verdict(ok=False, reason=NO_FILE)
    report = _ask("check", path)
    return Verdict(
        ok=report["ok"],
        reason=report["reason"],
        width=report.get("width", 0),
        height=report.get("height", 0),
        format=report.get("format", ""),
        seconds=round(time.monotonic() - started, 3),
        peak_mb=report.get("peak_mb", 0.0),
    )


def take(upload: File) -> Master:
    """Make the picture anew. Raises ValidationError with a sentence for the editor."""
    with _on_disk(upload) as path:
        target = path.with_name("master")
        report = _ask("take", path, target)
        if not report["ok"]:
            raise ValidationError(report["reason"])
        try:
            width, height = report["master"]
            return Master(
                data=target.read_bytes(),
                extension=report["extension"],
                width=width,
                height=height,
                sha256=report["sha256"],
                near_hash=report["near_hash"],
                tone=report["tone"],
                taken_on=_day(report["taken_on"]),
            )
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise ValidationError(TOO_COMPLEX) from error


def validate_upload(upload: File) -> None:
    """Raise ValidationError, with a sentence for the editor, unless the file is sound. A
    closed file, one that is in the library already, is left closed."""
    was_closed = upload.closed
    upload.open()
    try:
        with _on_disk(upload) as path:
            report = _ask("check", path)
    finally:
        if was_closed:
            upload.close()
        else:
            upload.seek(0)
    if not report["ok"]:
        raise ValidationError(report["reason"])


@contextlib.contextmanager
def _on_disk(upload: File) -> Iterator[Path]:
    """The file in a folder that is nobody else's and goes away. Its name is not used."""
    if not upload.size:
        raise ValidationError(EMPTY)
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_HEAVY)
    upload.seek(0)
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield path


def _ask(mode: str, path: Path, *more: Path) -> dict[str, Any]:
    """The line of the child. One that ends without a line has refused the file."""
    refused = {"ok": False, "reason": TOO_COMPLEX}
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell
            [
                sys.executable,
                "-I",
                str(PROGRAM),
                mode,
                str(path.absolute()),
                *map(str, more),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
        report = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return refused
    if done.returncode or not _is_answer(report):
        return refused
    return report


def _is_answer(report: object) -> bool:
    return (
        isinstance(report, dict)
        and isinstance(report.get("ok"), bool)
        and isinstance(report.get("reason"), str)
        and (report["ok"] or report["reason"] != "")
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
