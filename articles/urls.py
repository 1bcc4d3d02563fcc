from django.urls import path, register_converter

from articles import views
from articles.converters import NumberConverter

register_converter(NumberConverter, "number")

app_name = "articles"

urlpatterns = [
    path("article/<number:article_id>/", views.page, name="page"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("tag/<str:slug>/", views.tag, name="tag"),
]
