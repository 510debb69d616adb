from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Tokens, components and base pages."""

    name = "gongkai.design"
    verbose_name = "界面"
