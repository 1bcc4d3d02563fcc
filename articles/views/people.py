"""Pages of the people whose names stand under stories."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Author, Editor
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.people import (
    edited_by,
    profile_of_author,
    profile_of_editor,
    stories_of,
    written_by,
)


@require_safe
def editor(request: HttpRequest, editor_id: int) -> HttpResponse:
    """What somebody edited; who only wrote is read on the other page."""
    return _editor_page(request, editor_id, is_writing=False)


@require_safe
def editor_writing(request: HttpRequest, editor_id: int) -> HttpResponse:
    """What somebody wrote; who only edited is read on the other page."""
    return _editor_page(request, editor_id, is_writing=True)


@require_safe
def author(request: HttpRequest, author_id: int) -> HttpResponse:
    """The stories of an author. A unit has no page, one of our editors the editor's."""
    person = get_object_or_404(
        Author.objects.select_related("editor"), pk=author_id, is_unit=False
    )
    stories = Paginator(stories_of(person, timezone.now()), PAGE_SIZE)
    if not stories.count:
        raise Http404
    if person.editor:
        return redirect(person.editor.get_writing_url())
    page = requested_page(request, stories)
    return render(
        request,
        "articles/author.html",
        {
            "profile": profile_of_author(person),
            "written": stories.count,
            "page": page,
            "page_numbers": page_numbers(page),
        },
    )


def _editor_page(
    request: HttpRequest, editor_id: int, *, is_writing: bool
) -> HttpResponse:
    """404 while no story of theirs is visible: a draft's names are nobody's business."""
    person = get_object_or_404(Editor, pk=editor_id)
    now = timezone.now()
    written = Paginator(written_by(person, now), PAGE_SIZE)
    edited = Paginator(edited_by(person, now), PAGE_SIZE)
    if not written.count and not edited.count:
        raise Http404
    if is_writing and not written.count:
        return redirect(person)
    if not is_writing and not edited.count:
        return redirect(person.get_writing_url())
    page = requested_page(request, written if is_writing else edited)
    return render(
        request,
        "articles/editor.html",
        {
            "editor": person,
            "profile": profile_of_editor(person, timezone.localdate(now)),
            "is_writing": is_writing,
            "written": written.count,
            "edited": edited.count,
            "page": page,
            "page_numbers": page_numbers(page),
        },
    )
