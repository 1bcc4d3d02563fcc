"""Tables of the story and its life. The desk writes some, readers read the others."""

from articles.models.desk import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Honour,
    RelatedArticle,
    Section,
    Stage,
)
from articles.models.editions import EditionReview, EditionTerm
from articles.models.inserts import Enclosure, Illustration, PublishedMaterial
from articles.models.people import Author, Editor, Source
from articles.models.published import (
    ChannelListing,
    Correction,
    PublishedArticle,
    PublishedCredit,
    Revision,
    Withdrawal,
)
from articles.models.review import (
    Contribution,
    Note,
    PreviewLink,
    ReviewRound,
    RevisionWriter,
    SignOff,
)
from articles.models.tags import Tag, TaggedArticle
from articles.models.workbench import (
    AbsenceCheck,
    Announcement,
    ContentTemplate,
    EditingSession,
    Notice,
)

__all__ = [
    "AbsenceCheck",
    "Announcement",
    "Article",
    "ArticleAuthor",
    "ArticleEditor",
    "Author",
    "ChannelListing",
    "ContentTemplate",
    "Contribution",
    "Correction",
    "EditingSession",
    "EditionReview",
    "EditionTerm",
    "Editor",
    "Enclosure",
    "Honour",
    "Illustration",
    "Note",
    "Notice",
    "PreviewLink",
    "PublishedArticle",
    "PublishedCredit",
    "PublishedMaterial",
    "RelatedArticle",
    "ReviewRound",
    "Revision",
    "RevisionWriter",
    "Section",
    "SignOff",
    "Source",
    "Stage",
    "Tag",
    "TaggedArticle",
    "Withdrawal",
]
