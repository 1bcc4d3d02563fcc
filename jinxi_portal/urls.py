from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from jinxi_portal.media import serve_media

urlpatterns = [
    path("admin/", admin.site.urls),
    re_path(
        rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", serve_media, name="media"
    ),
    path("", include("articles.urls")),
    path("", include("search.urls")),
    path("", include("fronts.urls")),
]

handler400 = "jinxi_portal.errors.bad_request"
handler500 = "jinxi_portal.errors.server_error"
