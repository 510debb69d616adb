"""The table of rights as a page for people: which seat may do what, and how far."""

from __future__ import annotations

from collections.abc import Iterable

from .models import BUSINESS, Kind
from .rights import ACTS, Act

_HEAD = """# 岗位权限表

由 `manage.py rights_table` 按 `gongkai/agencies/acts.py` 生成（`make docs`），请勿手改。没有写在表里的，都不能做。

| 符号 | 意思 |
|---|---|
| ● | 本机关的事。设在股室里的岗位，只能办本股室的和不分股室的 |
| ○ | 只限本股室的事 |
| ▲ | 由本机关主管的各机关的事 |
| ■ | 全平台的事，限三个管理员 |

“备注”一栏：

- **本人**：担任这个岗位的人可以办自己岗位的事；**代班**：代班的人也可以。
- **不越级**：主要负责人、分管领导、公开机构负责人的岗位，只有同级或者更高的岗位能移交、安排代班；代班的人不能移交自己代的岗位；系统管理员、审计管理员的岗位只由安全管理员安排。
- **留痕**：涉及个人信息，每看一次都写入审计记录。
- **承接·看**：机关撤并以后，接收机关的同一岗位可以查阅；**承接·办**：还可以办完撤并当年和上一年的。
- **系统**：平台的定时任务、服务器上的命令也会做。
"""


def rights_page() -> str:
    """All acts with the seats that may do them, as a Markdown page."""
    acts = list(ACTS.values())
    site = [act for act in acts if act.site]
    plain = [act for act in acts if not act.kinds]
    agency = [act for act in acts if act.own or act.above or act.section]
    return "\n".join(
        (
            _HEAD,
            *_table("机关里的岗位", agency, [kind for kind in Kind if kind in BUSINESS]),
            *_table("管理员", site, [kind for kind in Kind if kind not in BUSINESS]),
            "## 不看岗位的事\n",
            "| 事项 | 备注 |\n|---|---|",
            *(f"| {act.label} | {_notes(act)} |" for act in plain),
            "",
        )
    )


def _table(title: str, acts: Iterable[Act], kinds: list[Kind]) -> tuple[str, ...]:
    head = " | ".join(["事项", *(kind.label for kind in kinds), "备注"])
    rows = (" | ".join([act.label, *(mark(act, kind) for kind in kinds), _notes(act)]) for act in acts)
    line = "|".join(["---", *(":-:" for _ in kinds), "---"])
    return (f"## {title}\n", f"| {head} |\n|{line}|", *(f"| {row} |" for row in rows), "")


def mark(act: Act, kind: Kind) -> str:
    """How far a seat of this kind may; nothing where it may not."""
    signs = (("●", act.own), ("○", act.section), ("▲", act.above), ("■", act.site))
    return "".join(sign for sign, kinds in signs if kind in kinds)


def _notes(act: Act) -> str:
    words = (
        ("本人", act.holder),
        ("代班", act.deputy),
        ("不越级", act.ranked),
        ("留痕", act.personal),
        ("承接·看", act.reads),
        ("承接·办", act.finishes),
        ("系统", act.system),
    )
    return "、".join(word for word, so in words if so)
