from django.urls import path

from fronts import feeds, views
from fronts.corrections import corrections

app_name = "fronts"

urlpatterns = [
    path("", views.home, name="home"),
    path("channel/<slug:slug>/", views.channel, name="channel"),
    path("channel/<slug:slug>/feed/", feeds.ChannelFeed(), name="channel_feed"),
    path("feed/", feeds.SiteFeed(), name="feed"),
    path("corrections/", corrections, name="corrections"),
    path("corrections/feed/", feeds.CorrectionsFeed(), name="corrections_feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
