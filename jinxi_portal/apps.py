from django.apps import AppConfig


class JinxiPortalConfig(AppConfig):
    name = "jinxi_portal"
    verbose_name = "金溪门户"

    def ready(self) -> None:
        from jinxi_portal import checks  # noqa: F401, PLC0415  registers on import
