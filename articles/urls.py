from django.urls import path

from articles import views

app_name = "articles"

urlpatterns = [
    path("article/<int:article_id>/", views.page, name="page"),
    path("tag/<str:slug>/", views.tag, name="tag"),
]
