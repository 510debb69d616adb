"""`manage.py rights_table > docs/operator/rights.md` writes the table of rights anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.agencies.rights_page import rights_page


class Command(BaseCommand):
    """Print the page; it needs no database."""

    help = "岗位权限表（docs/operator/rights.md）"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page to standard output."""
        self.stdout.write(rights_page(), ending="")
