from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger of requests."""

    name = "gongkai.ledger"
    verbose_name = "依申请公开台账"

    def ready(self) -> None:
        """Have the tick read and write the long ledgers."""
        from .working import register_work  # noqa: PLC0415 - the models are not there earlier

        register_work()
