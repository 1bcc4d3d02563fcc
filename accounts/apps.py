from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "员工账号"

    def ready(self) -> None:
        import_module("accounts.sign_ins")  # connects its signal receivers
