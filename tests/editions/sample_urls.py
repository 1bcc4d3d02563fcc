"""A small site to send requests through the middleware."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template import engines
from django.urls import path, reverse

PAGE = """<html lang="zh-Hans"><title>后台</title>
<a href="{% url 'story' %}">新闻</a><i>{{ edition.code }}</i>
{% for link in edition_links %}<a href="{{ link.url }}"{% if link.is_current %} aria-current="true"{% endif %}>
{% endfor %}{{ request.path }}"""


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


def story(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>\ue000臺灣\ue001后台</p>")


def feed(request: HttpRequest) -> HttpResponse:
    body = "<title>后台</title>"
    return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")


def data(request: HttpRequest) -> HttpResponse:
    return HttpResponse('{"title": "后台"}', content_type="application/json")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["<p>后台</p>".encode()]))


def sized(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("<p>后\U00100000</p>")
    response.headers["Content-Length"] = str(len(response.content))
    return response


def away(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("story"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("<p>没有后台</p>", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


handler404 = "tests.editions.sample_urls.not_found"

urlpatterns = [
    path("", home, name="home"),
    path("story/", story, name="story"),
    path("feed/", feed),
    path("data/", data),
    path("stream/", stream),
    path("sized/", sized),
    path("away/", away),
    path("broken/", broken),
    path("admin/", story),
    path("static/x", story),
    path("media/x", story),
]
