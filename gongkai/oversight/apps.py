from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Self-inspection, and what else the supervising office looks after."""

    name = "gongkai.oversight"
    verbose_name = "监督检查"

    def ready(self) -> None:
        """Say to the tick what comes round, and to the seats what moves with them."""
        from gongkai.agencies.work import WorkOfSeat, register  # noqa: PLC0415 - the models are not there earlier

        from .duties.tasks import count_duties, move_duties, register_duties  # noqa: PLC0415 - as above
        from .inspection.tasks import move_findings  # noqa: PLC0415 - the models are not there earlier
        from .message_tick import register_message_work  # noqa: PLC0415 - the models are not there earlier
        from .scheduling import register_inspections  # noqa: PLC0415 - the models are not there earlier

        register("oversight", WorkOfSeat("自查问题", lambda seat: 0, move_findings))
        register("duties", WorkOfSeat("年度工作", count_duties, move_duties))
        register_inspections()
        register_duties()
        register_message_work()
