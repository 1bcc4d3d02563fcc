"""Tables of the story and its life. The desk writes some, readers read the others."""

from articles.models.desk import Article, ArticleAuthor, ArticleEditor, Section
from articles.models.people import Author, Editor, Source
from articles.models.published import (
    ChannelListing,
    PublishedArticle,
    Revision,
    Withdrawal,
)
from articles.models.tags import Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleEditor",
    "Author",
    "ChannelListing",
    "Editor",
    "PublishedArticle",
    "Revision",
    "Section",
    "Source",
    "Tag",
    "TaggedArticle",
    "Withdrawal",
]
