"""Words that say a paper is for the house only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Found, Severity, What

_INTERNAL = re.compile(
    r"内部资料[，,、 ]{0,2}(?:注意保存|请勿外传|不得外传|严禁外传|妥善保管)|内部文件[，,、 ]{0,2}(?:注意保存|请勿外传|不得外传|严禁外传)|"
    r"(?:仅供|限于?|只供)(?:内部|机关内部|本机关|本单位|领导)[\u4e00-\u9fff]{0,4}(?:使用|参考|参阅|掌握|传阅)|内部参考|"
    r"(?:请勿|不得|严禁|切勿)(?:外传|外泄|上网|公开传播|对外公开|对外提供)|不宜公开|此件不公开|此件不予公开|未经批准不得(?:公开|翻印|外传)|"
    r"工作秘密(?=[\s　]*(?:$|\n))|公开属性[:：]\s{0,2}(?:不予公开|依申请公开)|阅后即焚|阅后收回|会后收回"
)
_ALONE = re.compile(
    r"(?m)^[ 　【\[(（〔]{0,20}(内部资料|内部文件|内部使用|工作秘密|内部)[】\])）〕 　]{0,20}\r?$"
)


def internal(plain: str) -> Iterator[Found]:
    """Marks of papers for the house only; a sentence of a rule that speaks of such papers is no mark."""
    for pattern in (_INTERNAL, _ALONE):
        for match in pattern.finditer(plain):
            start, end = match.span(1) if pattern.groups else match.span()
            if not _is_a_rule(plain, start, end):
                yield What.INTERNAL, start, end, Severity.BLOCK, "写着只供内部使用的字样"


def _is_a_rule(plain: str, start: int, end: int) -> bool:
    """A mark is a sentence of its own, perhaps with 此件 before it; within a longer one it tells people what to do."""
    lead = re.split(r"[\n。；！:：]", plain[max(0, start - 60) : start])[-1]
    tail = re.split(r"[\n。；！，,]", plain[end : end + 60])[0]
    return len(lead.strip(" （(【[“《★*")) > 8 or len(tail.strip(" ）)】]”》★*")) > 4
