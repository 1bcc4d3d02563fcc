from django.core.exceptions import ValidationError
from django.db import models


class SiteIdentity(models.Model):
    """Who runs the portal, as the frame of every page says. One row."""

    name = models.CharField("站名", max_length=20, default="金溪门户")
    seal = models.CharField(
        "印章字", max_length=1, default="金", help_text="站标里的一个字。"
    )
    tagline = models.CharField("一句话介绍", max_length=80, blank=True)
    organiser = models.CharField("主办单位", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    filing = models.TextField(
        "备案信息", blank=True, max_length=300, help_text="每行一条，显示在页脚。"
    )

    class Meta:
        verbose_name = "站点信息"
        verbose_name_plural = "站点信息"
        constraints = [
            models.CheckConstraint(name="one_site_identity", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.filing.count("\n") > 5:
            raise ValidationError({"filing": "备案信息最多六行。"})

    @classmethod
    def current(cls) -> "SiteIdentity":
        """The stored identity, or the defaults of a new site. One query."""
        return cls.objects.first() or cls(pk=1)
