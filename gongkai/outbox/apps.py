from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """消息."""

    name = "gongkai.outbox"
    verbose_name = "消息"
