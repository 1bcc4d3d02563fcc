from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "channels"
    verbose_name = "频道"

    def ready(self) -> None:
        from channels import receivers  # noqa: F401, PLC0415  connects them
