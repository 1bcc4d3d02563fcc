"""What staff did: an append-only record, each entry chained to the one before by hash."""

import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Act(models.TextChoices):
    """Everything that is recorded. A code never changes its meaning."""

    SIGN_IN = "sign_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    REFUSED = "refused", "无权操作，被拒绝"
    CREATE = "create", "新建"
    CHANGE = "change", "修改"
    DELETE = "delete", "删除"
    OVERWRITE = "overwrite", "看过差异后覆盖"
    RESTORE = "restore", "恢复旧版"
    IMPORT = "import", "导入"
    SUBMIT = "submit", "送审"
    RECALL = "recall", "收回"
    SIGN = "sign", "审签"
    PROOFREAD = "proofread", "校对"
    RETURN = "return", "退回"
    WAIVE = "waive", "免审一级"
    PUBLISH = "publish", "发布"
    SCHEDULE = "schedule", "定时"
    REPLACE = "replace", "替换线上版本"
    CANCEL_SCHEDULE = "cancel_schedule", "取消定时"
    SET_EXPIRY = "set_expiry", "定下线时间"
    WENT_LIVE = "went_live", "到点上线"
    EXPIRED = "expired", "到点下线"
    CORRECT = "correct", "更正"
    WITHDRAW = "withdraw", "撤回"
    SHARE_PREVIEW = "share_preview", "分享预览"
    REVOKE_PREVIEW = "revoke_preview", "收回预览链接"
    GRANT = "grant", "授予角色"
    CONFIRM_GRANT = "confirm_grant", "确认角色"
    REVOKE_GRANT = "revoke_grant", "收回角色"
    EXPORT = "export", "导出"


class AuditEntry(models.Model):
    """One act. Written by accounts.audit.record; the database refuses every change."""

    number = models.PositiveBigIntegerField("编号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁",
        null=True,
        on_delete=models.PROTECT,
        related_name="audit_entries",
    )
    person_name = models.CharField("姓名", max_length=150)
    act = models.CharField("动作", max_length=20, choices=Act, db_index=True)
    subject_type = models.CharField("对象类型", max_length=60, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    subject = models.CharField("对象", max_length=200, blank=True)
    before = models.JSONField("之前", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("之后", null=True, encoder=DjangoJSONEncoder)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-number"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "-number"], name="audit_subject"
            ),
            models.Index(fields=["person", "-number"], name="audit_person"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_act_display()} {self.subject}"

    def payload(self) -> dict[str, Any]:
        """What the hash covers: every column but the two of the chain itself."""
        return {
            "number": self.number,
            "at": self.at.astimezone(datetime.UTC).isoformat(),
            "person": self.person_id,
            "person_name": self.person_name,
            "act": str(self.act),
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "subject": self.subject,
            "before": self.before,
            "after": self.after,
        }
