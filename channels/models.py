from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from tree_queries.models import OrderableTreeNode
from tree_queries.query import TreeQuerySet

from channels.fields import WebAddressField
from channels.signals import channel_moved

REVIEW_LEVELS = [
    (0, "不审，编辑直接发布"),
    (1, "一审"),
    (2, "两审：初审、终审"),
    (3, "三审：初审、复审、终审"),
]

# Names that inspectors of government sites look for in the tag ColumnType.
COLUMN_TYPES = [
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依法申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
]


class ChannelQuerySet(TreeQuerySet):
    def in_navigation(self) -> "ChannelQuerySet":
        """Top-level channels that the navigation bar shows, in the editors' order."""
        return self.filter(parent=None, in_navigation=True).order_by("position", "pk")

    def holding_articles(self) -> "ChannelQuerySet":
        """Channels that an article can belong to."""
        return self.exclude(kind=Channel.Kind.LINK)


class Channel(OrderableTreeNode):
    """A node of the channel tree: a subject desk's pages on the portal."""

    class Kind(models.TextChoices):
        LIST = "list", "文章列表"
        GALLERY = "gallery", "人物长廊"
        LINK = "link", "外部链接"

    name = models.CharField("名称", max_length=30)
    slug = models.SlugField(
        "网址名",
        max_length=60,
        unique=True,
        help_text="网址里的一段，用小写字母、数字和连字符。定下后不要改。",
    )
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.LIST)
    link_url = WebAddressField(
        "链接地址", blank=True, help_text="只有“外部链接”频道需要。"
    )
    intro = models.CharField("一句话介绍", max_length=120, blank=True)
    keywords = models.CharField(
        "关键词",
        max_length=80,
        blank=True,
        help_text="政府网站的栏目标签用，逗号分开。",
    )
    column_type = models.CharField(
        "栏目类型",
        max_length=10,
        blank=True,
        choices=[(name, name) for name in COLUMN_TYPES],
        help_text="政府网站的栏目标签用。",
    )
    closed_on = models.DateField(
        "停止更新日期",
        null=True,
        blank=True,
        help_text="从这天起页面写明“本频道已停止更新”。",
    )
    review_levels = models.PositiveSmallIntegerField(
        "审级",
        choices=REVIEW_LEVELS,
        default=3,
        help_text="稿件发布前要经过几审。每一审由不同的人签，写稿的人不能签。",
    )
    needs_proofreading = models.BooleanField(
        "逐级校对",
        default=False,
        help_text="每一审同时要有一校；同一审的审和校可以是一个人。",
    )
    in_navigation = models.BooleanField("在导航栏显示", default=True)

    objects = ChannelQuerySet.as_manager()

    class Meta(OrderableTreeNode.Meta):
        verbose_name = "频道"
        verbose_name_plural = "频道"
        constraints = [
            models.CheckConstraint(
                name="channel_link_has_url",
                condition=~models.Q(kind="link") | ~models.Q(link_url=""),
                violation_error_message="“外部链接”频道要填写链接地址。",
            ),
            models.CheckConstraint(
                name="channel_review_levels",
                condition=models.Q(review_levels__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save, and announce a move: lists of the ancestors depend on it."""
        with transaction.atomic():
            old_parent = (
                Channel.objects.filter(pk=self.pk)
                .values_list("parent_id", flat=True)
                .first()
                if self.pk
                else self.parent_id
            )
            super().save(*args, **kwargs)
            if old_parent != self.parent_id:
                channel_moved.send(sender=Channel, channel=self)

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.LINK:
            return self.link_url
        return reverse("fronts:channel", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent.kind == self.Kind.LINK:
            raise ValidationError({"parent": "外部链接下面不能有子频道。"})
