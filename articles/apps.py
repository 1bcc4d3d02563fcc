from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "稿件"

    def ready(self) -> None:
        from articles import listings  # noqa: F401, PLC0415  connects its receiver
