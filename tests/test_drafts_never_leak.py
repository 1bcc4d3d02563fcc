"""Every public address, walked with stories in the database that readers must not see."""

import datetime
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author, Editor, Tag
from channels.models import Channel
from editions.catalogue import EDITIONS
from fronts.models import Placement, StatementPage, Topic
from fronts.sitemaps import KINDS, parts
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "樟脑密信"
STAFF_OR_FILES = ("admin/", "^media/")


def patterns(
    resolver: URLResolver, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(STAFF_OR_FILES):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


PUBLIC_ROUTES = sorted({route for route, _ in patterns(get_resolver())})


def addresses_of(route: str) -> list[str]:
    """Every address a route can have with what is in the database."""
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    fillers = {
        "<number:article_id>": [
            str(pk) for pk in Article.objects.values_list("pk", flat=True)
        ],
        "<number:editor_id>": [
            str(pk) for pk in Editor.objects.values_list("pk", flat=True)
        ],
        "<number:author_id>": [
            str(pk) for pk in Author.objects.values_list("pk", flat=True)
        ],
        # Whoever has a link is meant to read: nobody has one here.
        "<str:token>": ["no-such-token"],
        "<slug:kind>": list(KINDS),
        "<number:number>": sorted({str(part.number) for part in parts(timezone.now())}),
        # No such one: it leads on to the picture of today.
        "<slug:version>": ["none"],
        "<slug:name>": ["32"],
        "<slug:statement_slug>": list(
            StatementPage.objects.values_list("slug", flat=True)
        ),
        "<slug:topic_slug>": list(Topic.objects.values_list("slug", flat=True)),
        "<year:year>": [f"{today:%Y}"],
        "<month:month>": [f"{today:%Y/%m}"],
        "<day:day>": [f"{today:%Y/%m/%d}", f"{yesterday:%Y/%m/%d}"],
        "<slug:slug>": list(Channel.objects.values_list("slug", flat=True)),
        "<str:slug>": list(Tag.objects.values_list("slug", flat=True)),
    }
    addresses = [f"/{route}"]
    for placeholder, values in fillers.items():
        addresses = [
            address.replace(placeholder, value)
            for address in addresses
            for value in (values if placeholder in address else [""])
        ]
    assert all("<" not in address for address in addresses), f"teach this test {route}"
    return addresses


@pytest.fixture
def hidden_stories() -> None:
    """A draft, a changed desk copy, a plan for tomorrow and a withdrawn story, beside a public one."""
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    desk = factories.channel()
    words = {
        "title": f"{SECRET}标题",
        "subtitle": f"{SECRET}副题",
        "kicker": f"{SECRET}引题",
        "standfirst": f"{SECRET}导语",
        "body": f"<p>{SECRET}正文</p>",
        "authors": (f"{SECRET}作者",),
        "editors": (f"{SECRET}编辑",),
        "tags": (f"{SECRET}标签",),
        "source": f"{SECRET}来源",
        "channel": desk,
    }
    factories.article(**words)
    planned = factories.article(**words)
    publishing.schedule(planned, now + 24 * hour, by=None, now=now)
    withdrawn = factories.article(**words, published_at=now - 2 * hour)
    publishing.withdraw(withdrawn, by=None, now=now - hour)
    public = factories.article(
        title="老街的早市", channel=desk, published_at=now - hour
    )
    Article.objects.filter(pk=public.pk).update(title=f"{SECRET}标题")
    public.sections.update(body=f"<p>{SECRET}正文</p>", heading=f"{SECRET}小标题")
    public.tags.set([f"{SECRET}标签"])
    public.author_credits.create(author=Author.objects.first())
    replaced = factories.article(
        title="桥头的灯", channel=desk, published_at=now - hour
    )
    Article.objects.filter(pk=replaced.pk).update(title=f"{SECRET}标题")
    publishing.replace(replaced, at=now + 24 * hour, by=None, now=now)
    hidden = Article.objects.exclude(pk__in=[public.pk, replaced.pk])
    for article in hidden:
        factories.placement(article, Placement.Slot.LEAD)
        factories.placement(article, Placement.Slot.HEADLINE)
        factories.placement(article, Placement.Slot.PINNED, channel=desk)
    StatementPage.objects.create(slug="us", title="关于我们", body="<p>办报的人。</p>")
    block = factories.topic_block(topic=factories.topic(public=True))
    factories.topic(title=f"{SECRET}专题", intro=f"{SECRET}导语")
    for article in hidden:
        block.entries.create(article=article, text=f"{SECRET}条目")
    block.entries.create(article=public)


def words_of(response: HttpResponse) -> str:
    """Everything a page holds, in one piece where only a line may end between words."""
    return response.content.decode(errors="replace").replace("<wbr>", "")


@pytest.mark.parametrize("route", PUBLIC_ROUTES)
def test_hidden_words_are_on_no_public_page(client, hidden_stories, route):
    prefixes = [f"/{edition.prefix}" if edition.prefix else "" for edition in EDITIONS]
    for address in [
        prefix + path for prefix in prefixes for path in addresses_of(route)
    ]:
        response = client.get(address)
        assert response.status_code in {200, 301, 302, 303, 404, 405, 410}, address
        text = words_of(response)
        assert "樟脑密信" not in text, address
        assert "樟腦密信" not in text, address


def test_the_walk_does_see_what_is_public(client, hidden_stories):
    seen = [
        address
        for route in PUBLIC_ROUTES
        for address in addresses_of(route)
        if "老街的早市" in words_of(client.get(address))
    ]
    assert {
        "/",
        "/feed/",
        f"/article/{Article.objects.get(published__title='老街的早市').pk}/",
    } <= set(seen)
    assert any(address.startswith("/channel/") for address in seen)
