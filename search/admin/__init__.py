"""What editors do about searches, a module for each page."""

from search.admin import promoted, queries, synonyms

__all__ = ["promoted", "queries", "synonyms"]
