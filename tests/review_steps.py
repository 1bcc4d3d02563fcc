"""Steps of a review as the desk takes them: saving an edit, signing what is due."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from articles import publishing, reviews
from articles.models import Article, Section, SignOff
from articles.snapshots import content_of
from articles.writing import lock, record_save
from channels.models import Channel
from tests import factories

BOTH = frozenset({SignOff.Kind.REVIEW, SignOff.Kind.PROOFREAD})


@dataclass
class Newsroom:
    """A channel with so many levels, a reporter, two editors and two chiefs."""

    channel: Channel
    reporter: User
    editor: User
    second_editor: User
    chief: User
    second_chief: User

    def story(self, **fields) -> Article:
        """A story of the reporter's, written and saved."""
        story = factories.article(
            channel=self.channel, created_by=self.reporter, **fields
        )
        with transaction.atomic():
            record_save(story, by=self.reporter)
        return story

    def approved(self, **fields) -> Article:
        """A story signed at all of three levels."""
        story = self.story(**fields)
        reviews.submit(story, by=self.reporter)
        for person in (self.editor, self.second_editor, self.chief):
            sign(story, person)
        return story

    def released(self, **fields) -> Article:
        """A story that readers see, with all its signatures."""
        story = self.approved(**fields)
        publishing.publish(story, by=self.editor)
        story.refresh_from_db()
        return story


def newsroom(*, levels: int = 3, **fields) -> Newsroom:
    channel = factories.channel(review_levels=levels, **fields)
    people = {
        "reporter": (Role.REPORTER, "田野"),
        "editor": (Role.EDITOR, "周禾"),
        "second_editor": (Role.EDITOR, "许澄"),
        "chief": (Role.CHIEF, "江岸"),
        "second_chief": (Role.CHIEF, "白桦"),
    }
    return Newsroom(
        channel,
        **{
            post: factories.staff(role, display_name=name)
            for post, (role, name) in people.items()
        },
    )


def edit(article: Article, by: User | None, *, body: str = "", **fields) -> Article:
    """Save a change of the desk copy, whoever makes it: rights are not asked here."""
    with transaction.atomic():
        stored = lock(article.pk)
        before = content_of(stored)
        further = fields.pop("further_channels", None)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.save()
        if further is not None:
            stored.further_channels.set(further)
        if body:
            section = stored.sections.first() or Section(article=stored)
            section.body = body
            section.save()
        record_save(stored, by=by, before=before)
    article.refresh_from_db()
    return article


def newest(article: Article) -> str:
    """The fingerprint of the revision under review."""
    state = reviews.state_of(article)
    return state.revision.sha256 if state else ""


def sign(article: Article, by: User, **fields) -> list[SignOff]:
    """Pass what is due, having read the newest revision."""
    return reviews.sign(article, by=by, sha256=newest(article), **fields)
