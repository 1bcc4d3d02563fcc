"""How long the comparison of two stories takes that have nothing in common.

    .venv/bin/python bench/comparing.py

Prints CPU seconds for stories of 20,000 characters, by the length of their paragraphs;
the limit is one second.
"""
# ruff: noqa: T201

import os
import random
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")
django.setup()

from articles.comparing import compare  # noqa: E402

LENGTH = 20_000  # characters
SECTIONS = 10


def story(seed: int, paragraph: int) -> dict:
    chance = random.Random(seed)  # noqa: S311
    letters = [chr(0x4E00 + number) for number in range(2500)] + ["，", "。"] * 20
    texts = [
        "".join(chance.choices(letters, k=paragraph))
        for _ in range(LENGTH // paragraph)
    ]
    empty = dict.fromkeys(("kicker", "subtitle", "standfirst", "original_url"), "")
    return {
        **empty,
        "title": f"第 {seed} 篇",
        "script": "zh-Hans",
        "channel": None,
        "further_channels": [],
        "source": {"name": "", "url": ""},
        "authors": [],
        "editors": [],
        "tags": [],
        "cover": None,
        "sections": [
            {
                "anchor": f"{seed}-{place}",
                "heading": "",
                "subheading": "",
                "body": "".join(f"<p>{text}</p>" for text in texts[place::SECTIONS]),
            }
            for place in range(min(SECTIONS, len(texts)))
        ],
    }


def main() -> None:
    for paragraph in (1, 4, 10, 200, LENGTH):
        stories = story(1, paragraph), story(2, paragraph)
        start = time.process_time()
        compare(*stories)
        seconds = time.process_time() - start
        print(f"{paragraph:6} characters a paragraph: {seconds:.2f} s")


main()
