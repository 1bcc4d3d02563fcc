from django.urls import path, register_converter

from articles.converters import NumberConverter
from articles.views import people, preview, sharing, story, tag

register_converter(NumberConverter, "number")

app_name = "articles"

urlpatterns = [
    path("article/<number:article_id>/", story.page, name="page"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("editor/<number:editor_id>/", people.editor, name="editor"),
    path(
        "editor/<number:editor_id>/writing/",
        people.editor_writing,
        name="editor_writing",
    ),
    path("share/<number:article_id>/", sharing.page, name="share"),
    path("share/<number:article_id>/qr.png", sharing.code, name="share_code"),
    path("author/<number:author_id>/", people.author, name="author"),
    path("tag/<str:slug>/", tag.tag, name="tag"),
]
