"""Which editions of a story somebody has read, for the list of stories."""

import datetime
from typing import Protocol

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.models import Article, PublishedArticle
from articles.models.editions import covers
from editions.catalogue import EDITIONS


class Listed(Protocol):
    """A story from `with_editions_read`."""

    live_paragraphs: list[str] | None
    edition_reviews: QuerySet


def with_editions_read(articles: QuerySet[Article], at: datetime.datetime) -> QuerySet:
    """The same stories with what `badges_of` needs. One query more for the list."""
    versions = PublishedArticle.objects.filter(article=OuterRef("pk")).order_by()
    live = versions.visible(at).values("paragraphs")[:1]
    return articles.annotate(live_paragraphs=Subquery(live)).prefetch_related(
        "edition_reviews"
    )


def badges_of(article: Listed) -> SafeString:
    """The editions in which readers get nothing that nobody has read."""
    read = {
        review.edition
        for review in article.edition_reviews.all()
        if covers(review.paragraphs, article.live_paragraphs or ())
    }
    return format_html_join(
        " ",
        '<span class="edition-badge" title="已校对"><span aria-hidden="true">✓</span>'
        '<span class="visually-hidden">已校对：</span><span lang="{}">{}</span></span>',
        ((edition.lang, edition.label) for edition in EDITIONS if edition.code in read),
    )
