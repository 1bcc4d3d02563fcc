"""The one answer to "may this person do that to this?". Deny unless a grant says yes.

Views, admin, commands and verbs ask `can()` or `require()`; nothing else decides.
"""

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Grant
from accounts.roles import GRANTS, Role, Verb

if TYPE_CHECKING:
    from accounts.models import User

# Verbs of a person by place: a channel's primary key, or None for a grant everywhere.
Reach = dict[int | None, frozenset[Verb]]


class Denied(PermissionDenied):
    """A refusal that says of what: the record of acts keeps it."""

    def __init__(self, verb: Verb, subject: Any = None) -> None:
        super().__init__(f"{verb} {subject}")
        self.verb = verb
        self.subject = subject


@runtime_checkable
class Placed(Protocol):
    """Something that stands in a channel and has rules of its own, as an article does."""

    channel_id: int | None

    def allows(
        self,
        verb: Verb,
        user: "User",
        holds: frozenset[Verb],
        anywhere: frozenset[Verb],
    ) -> bool: ...


def reach_of(user: "User | AnonymousUser") -> Reach:
    """Everything this person may do, by channel. Cached on the instance, which lives
    for one request. One query, and one more for each grant over a channel."""
    if not user.is_authenticated or not user.is_active or not user.is_staff:
        return {}
    if user.is_superuser:
        return {None: frozenset(Verb)}
    if user.reach is None:
        user.reach = _reach(user)
    return user.reach


def verbs_of(user: "User | AnonymousUser") -> frozenset[Verb]:
    """What the person may do somewhere."""
    return frozenset().union(*reach_of(user).values())


def verbs_in(user: "User | AnonymousUser", channel_id: int | None) -> frozenset[Verb]:
    """What the person may do in a channel; None asks for what holds everywhere."""
    reach = reach_of(user)
    return reach.get(None, frozenset()) | reach.get(channel_id, frozenset())


def can(user: "User | AnonymousUser", verb: Verb, subject: Any = None) -> bool:
    """Whether the person may do this to `subject`: an article, a channel, or None.

    Without a subject: whether there is any place where the person may. An article adds
    its own rules (its writer, its stage) to what the grants over its channel say.
    """
    if subject is None:
        return verb in verbs_of(user)
    if isinstance(subject, _channel_model()):
        return verb in verbs_in(user, subject.pk)
    if isinstance(subject, Placed) and not isinstance(user, AnonymousUser):
        holds = verbs_in(user, subject.channel_id)
        return bool(reach_of(user)) and subject.allows(
            verb, user, holds, verbs_of(user)
        )
    return False


def require(user: "User | AnonymousUser", verb: Verb, subject: Any = None) -> None:
    """Raise Denied (a PermissionDenied) unless `can()`."""
    if not can(user, verb, subject):
        raise Denied(verb, subject)


def channels_where(user: "User | AnonymousUser", verb: Verb) -> set[int] | None:
    """Primary keys of the channels in which the person may; None is everywhere."""
    reach = reach_of(user)
    if verb in reach.get(None, frozenset()):
        return None
    return {place for place, verbs in reach.items() if place and verb in verbs}


def _channel_model() -> Any:
    """The model that a grant names by string."""
    return Grant._meta.get_field("channel").related_model


def _reach(user: "User") -> Reach:
    channels = _channel_model().objects
    reach: dict[int | None, frozenset[Verb]] = {}
    for grant in user.grants.in_force(timezone.localdate()):
        places: list[int | None] = [None]
        if grant.channel_id:
            below = channels.descendants(grant.channel_id, include_self=True)
            places = list(below.values_list("pk", flat=True))
        for place in places:
            reach[place] = reach.get(place, frozenset()) | GRANTS[Role(grant.role)]
    return reach
