from importlib import import_module

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "portal.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("portal.office.checks")
