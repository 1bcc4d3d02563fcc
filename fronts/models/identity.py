"""Who runs the portal, as the frame of every page says."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from channels.fields import WebAddressField
from editions.catalogue import Edition
from editions.markers import mark_authored
from pictures.models import Picture

IDENTIFICATION_CODE = RegexValidator(
    r"^[0-9a-z]{10}$", "标识码是十位，由数字和小写字母组成。"
)

# As the registers write them: the province in one character, the number, perhaps the
# number of the site. The police have numbers of fourteen digits.
_ICP_LICENCE = re.compile(r"[㐀-鿿]ICP[备证][0-9]{6,10}号(-[0-9]{1,4})?")
_POLICE_RECORD = re.compile(r"[㐀-鿿]?公网安备 ?[0-9]{14}号")


class SiteIdentity(models.Model):
    """One row. Empty fields are not shown anywhere."""

    name = models.CharField("站名", max_length=20, default="金溪门户")
    name_hant = models.CharField(
        "繁体站名",
        max_length=20,
        blank=True,
        help_text="留空就由程序转换。下面两项也一样。",
    )
    name_tw = models.CharField("台湾版站名", max_length=20, blank=True)
    name_hk = models.CharField("香港版站名", max_length=20, blank=True)
    seal = models.CharField(
        "印章字", max_length=1, default="金", help_text="站标里的一个字。"
    )
    emblem = models.ForeignKey(
        Picture,
        verbose_name="站标图片",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="emblem_of",
        help_text="正方形图片，代替印章字；留空就用印章字。",
    )
    tagline = models.CharField("一句话介绍", max_length=80, blank=True)
    organiser = models.CharField("主办单位", max_length=60, blank=True)
    undertaker = models.CharField("承办单位", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    email = models.EmailField("邮箱", blank=True)
    address = models.CharField("地址", max_length=80, blank=True)
    icp_licence = models.CharField(
        "ICP 备案号", max_length=40, blank=True, help_text="如：某ICP备12345678号-1"
    )
    police_record = models.CharField(
        "公安备案号",
        max_length=40,
        blank=True,
        help_text="如：某公网安备 12345678901234号",
    )
    filing = models.TextField(
        "其他备案信息", blank=True, max_length=300, help_text="每行一条，显示在页脚。"
    )
    identification_code = models.CharField(
        "网站标识码",
        max_length=10,
        blank=True,
        validators=[IDENTIFICATION_CODE],
        help_text="政府网站才有。填了，页面就带政府网站的标签。",
    )
    standard_name = models.CharField(
        "标准网站名", max_length=60, blank=True, help_text="登记的网站名；留空用站名。"
    )
    fault_report_id = models.CharField(
        "“找错”编号",
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z_-]+$", "只有数字、字母、-和_。")],
        help_text="政府网站找错平台发的编号，页脚会有找错链接。",
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
        faults = {}
        if self.icp_licence and not _ICP_LICENCE.fullmatch(self.icp_licence):
            faults["icp_licence"] = (
                "ICP 备案号要照登记的写全，像“京ICP备12345678号-1”这样，中间没有空格。"
            )
        if self.police_record and not _POLICE_RECORD.fullmatch(self.police_record):
            faults["police_record"] = (
                "公安备案号要照登记的写全，像“浙公网安备 33010602000001号”这样，数字是"
                " 14 位。"
            )
        if self.filing.count("\n") > 5:
            faults["filing"] = "备案信息最多六行。"
        if faults:
            raise ValidationError(faults)

    @classmethod
    def current(cls) -> "SiteIdentity":
        """The stored identity, or the defaults of a new site. One query."""
        return cls.objects.select_related("emblem").first() or cls(pk=1)

    def name_in(self, edition: Edition) -> str:
        """The name for a page of this edition. One given by hand is marked, so that the
        conversion of the page leaves it alone; without one the page converts `name`."""
        by_hand = {
            "zh-hant": self.name_hant,
            "zh-tw": self.name_tw,
            "zh-hk": self.name_hk,
        }.get(edition.code, "")
        return mark_authored(by_hand, edition.script) or self.name

    @property
    def police_record_url(self) -> str:
        """The public register's page of this record; the register itself without digits."""
        number = "".join(re.findall(r"[0-9]", self.police_record))
        register = "https://beian.mps.gov.cn/"
        return f"{register}#/query/webSearch?code={number}" if number else register

    @property
    def filing_lines(self) -> list[str]:
        return [line.strip() for line in self.filing.splitlines() if line.strip()]

    @property
    def has_records(self) -> bool:
        """Whether the last line of the footer says anything."""
        return bool(
            self.icp_licence
            or self.police_record
            or self.identification_code
            or self.fault_report_id
            or self.filing_lines
        )

    @property
    def fault_report_url(self) -> str:
        """Where the inspectors of government sites take reports; empty without a number."""
        if not self.fault_report_id:
            return ""
        return f"https://zfwzzc.www.gov.cn/check_web/errorInfo/jcInfo/{self.fault_report_id}"


class FollowBlock(models.Model):
    """Where else the newsroom can be followed: a name, and the code to scan or an address."""

    identity = models.ForeignKey(
        SiteIdentity, on_delete=models.CASCADE, related_name="follow_blocks"
    )
    name = models.CharField("名称", max_length=20, help_text="如：微信公众号")
    account = models.CharField("账号", max_length=40, blank=True)
    code = models.ForeignKey(
        Picture,
        verbose_name="二维码图片",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_code_of",
    )
    url = WebAddressField("网址", blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "关注我们"
        verbose_name_plural = "关注我们"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not self.code_id and not self.url:
            raise ValidationError(
                {"code": "选一张二维码图片，或者填网址：至少要有一样，读者才能关注。"}
            )


class FooterLink(models.Model):
    """A link to somebody else's site in the footer."""

    identity = models.ForeignKey(
        SiteIdentity, on_delete=models.CASCADE, related_name="footer_links"
    )
    name = models.CharField("名称", max_length=30)
    url = WebAddressField("网址")
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "友情链接"
        verbose_name_plural = "友情链接"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
