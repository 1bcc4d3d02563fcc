"""The newsroom's pages, one module for each kind of row."""

from articles.admin import article, people, tags

__all__ = ["article", "people", "tags"]
