"""manage.py check_picture FILE…: what the library would say of these files."""

import dataclasses
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pictures.intake import check


class Command(BaseCommand):
    help = "检查图片文件能不能入库，每个文件打印一行 JSON。不入库。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        refused = 0
        for name in options["files"]:
            verdict = check(Path(name))
            refused += not verdict.ok
            # A name may hold bytes that are no text.
            shown = name.encode("utf-8", "replace").decode()
            line = {"file": shown} | dataclasses.asdict(verdict)
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if refused:
            raise CommandError(f"{refused} 个文件不能入库。")
