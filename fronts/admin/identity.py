"""Who runs the portal, in the admin."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fronts.models import SiteIdentity


@admin.register(SiteIdentity)
class SiteIdentityAdmin(admin.ModelAdmin):
    """One row: the list leads straight to the form."""

    fieldsets = [
        ("站标", {"fields": ["name", "seal", "tagline"]}),
        ("页脚", {"fields": ["organiser", "contact", "filing"]}),
    ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        stored = SiteIdentity.objects.first()
        address = (
            reverse("admin:fronts_siteidentity_change", args=[stored.pk])
            if stored
            else reverse("admin:fronts_siteidentity_add")
        )
        return HttpResponseRedirect(address)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteIdentity.objects.exists()

    def has_delete_permission(
        self, request: HttpRequest, obj: SiteIdentity | None = None
    ) -> bool:
        return False
