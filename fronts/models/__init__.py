"""What the portal's own pages are made of, beside stories and channels."""

from fronts.models.identity import FollowBlock, FooterLink, SiteIdentity
from fronts.models.occasions import EmergencyNotice, Mourning
from fronts.models.placements import Placement
from fronts.models.readership import DailyViews
from fronts.models.reports import ErrorReport
from fronts.models.statements import StatementPage
from fronts.models.topics import Topic, TopicBlock, TopicEntry

__all__ = [
    "DailyViews",
    "EmergencyNotice",
    "ErrorReport",
    "FollowBlock",
    "FooterLink",
    "Mourning",
    "Placement",
    "SiteIdentity",
    "StatementPage",
    "Topic",
    "TopicBlock",
    "TopicEntry",
]
