"""Make the files of editions/lexicon again from jieba's dictionary."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editions.chains import pivot_converter
from editions.lexicon import NEIGHBOURS, WORDS, several_forms
from editions.lexicon.building import (
    LEAST_FREQUENCY_BEHIND,
    common_words,
    single_characters,
    torn_neighbours,
)
from editions.phrases import PHRASES


class Command(BaseCommand):
    help = (
        "从 jieba 的 dict.txt（MIT 许可）重做转换用的常用词表 editions/lexicon。"
        "升级 opencc 或 jieba 以后运行，约一分钟；之后用 check_editions 看读者会看到什么变化。"
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dictionary", type=Path, help="jieba 源码包里的 jieba/dict.txt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = options["dictionary"].read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            message = f"读不了 {options['dictionary']}：{error}"
            raise CommandError(message) from error
        words = common_words(lines)
        if not words:
            message = f"{options['dictionary']} 里没有“词 词频 词性”这样的行。"
            raise CommandError(message)
        stock = pivot_converter(PHRASES)
        firsts = [*single_characters(lines, several_forms()), *words]
        seconds = common_words(
            lines, least=LEAST_FREQUENCY_BEHIND, characters="".join(several_forms())
        )
        parts = [*firsts, *seconds]
        converted = stock.convert("\n".join(parts)).split("\n")
        forms = dict(zip(parts, converted, strict=True))
        knowing = pivot_converter({word: forms[word] for word in words} | PHRASES)
        pairs = list(torn_neighbours(firsts, seconds, knowing.convert, forms))
        WORDS.write_text("\n".join(words) + "\n", encoding="utf-8")
        NEIGHBOURS.write_text("\n".join(pairs) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(words)} 个词，{len(pairs)} 对相邻的词。")
