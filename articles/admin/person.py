from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Who is signed in; the admin's pages are for nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
