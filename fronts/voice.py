"""Who may say something in the name of the whole portal."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.rights import verbs_in
from accounts.roles import Verb


def speaks_for_site(user: User | AnonymousUser) -> bool:
    """Whether the right holds everywhere: a grant over some channels is not enough."""
    return Verb.SPEAK_FOR_SITE in verbs_in(user, None)
