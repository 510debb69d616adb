"""Chinese for what the command-line library says itself: help headings and usage errors."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import click
from click import exceptions, formatting

_HEADINGS = {"Usage": "用法", "Options": "选项", "Commands": "命令"}
_ERRORS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.S), text)
    for pattern, text in (
        (r"No such option:? '?([^'.]+)'?\.?.*", r"没有“\1”这个选项"),
        (r"No such command '([^']+)'\.?.*", r"没有“\1”这个命令"),
        (r"Missing option '([^']+)'\.?.*", r"缺少选项 \1"),
        (r"Missing argument '([^']+)'\.?.*", r"缺少参数 \1"),
        (r"Missing command\.?", "请写明要执行的命令"),
        (r"Got unexpected extra arguments? \((.*)\)", r"多出了参数：\1"),
        (r"Option '([^']+)' requires an argument\.?", r"选项 \1 后面要写上内容"),
        (
            r"Invalid value for '([^']+)': .*(?:does not exist|not a valid path).*",
            r"\1 所指的文件或文件夹不存在",
        ),
        (r"Invalid value for '([^']+)': '?([^']*)'? is not a valid integer.*", r"\1 应是整数，现在是“\2”"),
        (r"Invalid value for '([^']+)': (.*)", r"\1：\2"),
        (r"Invalid value: (.*)", r"\1"),
    )
)


def in_chinese(message: str) -> str:
    """The library's own English usage error in Chinese; our own messages pass unchanged."""
    for pattern, text in _ERRORS:
        if pattern.fullmatch(message):
            return pattern.sub(text, message)
    return message


class ChineseFormatter(formatting.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_heading(self, heading: str) -> None:
        """A heading of the help page, in Chinese where it is the library's own."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)


class ChineseContext(click.Context):
    """A context whose help is written by `ChineseFormatter`."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command with Chinese help."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option


class ChineseGroup(click.Group):
    """A group whose commands speak Chinese too."""

    context_class = ChineseContext
    command_class = ChineseCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", "subcommand_metavar": "命令 …", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option


@contextlib.contextmanager
def speak_chinese() -> Iterator[None]:
    """Turn the library's usage errors into one Chinese sentence with the way to help, for the time of the call."""
    show = exceptions.UsageError.show

    def show_in_chinese(self: click.UsageError, file: Any = None) -> None:
        path = self.ctx.command_path if self.ctx else "gongkai"
        click.echo(f"{in_chinese(self.format_message())}。\n用法见：{path} --help", err=True)

    exceptions.UsageError.show = show_in_chinese  # type: ignore[method-assign]
    try:
        yield
    finally:
        exceptions.UsageError.show = show  # type: ignore[method-assign]
