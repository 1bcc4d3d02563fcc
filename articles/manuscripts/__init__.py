"""A whole manuscript pasted at once: read into a proposal, then made a desk copy."""

from articles.manuscripts.creating import (
    Draft,
    DraftSection,
    create_from,
    unknown_editors,
)
from articles.manuscripts.proposal import Confidence, Found, Proposal, ProposedSection
from articles.manuscripts.proposing import propose

__all__ = [
    "Confidence",
    "Draft",
    "DraftSection",
    "Found",
    "Proposal",
    "ProposedSection",
    "create_from",
    "propose",
    "unknown_editors",
]
