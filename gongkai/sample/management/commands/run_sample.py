"""manage.py run_sample: everything from an empty folder to the served site, as `make run` does it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from gongkai.config.serve import be_sure_port_is_free, serve_afresh
from gongkai.reports.queries import public_version, state_of
from gongkai.sample.county import load_county
from gongkai.sample.loading import PUBLISHED_AT, Loaded, load
from gongkai.sample.out import write_out
from gongkai.sample.publishing import publish_signed
from gongkai.sample.telling import check_lines, county_lines, sign_in_lines, site_lines


class Command(BaseCommand):
    """Set up the database, load the sample, make and check its report, write its files, publish it, serve."""

    help = "准备数据库和示例数据，生成并检查年报，写出文件，然后启动网站。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--no-serve stops before the server starts; --county adds a practice county."""
        parser.add_argument("--no-serve", action="store_true", help="只准备，不启动网站")
        parser.add_argument(
            "--county", action="store_true", help="另外准备一个示例县：四十个机关和县督导员的账号"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One step after the other, each told in a line."""
        if not options["no_serve"]:
            be_sure_port_is_free(settings.SERVE_HOST, settings.SERVE_PORT)
        call_command("migrate", verbosity=0)
        loaded = load(renew_passwords=True)
        for line in self._report(loaded):
            self.stdout.write(line)
        for line in [*site_lines(loaded), *sign_in_lines(loaded)]:
            self.stdout.write(line)
        if options["county"]:
            office, passwords = load_county()
            for line in county_lines(office, passwords):
                self.stdout.write(line)
        self.stdout.flush()
        if not options["no_serve"]:
            serve_afresh()

    def _report(self, loaded: Loaded) -> list[str]:
        state = state_of(loaded.work)
        paths = write_out(loaded.work, state, settings.DATA_DIR / "out")
        if public_version(loaded.agency, loaded.work.year) is None:
            people = {person.username: person for person in loaded.people}
            publish_signed(loaded.work, clerk=people["clerk"], signers=[people["head"]], at=PUBLISHED_AT)
        return check_lines(loaded, state, paths)
