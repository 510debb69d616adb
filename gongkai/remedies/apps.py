from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsiderations and lawsuits against this agency's answers."""

    name = "gongkai.remedies"
    verbose_name = "复议和诉讼"

    def ready(self) -> None:
        """Have the tick remind."""
        from .reminding import register_reminders  # noqa: PLC0415 - the models are not there earlier

        register_reminders()
