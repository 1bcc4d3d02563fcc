from django.apps import AppConfig


class FrontsConfig(AppConfig):
    name = "fronts"
    verbose_name = "页面"

    def ready(self) -> None:
        from fronts import conversion_reports  # noqa: F401, PLC0415  connects its receiver
