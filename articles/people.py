"""The people who write and edit: what their pages say, and which stories stand there."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Author, Editor, PublishedArticle, PublishedCredit
from articles.models.published import PublishedArticleQuerySet
from editions.detection import script_of


@dataclass(frozen=True)
class Profile:
    """What readers are told of somebody. `office` is empty for one who has left."""

    name: str
    address: str
    jobs: str = ""
    office: str = ""
    has_left: bool = False

    @property
    def script(self) -> str:
        """A name in Traditional characters converts as a text by such an author does."""
        return script_of(self.name)


def profile_of_editor(editor: Editor, on: datetime.date) -> Profile:
    """As of that day. One query if the editor has a desk."""
    has_left = editor.left_on is not None and editor.left_on <= on
    return Profile(
        name=_told_apart(editor),
        address=editor.get_absolute_url(),
        jobs=editor.jobs,
        office="" if has_left else editor.office,
        has_left=has_left,
    )


def profile_of_author(author: Author) -> Profile:
    return Profile(author.name, author.get_absolute_url())


def written_by(editor: Editor, at: datetime.datetime) -> PublishedArticleQuerySet:
    """Visible stories under any by-line that is this person's, newest first."""
    return _credited(Q(author__editor=editor, author__is_unit=False), at)


def edited_by(editor: Editor, at: datetime.datetime) -> PublishedArticleQuerySet:
    """Visible stories for which this person is responsible, newest first."""
    return _credited(Q(editor=editor), at)


def stories_of(author: Author, at: datetime.datetime) -> PublishedArticleQuerySet:
    """Visible stories under this by-line, newest first."""
    return _credited(Q(author=author), at)


@dataclass(frozen=True)
class PersonPage:
    """A page of somebody, and the visible stories that it lists."""

    name: str
    address: str
    stories: PublishedArticleQuerySet


def pages_listing(story: PublishedArticle, at: datetime.datetime) -> list[PersonPage]:
    """The pages on which this version stands, as of `at`. One query."""
    pages = []
    for credit in story.credits.select_related("author__editor", "editor"):
        if credit.editor:
            address = credit.editor.get_absolute_url()
            stories = edited_by(credit.editor, at)
            pages.append(PersonPage(credit.editor.name, address, stories))
        elif credit.author and not credit.author.is_unit:
            pages.append(_page_of(credit.author, at))
    return pages


def _page_of(author: Author, at: datetime.datetime) -> PersonPage:
    if author.editor:
        address = author.editor.get_writing_url()
        return PersonPage(author.name, address, written_by(author.editor, at))
    return PersonPage(author.name, author.get_absolute_url(), stories_of(author, at))


def _told_apart(editor: Editor) -> str:
    """The name, with the desk if another editor has the same one."""
    if not editor.desk:
        return editor.name
    namesakes = Editor.objects.filter(name=editor.name).exclude(pk=editor.pk)
    return f"{editor.name}（{editor.desk}）" if namesakes.exists() else editor.name


def _credited(who: Q, at: datetime.datetime) -> PublishedArticleQuerySet:
    credit_rows = PublishedCredit.objects.filter(who)
    return (
        PublishedArticle.objects.visible(at)
        .filter(pk__in=credit_rows.values("published_article"))
        .for_cards()
        .order_by("-dated_at", "-pk")
    )
