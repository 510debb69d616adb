from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages of the staff."""

    name = "gongkai.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Have the tick write down what was made public of requests: the rooms it joins do not know each other."""
        from .disclosure.taking_over import register_taking_over  # noqa: PLC0415 - the models are not there earlier

        register_taking_over()
