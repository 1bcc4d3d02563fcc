"""What the check after a withdrawal found, in the admin."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.admin.house import HouseAdmin
from accounts.rights import can, require
from accounts.roles import Verb
from articles.models import AbsenceCheck, Withdrawal
from articles.refusals import Refused
from fronts import absence, surfaces


@admin.register(AbsenceCheck)
class AbsenceCheckAdmin(HouseAdmin):
    """One page for each withdrawal, and nothing else: no list, no form."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(
            require_http_methods(["GET", "HEAD", "POST"])(self.report_view)
        )
        return [path("<int:withdrawal_id>/", page, name="fronts_absence")]

    def report_view(self, request: HttpRequest, withdrawal_id: int) -> HttpResponse:
        """Show the newest result to whoever may see the story; POST checks anew."""
        withdrawal = get_object_or_404(
            Withdrawal.objects.select_related("article"), pk=withdrawal_id
        )
        article = withdrawal.article
        if request.method == "POST":
            require(request.user, Verb.WITHDRAW, article)
            return self._check(request, withdrawal)
        require(request.user, Verb.VIEW, article)
        checks = list(withdrawal.absence_checks.order_by("-checked_at", "-pk")[:10])
        newest = checks[0] if checks else None
        context = {
            **self.admin_site.each_context(request),
            "title": "撤稿检查",
            "article": article,
            "withdrawal": withdrawal,
            "check": newest,
            "after": newest and absence.span_in_words(newest.seconds),
            "faults": _faults(newest) if newest else [],
            "files": _files(newest) if newest else [],
            "clean": _clean(newest) if newest else [],
            "earlier": [(check, len(_faults(check))) for check in checks[1:]],
            "may_check": can(request.user, Verb.WITHDRAW, article),
        }
        return TemplateResponse(request, "admin/fronts/absence.html", context)

    def _check(self, request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
        try:
            absence.check(withdrawal, timezone.now())
        except Refused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
        return HttpResponseRedirect(
            reverse("admin:fronts_absence", args=[withdrawal.pk])
        )


def _rows(check: AbsenceCheck) -> list[dict]:
    return [
        {**row, "after": absence.span_in_words(row["seconds"])}
        for row in check.surfaces
    ]


def _faults(check: AbsenceCheck) -> list[dict]:
    return [row for row in _rows(check) if not row["clean"] and not _is_file(row)]


def _files(check: AbsenceCheck) -> list[dict]:
    return [row for row in _rows(check) if not row["clean"] and _is_file(row)]


def _clean(check: AbsenceCheck) -> list[dict]:
    return [row for row in _rows(check) if row["clean"]]


def _is_file(row: dict) -> bool:
    return row["expects"] == surfaces.Expects.CLOSED
