"""Signing in, and what the tick does for it."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Passwords, second factor, sessions, kept forms."""

    name = "gongkai.sign_in"
    verbose_name = "登录"

    def ready(self) -> None:
        """Tell the tick what is to be done for signing in."""
        from .keeping_order import register_tidying  # noqa: PLC0415 - the models are not there earlier

        register_tidying()
