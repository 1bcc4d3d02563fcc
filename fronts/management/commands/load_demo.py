from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from fronts.demo.loading import load


class Command(BaseCommand):
    help = "装入虚构的樟溪县示例内容。可以重复运行：已有的稿件不会被改动。"

    def handle(self, *args: Any, **options: Any) -> None:
        added = load(timezone.now(), self._show_progress)
        if added:
            self.stdout.write(f"已装入 {added} 篇示例稿件。")
        else:
            self.stdout.write("示例内容已经在库里，没有改动。")

    def _show_progress(self, done: int, total: int) -> None:
        """One line that counts up on a terminal; a line at every tenth elsewhere."""
        line = f"正在装入示例稿件：{done}/{total}"
        if self.stdout.isatty():
            self.stdout.write(line, ending="\n" if done == total else "\r")
            self.stdout.flush()
        elif done % 10 == 0 or done == total:
            self.stdout.write(line)
