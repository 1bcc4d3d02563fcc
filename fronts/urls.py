from django.urls import include, path, register_converter

from fronts.converters import DayConverter, MonthConverter, YearConverter
from fronts.corrections import corrections
from fronts.views import (
    archive,
    channel,
    counting,
    home,
    large_type,
    machines,
    marks,
    reports,
    sharing,
    statements,
    styleguide,
    subscriptions,
    topics,
)

register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")

app_name = "fronts"

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("fronts.feeds.urls")),
    path("about/<slug:statement_slug>/", statements.statement, name="statement"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.year, name="archive_year"),
    path("archive/<month:month>/", archive.month, name="archive_month"),
    path("archive/<day:day>/", archive.day, name="archive_day"),
    path("channel/<slug:slug>/", channel.channel, name="channel"),
    path("corrections/", corrections, name="corrections"),
    path("feeds/", subscriptions.feeds, name="feeds"),
    path("feeds.opml", subscriptions.opml, name="opml"),
    path("favicon.ico", marks.site_favicon, name="favicon"),
    path("icons/<slug:version>/<slug:name>.png", marks.site_icon, name="icon"),
    path("manifest.webmanifest", marks.manifest, name="manifest"),
    path("large-type/", large_type.switch, name="large_type"),
    path("report/", reports.report, name="report"),
    path("report/received/", reports.received, name="report_received"),
    path("seen/<number:article_id>/", counting.seen, name="seen"),
    path(
        "share/<number:article_id>/card-<slug:version>.jpg",
        sharing.card,
        name="share_card",
    ),
    path(
        "share/<number:article_id>/square-<slug:version>.png",
        sharing.square,
        name="share_square",
    ),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-news.xml", machines.news_sitemap, name="news_sitemap"),
    path("sitemap-pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path(
        "sitemap-<slug:kind>-<number:number>.xml",
        machines.sitemap_part,
        name="sitemap_part",
    ),
    path("robots.txt", machines.robots, name="robots"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("topic/", topics.topics, name="topics"),
    path("topic/<slug:topic_slug>/", topics.topic, name="topic"),
]
