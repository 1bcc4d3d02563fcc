"""The frame around every public page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from channels.models import Channel
from fronts.models import SiteIdentity


def frame(request: HttpRequest) -> dict[str, Any]:
    """Site identity and navigation. Two queries, none on staff pages."""
    if request.path_info.startswith("/admin/"):
        return {"site_identity": SiteIdentity.current(), "site_url": settings.SITE_URL}
    return {
        "site_identity": SiteIdentity.current(),
        "site_url": settings.SITE_URL,
        "navigation": list(Channel.objects.in_navigation()),
    }
