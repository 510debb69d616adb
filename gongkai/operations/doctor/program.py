"""The program and its surroundings: Python, clock, variables, fonts, static files."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from difflib import get_close_matches
from importlib.resources import files

from django.conf import settings
from django.utils import timezone

from .finding import Check, Finding

_OLDEST = (3, 11)
_OUTSIDE = ("GONGKAI_TEST_", "GONGKAI_EXAMPLES")
_FONTS = ("NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf")


def python() -> Finding:
    """A Python that is looked after."""
    now = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _OLDEST:
        return Finding("Python", now, "请换用 Python 3.11 或者更新的版本。")
    return Finding("Python", now)


def clock() -> Finding:
    """Terms are counted in days of China, and entries bear the time of this machine."""
    if settings.TIME_ZONE != "Asia/Shanghai" or timezone.localtime().utcoffset() != _china():
        return Finding("时区", settings.TIME_ZONE, "网站的时区必须是 Asia/Shanghai，请恢复程序原来的设置。")
    if timezone.now().year < 2026:
        return Finding(
            "时钟", f"{timezone.localtime():%Y-%m-%d %H:%M}", "机器的时间不对，请校准并打开自动校时。"
        )
    return Finding("时钟", f"{timezone.localtime():%Y-%m-%d %H:%M}（北京时间）")


def _china() -> object:
    return datetime.fromisoformat("2026-01-01T00:00:00+08:00").utcoffset()


def variables() -> Finding:
    """A variable nobody reads is a slip of the pen."""
    odd = sorted(
        name
        for name in os.environ
        if name.startswith("GONGKAI_")
        and name not in settings.KNOWN_VARIABLES
        and not name.startswith(_OUTSIDE)
    )
    if not odd:
        return Finding("环境变量", "没有写错的名称")
    near = get_close_matches(odd[0], settings.KNOWN_VARIABLES, 1, 0.6)
    meant = f"是不是 {near[0]}？" if near else ""
    return Finding(
        "环境变量",
        f"不认识：{'、'.join(odd)}",
        f"{odd[0]} 没有作用，{meant}请对照 docs/settings.md 改正或者去掉。",
    )


def fonts() -> Finding:
    """The fonts of the PDF come with the program."""
    folder = files("gongkai.statute.report.writers").joinpath("fonts")
    if missing := [name for name in _FONTS if not folder.joinpath(name).is_file()]:
        return Finding(
            "PDF 字体", f"缺少 {'、'.join(missing)}", "请重新安装平台（pip install --force-reinstall）。"
        )
    return Finding("PDF 字体", "齐全")


def static() -> Finding:
    """Styles and scripts were gathered, as `gongkai serve` does."""
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return Finding("静态文件", "还没有收集，页面会没有样式", "请启动一次 gongkai serve，它会自动收集。")
    return Finding("静态文件", "已收集")


CHECKS: tuple[Check, ...] = (python, clock, variables, fonts, static)
