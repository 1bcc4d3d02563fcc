"""The address of the page, as search engines and other editions know it."""

from django import template
from django.utils.encoding import iri_to_uri

from editions.catalogue import Edition

register = template.Library()


@register.simple_tag
def page_address(
    site_url: str, edition: Edition, path: str, page_number: int | str = ""
) -> str:
    """The full address of a page in an edition, without whatever else the query says.

    `path` is without edition prefix. The first page of a list is the list itself.
    """
    prefix = f"/{edition.prefix}" if edition.prefix else ""
    query = f"?page={page_number}" if page_number and page_number != 1 else ""
    return f"{site_url}{prefix}{iri_to_uri(path)}{query}"
