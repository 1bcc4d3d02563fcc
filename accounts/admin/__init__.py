"""The staff's own pages of the admin: accounts, grants, and the record of acts."""

from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import entries, grants, staff

__all__ = ["entries", "grants", "staff"]

# Rights come from roles in code; a page to edit groups would promise what it cannot keep.
admin.site.unregister(Group)
# Rows are taken away one at a time, on a page that says what else would go.
admin.site.disable_action("delete_selected")
