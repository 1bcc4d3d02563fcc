"""Writing the record of what staff did. Nothing else writes it, nothing changes it."""

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.chain import digest, next_place, plain
from accounts.models import Act, AuditEntry, User

CONSOLE = "控制台"


def record(
    act: Act,
    *,
    by: User | None,
    subject: models.Model | None = None,
    label: str = "",
    before: Any = None,
    after: Any = None,
    now: datetime.datetime | None = None,
    anonymous: str = CONSOLE,
) -> AuditEntry:
    """Put one act at the end of the record, in the transaction of the act itself.

    `before` and `after` are what changed, as JSON; `label` names what has no row.
    `by=None` is the operator at the console, unless `anonymous` says who else has no
    account here. Two queries, and the chain's queue is held until the transaction ends:
    call it last.
    """
    with transaction.atomic():
        number, previous = next_place(AuditEntry)
        entry = AuditEntry(
            number=number,
            at=now or timezone.now(),
            person=by,
            person_name=str(by) if by else anonymous,
            act=act,
            subject_type=subject._meta.label_lower if subject else "",
            subject_id=str(subject.pk) if subject else "",
            subject=(label or str(subject or ""))[:200],
            before=plain(before),
            after=plain(after),
            previous_sha256=previous,
        )
        entry.sha256 = digest(previous, entry.payload())
        entry.save(force_insert=True)
    return entry
