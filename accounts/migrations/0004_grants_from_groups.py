"""Roles were auth groups; now they are grants. Nobody loses or gains a right.

The groups stay as they were, so that going back needs nothing.
"""

from django.db import migrations
from django.utils import timezone

ROLES = {
    "记者": "记者",
    "责任编辑": "责任编辑",
    "终审": "总编",
    "评论审核员": "评论审核员",
    "系统管理员": "系统管理员",
}


def grant(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    Grant = apps.get_model("accounts", "Grant")
    for user in User.objects.filter(groups__name__in=ROLES).distinct():
        for name in user.groups.filter(name__in=ROLES).values_list("name", flat=True):
            Grant.objects.create(
                person=user, role=ROLES[name], confirmed_at=timezone.now()
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_audit_is_append_only")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
