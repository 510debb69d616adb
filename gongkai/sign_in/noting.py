"""What signing in writes into the trail. These are nobody's rights, so they stand here and not in the table of acts."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import Person
from gongkai.audit.trail import Who, record

LABELS = {
    "sign_in.in": "登录",
    "sign_in.failed": "登录失败",
    "sign_in.locked": "登录锁定",
    "sign_in.out": "退出",
    "sign_in.over": "登录到期",
    "sign_in.ended": "结束登录",
    "sign_in.password": "修改密码",
    "sign_in.factor_set": "启用第二因素",
    "sign_in.factor_passed": "通过第二因素验证",
    "sign_in.factor_failed": "第二因素验证失败",
    "sign_in.factor_removed": "解除第二因素",
    "sign_in.recovery_used": "使用备用码",
    "sign_in.recovery_made": "生成备用码",
}
"""Every kind of entry in words."""
UNKNOWN = "没有这个用户名"
"""Said instead of what was typed: it may have been a password."""


def note(act: str, person: Person | None, address: str, result: str = "done", **detail: Any) -> None:
    """Write an entry, as the last thing of the open transaction; `person` is None for a name that does not exist."""
    who = Who(person.pk, person.name, address=address) if person else Who(None, "未登录", address=address)
    record(who, act, LABELS[act], person or UNKNOWN, result, **detail)
