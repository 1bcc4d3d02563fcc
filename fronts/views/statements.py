"""Pages that say who we are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from articles.layout import plain_text
from fronts.models import StatementPage

DESCRIPTION_LENGTH = 100  # characters


@require_safe
def statement(request: HttpRequest, statement_slug: str) -> HttpResponse:
    current = get_object_or_404(StatementPage, slug=statement_slug)
    words = Truncator(plain_text(current.body))
    return render(
        request,
        "fronts/statement.html",
        {"statement": current, "description": words.chars(DESCRIPTION_LENGTH)},
    )
