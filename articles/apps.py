from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "稿件"

    def ready(self) -> None:
        # Connects their receivers.
        from articles import listings, picture_changes  # noqa: F401, PLC0415
