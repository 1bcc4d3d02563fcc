"""One account for each role, and a second editor, to try the portal with."""

import hashlib
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import granting
from accounts.models import User
from accounts.roles import Role


class Sample(NamedTuple):
    username: str
    display_name: str
    role: Role
    password: str

    @property
    def salt(self) -> str:
        """The salt of the hash as made here: as long as it stands, so does the password.

        Anything that sets a password takes a new salt at random. So nothing has to be
        hashed to know what to print, and hashing is slow on purpose. 22 characters are
        what Django asks for; a shorter salt would be replaced at the next sign-in.
        """
        return hashlib.sha256(self.username.encode()).hexdigest()[:22]


# Published with the code: worth nothing, and refused outside development.
SAMPLES = [
    Sample("lin", "林小满", Role.REPORTER, "camphor-reporter"),
    Sample("zhou", "周禾", Role.EDITOR, "camphor-editor"),
    Sample("shen", "沈岚", Role.EDITOR, "camphor-deputy"),
    Sample("qin", "秦川", Role.CHIEF, "camphor-chief"),
    Sample("he", "何静", Role.MODERATOR, "camphor-moderator"),
    Sample("xu", "许平", Role.CLERK, "camphor-clerk"),
    Sample("admin", "系统管理员", Role.ADMINISTRATOR, "camphor-administrator"),
    Sample("lu", "陆审", Role.AUDITOR, "camphor-auditor"),
]


class Command(BaseCommand):
    help = "建立每个角色至少一个的示例账号，并打印密码（只用于开发环境）。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("示例账号的密码是公开的，正式环境不能使用。")
        self.stdout.write("\n  示例账号（后台 /admin/）")
        there = {user.username: user for user in User.objects.all()}
        for sample in SAMPLES:
            user = there.get(sample.username) or _create(sample)
            password = (
                sample.password if _is_unchanged(user, sample) else "（已改过密码）"
            )
            # A Han character is two columns wide in a terminal.
            role = sample.role.value + "　" * (5 - len(sample.role.value))
            self.stdout.write(f"  {role}  {sample.username:<6}  {password}")


def _create(sample: Sample) -> User:
    with transaction.atomic():
        user = User.objects.create(
            username=sample.username,
            display_name=sample.display_name,
            is_staff=True,
            password=make_password(sample.password, salt=sample.salt),
        )
        granting.grant(user, sample.role, by=None)
    return user


def _is_unchanged(user: User, sample: Sample) -> bool:
    if not user.has_usable_password():
        return False
    return identify_hasher(user.password).decode(user.password)["salt"] == sample.salt
