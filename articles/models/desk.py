"""The desk copy: what editors work on. No public view reads these tables."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_prose_editor.fields import ProseEditorField
from taggit.managers import TaggableManager

from accounts.models import User
from accounts.rights import can, channels_where
from accounts.roles import Verb
from articles.models.people import Author, Editor, Source
from articles.models.tags import FoldingTagManager, TaggedArticle
from articles.richtext import EXTENSIONS, clean_body
from channels.fields import WebAddressField
from channels.models import Channel
from pictures.models import Picture


class Script(models.TextChoices):
    HANS = "zh-Hans", "简体"
    HANT = "zh-Hant", "繁体"


class DatePrecision(models.TextChoices):
    """How much of a time was printed: nothing beyond it is ever shown."""

    DAY = "day", "日"
    MINUTE = "minute", "分"
    SECOND = "second", "秒"


class Stage(models.TextChoices):
    """Where the desk copy stands on its way to readers. Moved by verbs only."""

    WRITING = "writing", "写稿中"
    IN_REVIEW = "in_review", "待审"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "待发布"


class ArticleQuerySet(models.QuerySet):
    def viewable_by(self, user: User) -> "ArticleQuerySet":
        """Every desk copy of the person's channels; of the others one's own."""
        channels = channels_where(user, Verb.VIEW)
        if channels is None:
            return self
        own = Q(created_by=user) if can(user, Verb.WRITE) else Q(pk__in=[])
        return self.filter(own | Q(channel__in=channels))

    def for_desk_list(self) -> "ArticleQuerySet":
        return self.select_related("channel", "source").prefetch_related("editors")


class Article(models.Model):
    """A story on the desk, in whatever state its writers left it."""

    title = models.CharField("标题", max_length=120)
    subtitle = models.CharField("副题", max_length=120, blank=True)
    kicker = models.CharField(
        "引题",
        max_length=40,
        blank=True,
        help_text="标题上面的一行小字，如“乡村行走”。",
    )
    standfirst = models.TextField("导语", max_length=400, blank=True)
    channel = models.ForeignKey(
        Channel,
        verbose_name="频道",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        help_text="发布前必须选定。",
    )
    further_channels = models.ManyToManyField(
        Channel,
        verbose_name="同时引用到",
        blank=True,
        related_name="further_articles",
    )
    script = models.CharField(
        "原文文字",
        max_length=10,
        choices=Script,
        default=Script.HANS,
        help_text="作者写稿用的文字。其他文字版由它转换而来。",
    )
    source = models.ForeignKey(
        Source,
        verbose_name="来源",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    authors = models.ManyToManyField(
        Author,
        verbose_name="作者",
        through="ArticleAuthor",
        related_name="articles",
    )
    editors = models.ManyToManyField(
        Editor,
        verbose_name="责任编辑",
        through="ArticleEditor",
        related_name="articles",
    )
    tags = TaggableManager(
        "标签",
        through=TaggedArticle,
        manager=FoldingTagManager,
        blank=True,
        help_text="用顿号或逗号分开。",
    )
    cover = models.ForeignKey(
        Picture,
        verbose_name="题图",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cover_of",
    )
    original_url = WebAddressField("原文链接", max_length=500, blank=True)
    original_published_at = models.DateTimeField(
        "原发布时间",
        null=True,
        blank=True,
        help_text="转载或导入的稿件在原处的发布时间；本站稿件留空。",
    )
    original_precision = models.CharField(
        "原时间精确到",
        max_length=6,
        choices=DatePrecision,
        default=DatePrecision.MINUTE,
    )
    import_key = models.CharField(
        "导入标识", max_length=80, unique=True, null=True, blank=True, editable=False
    )
    first_published_at = models.DateTimeField(
        "首次发布时间",
        null=True,
        editable=False,
        help_text="由发布动作写一次，任何人都不能改。",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="建稿人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    created_at = models.DateTimeField("建稿时间", auto_now_add=True)
    updated_at = models.DateTimeField("最后修改", auto_now=True)
    stage = models.CharField(
        "审稿进度", max_length=10, choices=Stage, default=Stage.WRITING, editable=False
    )
    # Rises with every save that changed the content: the guard against overwriting.
    version = models.PositiveIntegerField("改稿次数", default=0, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="最后改稿人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="saved_articles",
    )
    saved_at = models.DateTimeField("最后改稿时间", null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "稿件"
        verbose_name_plural = "稿件"
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_reprint(self) -> bool:
        """Whether it was first published elsewhere, with whatever credits stood there."""
        return bool(self.original_published_at or self.original_url or self.import_key)

    @property
    def is_on_the_way(self) -> bool:
        """Whether it was sent to review: the text is the reviewers' then."""
        return self.stage in {Stage.IN_REVIEW, Stage.APPROVED}

    def allows(
        self, verb: Verb, user: User, holds: frozenset[Verb], anywhere: frozenset[Verb]
    ) -> bool:
        """The rules of a single story, for accounts.rights.can. No query.

        `holds` is what the person may do in its channel, `anywhere` in some channel.
        The writer keeps the story until it was first released or planned, and cannot
        touch it while it is under review.
        """
        is_writer = self.created_by_id == user.pk and Verb.WRITE in anywhere
        keeps = is_writer and self.first_published_at is None
        if verb == Verb.VIEW:
            return verb in holds or is_writer
        if verb == Verb.DISCUSS:
            return is_writer or {Verb.VIEW, Verb.WRITE} <= holds
        if verb == Verb.EDIT and self.is_on_the_way:
            return Verb.SIGN in holds
        if verb in {Verb.EDIT, Verb.SUBMIT, Verb.DELETE}:
            return verb in holds or keeps
        if verb == Verb.RECALL:
            return verb in holds or is_writer
        return verb in holds


class Section(models.Model):
    """A titled part of a story. The lead and the closing have no heading."""

    article = models.ForeignKey(
        Article, verbose_name="稿件", on_delete=models.CASCADE, related_name="sections"
    )
    position = models.PositiveIntegerField("顺序", default=0)
    heading = models.CharField("小标题第一行", max_length=60, blank=True)
    subheading = models.CharField("小标题第二行", max_length=60, blank=True)
    body = ProseEditorField(
        "正文", blank=True, extensions=EXTENSIONS, sanitize=clean_body
    )
    anchor = models.CharField("锚点", max_length=16, editable=False)

    class Meta:
        verbose_name = "小节"
        verbose_name_plural = "小节"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "anchor"], name="section_anchor_once"
            ),
            models.CheckConstraint(
                name="section_subheading_needs_heading",
                condition=~models.Q(heading="") | models.Q(subheading=""),
                violation_error_message="有第二行小标题，就要有第一行。",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or "没有小标题的一节"

    def save(self, *args, **kwargs) -> None:
        """Clean the body whatever the way in, and give the anchor once and for all."""
        self.body = clean_body(self.body)
        if not self.anchor:
            self.anchor = f"s-{secrets.token_hex(4)}"
        super().save(*args, **kwargs)


class ArticleEditor(models.Model):
    """A responsible editor in the order printed."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="editor_credits"
    )
    editor = models.ForeignKey(
        Editor,
        verbose_name="责任编辑",
        on_delete=models.PROTECT,
        related_name="credits",
    )
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "责任编辑署名"
        verbose_name_plural = "责任编辑署名"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "editor"],
                name="article_editor_once",
                violation_error_message="同一位责任编辑只能署一次。",
            )
        ]

    def __str__(self) -> str:
        return self.editor.name


class ArticleAuthor(models.Model):
    """An author in the order printed."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="author_credits"
    )
    author = models.ForeignKey(
        Author, verbose_name="作者", on_delete=models.PROTECT, related_name="credits"
    )
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "作者署名"
        verbose_name_plural = "作者署名"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="article_author_once",
                violation_error_message="同一位作者只能署一次。",
            )
        ]

    def __str__(self) -> str:
        return self.author.name


class RelatedArticle(models.Model):
    """A story that the desk puts under another as related, before those found by tags."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="related_links"
    )
    related = models.ForeignKey(
        Article,
        verbose_name="相关稿件",
        on_delete=models.CASCADE,
        related_name="related_from",
    )
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "相关稿件"
        verbose_name_plural = "相关稿件"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "related"],
                name="related_article_once",
                violation_error_message="同一篇相关稿件只能选一次。",
            ),
            models.CheckConstraint(
                name="related_article_is_another",
                condition=~Q(article=models.F("related")),
                violation_error_message="不能选本文自己。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)


class Honour(models.Model):
    """What a story in a gallery says of its person, for the list and the person's page."""

    class Portrait(models.TextChoices):
        SHOWN = "shown", "展示照片"
        FAMILY = "family", "应家属要求不展示照片"
        MINOR = "minor", "未成年人，不展示照片"

    article = models.OneToOneField(
        Article, verbose_name="稿件", on_delete=models.CASCADE, related_name="honour"
    )
    title = models.CharField("荣誉称号", max_length=60)
    awarded_by = models.CharField("授予单位", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    category = models.CharField(
        "类别", max_length=20, blank=True, help_text="如：助人为乐、敬业奉献。"
    )
    role = models.CharField(
        "身份", max_length=40, blank=True, help_text="照片的替代文字会写：姓名，身份。"
    )
    is_deceased = models.BooleanField("已故", default=False)
    portrait = models.CharField(
        "照片", max_length=10, choices=Portrait, default=Portrait.SHOWN
    )
    revoked_on = models.DateField(
        "撤销日期", null=True, blank=True, help_text="撤销后不再展示照片。"
    )

    class Meta:
        verbose_name = "荣誉"
        verbose_name_plural = "荣誉"

    def __str__(self) -> str:
        return self.title
