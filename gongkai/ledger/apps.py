from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger of requests."""

    name = "gongkai.ledger"
    verbose_name = "依申请公开台账"
