"""Convert text or a page from standard input to standard output."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from editions.catalogue import EDITIONS, HANS, HANT, Script, by_code
from editions.conversion import convert
from editions.glossary import current_glossary
from editions.markers import mark_authored
from editions.models import Term
from editions.pages import convert_page
from editions.terms import CompiledGlossary


class Command(BaseCommand):
    help = (
        "把标准输入的文字转换成一个文字版，写到标准输出，转换词表一并生效。"
        "目标是简体版时，输入按繁体理解，否则按简体理解。输入输出都是 UTF-8。"
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--edition",
            required=True,
            choices=[edition.code for edition in EDITIONS],
            help="目标文字版",
        )
        parser.add_argument(
            "--html", action="store_true", help="输入是一个网页，只转换给人看的文字"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read()
        edition = by_code(options["edition"])
        source: Script = HANT if edition.script == HANS else HANS
        glossary = self.glossary()
        if options["html"]:
            page = mark_authored(text, source)
            converted = convert_page(page, edition, glossary=glossary)
        else:
            converted = convert(text, edition.code, source=source, glossary=glossary)
        sys.stdout.buffer.write(converted.encode())
        sys.stdout.buffer.flush()

    def glossary(self) -> CompiledGlossary:
        """The desk's terms; none, and a note, where no database was set up yet."""
        try:
            tables = connection.introspection.table_names()
            if Term._meta.db_table in tables:
                return current_glossary()
        except DatabaseError as error:
            message = f"读不到转换词表：{error}"
            raise CommandError(message) from error
        self.stderr.write("还没有建库（manage.py migrate），这次转换没有用转换词表。")
        return CompiledGlossary("", [])


def _read() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"输入不是 UTF-8 编码：从第 {error.start + 1} 个字节起读不懂。"
        raise CommandError(message) from error
