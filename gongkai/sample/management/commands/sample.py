"""manage.py sample: load the sample data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.sample.loading import load
from gongkai.sample.telling import sign_in_lines


class Command(BaseCommand):
    """Load the sample year; may be run again. Passwords are random, shown once, kept nowhere."""

    help = "载入示例数据（可以重复执行）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--new-passwords makes fresh passwords for sample people who are there already."""
        parser.add_argument("--new-passwords", action="store_true", help="给示例账号重新生成密码")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and tell."""
        loaded = load(renew_passwords=options["new_passwords"])
        self.stdout.write(f"示例数据已载入：{loaded.agency.name}。")
        for line in sign_in_lines(loaded):
            self.stdout.write(line)
