"""When a story ends by itself: the page that sets, moves or lifts its last moment."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.rights import require
from accounts.roles import Verb
from articles import publishing
from articles.admin.person import person_of
from articles.forms import MomentWidget
from articles.models import Article
from articles.moments import full_moment
from articles.refusals import Refused


class ExpiryForm(forms.Form):
    until = forms.SplitDateTimeField(
        label="下线时间",
        required=False,
        widget=MomentWidget("下线时间", time_format="%H:%M"),
        help_text="到了这个时间读者就看不到了，原地址说明已到期。留空就是一直在线。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def expiry_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """The end of the version that is live or planned last."""
    article = get_object_or_404(Article, pk=article_id)
    require(request.user, Verb.PUBLISH, article)
    now = timezone.now()
    last = publishing.planned_version(article, now) or publishing.live_version(
        article, now
    )
    form = ExpiryForm(
        request.POST or None, initial={"until": last and last.visible_until}
    )
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        try:
            publishing.set_expiry(article, until, by=person_of(request))
        except Refused as refusal:
            form.add_error("until", list(refusal.sentences))
        else:
            messages.success(
                request,
                f"将于 {full_moment(until)} 下线。" if until else "不再自动下线。",
            )
            return HttpResponseRedirect(
                reverse("admin:articles_article_change", args=[article.pk])
            )
    return TemplateResponse(
        request,
        "admin/articles/article/expiry.html",
        {
            **admin.site.each_context(request),
            "title": "下线时间",
            "opts": Article._meta,
            "article": article,
            "last": last,
            "form": form,
            "media": form.media,
        },
    )


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """To be put before the other addresses of the story's pages."""
    return [
        path(
            "<int:article_id>/expiry/",
            model_admin.admin_site.admin_view(expiry_page),
            name="articles_article_expiry",
        )
    ]
