"""Where the share cards of a story stand."""

from django import template

from articles.models import PublishedArticle
from editions.catalogue import Edition
from fronts.models import SiteIdentity
from fronts.share_cards import Shape, address_of

register = template.Library()


@register.simple_tag
def share_card(
    story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> str:
    """The path of the landscape card. No query."""
    return address_of(Shape.CARD, story, edition, identity)


@register.simple_tag
def share_square(
    story: PublishedArticle, edition: Edition, identity: SiteIdentity
) -> str:
    """The path of the square card. No query."""
    return address_of(Shape.SQUARE, story, edition, identity)
