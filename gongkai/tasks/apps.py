"""Tasks given to a seat, and the tick that reminds of them."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """交办事项."""

    name = "gongkai.tasks"
    verbose_name = "交办事项"

    def ready(self) -> None:
        """Tell the seats what tasks keep for them, and the tick what is to be done for tasks."""
        from .keeping_trail import register_trail  # noqa: PLC0415 - the models are not there earlier
        from .refreshing import register_refreshing  # noqa: PLC0415 - the models are not there earlier
        from .reminding import register_reminders  # noqa: PLC0415 - the models are not there earlier
        from .work import register_tasks  # noqa: PLC0415

        register_tasks()
        register_reminders()
        register_trail()
        register_refreshing()
