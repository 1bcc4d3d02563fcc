"""Lines to members of staff: written with the act they tell of, mailed by a worker."""

import datetime
from collections.abc import Iterable

from accounts.models import Grant, User
from accounts.rights import can
from accounts.roles import GRANTS, Verb
from articles.models import Article, Notice

LONGEST = 300  # characters


def notify(
    people: Iterable[User | None],
    kind: Notice.Kind,
    article: Article,
    text: str,
    *,
    now: datetime.datetime,
) -> list[Notice]:
    """One line to each of these people who may still see the story, in the transaction
    of the act. Nobody gets it twice."""
    unique = {person.pk: person for person in people if person and person.is_active}
    return Notice.objects.bulk_create(
        Notice(
            person=person, kind=kind, article=article, text=text[:LONGEST], made_at=now
        )
        for person in unique.values()
        if can(person, Verb.VIEW, article)
    )


def people_who_can(verb: Verb, article: Article) -> list[User]:
    """Everybody whose roles allow this over the story's channel. A query, and one or
    more for each candidate."""
    roles = [role.value for role, verbs in GRANTS.items() if verb in verbs]
    holders = Grant.objects.filter(role__in=roles).values("person")
    candidates = User.objects.filter(pk__in=holders, is_active=True, is_staff=True)
    return [person for person in candidates if can(person, verb, article)]
