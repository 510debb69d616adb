"""The list of all checks as a page: `docs/checks.md` is made from it and a test keeps it up to date."""

from __future__ import annotations

from ..findings import LEVEL_WORDS
from .rule import Rule, all_checks

SUBJECTS = {
    "F": "格式",
    "V": "填数",
    "T2": "第二表",
    "T3": "第三表勾稽关系",
    "T4": "第四表勾稽关系",
    "Y": "与上一年度报告",
    "N": "正文与表格",
    "P": "信息处理费",
    "R": "救济",
    "S": "内容雷同",
    "D": "公布时间",
    "L": "台账与报告",
}
"""What the letters before the hyphen of a check's code stand for, in the order of the list."""
_HEAD = """# 核对规则

由 `gongkai.statute.report.checks` 生成，请勿手改：`python -m gongkai.statute.report.checks.catalogue > docs/checks.md`。

错误：法定的勾稽关系不成立，或缺表、缺行、缺列、填数不对，签发前必须改正。
提醒：正文、跨年和合理性问题，请核对后改正或说明。
无法判断：数字看不清、没有上一年度报告等，规则没有核对，并写明原因。任何规则都可能给出这一级。
"""


def catalogue() -> str:
    """All checks by subject, as a Markdown page: code, the rule in words, level and reference."""
    parts = [_HEAD]
    for subject, title in SUBJECTS.items():
        rules = [r for r in all_checks() if r.code.split("-")[0] == subject]
        parts.append(
            f"## {title}\n\n| 编号 | 规则 | 级别 | 依据 |\n|---|---|---|---|\n" + "".join(map(_line, rules))
        )
    return "\n".join(parts)


def _line(rule: Rule) -> str:
    return f"| {rule.code} | {rule.title} | {LEVEL_WORDS[rule.level]} | {rule.ref} |\n"


if __name__ == "__main__":
    print(catalogue(), end="")  # this module is also the command that writes the page
