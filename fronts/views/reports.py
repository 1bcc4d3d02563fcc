"""Where readers report an error."""

import datetime
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from articles.converters import NumberConverter
from articles.models import PublishedArticle
from editions.catalogue import Edition
from fronts.forms import ReportForm
from fronts.models import ErrorReport
from fronts.pacing import TooOften, take_turn

Kind = ErrorReport.Kind
MOST = 5  # reports from one place
WINDOW = 600  # seconds


# A shared cache must not hand one reader's token to another.
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, about the story that `article` names if readers can see it.

    `kind` may say that it is about the conversion of that story into this edition.
    """
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    asked = data or request.GET
    story = _story(asked.get("article", ""), now)
    kind = _kind(asked.get("kind", ""), story, request.edition)
    form = ReportForm(data, now=now)
    if kind == Kind.CONVERSION:
        form.ask_about_conversion()
    if data is None:
        return _page(request, form, story, kind)
    if not form.is_valid():
        return _page(request, form, story, kind, status=422)
    try:
        take_turn(request, "report", most=MOST, window=WINDOW, now=now.timestamp())
    except TooOften as pause:
        return _page(request, form, story, kind, status=429, seconds=pause.seconds)
    ErrorReport.objects.create(
        kind=kind,
        edition=request.edition.code,
        article_id=story and story.article_id,
        page=story.get_absolute_url() if story else form.cleaned_data["page"],
        quote=form.cleaned_data["quote"],
        message=form.cleaned_data["message"],
        contact=form.cleaned_data["contact"],
    )
    response = HttpResponse(status=303)
    response.headers["Location"] = reverse("fronts:report_received")
    return response


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    return render(request, "fronts/report_received.html")


def _story(number: str, now: datetime.datetime) -> PublishedArticle | None:
    """What readers can see under this number; None for whatever else is written there."""
    if not re.fullmatch(NumberConverter.regex, number):
        return None
    visible = PublishedArticle.objects.visible(now)
    return visible.filter(article_id=int(number)).defer("body_html").first()


def _kind(asked: str, story: PublishedArticle | None, edition: Edition) -> Kind:
    """A conversion only where a program wrote what the reader sees of a story."""
    is_converted = story is not None and story.script != edition.script
    return Kind(asked) if asked in Kind.values and is_converted else Kind.ERROR


def _page(
    request: HttpRequest,
    form: ReportForm,
    story: PublishedArticle | None,
    kind: Kind,
    *,
    status: int = 200,
    seconds: int = 0,
) -> HttpResponse:
    """`seconds`: how long to wait, told with what was typed still in the form."""
    response = render(
        request,
        "fronts/report.html",
        {"form": form, "story": story, "kind": kind, "seconds": seconds},
        status=status,
    )
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response
