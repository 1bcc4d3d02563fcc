from search.models.entries import DeskEntry, DeskIndex, StoryEntry, StoryIndex
from search.models.promoted import PromotedResult
from search.models.queries import DailyQuery
from search.models.synonyms import SynonymGroup

__all__ = [
    "DailyQuery",
    "DeskEntry",
    "DeskIndex",
    "PromotedResult",
    "StoryEntry",
    "StoryIndex",
    "SynonymGroup",
]
