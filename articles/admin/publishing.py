from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from js_asset import Media

from accounts.admin.house import HouseAdmin
from accounts.rights import can, require
from accounts.roles import Verb
from articles import publishing
from articles.admin import acts
from articles.admin.person import person_of
from articles.admin.status import full_moment, strip_of
from articles.forms import ScheduleForm, WithdrawForm
from articles.models import Article
from channels.models import Channel

TIME_FIELDS = ("publish_at_0", "publish_at_1")  # as ScheduleForm names them


class PublishingAdmin(HouseAdmin):
    """The part of the story's page that puts it before readers and takes it back."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:article_id>/withdraw/",
                self.admin_site.admin_view(self.withdraw_view),
                name="articles_article_withdraw",
            ),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Refuse a forged button before anything is saved."""
        name = acts.pressed(request)
        if name:
            article = self.get_object(request, object_id) if object_id else None
            acts.require_button(person_of(request), name, article)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(
        self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            obj.created_by = person_of(request)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        strip = strip_of(obj if change else None, timezone.now())
        formsets = context["inline_admin_formsets"]
        context |= {
            "parts": [
                (
                    fieldset,
                    [rows for rows in formsets if rows.opts.below == fieldset.name],
                )
                for fieldset in context["adminform"]
            ],
            "strip": strip,
            "buttons": [],
        }
        if add or self.has_change_permission(request, obj):
            context |= {
                "buttons": acts.buttons_for(person_of(request), strip, obj),
                "cancels_plan": strip.is_planned
                and can(request.user, Verb.PUBLISH, obj),
                "schedule": ScheduleForm(request.POST or _typed_time(request)),
            }
        context |= self.beside_the_form(request, obj if change else None)
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def view_on_site(self, obj: Article) -> str | None:
        live = publishing.live_version(obj, timezone.now())
        return live.get_absolute_url() if live else None

    def withdraw_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Ask once more, saying what disappears; then withdraw."""
        article = get_object_or_404(Article, pk=article_id)
        require(request.user, Verb.WITHDRAW, article)
        now = timezone.now()
        live = publishing.live_version(article, now)
        if live is None:
            messages.error(request, "这篇稿件没有在线版本，无须撤回。")
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._withdraw(request, article, form.cleaned_data["public_note"])
        context = {
            **self.admin_site.each_context(request),
            "title": "撤回稿件",
            "opts": self.opts,
            "article": article,
            "live": live,
            "address": settings.SITE_URL + live.get_absolute_url(),
            "since": full_moment(live.visible_from),
            "channels": Channel.objects.filter(listings__published_article=live),
            "planned": publishing.planned_version(article, now),
            "form": form,
        }
        return TemplateResponse(
            request, "admin/articles/article/withdraw.html", context
        )

    def _answer(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """After the desk copy was saved: what the pressed button does, if any was."""
        name = acts.pressed(request)
        schedule = ScheduleForm(request.POST)
        at = schedule.cleaned_data["publish_at"] if schedule.is_valid() else None
        if name == acts.WITHDRAW:
            return HttpResponseRedirect(
                reverse("admin:articles_article_withdraw", args=[article.pk])
            )
        if not name:
            warning = acts.unused_time(at)
            if warning:
                messages.warning(request, warning)
            return None
        if acts.is_timed(name) and not schedule.is_valid():
            is_done, sentences = False, [acts.NO_SENSE]
        else:
            is_done, sentences = acts.perform(name, article, at, person_of(request))
        if is_done:
            self.log_change(request, article, sentences[0])
            messages.success(request, sentences[0])
            return self._back_to_form(request, article)
        for sentence in sentences:
            messages.error(request, sentence)
        messages.info(request, "当前稿已保存，线上没有变化。")
        return self._back_to_form(request, article, keeps_time=True)

    def _withdraw(
        self, request: HttpRequest, article: Article, public_note: str
    ) -> HttpResponse:
        """Withdraw, and hand the request on to the page that checks and reports."""
        try:
            withdrawal = publishing.withdraw(
                article, by=person_of(request), public_note=public_note
            )
        except publishing.PublishingRefused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return self._back_to_form(request, article)
        note = f"公开说明：{public_note}" if public_note else "没有公开说明"
        self.log_change(request, article, f"撤回（{note}）。")
        messages.success(request, "已撤回，读者不能再看到。")
        report = reverse("admin:fronts_absence", args=[withdrawal.pk])
        return HttpResponseRedirect(report, preserve_request=True)

    def _back_to_form(
        self,
        request: HttpRequest,
        article: Article,
        *,
        keeps_time: bool = False,
    ) -> HttpResponse:
        url = reverse("admin:articles_article_change", args=[article.pk])
        if keeps_time:
            typed = {name: request.POST.get(name, "")[:20] for name in TIME_FIELDS}
            url += "?" + urlencode(typed)
        filters: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return HttpResponseRedirect(add_preserved_filters(filters, url))


def with_nonce(media: forms.Media, request: HttpRequest) -> Media:
    """The form's scripts with the nonce that the editor's import map needs.

    Django 5.2 prints media without one, Django 6 only with a context processor.
    """
    # django-csp and Django 6 keep it under different names. A lazy nonce is falsy until
    # it is read, so it must not be tested for truth.
    name = "_csp_nonce" if settings.DJANGO_6 else "csp_nonce"
    return Media.from_media(media, nonce=str(getattr(request, name)))


def _typed_time(request: HttpRequest) -> dict[str, str] | None:
    """The time of a refused plan, sensible or not, so that nobody types it again."""
    typed = {name: request.GET.get(name, "") for name in TIME_FIELDS}
    return typed if any(typed.values()) else None
