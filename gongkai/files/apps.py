from django.apps import AppConfig


class FilesConfig(AppConfig):
    """文件."""

    name = "gongkai.files"
    verbose_name = "文件"

    def ready(self) -> None:
        """Have the tick clear away what belongs to nobody."""
        from .tidying import register_tidying  # noqa: PLC0415 - the models are not there earlier

        register_tidying()
