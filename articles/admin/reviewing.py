"""The review page of a story, its ledger, and the slip on paper (审稿单)."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.rights import require
from accounts.roles import Verb
from articles import reviews
from articles.admin import review_page
from articles.admin.person import person_of
from articles.models import Article, SignOff
from articles.refusals import Refused
from articles.review_forms import VerdictForm
from articles.signatures import chain_faults, slot_name, states_of
from channels.models import Channel

NO_BUTTON = "没有看懂要做什么，请按页面上的按钮。"
Doing = Callable[[Article, VerdictForm, User], str]


def _pass(article: Article, form: VerdictForm, by: User) -> str:
    kinds = {SignOff.Kind.REVIEW}
    if form.cleaned_data["also_proofread"]:
        kinds.add(SignOff.Kind.PROOFREAD)
    return _sign(article, form, by, frozenset(kinds))


def _proofread(article: Article, form: VerdictForm, by: User) -> str:
    return _sign(article, form, by, frozenset({SignOff.Kind.PROOFREAD}))


def _sign(
    article: Article, form: VerdictForm, by: User, kinds: frozenset[SignOff.Kind]
) -> str:
    data = form.cleaned_data
    signed = reviews.sign(
        article,
        by=by,
        sha256=data["sha256"],
        kinds=kinds,
        note=data["note"],
        seen_level=data["seen_level"],
    )
    names = [slot_name(entry, entry.round.levels) for entry in signed]
    state = reviews.state_of(article)
    due = state.due if state else None
    then = f"下一步：{due.name}。" if due else "各级都已签完，可以发布。"
    return f"已签{'、'.join(names)}。{then}"


def _return(article: Article, form: VerdictForm, by: User) -> str:
    reviews.return_to_writer(
        article, by=by, sha256=form.cleaned_data["sha256"], note=form.reason()
    )
    return "已退回，送审人和作者会收到你写的原因。"


def _waive(article: Article, form: VerdictForm, by: User) -> str:
    entry = reviews.waive(
        article,
        by=by,
        sha256=form.cleaned_data["sha256"],
        note=form.reason(),
        seen_level=form.cleaned_data["seen_level"],
    )
    return f"已免{slot_name(entry, entry.round.levels)}，理由记入审签记录。"


# The value of a button, and what it does.
DOINGS: dict[str, Doing] = {
    "pass": _pass,
    "proofread": _proofread,
    "return": _return,
    "waive": _waive,
}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, article_id: int) -> HttpResponse:
    """Read the frozen text and decide. A refusal keeps what was typed."""
    person = person_of(request)
    article = story_for(person, article_id)
    if request.method != "POST":
        return review_page.response(request, article, person)
    form = VerdictForm(request.POST)
    if _is_done(request, article, form, person):
        return HttpResponseRedirect(_address(article))
    article.refresh_from_db()
    return review_page.response(request, article, person, verdict=form)


@require_POST
def submit(request: HttpRequest, article_id: int) -> HttpResponse:
    """Send the desk copy to review as it was last saved."""
    person = person_of(request)
    article = story_for(person, article_id)
    try:
        opened = reviews.submit(article, by=person)
    except Refused as refusal:
        return _refused(request, article, refusal)
    messages.success(
        request, "已送审。" if opened.levels else "这个频道不用审稿，稿件可以发布了。"
    )
    return HttpResponseRedirect(_address(article))


@require_POST
def recall(request: HttpRequest, article_id: int) -> HttpResponse:
    """Take the story back to the desk."""
    person = person_of(request)
    article = story_for(person, article_id)
    try:
        reviews.recall(article, by=person)
    except Refused as refusal:
        return _refused(request, article, refusal)
    messages.success(request, "已收回，可以接着改；改好以后要重新送审。")
    return HttpResponseRedirect(_address(article))


@require_safe
def ledger(request: HttpRequest, article_id: int) -> HttpResponse:
    """All rounds of a story with their entries, each hashed again."""
    article = story_for(person_of(request), article_id)
    states = states_of(
        article.review_rounds.select_related("article", "submitted_by").order_by(
            "number"
        )
    )
    sign_offs = [entry.sign_off for state in states for entry in state.entries]
    return TemplateResponse(
        request,
        "admin/articles/review/ledger.html",
        {
            **admin.site.each_context(request),
            "title": f"审签记录：{article.title}",
            "opts": Article._meta,
            "article": article,
            "states": states,
            "count": len(sign_offs),
            "faults": chain_faults(sign_offs),
        },
    )


@require_safe
def slip(request: HttpRequest, article_id: int) -> HttpResponse:
    """The review slip of the last round, to print on A4 and sign by hand."""
    article = story_for(person_of(request), article_id)
    state = review_page.latest_state(article)
    content = state.revision.content if state else {}
    return TemplateResponse(
        request,
        "admin/articles/review/slip.html",
        {
            **admin.site.each_context(request),
            "title": f"审稿单：{article.title}",
            "opts": Article._meta,
            "article": article,
            "state": state,
            "content": content,
            "channel": Channel.objects.filter(pk=content.get("channel")).first(),
            "now": timezone.now(),
        },
    )


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the addresses of the model's own pages."""
    pages = {
        "review": review,
        "submit": submit,
        "recall": recall,
        "ledger": ledger,
        "slip": slip,
    }
    return [
        path(
            f"<int:article_id>/{name}/",
            model_admin.admin_site.admin_view(view),
            name=f"articles_article_{name}",
        )
        for name, view in pages.items()
    ]


def story_for(person: User, article_id: int) -> Article:
    """The story, for one who may read it; Http404 or Denied otherwise."""
    article = get_object_or_404(
        Article.objects.select_related("channel"), pk=article_id
    )
    require(person, Verb.VIEW, article)
    return article


def _is_done(
    request: HttpRequest, article: Article, form: VerdictForm, person: User
) -> bool:
    """Do what the button says; the messages tell what happened, or why nothing did."""
    doing = DOINGS.get(request.POST.get("act", ""))
    if doing is None:
        messages.error(request, NO_BUTTON)
        return False
    if not form.is_valid():
        for sentence in (line for lines in form.errors.values() for line in lines):
            messages.error(request, sentence)
        return False
    try:
        messages.success(request, doing(article, form, person))
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return False
    return True


def _refused(
    request: HttpRequest, article: Article, refusal: Refused
) -> HttpResponseRedirect:
    for sentence in refusal.sentences:
        messages.error(request, sentence)
    return HttpResponseRedirect(_address(article))


def _address(article: Article) -> str:
    return reverse("admin:articles_article_review", args=[article.pk])
