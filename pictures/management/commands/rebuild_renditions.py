"""manage.py rebuild_renditions: make the sizes of pictures that are missing."""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pictures.models import Picture
from pictures.rendering import render
from pictures.renditions import Unreadable
from pictures.shelving import take_again


class Command(BaseCommand):
    help = (
        "把图片库里每张图的各种尺寸补齐。可以随时中断，再运行时接着做；"
        "检查制度以前入库的图片会先重新检查一遍。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--afresh", action="store_true", help="全部重做，例如改了尺寸或画质之后"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        pictures = Picture.objects.order_by("pk")
        if not options["afresh"]:
            pictures = pictures.filter(is_rendered=False)
        keys = list(pictures.values_list("pk", flat=True))
        started, made, failed = time.monotonic(), 0, 0
        for done, key in enumerate(keys, start=1):
            try:
                made += self._rebuild(key, anew=options["afresh"])
            except (Unreadable, ValidationError, OSError) as error:
                failed += 1
                reason = (
                    "；".join(error.messages)
                    if isinstance(error, ValidationError)
                    else "文件打不开"
                )
                self.stderr.write(f"图片 {key}：{reason}")
            left = (time.monotonic() - started) / done * (len(keys) - done)
            if options["verbosity"] and (done % 20 == 0 or done == len(keys)):
                self.stdout.write(f"{done}/{len(keys)} 张，还要约 {left:.0f} 秒")
                self.stdout.flush()
        self.stdout.write(f"新做了 {made} 个尺寸，{failed} 张图没有做成。")
        if failed:
            raise CommandError("有图片没有做成，原因见上。")

    def _rebuild(self, key: int, *, anew: bool) -> int:
        picture = Picture.objects.filter(pk=key).first()
        if picture is None:
            return 0
        if not picture.sha256:
            take_again(picture)
        return render(picture, anew=anew)
