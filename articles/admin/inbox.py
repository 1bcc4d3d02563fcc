"""What waits for the person who is signed in, and the notices they got."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.rights import Denied, can
from accounts.roles import Verb
from articles import inbox
from articles.admin.person import person_of
from articles.announcing import announce_due
from articles.models import Notice
from articles.paging import page_numbers, requested_page

NOTICES_ON_A_PAGE = 50
LAZILY = 20  # announcements that one visit may do


@require_safe
def inbox_page(request: HttpRequest, shelf: str = inbox.Shelf.WAITING) -> HttpResponse:
    """One shelf of the inbox; 等我处理 unless another is asked for."""
    person = person_of(request)
    _require_newsroom(person)
    if shelf not in list(inbox.Shelf):
        raise Http404
    # What came due is done here too, should no worker be running.
    announce_due(limit=LAZILY)
    now = timezone.now()
    return TemplateResponse(
        request,
        "admin/articles/inbox/inbox.html",
        {
            **admin.site.each_context(request),
            "title": inbox.SHELF_NAMES[inbox.Shelf(shelf)],
            "shelf": shelf,
            "shelves": inbox.SHELF_NAMES.items(),
            "items": inbox.items(inbox.Shelf(shelf), person, now),
            "waiting": inbox.count_waiting(person),
            "may_write": can(person, Verb.WRITE),
            "now": now,
        },
    )


@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first; those not read yet are marked."""
    person = person_of(request)
    _require_newsroom(person)
    notices = Notice.objects.filter(person=person).select_related("article")
    listing = requested_page(request, Paginator(notices, NOTICES_ON_A_PAGE))
    return TemplateResponse(
        request,
        "admin/articles/inbox/notices.html",
        {
            **admin.site.each_context(request),
            "title": "通知",
            "page": listing,
            "page_numbers": page_numbers(listing),
            "unread": notices.filter(read_at=None).count(),
        },
    )


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all of the person's notices as read."""
    person = person_of(request)
    _require_newsroom(person)
    Notice.objects.filter(person=person, read_at=None).update(read_at=timezone.now())
    return HttpResponseRedirect(reverse("admin:articles_notices"))


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """To be put before the addresses of the story's pages."""
    return [
        path("inbox/", site.admin_view(inbox_page), name="articles_inbox"),
        path(
            "inbox/<slug:shelf>/",
            site.admin_view(inbox_page),
            name="articles_inbox_shelf",
        ),
        path("notices/", site.admin_view(notices_page), name="articles_notices"),
        path(
            "notices/read/",
            site.admin_view(read_notices),
            name="articles_notices_read",
        ),
    ]


def _require_newsroom(person) -> None:
    if not (can(person, Verb.WRITE) or can(person, Verb.VIEW)):
        raise Denied(Verb.VIEW)
