"""The frame around every public page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from channels.models import Channel
from editions.catalogue import DEFAULT
from fronts.large_type import is_wanted
from fronts.models import SiteIdentity, StatementPage
from fronts.occasions import occasions


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who runs the site, its navigation and footer, and what stands on every page today.

    `site_name` is the name for the edition of the page. Six queries; on staff pages,
    which have a frame of their own, one.
    """
    identity = SiteIdentity.current()
    own = {
        "site_identity": identity,
        "site_name": identity.name_in(getattr(request, "edition", DEFAULT)),
        "site_url": settings.SITE_URL,
    }
    if request.path_info.startswith("/admin/"):
        return own
    today = occasions(timezone.now())
    return own | {
        "navigation": list(Channel.objects.in_navigation()),
        "statements": list(StatementPage.objects.in_footer()),
        "follow_blocks": list(identity.follow_blocks.select_related("code")),
        "footer_links": list(identity.footer_links.all()),
        "emergency_notices": today.notices,
        "is_mourning": today.is_mourning,
    }


def large_type(request: HttpRequest) -> dict[str, Any]:
    """Whether this reader wants large type. Previews in the admin choose for themselves."""
    if request.path_info.startswith("/admin/"):
        return {"is_large_type": False}
    return {"is_large_type": is_wanted(request)}
