"""粘贴整稿: paste a manuscript, check what was read out of it, make it a desk copy."""

import re
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BoundField, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rights import require
from accounts.roles import Verb
from articles.admin.person import person_of
from articles.layout import plain_text
from articles.manuscripts import Confidence, Found, Proposal, create_from, propose
from articles.models import Article
from articles.paste_forms import (
    PastedSectionForm,
    PasteForm,
    ProposalForm,
    sections_of,
)
from articles.refusals import Refused

_CELL_END = re.compile(r"(?:</p>)?</t[dh]>")
_LINE_END = re.compile(r"</p>|</tr>|<br\s*/?>")


@dataclass(frozen=True)
class Row:
    """A field, and why it is filled in as it is."""

    field: BoundField
    found: Found | None

    @property
    def is_doubtful(self) -> bool:
        return bool(self.found and self.found.confidence not in (None, Confidence.SURE))


@dataclass(frozen=True)
class SectionRow:
    form: PastedSectionForm
    number: int

    @property
    def is_doubtful(self) -> bool:
        return self.form.section.heading.confidence not in (None, Confidence.SURE)

    @property
    def paragraphs(self) -> list[str]:
        """The text in lines, for reading only."""
        body = _CELL_END.sub("　", self.form.section.body)
        lines = _LINE_END.split(body)
        return list(filter(None, map(plain_text, lines)))


@require_http_methods(["GET", "POST", "HEAD"])
def paste_page(request: HttpRequest) -> HttpResponse:
    """First the box, then the proposal, at one address: the manuscript stays in the form."""
    person = person_of(request)
    require(person, Verb.WRITE)
    if request.method != "POST" or "back" in request.POST:
        return _box(request, PasteForm(initial=request.POST.dict()))
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _box(request, form)
    proposal = propose(**form.cleaned_data)
    if proposal.error:
        form.add_error("text", proposal.error)
        return _box(request, form)
    return _proposal(request, person, form, proposal)


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the addresses of the story's pages."""
    return [
        path(
            "paste/",
            model_admin.admin_site.admin_view(paste_page),
            name="articles_article_paste",
        )
    ]


def _box(request: HttpRequest, form: PasteForm) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": "粘贴整稿", "form": form}
    return TemplateResponse(request, "admin/articles/article/paste.html", context)


def _proposal(
    request: HttpRequest, person: User, pasted: PasteForm, proposal: Proposal
) -> HttpResponse:
    """The proposal to check; or, if it was checked and holds, the story's own page."""
    data = request.POST if "create" in request.POST else None
    form = ProposalForm(data, proposal=proposal, person=person)
    sections = [
        PastedSectionForm(data, section=section, number=number)
        for number, section in enumerate(proposal.sections, start=1)
    ]
    if data is not None and all_valid((form, *sections)):
        article = _create(form, sections, person)
        if article:
            messages.success(request, "已建成稿件。请再看一遍，然后送审。")
            return HttpResponseRedirect(
                reverse("admin:articles_article_change", args=[article.pk])
            )
    context = {
        **admin.site.each_context(request),
        "title": "核对稿件",
        "pasted": pasted,
        "form": form,
        "has_errors": any(part.errors for part in (form, *sections)),
        "rows": [Row(field, _found(proposal, field.name)) for field in form],
        "sections": [SectionRow(part, i) for i, part in enumerate(sections, start=1)],
        "proposal": proposal,
    }
    return TemplateResponse(
        request, "admin/articles/article/paste_proposal.html", context
    )


def _found(proposal: Proposal, name: str) -> Found | None:
    value = getattr(proposal, name, None)
    return value if isinstance(value, Found) else None


def _create(
    form: ProposalForm, sections: list[PastedSectionForm], person: User
) -> Article | None:
    """The new story; without one, the form says why."""
    try:
        return create_from(
            form.draft(sections_of(sections)), by=person, now=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, list(refusal.sentences))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None
