from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsiderations and lawsuits against this agency's answers."""

    name = "gongkai.remedies"
    verbose_name = "复议和诉讼"
