from django.urls import path

from fronts import feeds
from fronts.corrections import corrections
from fronts.views import channel, counting, home, machines, search

app_name = "fronts"

urlpatterns = [
    path("", home.home, name="home"),
    path("channel/<slug:slug>/", channel.channel, name="channel"),
    path("channel/<slug:slug>/feed/", feeds.ChannelFeed(), name="channel_feed"),
    path("feed/", feeds.SiteFeed(), name="feed"),
    path("corrections/", corrections, name="corrections"),
    path("corrections/feed/", feeds.CorrectionsFeed(), name="corrections_feed"),
    path("search/", search.search, name="search"),
    path("seen/<number:article_id>/", counting.seen, name="seen"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]
