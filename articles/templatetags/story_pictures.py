"""What a page asks of a story's picture."""

from django import template

from pictures.models import Picture

register = template.Library()


@register.filter
def is_upright(picture: Picture) -> bool:
    return picture.height > picture.width
