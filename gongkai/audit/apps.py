from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail of every write and of every look at personal data."""

    name = "gongkai.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Keep the guard of the trail standing."""
        from . import guard  # noqa: PLC0415 - rooms are not loaded earlier
        from .triggers import Guard, keep  # noqa: PLC0415

        keep(
            Guard(
                "audit",
                "0002_guard",
                lambda vendor: {name for name, _ in guard.TRIGGERS[vendor]},
                guard.put_up,
                guard.take_down,
            )
        )
