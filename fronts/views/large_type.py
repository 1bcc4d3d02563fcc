"""The button 大字 of the masthead, for browsers without scripts."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fronts import large_type


# The page with the button is public and may come from a cache, so it cannot hold a
# token. The browser says instead where the form stood; and all that a forged form could
# do is to change the size of the type.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Turn large type on or off and lead back to the page with the button. No query.

    Who only opens the address, from a bookmark or the history, is led to the home page.
    """
    if request.method != "POST":
        return _led_to(reverse("fronts:home"))
    if not _is_own_form(request):
        return HttpResponseForbidden()
    response = _led_to(_way_back(request.POST.get("next", "")))
    large_type.keep(response, request, wanted=request.POST.get("large") == "1")
    return response


def _led_to(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})


def _is_own_form(request: HttpRequest) -> bool:
    """Whether a page of this site sent it, as far as the browser tells."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _way_back(path: str) -> str:
    """`path` where it is one of this site and not the desk's, else the home page."""
    is_here = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    if not is_here or path.startswith("/admin/"):
        return reverse("fronts:home")
    return iri_to_uri(path)
