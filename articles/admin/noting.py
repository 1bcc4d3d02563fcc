"""Notes on a revision as forms: writing, answering, resolving, reopening.

The forms stand on the review page and beside the article form; all of them answer on
the review page, which keeps what was typed if the note is refused.
"""

from collections.abc import Callable

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from articles import notes
from articles.admin import review_page
from articles.admin.person import person_of
from articles.admin.reviewing import story_for
from articles.models import Article, Note
from articles.refusals import Refused
from articles.review_forms import NoteForm


@require_POST
def write(request: HttpRequest, article_id: int) -> HttpResponse:
    """Put a note on the revision whose fingerprint the form carries."""
    person = person_of(request)
    article = story_for(person, article_id)
    revision = article.revisions.filter(sha256=request.POST.get("sha256", "")).first()
    form = NoteForm(request.POST, revision=revision)
    if form.is_valid():
        try:
            note = notes.write(article, by=person, **form.cleaned_data)
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, "批注已写上。")
            return _back(note)
    return review_page.response(request, article, person, note=form)


@require_POST
def answer(request: HttpRequest, note_id: int) -> HttpResponse:
    """Answer a note; a refused answer comes back in the form for notes."""
    return _act(
        request,
        note_id,
        lambda note, by: notes.answer(note, by=by, text=request.POST.get("text", "")),
        "已回复。",
    )


@require_POST
def resolve(request: HttpRequest, note_id: int) -> HttpResponse:
    """Say that a note is settled."""
    return _act(
        request, note_id, lambda note, by: notes.resolve(note, by=by), "已标为解决。"
    )


@require_POST
def reopen(request: HttpRequest, note_id: int) -> HttpResponse:
    """Take up a settled note again."""
    return _act(
        request, note_id, lambda note, by: notes.reopen(note, by=by), "已重新打开。"
    )


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the addresses of the model's own pages."""
    wrapped = model_admin.admin_site.admin_view
    acts = {"answer": answer, "resolve": resolve, "reopen": reopen}
    return [
        path("<int:article_id>/notes/", wrapped(write), name="articles_article_note"),
        *(
            path(
                f"notes/<int:note_id>/{name}/",
                wrapped(view),
                name=f"articles_note_{name}",
            )
            for name, view in acts.items()
        ),
    ]


def _act(
    request: HttpRequest,
    note_id: int,
    doing: Callable[[Note, User], Note | None],
    done: str,
) -> HttpResponse:
    person = person_of(request)
    note = get_object_or_404(
        Note.objects.select_related("article", "revision"), pk=note_id
    )
    article: Article = story_for(person, note.article_id)
    try:
        doing(note, person)
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return review_page.response(
            request,
            article,
            person,
            answer=(note.pk, request.POST.get("text", "")),
        )
    messages.success(request, done)
    return _back(note)


def _back(note: Note) -> HttpResponseRedirect:
    page = reverse("admin:articles_article_review", args=[note.article_id])
    return HttpResponseRedirect(f"{page}#note-{note.answers_id or note.pk}")
