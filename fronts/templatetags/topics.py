"""Special topics beside a story."""

from django import template
from django.utils import timezone

from fronts.models import Topic
from fronts.topics import topics_of_article

register = template.Library()


@register.simple_tag
def topics_of_story(article_id: int | None) -> list[Topic]:
    """The visible topics in which the story stands now; none for one that is not saved
    yet. One query."""
    return topics_of_article(article_id, timezone.now()) if article_id else []
