from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people and seats."""

    name = "gongkai.agencies"
    verbose_name = "机关与人员"

    def ready(self) -> None:
        """Say what of this room can be found, and keep the guard of the seats standing."""
        from gongkai.audit.triggers import Guard, keep  # noqa: PLC0415 - the models are not there earlier

        from . import guard  # noqa: PLC0415
        from .searching import register_search  # noqa: PLC0415 - the models are not there earlier

        register_search()
        keep(Guard("agencies", "0005_seat_guard", guard.names, guard.put_up, guard.take_down))
