"""The lists of words, and the notices on days off entered on this site."""

from django.apps import AppConfig


class DictionariesConfig(AppConfig):
    """字典."""

    name = "gongkai.dictionaries"
    verbose_name = "字典"

    def ready(self) -> None:
        """Keep what was read for as long as a request lasts."""
        from .once import keep_by_request  # noqa: PLC0415 - nothing is kept before the site is set up

        keep_by_request()
