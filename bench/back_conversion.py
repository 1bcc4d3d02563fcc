"""How near conversion comes to what native writers of Traditional Chinese write.

    .venv/bin/python bench/back_conversion.py FILE…

Each FILE is UTF-8 text or a treebank in CoNLL-U, of which the `# text` lines count. The
text is brought to Simplified by OpenCC's tw2s and back by each edition; what is printed,
in Markdown, are the Han characters that came back otherwise, in 1,000. Stock OpenCC
stands beside it. `--differences N` lists the N most frequent ones of each edition.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")

import django

django.setup()

import opencc

from editions.catalogue import EDITIONS, HANS
from editions.conversion import convert

TREEBANK_TEXT = "# text = "


def lines_of(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line.startswith(TREEBANK_TEXT)]
    if texts:
        return [line.removeprefix(TREEBANK_TEXT) for line in texts]
    return lines


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def differences(
    lines: list[str], simplified: list[str], back: Callable[[str], str]
) -> Counter[tuple[str, str]]:
    """What was written and what came back, counted."""
    found: Counter[tuple[str, str]] = Counter()
    for native, plain in zip(lines, simplified, strict=True):
        pairs = zip(native, back(plain), strict=True)
        found.update((a, b) for a, b in pairs if a != b and is_han(a))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--differences", type=int, default=0)
    options = parser.parse_args()
    to_simplified = opencc.OpenCC("tw2s")
    ways: dict[str, Callable[[str], str]] = {
        edition.code: lambda text, code=edition.code: convert(text, code)  # type: ignore[misc]
        for edition in EDITIONS
        if edition.script != HANS
    }
    ways |= {f"OpenCC {name}": opencc.OpenCC(name).convert for name in ("s2tw", "s2hk")}
    print(f"| text | characters | {' | '.join(ways)} |")
    print("|---" * (len(ways) + 2) + "|")
    for file in options.files:
        lines = lines_of(file)
        count = sum(map(is_han, "".join(lines)))
        simplified = [to_simplified.convert(line) for line in lines]
        found = {
            name: differences(lines, simplified, way) for name, way in ways.items()
        }
        rates = (f"{1000 * counter.total() / count:.1f}" for counter in found.values())
        print(f"| {file.name} | {count:,} | {' | '.join(rates)} |")
        for name, counter in found.items() if options.differences else ():
            listed = counter.most_common(options.differences)
            print(name, " ".join(f"{a}→{b}×{n}" for (a, b), n in listed))


if __name__ == "__main__":
    main()
