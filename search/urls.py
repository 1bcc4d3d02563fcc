from django.urls import path

from search.views import results, suggestions

app_name = "search"

urlpatterns = [
    path("search/", results.search, name="search"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("opensearch.xml", suggestions.description, name="description"),
]
