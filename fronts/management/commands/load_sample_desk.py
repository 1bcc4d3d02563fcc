from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from fronts.demo.desk import load_desk


class Command(BaseCommand):
    help = "用示例账号写几篇处在不同审级的示例稿件（只用于开发环境）。可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("示例稿件由示例账号写成，正式环境不能使用。")
        added = load_desk(timezone.now())
        if added:
            self.stdout.write(f"已装入 {added} 篇审稿中的示例稿件。")
