from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public pages."""

    name = "gongkai.portal"
    verbose_name = "公开栏目"
