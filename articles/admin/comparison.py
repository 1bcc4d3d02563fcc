"""A comparison with the names of what two contents mention."""

from typing import Any

from articles.changes import Comparison, Names, Thumbnail
from articles.comparing import compare
from articles.models import Article, Tag
from channels.models import Channel
from pictures.models import Picture
from pictures.renditions import jpeg

Content = dict[str, Any]


def comparison_of(before: Content, after: Content) -> Comparison:
    """What became of `before`, as _comparison.html prints it. Up to four queries."""
    return compare(before, after, names_in(before, after))


def names_in(*contents: Content) -> Names:
    """What channels, tags, related stories and covers of these contents are called today."""
    channels, tags, stories, pictures = set(), set(), set(), set()
    for content in contents:
        channels |= {content["channel"], *content["further_channels"]} - {None}
        tags |= set(content["tags"])
        stories |= set(content.get("related", []))
        if content["cover"]:
            pictures.add(content["cover"]["picture"])
    return Names(
        channels=dict(
            Channel.objects.filter(pk__in=channels).values_list("pk", "name")
        ),
        tags=dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name")),
        stories=dict(Article.objects.filter(pk__in=stories).values_list("pk", "title")),
        pictures={
            picture.pk: Thumbnail(picture.title, jpeg(picture, "card"))
            for picture in Picture.objects.filter(pk__in=pictures)
        },
    )
