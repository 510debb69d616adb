from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages of the staff."""

    name = "gongkai.desk"
    verbose_name = "工作台"
