"""All checks, one after the other; a check that fails itself is a finding."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import Error, connection

from . import database, people, program, storage, upkeep, web
from .finding import Check, Finding

CHECKS: tuple[Check, ...] = tuple(
    check for subject in (web, program, database, storage, upkeep, people) for check in subject.CHECKS
)


def examine() -> Iterator[Finding]:
    """What each check found, in order. Changes nothing; asks the database, the disk and nobody else."""
    for check in CHECKS:
        try:
            yield check()
        except Error as error:
            connection.close()
            reason = " ".join(str(error).split())
            yield Finding(
                f"数据库（{check.__name__}）",
                f"没有回答：{reason}",
                "请核对 GONGKAI_DATABASE_URL，确认数据库在运行，并且已经用 gongkai serve 启动过一次。",
            )
        except OSError as error:
            yield Finding(
                f"磁盘（{check.__name__}）",
                f"读不了 {error.filename}：{error.strerror}",
                "请让运行网站的用户能够读写数据文件夹。",
            )
