"""What can be subscribed to: a page for people, and a file for their programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from fronts.models import SiteIdentity
from fronts.subscriptions import groups_of_feeds
from fronts.xml_text import fit_for_xml


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    context = {"groups": groups_of_feeds(timezone.now())}
    return render(request, "fronts/feeds.html", context)


@require_safe
def opml(request: HttpRequest) -> HttpResponse:
    """All feeds in one file that programs import (OPML 2.0)."""
    context = {
        "groups": groups_of_feeds(timezone.now()),
        "site_name": SiteIdentity.current().name_in(request.edition),
        "site_url": settings.SITE_URL,
    }
    text = render_to_string("fronts/feeds.opml", context)
    response = HttpResponse(fit_for_xml(text), content_type="text/xml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    return response
