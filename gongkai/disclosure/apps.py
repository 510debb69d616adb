from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Columns and items."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Say what of this room can be found."""
        from .searching import register_search  # noqa: PLC0415 - the models are not there earlier

        register_search()
