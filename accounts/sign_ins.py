"""Who signed in, and who tried to, in the record of acts."""

import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from accounts import audit
from accounts.models import Act, AuditEntry, User

NAME_LENGTH = 60
# Nobody has to sign in to fail: a flood of attempts must not fill the record.
FAILURES_KEPT = 30
FAILURES_WITHIN = datetime.timedelta(minutes=1)
NOT_SIGNED_IN = "未登录"


@receiver(user_logged_in, dispatch_uid="accounts.record_sign_in")
def record_sign_in(sender: type, user: User, **_: Any) -> None:
    audit.record(Act.SIGN_IN, by=user, subject=user)


@receiver(user_login_failed, dispatch_uid="accounts.record_failure")
def record_failure(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """Keep the name that was typed, shortened, and nothing else of what was typed."""
    since = timezone.now() - FAILURES_WITHIN
    recent = AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED, at__gte=since)
    if recent.count() >= FAILURES_KEPT:
        return
    name = str(credentials.get("username") or "").replace("\0", "")
    audit.record(
        Act.SIGN_IN_FAILED,
        by=None,
        label=name.encode(errors="replace").decode()[:NAME_LENGTH],
        anonymous=NOT_SIGNED_IN,
    )
