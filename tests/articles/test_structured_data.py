"""What search engines are told in JSON-LD, against the schemas in tests/schemas/."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from articles import previews, publishing
from articles.models import Author, Correction, Editor, Source, Tag
from articles.models.desk import DatePrecision
from articles.publishing import PublicNote
from editions.catalogue import EDITIONS
from fronts.models import FollowBlock, SiteIdentity
from tests import factories
from tests.markup import parsed, select
from tests.validation import json_faults

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
SCHEMAS = {
    "NewsArticle": "news_article",
    "BreadcrumbList": "breadcrumb_list",
    "WebSite": "website",
    "NewsMediaOrganization": "organisation",
}


def linked_data(client, path: str) -> dict[str, dict]:
    """By type, each valid."""
    response = client.get(path)
    assert response.status_code == 200, path
    scripts = select(parsed(response), "script[type=application/ld+json]")
    found = {data["@type"]: data for data in map(json.loads, (s.text for s in scripts))}
    for kind, data in found.items():
        if kind in SCHEMAS:
            assert json_faults(data, SCHEMAS[kind]) == [], path
    return found


def news_article(client, story, prefix: str = "") -> dict:
    return linked_data(client, f"{prefix}/article/{story.pk}/")["NewsArticle"]


def complete_story():
    """With everything that a story can have."""
    Source.objects.create(name="后山晚报", url="https://example.cn/")
    author = Author.objects.create(
        name="程远山", editor=Editor.objects.create(name="程远山", jobs="记者")
    )
    Author.objects.create(name="通讯组", is_unit=True)
    made = factories.article(
        title="后天通车",
        subtitle="桥长三百米",
        authors=(author.name, "通讯组", "周禾"),
        editors=("沈砚秋",),
        source="后山晚报",
        original_url="https://example.cn/后/1",
        tags=("后勤", "桥"),
        cover=factories.picture(),
        published_at=NOW - 9 * HOUR,
    )
    note = PublicNote(Correction.Kind.CORRECTION, "应为“后天”。")
    publishing.correct(made, note, by=None, now=NOW - HOUR)
    return made


def test_story_is_complete_and_valid_in_every_edition(client):
    made = complete_story()
    for edition in EDITIONS:
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        story = news_article(client, made, prefix)
        assert story["inLanguage"] == edition.lang
        assert story["url"].endswith(f"{prefix}/article/{made.pk}/")
        title = "后天通车" if not prefix else "後天通車"
        assert story["headline"] == title
        assert ("后勤" if not prefix else "後勤") in story["keywords"]
        assert {"correction", "isBasedOn", "sourceOrganization"} <= set(story)


def test_people_are_named_with_their_pages_and_units_are_no_persons(client, settings):
    story = news_article(client, complete_story())
    author = Author.objects.get(name="周禾")
    site = settings.SITE_URL
    editor = Editor.objects.get(name="程远山")
    assert story["author"] == [
        {
            "@type": "Person",
            "name": "程远山",
            "url": f"{site}/editor/{editor.pk}/writing/",
        },
        {"@type": "Organization", "name": "通讯组"},
        {"@type": "Person", "name": "周禾", "url": f"{site}/author/{author.pk}/"},
    ]
    responsible = Editor.objects.get(name="沈砚秋")
    assert story["editor"] == [
        {"@type": "Person", "name": "沈砚秋", "url": f"{site}/editor/{responsible.pk}/"}
    ]
    for person in (*story["author"], *story["editor"]):
        if "url" in person:
            assert client.get(person["url"].removeprefix(site)).status_code == 200


def test_people_cost_no_query_each(client):
    def count(names: tuple[str, ...]) -> int:
        made = factories.article(authors=names, editors=names, published=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/article/{made.pk}/")
        return len(queries)

    count(("周禾",))
    assert count(("周禾",)) == count(("程远山", "沈砚秋", "陆知夏", "范松年"))


def test_unsigned_story_is_by_its_source_and_else_by_the_site(client):
    SiteIdentity(name="樟溪门户").save()
    reprint = factories.article(source="后山晚报", published=True)
    own = factories.article(published=True)
    (author,) = news_article(client, reprint)["author"]
    assert author == {"@type": "Organization", "name": "后山晚报"}
    (author,) = news_article(client, own)["author"]
    assert (author["@type"], author["name"]) == ("Organization", "樟溪门户")


def test_dates_have_the_offset_of_the_newsroom_and_no_invented_time(client):
    made = factories.article(published_at=NOW - HOUR)
    story = news_article(client, made)
    assert story["datePublished"].endswith("+08:00")
    assert story["dateModified"] == story["datePublished"]
    made.published.update(dated_precision=DatePrecision.DAY)
    day = timezone.localdate(NOW - HOUR).isoformat()
    assert news_article(client, made)["datePublished"] == day


def test_pictures_are_whole_addresses_that_open(client, settings):
    made = factories.article(cover=factories.picture(), published=True)
    plain = factories.article(published=True)
    pictures = news_article(client, made)["image"]
    assert len(pictures) == 3
    assert len(news_article(client, plain)["image"]) == 1
    *files, card = [address.removeprefix(settings.SITE_URL) for address in pictures]
    for path in files:
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "image/jpeg", path
        assert b"".join(answer).startswith(b"\xff\xd8")
    assert client.get(card).headers["Content-Type"] == "image/jpeg"
    logo = news_article(client, made)["publisher"]["logo"]["url"]
    response = client.get(logo.removeprefix(settings.SITE_URL))
    assert response.headers["Content-Type"] == "image/png"


def test_long_title_is_cut_where_search_engines_cut_it(client):
    made = factories.article(title="长" * 120, published=True)
    assert news_article(client, made)["headline"] == "长" * 109 + "…"


def test_words_written_in_traditional_are_not_turned_twice(client):
    made = factories.article(
        title="後山的麵", script="zh-Hant", authors=("范麗",), published=True
    )
    assert news_article(client, made, "/zh-tw")["headline"] == "後山的麵"
    assert news_article(client, made)["headline"] == "后山的面"
    assert news_article(client, made, "/zh-hk")["author"][0]["name"] == "范麗"


@pytest.mark.parametrize("part", ["headline", "image", "datePublished", "publisher"])
def test_schema_of_a_story_sees_what_is_missing_or_wrong(client, part):
    made = factories.article(published=True)
    story = news_article(client, made)
    assert json_faults({**story, part: ""}, "news_article") != []
    del story[part]
    assert json_faults(story, "news_article") != []


def test_every_page_below_home_says_the_way_to_it(client, settings):
    made = complete_story()
    editor = Editor.objects.get(name="沈砚秋")
    author = Author.objects.get(name="周禾")
    topic = factories.topic(public=True)
    for path in (
        f"/article/{made.pk}/",
        made.channel.get_absolute_url(),
        Tag.objects.get(name="桥").get_absolute_url(),
        editor.get_absolute_url(),
        author.get_absolute_url(),
        topic.get_absolute_url(),
        "/topic/",
        "/corrections/",
        "/feeds/",
        "/archive/",
        f"/archive/{timezone.localdate().year}/",
    ):
        steps = linked_data(client, path)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == f"{settings.SITE_URL}/"
        if not path.startswith("/article/"):
            assert steps[-1]["item"] == f"{settings.SITE_URL}{path}"


def test_home_tells_of_the_site_its_search_and_the_newsroom(client, settings):
    identity = SiteIdentity(
        name="樟溪门户",
        name_tw="樟溪入口",
        tagline="后天的事",
        organiser="樟溪县融媒体中心",
        phone="0000-1234567",
        email="desk@example.cn",
        address="樟城后街1号",
    )
    identity.save()
    FollowBlock.objects.create(
        identity=identity, name="短讯", url="https://example.cn/me"
    )
    found = linked_data(client, "/")
    assert found["WebSite"]["name"] == "樟溪门户"
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    address = target.removeprefix(settings.SITE_URL)
    assert client.get(address.format(search_term_string="桥")).status_code == 200
    newsroom = found["NewsMediaOrganization"]
    assert newsroom["contactPoint"]["telephone"] == "0000-1234567"
    assert newsroom["parentOrganization"]["name"] == "樟溪县融媒体中心"
    assert newsroom["sameAs"] == ["https://example.cn/me"]
    for policy in ("correctionsPolicy", "actionableFeedbackPolicy"):
        path = newsroom[policy].removeprefix(settings.SITE_URL)
        assert client.get(path).status_code == 200
    taiwan = linked_data(client, "/zh-tw/")
    assert taiwan["WebSite"]["name"] == "樟溪入口"
    assert taiwan["WebSite"]["inLanguage"] == "zh-Hant-TW"
    assert taiwan["WebSite"]["url"] == f"{settings.SITE_URL}/zh-tw/"
    newsroom = taiwan["NewsMediaOrganization"]
    assert newsroom["address"]["streetAddress"] == "樟城後街1號"
    assert "NewsMediaOrganization" not in linked_data(client, "/corrections/")


def test_site_that_says_little_of_itself_is_valid_too(client):
    found = linked_data(client, "/")
    assert "contactPoint" not in found["NewsMediaOrganization"]
    assert "address" not in found["NewsMediaOrganization"]


def test_schemas_of_the_site_see_what_is_missing(client):
    found = linked_data(client, "/")
    del found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert json_faults(found["WebSite"], "website") != []
    del found["NewsMediaOrganization"]["logo"]["url"]
    assert json_faults(found["NewsMediaOrganization"], "organisation") != []
    steps = linked_data(client, "/corrections/")["BreadcrumbList"]
    del steps["itemListElement"][1]["position"]
    assert json_faults(steps, "breadcrumb_list") != []


def test_preview_tells_search_engines_nothing(client):
    made = factories.article()
    chief = factories.staff(Role.CHIEF)
    link = previews.share(made, days=1, by=chief)
    assert linked_data(client, f"/preview/{previews.token_of(link)}/") == {}
