"""What the commands say about the sample, in a few lines."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.config.serve import address
from gongkai.oversight.board.below import all_below
from gongkai.reports.queries import ReportState
from gongkai.statute.report.findings import LEVEL_WORDS, Level

from .loading import Loaded


def sign_in_lines(loaded: Loaded) -> list[str]:
    """The sample sign-ins with the passwords made in this run."""
    if not loaded.passwords:
        return ["示例账号已经存在，密码没有改动；要重新生成，请加 --new-passwords。"]
    lines = ["示例账号（密码本次随机生成，只显示这一次）："]
    lines += [
        f"  {person.username:<10}{loaded.passwords[person.username]}    {person.name}"
        for person in loaded.people
        if person.username in loaded.passwords
    ]
    lines.append(
        "管理员登录后要启用第二因素；没有手机验证器也能试：manage.py sample_code 用户名 会显示验证码"
    )
    return lines


def county_lines(office: Agency, passwords: dict[str, str]) -> list[str]:
    """The practice county and who signs in there."""
    below = len(all_below(office))
    lines = [f"示例县：{office.name}和它下面的 {below} 个机关；用 supervisor 登录，先看到的就是“监督”。"]
    return [*lines, *(f"  {name:<12}{password}" for name, password in passwords.items())]


def check_lines(loaded: Loaded, state: ReportState, paths: list[Path]) -> list[str]:
    """What the report says, what the checks found, and where its files are."""
    made = state.made
    parts = "+".join(str(f.value) for key, f in made.facts.items() if key.startswith("items."))
    found = "，".join(f"{LEVEL_WORDS[level]}{len(state.at(level))}处" for level in Level)
    endings = " ".join(path.suffix for path in paths[:-1])
    return [
        f"公开 · 政府信息公开平台（示例数据：{loaded.agency.name}，{loaded.work.year}年）",
        f"年报  由记录生成：公开信息{made.facts['items'].value}条（{parts}），"
        f"申请{made.considered}件，行政处罚{made.facts['t2.penalties'].value}件",
        f"检查  {found}",
        f"文件  {paths[0].parent}：年报 {endings}，台账 .xlsx",
    ]


def site_lines(loaded: Loaded) -> list[str]:
    """Where the site is."""
    home = address(settings.SERVE_HOST, settings.SERVE_PORT)
    return [
        f"网站  {home}（公开栏目）",
        f"      {home}desk/（工作台，要登录）",
    ]
