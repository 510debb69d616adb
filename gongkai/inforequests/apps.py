from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    """Registered requests."""

    name = "gongkai.inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Say what of this room can be found; have the tick remind, and clear away what was never submitted."""
        from .reminding import register_reminders  # noqa: PLC0415
        from .searching import register_search  # noqa: PLC0415 - the models are not there earlier
        from .sweeping import register_sweeping  # noqa: PLC0415
        from .work import register_cases  # noqa: PLC0415

        register_search()
        register_cases()
        register_reminders()
        register_sweeping()
