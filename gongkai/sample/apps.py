from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Sample data and the commands that load and serve it."""

    name = "gongkai.sample"
    verbose_name = "示例数据"
