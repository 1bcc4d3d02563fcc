"""Every component in every state, for the people who make the pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.rights import require
from accounts.roles import Verb
from articles.paging import page_numbers
from fronts.styleguide import samples


@cache_control(no_store=True, private=True)
@require_safe
@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """For staff who may see stories. The components are the templates of the pages."""
    require(request.user, Verb.VIEW)
    shown = samples(timezone.now())
    return render(
        request,
        "fronts/styleguide.html",
        {"samples": shown, "page_numbers": page_numbers(shown.page)},
    )
