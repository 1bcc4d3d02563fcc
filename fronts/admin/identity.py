"""Who runs the portal, in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import audit
from accounts.admin.house import HouseAdmin, HouseMixin
from accounts.models import Act
from articles.admin.relations import QuietRelationsMixin
from fronts.models import FollowBlock, FooterLink, SiteIdentity
from pictures.models import Picture


def nearly_square(*besides: int | None) -> QuerySet[Picture]:
    """Pictures that can be an emblem or a code to scan, and those of these keys."""
    fits = Q(width__lte=F("height") * 1.3, height__lte=F("width") * 1.3)
    return Picture.objects.filter(fits | Q(pk__in=[pk for pk in besides if pk]))


class SquarePictureMixin(QuietRelationsMixin):
    """Chooses from a short list: whoever sets up the site need not see the library."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.related_model is Picture:
            used = self.model.objects.values_list(db_field.name, flat=True)
            kwargs["queryset"] = nearly_square(*used)
            kwargs["help_text"] = (
                "先由编辑传进图片库，这里列出接近正方形的。替代文字也在图片库里写。"
            )
            kwargs["empty_label"] = "（不用图片）"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FollowBlockInline(SquarePictureMixin, HouseMixin, admin.TabularInline):
    model = FollowBlock
    fields = ["name", "account", "code", "url", "position"]
    extra = 1


class FooterLinkInline(HouseMixin, admin.TabularInline):
    model = FooterLink
    fields = ["name", "url", "position"]
    extra = 1


@admin.register(SiteIdentity)
class SiteIdentityAdmin(SquarePictureMixin, HouseAdmin):
    """One row: the list leads straight to the form."""

    fieldsets = [
        (
            "站名和站标",
            {
                "fields": [
                    "name",
                    "name_hant",
                    "name_tw",
                    "name_hk",
                    "seal",
                    "emblem",
                    "tagline",
                ]
            },
        ),
        (
            "谁在办、怎样联系",
            {
                "fields": [
                    "organiser",
                    "undertaker",
                    "contact",
                    "phone",
                    "email",
                    "address",
                ]
            },
        ),
        ("备案", {"fields": ["icp_licence", "police_record", "filing"]}),
        (
            "政府网站",
            {
                "fields": ["identification_code", "standard_name", "fault_report_id"],
                "description": "不是政府网站，三项都空着。",
            },
        ),
    ]
    inlines = [FollowBlockInline, FooterLinkInline]

    class Media:
        css = {"all": ["admin_theme/identity.css"]}

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

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        """Save the footer's rows too, on record: where they lead is for all to see."""
        before = _rows_of(form.instance)
        super().save_related(request, form, formsets, change)
        after = _rows_of(form.instance)
        if before != after:
            audit.record(
                Act.CHANGE,
                by=request.user,
                subject=form.instance,
                before=before,
                after=after,
            )


def _rows_of(identity: SiteIdentity) -> dict[str, list[str]]:
    """The follow blocks and footer links in words. Two queries."""
    return {
        "关注我们": [
            f"{block.name} {block.account} {block.url} {block.code or ''}".strip()
            for block in identity.follow_blocks.select_related("code")
        ],
        "友情链接": [f"{link.name} {link.url}" for link in identity.footer_links.all()],
    }
