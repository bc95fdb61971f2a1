from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from documents import rounds  # noqa: PLC0415  # it imports models, which are not loaded before this

        rounds.register()
