"""Newsroom roles and the one answer to "may this person do that?".

A role is an auth Group. Views, admin and commands ask `may()`; nothing else decides.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from accounts.models import User


class Role(StrEnum):
    """Group names as staff see them."""

    REPORTER = "记者"
    EDITOR = "责任编辑"
    CHIEF = "终审"
    MODERATOR = "评论审核员"
    ADMINISTRATOR = "系统管理员"


class Verb(StrEnum):
    """What staff do, beyond Django's add/change/view of a table."""

    WRITE = "write"  # create articles, edit one's own drafts
    EDIT_ANY = "edit_any"  # edit everyone's desk copy, pictures, names, tags
    PUBLISH = "publish"  # publish, schedule, replace
    WITHDRAW = "withdraw"
    KEEP_GLOSSARY = "keep_glossary"
    SHAPE_CHANNELS = "shape_channels"
    MANAGE_STAFF = "manage_staff"
    SET_UP_SITE = "set_up_site"


# The administrator runs the system and has no say over content.
GRANTS: dict[Role, frozenset[Verb]] = {
    Role.REPORTER: frozenset({Verb.WRITE}),
    Role.EDITOR: frozenset(
        {Verb.WRITE, Verb.EDIT_ANY, Verb.PUBLISH, Verb.KEEP_GLOSSARY}
    ),
    Role.CHIEF: frozenset(
        {
            Verb.WRITE,
            Verb.EDIT_ANY,
            Verb.PUBLISH,
            Verb.WITHDRAW,
            Verb.KEEP_GLOSSARY,
            Verb.SHAPE_CHANNELS,
        }
    ),
    Role.MODERATOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(
        {Verb.SHAPE_CHANNELS, Verb.MANAGE_STAFF, Verb.SET_UP_SITE}
    ),
}


def verbs_of(user: "User | AnonymousUser") -> frozenset[Verb]:
    """Everything this person may do. One query for a person, cached on the instance."""
    if not user.is_authenticated or not user.is_active or not user.is_staff:
        return frozenset()
    if user.is_superuser:
        return frozenset(Verb)
    if user.role_verbs is None:
        names = set(user.groups.values_list("name", flat=True))
        user.role_verbs = frozenset().union(
            *(verbs for role, verbs in GRANTS.items() if role.value in names)
        )
    return user.role_verbs


def may(user: "User | AnonymousUser", verb: Verb) -> bool:
    return verb in verbs_of(user)
