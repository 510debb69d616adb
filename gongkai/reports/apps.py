from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports."""

    name = "gongkai.reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Have the tick remind of the reports that are owed, and name what the prose may count."""
        from .own_facts import register_own_facts  # noqa: PLC0415 - the models are not there earlier
        from .reminding import register_reminders  # noqa: PLC0415 - the models are not there earlier
        from .searching import register_search  # noqa: PLC0415 - the models are not there earlier
        from .showing import register_public_search  # noqa: PLC0415

        register_own_facts()
        register_reminders()
        register_search()
        register_public_search()
