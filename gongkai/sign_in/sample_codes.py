"""What the telephone of a sample person would show. There is no such way for anybody who is not a sample."""

from __future__ import annotations

import base64

from django.utils import timezone
from django_otp.oath import TOTP

from gongkai.agencies.models import Person

from .actions.factors import STEP, secret_of
from .models import Factor


class NotSample(Exception):
    """Not a sample person, or one who has not come to the page that sets the factor up; the message says which."""


def present_code(person: Person | None) -> tuple[str, int]:
    """The six digits of now and for how many seconds they last; raises `NotSample`."""
    if person is None or not person.is_sample:
        raise NotSample("没有这个示例账号。这个命令只用于示例账号，其他人的验证码只在各自的手机上。")
    factor = Factor.objects.filter(person=person).first()
    if factor is None:
        raise NotSample("这个账号还没有打开“启用第二因素”的页面，请先用密码登录。")
    now = int(timezone.now().timestamp())
    totp = TOTP(base64.b32decode(secret_of(factor)), STEP)
    totp.time = now
    return f"{totp.token():06d}", STEP - now % STEP
