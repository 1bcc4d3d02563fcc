"""Every feed twice: as Atom, and as RSS below it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from fronts.feeds import views


def both(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    return [
        path(route, view, {"dialect": "atom"}, name=name),
        path(f"{route}rss/", view, {"dialect": "rss"}, name=f"{name}_rss"),
    ]


urlpatterns = [
    *both("feed/", views.site_feed, "feed"),
    *both("channel/<slug:slug>/feed/", views.channel_feed, "channel_feed"),
    *both("tag/<str:slug>/feed/", views.tag_feed, "tag_feed"),
    *both("topic/<slug:topic_slug>/feed/", views.topic_feed, "topic_feed"),
    *both("corrections/feed/", views.corrections_feed, "corrections_feed"),
]
