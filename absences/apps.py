from django.apps import AppConfig


class AbsencesConfig(AppConfig):
    name = "absences"
    label = "absences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from absences import drafts  # noqa: PLC0415 - needs the apps' models, which are loaded only now
        from registration import claims  # noqa: PLC0415 - likewise

        claims.before_revoking.append(drafts.forget_begun_by)
