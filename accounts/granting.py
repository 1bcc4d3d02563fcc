"""Giving, confirming and taking back roles: the only code that writes grants.

Nobody gives or confirms anything to themselves. A role that decides what readers see,
or that may give roles, begins to count when a second person has confirmed it; only the
superuser and the operator at the console (`by=None`) need nobody else.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Act, Grant, User
from accounts.rights import Denied, verbs_in
from accounts.roles import APPROVING_ROLES, GRANTS, Role, Verb

# Whoever gives roles could make a second account and confirm through it.
CONFIRMED_ROLES = APPROVING_ROLES | {
    role for role, verbs in GRANTS.items() if Verb.MANAGE_STAFF in verbs
}
EVERYWHERE_ONLY = frozenset({Role.ADMINISTRATOR})


class GrantingRefused(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The rules forbid it; the text says why, in the administrator's language."""


def manages_staff(user: Any) -> bool:
    """Whether the person keeps accounts and roles. That is never a matter of a channel."""
    return Verb.MANAGE_STAFF in verbs_in(user, None)


def may_manage(user: Any, person: User) -> bool:
    """Whether `user` may change this account: superusers are left to superusers."""
    return manages_staff(user) and (user.is_superuser or not person.is_superuser)


def may_confirm(grant: Grant, by: User) -> bool:
    """Whether this person is the second one for whom the grant waits. No query."""
    if grant.confirmed_at or by.pk in {grant.person_id, grant.granted_by_id}:
        return False
    return manages_staff(by) or Verb.SIGN_FINAL in verbs_in(by, grant.channel_id)


def grant(
    person: User,
    role: Role,
    channel: Any = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    *,
    by: User | None,
) -> Grant:
    """Give a role over a channel and everything below it; None is the whole site.

    Both days belong to the grant. Raises Denied without the right to manage staff,
    GrantingRefused when a rule forbids this very grant.
    """
    role = Role(role)
    with transaction.atomic():
        _require_other(person, by)
        if role in EVERYWHERE_ONLY and channel is not None:
            raise GrantingRefused(f"“{role}”管的是整个网站，不能只管一个频道。")
        if starts_on and ends_on and ends_on < starts_on:
            raise GrantingRefused("结束的日子不能早于开始的日子。")
        if person.grants.filter(role=role.value, channel=channel).exists():
            raise GrantingRefused(
                f"{person}在这个频道已有“{role}”。要改期限，请先收回旧的，再重新授予。"
            )
        waits = role in CONFIRMED_ROLES and by is not None and not by.is_superuser
        given = Grant.objects.create(
            person=person,
            role=role.value,
            channel=channel,
            starts_on=starts_on,
            ends_on=ends_on,
            granted_by=by,
            confirmed_at=None if waits else timezone.now(),
        )
        person.reach = None
        audit.record(Act.GRANT, by=by, subject=person, after=described(given))
    return given


def confirm(grant: Grant, *, by: User) -> None:
    """Let a pending grant count from now on.

    Raises Denied for anybody who may not be the second person, GrantingRefused when it
    is confirmed already.
    """
    with transaction.atomic():
        stored = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
        if stored.confirmed_at:
            raise GrantingRefused("这项授权已经确认过了。")
        if not may_confirm(stored, by):
            raise Denied(Verb.MANAGE_STAFF, stored)
        before = described(stored)
        stored.confirmed_by = by
        stored.confirmed_at = timezone.now()
        stored.save(update_fields=["confirmed_by", "confirmed_at"])
        audit.record(
            Act.CONFIRM_GRANT,
            by=by,
            subject=stored.person,
            before=before,
            after=described(stored),
        )
    grant.refresh_from_db()


def revoke(grant: Grant, *, by: User | None) -> None:
    """Take a role back at once. The record of acts keeps what it was."""
    with transaction.atomic():
        person = grant.person
        _require_other(person, by)
        before = described(grant)
        grant.delete()
        person.reach = None
        audit.record(Act.REVOKE_GRANT, by=by, subject=person, before=before)


def suspend_after_new_password(person: User, *, by: User) -> list[Grant]:
    """After somebody else set the password: what needs two people waits for a second again.

    Who knows the password could sign in as that person and approve in their name. No
    effect for a superuser, who may give the roles alone anyway.
    """
    if by.is_superuser or by.pk == person.pk:
        return []
    with transaction.atomic():
        roles = [role.value for role in CONFIRMED_ROLES]
        held = list(
            person.grants.select_for_update(of=("self",)).filter(
                role__in=roles, confirmed_at__isnull=False
            )
        )
        for one in held:
            before = described(one)
            one.granted_by, one.confirmed_by, one.confirmed_at = by, None, None
            one.save(update_fields=["granted_by", "confirmed_by", "confirmed_at"])
            audit.record(
                Act.CHANGE, by=by, subject=person, before=before, after=described(one)
            )
    person.reach = None
    return held


def described(grant: Grant) -> dict[str, Any]:
    """The grant as the record of acts keeps it."""
    return {
        "role": grant.role,
        "grant_channel": str(grant.channel) if grant.channel else "全站",
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
        "granted_by": str(grant.granted_by or audit.CONSOLE),
        "confirmed_by": str(grant.confirmed_by) if grant.confirmed_by else "",
        "in_force": grant.confirmed_at is not None,
    }


def _require_other(person: User, by: User | None) -> None:
    """The right to manage this account's roles, and never the own."""
    if by is None:
        return
    if by.pk == person.pk:
        raise GrantingRefused("自己的角色要由别人授予和收回。")
    if not may_manage(by, person):
        raise Denied(Verb.MANAGE_STAFF, person)
