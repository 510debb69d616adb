from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people and seats."""

    name = "gongkai.agencies"
    verbose_name = "机关与人员"
