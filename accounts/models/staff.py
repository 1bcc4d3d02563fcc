from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff. Readers have no accounts here."""

    display_name = models.CharField(
        "姓名", max_length=40, blank=True, help_text="在后台和审稿记录里显示的名字。"
    )

    # What accounts.rights found out about this instance; not a column.
    reach: dict | None = None

    class Meta(AbstractUser.Meta):
        verbose_name = "员工"
        verbose_name_plural = "员工"

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.display_name or self.username
