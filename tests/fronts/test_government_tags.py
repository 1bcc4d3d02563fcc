"""Tags for the inspectors of government sites: all of them, or on other sites none."""

import datetime

import pytest
from django.utils import timezone

from articles.models.desk import DatePrecision
from fronts.models import SiteIdentity
from tests import factories
from tests.markup import parsed, select

pytestmark = pytest.mark.django_db

NAMES = {
    "SiteName",
    "SiteDomain",
    "SiteIDCode",
    "ColumnName",
    "ColumnDescription",
    "ColumnKeywords",
    "ColumnType",
    "ArticleTitle",
    "PubDate",
    "ContentSource",
    "Keywords",
    "Author",
    "Description",
    "Image",
    "Url",
}
SITE = {
    "SiteName": "后山县人民政府门户网站",
    "SiteDomain": "localhost",
    "SiteIDCode": "3600000010",
}


@pytest.fixture
def government() -> SiteIdentity:
    identity = SiteIdentity(
        name="樟溪门户",
        standard_name=SITE["SiteName"],
        identification_code=SITE["SiteIDCode"],
        tagline="后天的事",
    )
    identity.save()
    return identity


def tags_of(client, path: str, status: int = 200) -> dict[str, str]:
    response = client.get(path)
    assert response.status_code == status
    tags = [
        (tag.get("name"), tag.get("content"))
        for tag in select(parsed(response), "meta[name]")
        if tag.get("name") in NAMES
    ]
    assert len(tags) == len(dict(tags)), "a tag stands twice"
    return dict(tags)


def a_story(**fields):
    return factories.article(
        title="后天通车",
        source="后山晚报",
        tags=("后勤", "桥"),
        standfirst="后天上午。",
        cover=factories.picture(),
        published_at=datetime.datetime(2026, 6, 17, 0, 18, tzinfo=datetime.UTC),
        **fields,
    )


def test_site_without_a_code_has_none_of_them(client):
    SiteIdentity(name="樟溪门户", standard_name="樟溪").save()
    channel = factories.channel(column_type="工作动态", keywords="桥,路", intro="路桥")
    story = a_story(channel=channel)
    for path in ("/", channel.get_absolute_url(), f"/article/{story.pk}/", "/feeds/"):
        assert tags_of(client, path) == {}


def test_every_page_names_the_site(client, government):
    for path in ("/feeds/", "/corrections/", "/search/", "/zh-tw/feeds/"):
        assert tags_of(client, path) == SITE
    assert tags_of(client, "/nowhere/", status=404) == SITE


def test_site_without_a_registered_name_is_called_as_its_readers_call_it(
    client, government
):
    government.standard_name = ""
    government.save()
    assert tags_of(client, "/feeds/")["SiteName"] == "樟溪门户"


def test_home_is_a_column_too(client, government):
    assert tags_of(client, "/") == SITE | {
        "ColumnName": "首页",
        "ColumnType": "首页",
        "ColumnDescription": "后天的事",
    }


def test_channel_describes_itself_as_a_column(client, government):
    channel = factories.channel(
        name="后勤", column_type="工作动态", keywords="后勤,路", intro="后勤的事"
    )
    column = {
        "ColumnName": "后勤",
        "ColumnDescription": "后勤的事",
        "ColumnKeywords": "后勤,路",
        "ColumnType": "工作动态",
    }
    path = channel.get_absolute_url()
    assert tags_of(client, path) == SITE | column
    converted = tags_of(client, f"/zh-tw{path}")
    assert converted["ColumnName"] == "後勤"
    assert converted["ColumnDescription"] == "後勤的事"
    assert converted["ColumnKeywords"] == "後勤,路"
    # As registered, in every edition.
    assert converted["ColumnType"] == "工作动态"
    assert converted["SiteName"] == SITE["SiteName"]


def test_channel_that_says_nothing_of_itself_still_has_what_is_required(
    client, government
):
    channel = factories.channel(name="后勤", intro="")
    tags = tags_of(client, channel.get_absolute_url())
    assert tags["ColumnDescription"] == tags["ColumnKeywords"] == "后勤"
    assert "ColumnType" not in tags


def test_story_describes_itself(client, government, settings):
    story = a_story(authors=("程远山", "周禾"))
    tags = tags_of(client, f"/article/{story.pk}/")
    image = tags.pop("Image")
    assert image.startswith(f"{settings.SITE_URL}/media/")
    assert tags == SITE | {
        "ArticleTitle": "后天通车",
        "PubDate": "2026-06-17 08:18",
        "ContentSource": "后山晚报",
        "Keywords": "后勤,桥",
        "Author": "程远山、周禾",
        "Description": "后天上午。",
        "Url": f"{settings.SITE_URL}/article/{story.pk}/",
    }
    converted = tags_of(client, f"/zh-hk/article/{story.pk}/")
    assert converted["ArticleTitle"] == "後天通車"
    assert converted["ContentSource"] == "後山晚報"
    assert converted["Url"] == f"{settings.SITE_URL}/zh-hk/article/{story.pk}/"


def test_own_unsigned_story_names_the_site_and_its_editors(client, government):
    story = factories.article(editors=("沈砚秋", "陆知夏"), published=True)
    tags = tags_of(client, f"/article/{story.pk}/")
    assert tags["ContentSource"] == "樟溪门户"
    assert tags["Author"] == "沈砚秋、陆知夏"
    assert "Keywords" not in tags
    assert "Image" not in tags


def test_time_that_nobody_knows_is_not_invented(client, government):
    story = a_story()
    story.published.update(dated_precision=DatePrecision.DAY)
    assert tags_of(client, f"/article/{story.pk}/")["PubDate"] == "2026-06-17"


def test_title_in_traditional_is_written_as_the_page_is(client, government):
    story = factories.article(title="後山的麵", script="zh-Hant", published=True)
    path = f"/article/{story.pk}/"
    assert tags_of(client, path)["ArticleTitle"] == "后山的面"
    assert tags_of(client, f"/zh-tw{path}")["ArticleTitle"] == "後山的麵"


def test_withdrawn_story_is_described_no_more(client, government):
    story = factories.article(title="后天通车", published=True)
    story.published.update(visible_until=timezone.now())
    assert tags_of(client, f"/article/{story.pk}/", status=410) == SITE


def test_page_has_one_description(client, government):
    story = a_story()
    page = parsed(client.get(f"/article/{story.pk}/"))
    names = [tag.get("name").lower() for tag in select(page, "meta[name]")]
    assert names.count("description") == 1
