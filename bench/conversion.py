"""What converting a page costs, and what a change of the glossary does.

    .venv/bin/python bench/conversion.py [page.html]

Prints milliseconds in Markdown: loading the converters of a new process, a change of
1,000 terms in all editions, and the conversion of a page of 84 KB (an invented one, or
the file given) without and with 1,000 terms, beside stock OpenCC on the same text in the
same run.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")

import django

django.setup()

import opencc

from editions import chinese_names
from editions.catalogue import EDITIONS, HANS
from editions.chains import converter
from editions.pages import convert_page
from editions.terms import CompiledGlossary, TermEntry

ROUNDS = 15
SIZE = 84 * 1024  # bytes
TERMS = 1000
SENTENCES = (
    "县里发布消息，干部和群众一起面对洪水，恢复生产的计划已经制定。",
    "樟溪镇有百余年历史，余先生在老街开理发店，范老师在里弄教书。",
    "志愿者采访了于大妈，她说松树下的钟表店只有一只猫，准备周末收获稻谷。",
)
CARD = '<li class="card"><a href="/article/{n}/" title="{words}">{words}</a><p>{words}<b>{words}</b></p></li>\n'


def page() -> str:
    cards, n = [], 0
    while sum(len(card.encode()) for card in cards) < SIZE:
        cards.append(CARD.format(n=n, words=SENTENCES[n % len(SENTENCES)]))
        n += 1
    return f"<!doctype html><html lang='zh-Hans'><body><ul>{''.join(cards)}</ul></body></html>"


def terms() -> list[TermEntry]:
    """Names such as a county has, none twice."""
    firsts, lasts = "樟溪云岭白鹭油坊余范", "村镇桥厂校湖山路坊里"
    names = (
        f"{a}{b}{c}{d}"
        for a in firsts
        for b in firsts
        for c in "上下东西南北中"
        for d in lasts
    )
    return [
        TermEntry(name, HANS, {"zh-hant": name})
        for name, _ in zip(names, range(TERMS), strict=False)
    ]


def milliseconds(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds after one to warm up."""
    act()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    html = Path(sys.argv[1]).read_text("utf-8") if sys.argv[1:] else page()
    others = [edition for edition in EDITIONS if edition.script != HANS]
    start = time.perf_counter()
    for edition in others:
        converter(edition.code)
    print("| what | ms |\n|---|---|")
    print(
        f"| load all converters, once a process | {(time.perf_counter() - start) * 1000:.0f} |"
    )

    def change() -> None:
        glossary = CompiledGlossary("", terms())
        for edition in others:
            list(glossary.spans("樟溪村", edition.code, HANS))

    print(f"| {TERMS} terms changed, three editions | {milliseconds(change, 5):.0f} |")
    stock = opencc.OpenCC("s2tw")
    print(
        f"| stock OpenCC over {len(html.encode()) / 1024:.0f} KB, markup and all | {milliseconds(lambda: stock.convert(html)):.1f} |"
    )
    glossary = CompiledGlossary("", terms())
    for edition in others:
        for name, chosen in (("no terms", None), (f"{TERMS} terms", glossary)):
            taken = milliseconds(
                lambda e=edition, g=chosen: convert_page(html, e, glossary=g)
            )
            print(f"| the page in {edition.code}, {name} | {taken:.1f} |", flush=True)

    def unseen() -> None:
        chinese_names.full_names.cache_clear()
        convert_page(html, others[0], glossary=glossary)

    print(
        f"| the page, {TERMS} terms, none of its names seen | {milliseconds(unseen):.1f} |"
    )


if __name__ == "__main__":
    main()
