"""Completions while a reader types: for the page's own script and for browsers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from editions.catalogue import HANS, HANT, Edition
from editions.conversion import Glossary, convert
from editions.detection import script_of
from editions.glossary import current_glossary
from search import asking
from search.offering import completed_stories, completed_tags


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`?q=` answered in the form of OpenSearch: [query, completions, what they are,
    addresses]. Tags first, then titles, in the reader's edition. Five queries at most."""
    now = timezone.now()
    edition: Edition = request.edition  # type: ignore[attr-defined]
    asked = asking.read(request.GET.get("q", ""))
    rows: list[tuple[str, str, str, str]] = []
    if not asked.problem:
        rows += [
            (tag.name, script_of(tag.name), "标签", tag.get_absolute_url())
            for tag in completed_tags(asked.typed, now)
        ]
        rows += [
            (story.title, story.script, "文章", story.get_absolute_url())
            for story in completed_stories(asked, now)
        ]
    glossary = current_glossary()
    answer = [
        asked.typed,
        [_written(text, script, edition, glossary) for text, script, _, _ in rows],
        [_written(kind, HANS, edition, glossary) for _, _, kind, _ in rows],
        [address for _, _, _, address in rows],
    ]
    response = JsonResponse(
        answer, safe=False, content_type="application/x-suggestions+json"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """What a browser needs to search the portal from its address bar."""
    edition: Edition = request.edition  # type: ignore[attr-defined]
    page = render_to_string(
        "search/opensearch.xml", {"site_url": settings.SITE_URL}, request
    )
    return HttpResponse(
        convert(page, edition.code, glossary=current_glossary()),
        content_type="application/opensearchdescription+xml",
    )


def _written(text: str, script: str, edition: Edition, glossary: Glossary) -> str:
    """As the edition's readers write it, with the desk's glossary."""
    source = HANT if script == HANT else HANS
    return convert(text, edition.code, source=source, glossary=glossary)
