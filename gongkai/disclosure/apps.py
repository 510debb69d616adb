from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Columns and items."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"
