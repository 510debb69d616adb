"""Starting the platform for a command: its settings read, a bad one told in one sentence."""

from __future__ import annotations

import os
import sys

import click


def start() -> None:
    """Make Django ready; ends the program with status 2 and what to do when a setting is bad or the site is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
    except ModuleNotFoundError:
        raise click.ClickException("网站部分没有安装，请先执行：pip install 'gongkai[platform]'") from None
    try:
        django.setup()
    except ImproperlyConfigured as error:
        click.echo(f"设置有误，没有执行：{error}", err=True)
        sys.exit(2)
