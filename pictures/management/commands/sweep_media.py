"""manage.py sweep_media: find files that belong to nothing, and delete them if told to."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pictures.sweeping import orphans

MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = (
        "找出一天以前留下的、不属于任何图片和附件的文件。只列出来；加 --delete 才删除。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="删除列出的文件")

    def handle(self, *_: Any, **options: Any) -> None:
        count = size = 0
        for orphan in list(orphans(timezone.now())):
            self.stdout.write(f"{orphan.name}  {orphan.bytes} 字节")
            if options["delete"]:
                default_storage.delete(orphan.name)
            count, size = count + 1, size + orphan.bytes
        act = "已删除" if options["delete"] else "可以删除"
        hint = "" if options["delete"] or not count else "要删除请加 --delete。"
        self.stdout.write(f"{act} {count} 个文件，{size / MEGABYTE:.1f} MB。{hint}")
