from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports."""

    name = "gongkai.reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Have the tick remind of the reports that are owed, name what the prose may count, and keep the guard of what is
        signed and public standing."""
        from gongkai.audit.triggers import Guard, keep  # noqa: PLC0415 - the models are not there earlier

        from . import guard  # noqa: PLC0415
        from .own_facts import register_own_facts  # noqa: PLC0415
        from .reminding import register_reminders  # noqa: PLC0415 - the models are not there earlier
        from .searching import register_search  # noqa: PLC0415 - the models are not there earlier
        from .showing import register_public_search  # noqa: PLC0415

        register_own_facts()
        register_reminders()
        register_search()
        register_public_search()
        keep(Guard("reports", "0003_workbench", guard.names, guard.put_up, guard.take_down))
