"""manage.py sample_code: the present code of a sample person's second factor, for trying out without a telephone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.queries import persons
from gongkai.sign_in.sample_codes import NotSample, present_code


class Command(BaseCommand):
    """Print the code and how long it lasts. For sample people alone: for anybody else it says no."""

    help = "显示示例账号现在的验证码（不用手机试用第二因素）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("username", help="示例账号的用户名，例如 auditor")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, or say what to do first."""
        person = persons().filter(username=options["username"]).first()
        try:
            code, left = present_code(person)
        except NotSample as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{code}（{left} 秒内有效，每个数字只能用一次）")
