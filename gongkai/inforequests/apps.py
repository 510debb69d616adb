from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    """Registered requests."""

    name = "gongkai.inforequests"
    verbose_name = "依申请公开"
