"""How well and how fast proofreading works: figures for texts that are given as arguments.

See bench/README.md for the files it takes. Nothing is written anywhere.
"""

# ruff: noqa: T201

import argparse
import csv
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")
django.setup()

from django.test.runner import DiscoverRunner  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.checklist import checklist  # noqa: E402
from articles.importing import extract  # noqa: E402
from editions.catalogue import HANT  # noqa: E402
from editions.proofreading import writing_faults, wrong_conversions  # noqa: E402
from editions.suspicions import Suspicion  # noqa: E402

HAN = re.compile("[\u3400-\u9fff]")
ROUNDS = 20
STORY_LENGTH = 3000


def main() -> None:
    options = _arguments()
    if options.legacy:
        _legacy(_text(options.legacy), _wrong(options.wrong))
    if options.native:
        _clean("native rows", list(_native(options.native)), script=HANT)
    if options.pages:
        _clean("pages", list(_pages(options.pages)))
    _checklist_time()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--legacy", type=Path, help="a text that was converted badly")
    parser.add_argument("--wrong", type=Path, help="its wrong characters")
    parser.add_argument("--native", type=Path, help="sentences of native writers")
    parser.add_argument("--pages", type=Path, help="a folder of saved pages")
    options = parser.parse_args()
    if bool(options.legacy) != bool(options.wrong):
        parser.error("--legacy and --wrong belong together.")
    return options


def _legacy(text: str, wrong: dict[int, str]) -> None:
    """Precision and recall by character, then alarms once the text is corrected."""
    found = _characters(wrong_conversions(text))
    hits = {at for at in found if at in wrong}
    right = {at for at in hits if found[at] == wrong[at]}
    print(f"legacy text: {_han(text)} Han, {len(wrong)} wrong characters")
    print(f"  flagged {len(found)}, precision {len(hits) / max(1, len(found)):.3f}")
    print(f"  recall {len(hits) / max(1, len(wrong)):.3f}")
    print(f"  suggestion right in {len(right)} of {len(hits)}")
    for at in sorted(found.keys() ^ wrong.keys()):
        print(f"  differs at {at}: {text[max(0, at - 4) : at + 5]!r}")
    corrected = "".join(wrong.get(at, mark) for at, mark in enumerate(text))
    _clean("legacy text, corrected", [corrected])


def _clean(label: str, texts: list[str], **options: Any) -> None:
    """Alarms in texts that are taken to be right, by kind, and the time they took."""
    han = max(1, sum(map(_han, texts)))
    print(f"{label}: {len(texts)} texts, {han} Han")
    finders: dict[str, Callable[[str], list[Suspicion]]] = {
        "conversions": lambda text: wrong_conversions(text, **options),
        "writing faults": writing_faults,
    }
    for name, find in finders.items():
        started = time.perf_counter()
        alarms = [alarm for text in texts for alarm in find(text)]
        spent = (time.perf_counter() - started) * 1000
        kinds = dict(Counter(alarm.kind.value for alarm in alarms))
        print(
            f"  {name}: {len(alarms)} alarms, {len(alarms) * 1000 / han:.2f} per 1,000 Han,"
            f" {spent * 1000 / han:.2f} ms per 1,000 Han {kinds}"
        )


def _checklist_time() -> None:
    """The whole checklist of a story, with its queries, in a database of its own."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        spent = sorted(_timed_checklist() for _ in range(ROUNDS))
    finally:
        runner.teardown_databases(databases)
    print(
        f"checklist of a story of {STORY_LENGTH} characters: median"
        f" {statistics.median(spent):.1f} ms, slowest {spent[-1]:.1f} ms"
    )


def _timed_checklist() -> float:
    sentence = "老街“河边”的第{}间屋修好了，大家在2026年5月6日来看，也谈谈以后的计划。"
    lines: list[str] = []
    while sum(map(len, lines)) < STORY_LENGTH:
        lines.append(sentence.format(len(lines)))
    body = "".join(f"<p>{line}</p>" for line in lines)
    link = '<p>见<a href="/article/7/">另一篇</a>。</p>'
    content = {
        **dict.fromkeys(("kicker", "subtitle", "standfirst"), ""),
        "title": "河边的老街修好了",
        "script": "zh-Hans",
        "channel": 1,
        "source": {"name": "", "url": ""},
        "editors": ["周禾"],
        "cover": {"picture": 1, "alt_text": "老街", "caption": "", "credit": "周禾摄"},
        "sections": [
            {
                "anchor": "s-00000001",
                "heading": "",
                "subheading": "",
                "body": body + link,
            }
        ],
    }
    started = time.perf_counter()
    checklist(content, at=timezone.now())
    return (time.perf_counter() - started) * 1000


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _wrong(path: Path) -> dict[int, str]:
    """Offset in the text and the right character, from lines of offset, wrong, right."""
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row[0]): row[2] for row in csv.reader(file, delimiter="\t")}


def _native(path: Path) -> Iterator[str]:
    """The Traditional side of the rows that come from writers and not from test sets."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row["provenance"].startswith("UD"):
                yield row["expected_hant"].split("|")[0]


def _pages(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        page = extract(path.read_bytes(), path.name)
        lines = [page.title]
        for section in page.sections:
            lines += [section.heading, section.subheading]
            lines += (
                unescape(re.sub("<[^>]*>", "", html)) for html in section.paragraphs
            )
        yield "\n".join(filter(None, lines))


def _characters(suspicions: list[Suspicion]) -> dict[int, str]:
    """The characters that the suggestions would change."""
    return {
        item.start + index: new
        for item in suspicions
        for index, (old, new) in enumerate(
            zip(item.found, item.suggestion, strict=True)
        )
        if old != new
    }


def _han(text: str) -> int:
    return len(HAN.findall(text))


if __name__ == "__main__":
    main()
