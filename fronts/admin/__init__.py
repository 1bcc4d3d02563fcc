"""The portal's own pages in the admin, a module for each."""

from fronts.admin import (
    absence,
    identity,
    occasions,
    placements,
    readership,
    reports,
    statements,
    terms,
    topic_blocks,
    topics,
)

__all__ = [
    "absence",
    "identity",
    "occasions",
    "placements",
    "readership",
    "reports",
    "statements",
    "terms",
    "topic_blocks",
    "topics",
]
