from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin on a site of our own: see jinxi_portal.site."""

    default_site = "jinxi_portal.site.DeskSite"
