"""Refusals in the record of acts: who tried what they may not."""

import datetime
import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import audit
from accounts.models import Act, AuditEntry, User
from accounts.rights import Denied

logger = logging.getLogger(__name__)

# A page that is asked for again and again is recorded once in this time.
ONCE_IN = datetime.timedelta(minutes=1)
PATH_LENGTH = 200


class RecordRefusalsMiddleware:
    """Record every PermissionDenied of a signed-in person; the answer stays 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Called after the view's own transaction was rolled back."""
        if not isinstance(exception, PermissionDenied):
            return
        if not isinstance(request.user, User):
            return
        try:
            _record(request, request.user, exception)
        except DatabaseError:
            # The refusal must hold even if the record cannot be written.
            logger.exception("A refusal could not be recorded.")


def _record(request: HttpRequest, person: User, exception: PermissionDenied) -> None:
    path = request.path_info.encode(errors="replace").decode()[:PATH_LENGTH]
    tried = {"method": request.method, "path": path}
    subject = None
    if isinstance(exception, Denied):
        tried["verb"] = exception.verb.value
        if isinstance(exception.subject, models.Model):
            subject = exception.subject
    if _is_recorded(person, path):
        return
    with transaction.atomic():
        if not _is_recorded(person, path):
            label = "" if subject else path
            audit.record(
                Act.REFUSED, by=person, subject=subject, label=label, after=tried
            )


def _is_recorded(person: User, path: str) -> bool:
    recent = AuditEntry.objects.filter(
        person=person, act=Act.REFUSED, at__gte=timezone.now() - ONCE_IN
    )
    return any(
        tried.get("path") == path for tried in recent.values_list("after", flat=True)
    )
