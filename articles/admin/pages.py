"""The addresses of all staff pages about stories, in one place."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts.admin.house import HouseAdmin
from accounts.rights import can
from accounts.roles import Verb
from articles.admin import (
    correcting,
    duplicating,
    editions,
    expiring,
    inbox,
    noting,
    pasting,
    previewing,
    queue,
    review_page,
    reviewing,
    revisions,
)
from articles.admin.person import person_of
from articles.models import Article, Revision
from articles.publishing import live_version, planned_version


class StoryPages(HouseAdmin):
    """Puts the pages of a story's life beside the admin's own list and form."""

    class Media:
        css = {"all": ["admin_theme/preview.css", "admin_theme/review.css"]}
        js = ["admin_theme/preview.js", "admin_theme/findings.js"]

    def beside_the_form(self, request: HttpRequest, article: Article | None) -> dict:
        """What stands beside the form: checks of the story as saved, and the preview."""
        if article:
            address = reverse("admin:articles_article_preview", args=[article.pk])
        else:
            address = reverse("admin:articles_article_preview_new")
        return {
            "findings": previewing.findings_of(article) if article else [],
            "preview_url": address,
            "preview": previewing.preview_options(),
            "editions": editions.progress_on_the_desk(article) if article else [],
            "more": self._more(request, article) if article else None,
            "notes": review_page.notes_context(
                article, _newest(article), person_of(request)
            )
            if article
            else None,
        }

    def _more(self, request: HttpRequest, article: Article) -> dict[str, bool]:
        """Which of the seldom used acts this person has on this story."""
        now = timezone.now()
        live = live_version(article, now)
        user = request.user
        return {
            "corrects": bool(live) and can(user, Verb.CORRECT, article),
            "expires": can(user, Verb.PUBLISH, article)
            and bool(live or planned_version(article, now)),
            "duplicates": can(user, Verb.WRITE),
            "audits": can(user, Verb.AUDIT),
            "deletes": self.has_delete_permission(request, article),
        }

    def get_urls(self) -> list[URLPattern]:
        return [
            *inbox.urls(self.admin_site),
            *queue.urls(self.admin_site),
            *reviewing.urls(self),
            *revisions.urls(self),
            *noting.urls(self),
            *correcting.urls(self),
            *duplicating.urls(self),
            *editions.urls(self),
            *expiring.urls(self),
            *pasting.urls(self),
            *previewing.urls(self),
            *super().get_urls(),
        ]


def _newest(article: Article) -> Revision | None:
    return article.revisions.order_by("-number").first()
