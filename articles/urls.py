from django.urls import path, register_converter

from articles.converters import NumberConverter
from articles.views import preview, story, tag

register_converter(NumberConverter, "number")

app_name = "articles"

urlpatterns = [
    path("article/<number:article_id>/", story.page, name="page"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("tag/<str:slug>/", tag.tag, name="tag"),
]
