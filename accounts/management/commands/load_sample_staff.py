"""One account for each role, to try the portal with."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.forms import give_roles
from accounts.models import User
from accounts.roles import Role


class Sample(NamedTuple):
    username: str
    display_name: str
    role: Role
    password: str


# Published with the code: worth nothing, and refused outside development.
SAMPLES = [
    Sample("lin", "林小满", Role.REPORTER, "camphor-reporter"),
    Sample("zhou", "周禾", Role.EDITOR, "camphor-editor"),
    Sample("qin", "秦川", Role.CHIEF, "camphor-chief"),
    Sample("he", "何静", Role.MODERATOR, "camphor-moderator"),
    Sample("admin", "系统管理员", Role.ADMINISTRATOR, "camphor-administrator"),
]


class Command(BaseCommand):
    help = "建立每个角色一个的示例账号，并打印密码（只用于开发环境）。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("示例账号的密码是公开的，正式环境不能使用。")
        self.stdout.write("\n  示例账号（后台 /admin/）")
        for sample in SAMPLES:
            user, is_new = User.objects.get_or_create(
                username=sample.username,
                defaults={"display_name": sample.display_name, "is_staff": True},
            )
            if is_new:
                user.set_password(sample.password)
                user.save(update_fields=["password"])
                give_roles(user, [sample.role.value])
            password = (
                sample.password
                if user.check_password(sample.password)
                else "（已改过密码）"
            )
            # A Han character is two columns wide in a terminal.
            role = sample.role.value + "　" * (5 - len(sample.role.value))
            self.stdout.write(f"  {role}  {sample.username:<6}  {password}")
