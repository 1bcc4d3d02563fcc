"""Page numbers as real links, and nothing but whole numbers in range."""

import re

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest

PAGE_SIZE = 20  # entries on a page of a list

_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


def requested_page(request: HttpRequest, paginator: Paginator) -> Page:
    """The page that ?page= asks for (default 1); Http404 for anything that is not one."""
    raw = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(raw):
        raise Http404
    try:
        return paginator.page(int(raw))
    except EmptyPage as error:
        raise Http404 from error


def page_numbers(page: Page) -> list[int | str]:
    """Numbers to link: the first, the last and those around; `…` where some are left out."""
    return list(
        page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    )
