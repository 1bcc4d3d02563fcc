"""Readers' page of one tag."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Tag
from articles.paging import PAGE_SIZE, page_numbers, requested_page


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)
    if subject.merged_into:
        return redirect(subject.merged_into, permanent=True)
    stories = (
        PublishedArticle.objects.visible(timezone.now())
        .filter(tags=subject)
        .for_cards()
        .order_by("-dated_at", "-pk")
    )
    listing = requested_page(request, Paginator(stories, PAGE_SIZE))
    if not listing.paginator.count:
        raise Http404
    return render(
        request,
        "articles/tag.html",
        {"tag": subject, "page": listing, "page_numbers": page_numbers(listing)},
    )
