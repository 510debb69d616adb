from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Self-inspection, and what else the supervising office looks after."""

    name = "gongkai.oversight"
    verbose_name = "监督检查"
