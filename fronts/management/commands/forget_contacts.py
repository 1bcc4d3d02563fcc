from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from fronts.reporting import forget_contacts


class Command(BaseCommand):
    help = "删除处理完 90 天以上的读者纠错里的联系方式；可以每天运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = forget_contacts(timezone.now())
        self.stdout.write(f"已删除 {count} 条联系方式。")
