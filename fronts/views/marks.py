"""The mark of the site as files: icons, and the manifest that names them."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from editions.glossary import current_glossary
from editions.marked import convert_marked
from editions.runs import needs_conversion
from fronts.icons import SHAPES, favicon, icon, icon_path, version_of
from fronts.models import SiteIdentity

FOR_EVER = "public, max-age=31536000, immutable"  # the address has the version
FOR_A_DAY = "public, max-age=86400"


@require_safe
def site_icon(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """An address of an earlier mark leads to today's."""
    if name not in SHAPES:
        raise Http404
    identity = SiteIdentity.current()
    if version != version_of(identity):
        return redirect(icon_path(identity, name))
    return HttpResponse(
        icon(identity, name),
        content_type="image/png",
        headers={"Cache-Control": FOR_EVER},
    )


@require_safe
def site_favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        favicon(SiteIdentity.current()),
        content_type="image/x-icon",
        headers={"Cache-Control": FOR_A_DAY},
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Of this edition. Two queries, of the default edition one."""
    identity = SiteIdentity.current()
    edition = request.edition
    words = [identity.name_in(edition), identity.tagline]
    if any(needs_conversion(text, edition) for text in words):
        glossary = current_glossary()
        words = [convert_marked(text, edition, glossary=glossary) for text in words]
    name, tagline = words
    home = reverse("fronts:home")
    data = {
        "id": home,
        "name": name,
        "short_name": name,
        "description": tagline,
        "lang": edition.lang,
        "dir": "ltr",
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f8f7f2",
        "theme_color": "#1e5b48",
        "icons": [
            {
                "src": icon_path(identity, icon_name),
                "sizes": f"{shape.size}x{shape.size}",
                "type": "image/png",
                "purpose": "maskable" if shape.is_maskable else "any",
            }
            for icon_name, shape in SHAPES.items()
            if shape.size >= 192
        ],
    }
    return JsonResponse(
        {key: value for key, value in data.items() if value},
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
