"""Who of our people stands under a published version, and the names as readers get them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from articles.models import (
    Article,
    Author,
    Editor,
    PublishedArticle,
    PublishedCredit,
)
from editions.story_terms import mark_name, mark_story


@dataclass(frozen=True)
class Signature:
    """A printed name, and the page of whoever it is; empty if there is none. A unit is
    an office, a column or a code, and no person."""

    name: str
    address: str = ""
    is_unit: bool = False


def write_credits(published: PublishedArticle, article: Article) -> None:
    """The rows behind the names of a version that was just laid out. Up to four queries.

    An author's name is theirs alone. Editors may share one: those whom the desk copy
    names are meant, else the only one of that name.
    """
    authors = dict(
        Author.objects.filter(name__in=published.authors).values_list("name", "pk")
    )
    editors = _editors_meant(published.editors, article)
    PublishedCredit.objects.bulk_create(
        [
            PublishedCredit(published_article=published, author_id=authors[name])
            for name in dict.fromkeys(published.authors)
            if name in authors
        ]
        + [
            PublishedCredit(published_article=published, editor_id=key)
            for key in editors
        ]
    )


def author_signatures(story: PublishedArticle) -> list[Signature]:
    """The by-line, name by name: see `_credits_of` for its cost."""
    people = {
        credit.author.name: credit.author
        for credit in _credits_of(story)
        if credit.author
    }
    return [
        Signature(name, _page_of(people[name]), is_unit=people[name].is_unit)
        if name in people
        else Signature(name)
        for name in story.authors
    ]


def editor_signatures(story: PublishedArticle) -> list[Signature]:
    """The responsible editors, name by name: see `_credits_of` for its cost."""
    people = [credit.editor for credit in _credits_of(story) if credit.editor]
    signatures = []
    for name in story.editors:
        editor = next((person for person in people if person.name == name), None)
        if editor:
            people.remove(editor)
        signatures.append(Signature(name, editor.get_absolute_url() if editor else ""))
    return signatures


def marked_name(signature: Signature, story: PublishedArticle) -> str:
    """The name for a page, with the forms that names of people have in each edition; a
    unit's name is words like any other."""
    if signature.is_unit:
        return mark_story(signature.name, story.script, story.edition_terms)
    return mark_name(signature.name, story.script)


def _credits_of(story: PublishedArticle) -> Iterable[PublishedCredit]:
    """In the order written. One query for each story, however often it is asked; none
    for a story that is only previewed, whose names lead nowhere yet."""
    if not story.pk:
        return []
    credit_rows = PublishedCredit.objects.select_related(
        "author__editor", "editor"
    ).order_by("pk")
    prefetch_related_objects([story], Prefetch("credits", credit_rows))
    return story.credits.all()


def _page_of(author: Author) -> str:
    if author.is_unit:
        return ""
    return (
        author.editor.get_writing_url() if author.editor else author.get_absolute_url()
    )


def _editors_meant(names: list[str], article: Article) -> list[int]:
    """Keys of the editors printed, in their order."""
    own = {
        credit.editor
        for credit in article.editor_credits.select_related("editor")
        if credit.editor.name in names
    }
    namesakes: dict[str, list[Editor]] = {}
    for editor in Editor.objects.filter(name__in=names):
        namesakes.setdefault(editor.name, []).append(editor)
    own |= {found[0] for found in namesakes.values() if len(found) == 1}
    return [
        editor.pk
        for editor in sorted(
            own, key=lambda editor: (names.index(editor.name), editor.pk)
        )
    ]
