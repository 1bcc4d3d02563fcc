"""Pages of the admin whose rows are seen on every page of the portal, whatever its channel."""

from typing import Any

from django.http import HttpRequest

from accounts.admin.house import HouseAdmin
from fronts.voice import speaks_for_site


class SiteVoiceAdmin(HouseAdmin):
    """For those who may speak for the whole site: a chief of one channel may not."""

    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and speaks_for_site(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and speaks_for_site(
            request.user
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and speaks_for_site(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and speaks_for_site(
            request.user
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and speaks_for_site(
            request.user
        )
