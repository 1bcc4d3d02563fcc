"""Saving the form without losing anybody's text: the version check, what is kept while
somebody types, putting it back, and who else is at the story."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.admin.house import HouseAdmin
from accounts.models import Act
from accounts.rights import can, require
from accounts.roles import Verb
from articles import sessions
from articles.admin.comparison import comparison_of
from articles.admin.person import person_of
from articles.admin.presence import form_of, kept_line, present_line
from articles.admin.typed import as_posted, as_typed, known_fields, rebase
from articles.forms import (
    CONFLICT,
    OVERWRITE,
    RECOVER,
    RECOVERED,
    saved_in_words,
    version_in,
)
from articles.freezing import freeze
from articles.models import Article, EditingSession
from articles.snapshots import content_of
from articles.writing import record_save

MOST_BYTES = 1_000_000  # of one text that is kept
GONE = "这篇稿件刚被删除，没有地方保存。你写的内容已经暂存，可以在这里恢复成一篇新稿。"
_TAB = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Found:
    """What a save found when its turn came."""

    content: dict[str, Any] | None = None
    kept: EditingSession | None = None


class SavingAdmin(HouseAdmin):
    """The part of the story's page that saves and keeps what is typed."""

    class Media:
        css = {"all": ["admin_theme/compare.css", "admin_theme/saving.css"]}
        js = ["admin_theme/autosave.js", "admin_theme/presence.js"]

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return path(
                route, self.admin_site.admin_view(view), name=f"articles_article_{name}"
            )

        return [
            page("autosave/", self.autosave_view, "autosave"),
            page("kept/<int:kept_id>/", self.kept_view, "kept"),
            page("kept/<int:kept_id>/discard/", self.discard_view, "discard"),
            page("<int:article_id>/differences/", self.differences_view, "differences"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Hold the story from before it is read until the form is saved or refused."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            article = _locked(object_id)
            if object_id and article is None and object_id.isdecimal():
                return self._keep_for_a_new_story(request)
            request.found = Found()
            if RECOVER in request.POST and not self._put_back(request, article):
                messages.error(request, "这段暂存的内容已经不在了，可能已保存或丢弃。")
                return HttpResponseRedirect(form_of(article))
            if article:
                self._look_at(request, article)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(
        self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool
    ) -> None:
        """Before another's text is overwritten it is frozen: it can be restored."""
        if change and OVERWRITE in request.POST:
            theirs = Article.objects.get(pk=obj.pk)
            freeze(theirs, by=theirs.saved_by, now=timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        """When all rows are written: account for the save, and let go of what was kept."""
        super().save_related(request, form, formsets, change)
        article, now = form.instance, timezone.now()
        found: Found = request.found
        record_save(
            article,
            by=person_of(request),
            now=now,
            before=found.content,
            act=Act.OVERWRITE if OVERWRITE in request.POST else Act.CHANGE,
        )
        tab = _tab_in(request)
        if tab:
            sessions.close(person_of(request), tab, article=article, now=now)
        kept_id = request.POST.get("kept", "")
        if kept_id.isdecimal():
            sessions.discard(person_of(request), int(kept_id))

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        with transaction.atomic():
            sessions.let_go(obj)
            super().delete_model(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [rows.formset for rows in context["inline_admin_formsets"]]
        may_edit = add or self.has_change_permission(request, obj)
        # The form's own instance bears what was typed; this one is as stored.
        stored = (
            Article.objects.select_related("saved_by").get(pk=obj.pk) if obj else None
        )
        is_conflict = form.is_bound and form.has_error(forms.ALL_FIELDS, CONFLICT)
        context["saving"] = self._saving(request, stored, may_edit=may_edit)
        if form.is_bound and form.has_error(forms.ALL_FIELDS, RECOVERED):
            _take_off_errors(form, formsets)
            context["errors"] = AdminErrorList(form, formsets)
        elif form.is_bound:
            self._keep_posted(request, stored)
        if is_conflict:
            context["saving"]["conflict"] = self._both(request, stored, request.POST)
        response = super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )
        if is_conflict:
            response.status_code = 409
        return response

    def autosave_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the posted form, or only note that it is open; say who else is there."""
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        article = self._story_in(request)
        tab = _tab_in(request)
        if not tab:
            return JsonResponse({"says": "这一页太旧了，请重新打开。"}, status=400)
        if _size(known_fields(self, request.POST)) > MOST_BYTES:
            sentence = "正文太长，超过 1 MB，不能暂存。请先保存。"
            return JsonResponse({"says": sentence}, status=413)
        try:
            session = self._heard(request, tab, article)
        except sessions.Closed:
            return JsonResponse({"closed": True}, status=409)
        except sessions.Overtaken as overtaken:
            return JsonResponse({"turn": overtaken.turn}, status=409)
        except sessions.TooMany:
            sentence = "暂存的内容太多，请先恢复或丢弃一些。"
            return JsonResponse({"says": sentence}, status=422)
        return JsonResponse(_answer(request, session, article))

    def kept_view(self, request: HttpRequest, kept_id: int) -> HttpResponse:
        """A kept text beside the story as it is stored."""
        person = person_of(request)
        kept = get_object_or_404(sessions.kept_by(person), pk=kept_id)
        article = kept.article
        if article:
            require(person, Verb.VIEW, article)
        elif not self.has_add_permission(request):
            raise PermissionDenied
        context = {
            "title": "没有保存的内容",
            "kept": kept_line(kept, article, timezone.now()),
            "may_recover": article is None or can(person, Verb.EDIT, article),
        }
        data = as_posted(sessions.typed_values(kept))
        return self._differences(request, article, data, context)

    def discard_view(self, request: HttpRequest, kept_id: int) -> HttpResponse:
        """Throw away a kept text of one's own."""
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        person = person_of(request)
        kept = get_object_or_404(sessions.kept_by(person), pk=kept_id)
        sessions.discard(person, kept_id)
        messages.success(request, "已丢弃暂存的内容。")
        return HttpResponseRedirect(form_of(kept.article))

    def differences_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """The posted form beside the story as it is stored. Saves nothing."""
        if request.method != "POST":
            return HttpResponseRedirect(
                reverse("admin:articles_article_change", args=[article_id])
            )
        article = get_object_or_404(Article, pk=article_id)
        require(person_of(request), Verb.EDIT, article)
        context = {"title": "我写的和已保存的"}
        return self._differences(request, article, request.POST, context)

    def _differences(
        self,
        request: HttpRequest,
        article: Article | None,
        data: Any,
        context: dict[str, Any],
    ) -> HttpResponse:
        with transaction.atomic():
            both = self._both(request, article, data)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "back": form_of(article),
            "both": both,
        }
        return TemplateResponse(
            request, "admin/articles/article/differences.html", context
        )

    def _both(
        self, request: HttpRequest, article: Article | None, data: Any
    ) -> dict[str, Any]:
        """Two texts for _both_texts.html, and what the choice between them needs."""
        stored = Article.objects.filter(pk=article.pk).first() if article else None
        theirs = content_of(stored) if stored else None
        # New tags have names only as long as the story is as it was typed.
        with as_typed(self, request, stored, data) as typed:
            mine = content_of(typed)
            comparison = comparison_of(theirs, mine) if theirs else None
        return {
            "theirs": theirs,
            "mine": mine,
            "comparison": comparison,
            "version": stored.version if stored else 0,
            "sentence": saved_in_words(stored) if stored else "",
            "url": form_of(stored),
        }

    def _saving(
        self, request: HttpRequest, stored: Article | None, *, may_edit: bool
    ) -> dict[str, Any]:
        """What the page says and carries of saving."""
        person, now = person_of(request), timezone.now()
        posted = request.POST if request.method == "POST" else None
        tab = (posted and _tab_in(request)) or str(uuid.uuid4())
        version = stored.version if stored else 0
        seen = _seen(posted) if posted else version
        kept = [] if posted else sessions.kept_by(person).filter(article=stored)
        return {
            "may_edit": may_edit,
            "is_typed": posted is not None,
            "autosave_url": reverse("admin:articles_article_autosave"),
            "story": stored.pk if stored else "",
            "tab": tab,
            "version": seen,
            "kept_id": posted.get("kept", "") if posted else "",
            "present": present_line(stored, person, tab, now),
            "saved": saved_in_words(stored) + "。" if stored and seen < version else "",
            "kept": [kept_line(text, stored, now) for text in kept],
            "form_url": form_of(stored),
        }

    def _look_at(self, request: HttpRequest, article: Article) -> None:
        """Note the story as it is, and put a form that saw another version onto it."""
        request.found.content = content_of(article)
        if _seen(request.POST) != article.version:
            is_overwrite = version_in(request.POST) == article.version
            request.POST = rebase(request.POST, article, removes=is_overwrite)

    def _put_back(self, request: HttpRequest, article: Article | None) -> bool:
        """Let the request bring the kept text instead of what it brought."""
        person = person_of(request)
        kept_id = request.POST[RECOVER]
        texts = sessions.kept_by(person).filter(article=article)
        kept = texts.filter(pk=kept_id).first() if kept_id.isdecimal() else None
        if kept is None:
            return False
        data = rebase(as_posted(sessions.typed_values(kept)), article, removes=False)
        data[RECOVER] = kept_id
        data["version"] = str(kept.base_version)
        data["kept"] = kept_id
        request.POST = data
        return True

    def _keep_for_a_new_story(self, request: HttpRequest) -> HttpResponse:
        """The story is gone, the text is not."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        self._keep_posted(request, None, tab=str(uuid.uuid4()))
        messages.warning(request, GONE)
        return HttpResponseRedirect(form_of(None))

    def _keep_posted(
        self, request: HttpRequest, article: Article | None, *, tab: str = ""
    ) -> None:
        """A form that could not be saved is kept like any other text."""
        tab = tab or _tab_in(request)
        fields = known_fields(self, request.POST)
        if not tab or _size(fields) > MOST_BYTES:
            return
        now = timezone.now()
        try:
            sessions.keep(
                person_of(request),
                tab,
                article=article,
                base_version=max(_seen(request.POST), 0) if article else 0,
                fields=fields,
                turn=None,
                now=now,
            )
        except (sessions.Closed, sessions.TooMany):
            messages.warning(request, "没有暂存，请不要关闭这一页。")

    def _story_in(self, request: HttpRequest) -> Article | None:
        """The story the request is about, if the person may write it; None is a new one.

        One that was deleted meanwhile counts as new.
        """
        story = request.POST.get("story", "")
        if story and not story.isdecimal():
            raise Http404
        article = Article.objects.filter(pk=story).first() if story else None
        if article:
            require(person_of(request), Verb.EDIT, article)
        elif not self.has_add_permission(request):
            raise PermissionDenied
        return article

    def _heard(
        self, request: HttpRequest, tab: str, article: Article | None
    ) -> EditingSession:
        person, now = person_of(request), timezone.now()
        version = max(_seen(request.POST), 0) if article else 0
        turn = request.POST.get("turn", "")
        if not turn.isdecimal():
            return sessions.ping(
                person, tab, article=article, base_version=version, now=now
            )
        session = sessions.keep(
            person,
            tab,
            article=article,
            base_version=version,
            fields=known_fields(self, request.POST),
            turn=int(turn[:15]),
            now=now,
        )
        kept_id = request.POST.get("kept", "")
        if kept_id.isdecimal():
            sessions.replaced(person, int(kept_id), by=session, now=now)
        return session


def _locked(object_id: str | None) -> Article | None:
    if object_id is None or not object_id.isdecimal():
        return None
    articles = Article.objects.select_for_update(of=("self",))
    return articles.filter(pk=int(object_id)).first()


def _seen(data: Any) -> int:
    """The version the form was opened with; -1 if it does not say."""
    return version_in({"version": data.get("version", "")})


def _tab_in(request: HttpRequest) -> str:
    tab = request.POST.get("tab", "")
    return tab if _TAB.fullmatch(tab) else ""


def _size(fields: sessions.Fields) -> int:
    """Bytes of UTF-8."""
    return sum(len(text.encode()) for texts in fields.values() for text in texts)


def _take_off_errors(form: forms.ModelForm, formsets: list) -> None:
    """A text put back is unfinished, not wrong."""
    form.errors.clear()
    for formset in formsets:
        formset.non_form_errors().clear()
        for errors in formset.errors:
            errors.clear()


def _answer(
    request: HttpRequest, session: EditingSession, article: Article | None
) -> dict[str, Any]:
    """What the page is to say; times are the newsroom's."""
    now = timezone.now()
    kept_at = timezone.localtime(session.kept_at) if session.kept_at else None
    is_newer = article and article.version > _seen(request.POST)
    who = article.saved_by if article else None
    return {
        "kept_at": f"{kept_at:%H:%M:%S}" if kept_at else "",
        "present": present_line(article, person_of(request), session.tab, now),
        "saved": f"{who or '控制台'} 刚保存了新的一版。" if is_newer else "",
    }
