from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Columns, items, the review gate and what is public."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Say what of this room can be found, keep the guard of the gate standing, publish at set times."""
        from gongkai.audit.triggers import Guard, keep  # noqa: PLC0415 - the models are not there earlier
        from gongkai.files.actions.removing import register_hold  # noqa: PLC0415

        from . import guard, scanning  # noqa: PLC0415
        from .completeness import register_obstacle  # noqa: PLC0415
        from .leftovers import register_leftovers  # noqa: PLC0415
        from .scheduling import register_scheduling  # noqa: PLC0415
        from .searching import register_search  # noqa: PLC0415
        from .serving import why_kept  # noqa: PLC0415
        from .showing import register_public_search  # noqa: PLC0415

        register_search()
        register_public_search()
        register_scheduling()
        register_leftovers()
        register_obstacle("leaks", scanning.obstacle)
        register_hold("public", why_kept)
        keep(Guard("disclosure", "0004_gate", guard.names, guard.put_up, guard.take_down))
