"""Roles as Django permissions: what the admin and `user.has_perm` go by.

The rows of auth_permission are not consulted, so nobody can be given a right by editing
tables or groups; roles.GRANTS and the table below are all there is.
"""

from itertools import product
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import QuerySet

from accounts.rights import verbs_of
from accounts.roles import Verb

if TYPE_CHECKING:
    from accounts.models import User


def _rights(app: str, models: str, actions: str) -> frozenset[str]:
    """Permission names of Django's form: articles.change_article."""
    return frozenset(
        f"{app}.{action}_{model}"
        for action, model in product(actions.split(), models.split())
    )


_NAMES = "author editor source tag"
_PARTS = (
    "section articleauthor articleeditor relatedarticle honour illustration enclosure"
)
_LIBRARY = "picture document recording"
_SHELVES = "collection picturetag"

# Which tables each verb opens. Whose rows of a table, the admin of that table decides.
RIGHTS: dict[Verb, frozenset[str]] = {
    Verb.WRITE: (
        _rights("articles", "article", "view add change delete")
        | _rights("articles", _PARTS, "view add change delete")
        | _rights("articles", _NAMES, "view")
        | _rights("articles", "author source", "add")
        | _rights("pictures", _LIBRARY, "view add")
        | _rights("pictures", _SHELVES, "view")
        | _rights("channels", "channel", "view")
    ),
    Verb.EDIT: (
        _rights("articles", _NAMES, "add change delete")
        | _rights("pictures", _LIBRARY, "change delete")
        | _rights("pictures", _SHELVES, "add change delete")
        | _rights("fronts", "errorreport", "view change")
    ),
    Verb.VIEW: (
        _rights("articles", f"article {_PARTS} {_NAMES}", "view")
        | _rights("pictures", f"{_LIBRARY} {_SHELVES}", "view")
        | _rights("channels", "channel", "view")
        | _rights("fronts", "dailyviews", "view")
        | _rights("search", "dailyquery", "view")
    ),
    Verb.AUDIT: _rights("accounts", "auditentry grant", "view"),
    Verb.KEEP_GLOSSARY: _rights("editions", "term", "view add change delete"),
    Verb.SHAPE_CHANNELS: _rights("channels", "channel", "view add change delete"),
    Verb.MANAGE_STAFF: _rights("accounts", "user", "view add change"),
    Verb.SET_UP_SITE: (
        _rights("fronts", "siteidentity", "view add change")
        | _rights("fronts", "followblock footerlink", "view add change delete")
    ),
    Verb.CURATE: (
        _rights(
            "fronts", "placement topic topicblock topicentry", "view add change delete"
        )
        | _rights("search", "promotedresult synonymgroup", "view add change delete")
    ),
    Verb.SPEAK_FOR_SITE: _rights(
        "fronts", "emergencynotice mourning statementpage", "view add change delete"
    ),
}


class RoleBackend(ModelBackend):
    """Signs staff in by name and password, and answers `has_perm` from their roles."""

    def get_all_permissions(
        self, user_obj: "User | AnonymousUser", obj: Any = None
    ) -> set[str]:
        """The rights of the person's roles; none to a question about a single row."""
        if obj is not None:
            return set()
        return set().union(*(RIGHTS.get(verb, ()) for verb in verbs_of(user_obj)))

    def _get_user_permissions(self, user_obj: "User") -> QuerySet:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: "User") -> QuerySet:
        return Permission.objects.none()
