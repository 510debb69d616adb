"""Who looks after the site: the three administrators with their second factor; no sample people in earnest use."""

from __future__ import annotations

from django.conf import settings

from gongkai.agencies.models import Kind, Person, Seat
from gongkai.sign_in.models import Factor

from .finding import Check, Finding

_NAMES = {Kind.SYSTEM_ADMIN: "系统管理员", Kind.SECURITY_ADMIN: "安全管理员", Kind.AUDIT_ADMIN: "审计管理员"}


def administrators() -> Finding:
    """Each of the three is there and can sign in."""
    seats = Seat.objects.filter(kind__in=_NAMES, ended_on__isnull=True, person__is_active=True)
    held = set(seats.values_list("kind", flat=True))
    if missing := [name for kind, name in _NAMES.items() if kind not in held]:
        return Finding(
            "三类管理员",
            f"没有{'、'.join(missing)}",
            "第一次使用请执行 gongkai setup；以后由安全管理员授予。",
        )
    return Finding("三类管理员", "都有")


def second_factor() -> Finding:
    """Each administrator has set up a second factor."""
    seats = Seat.objects.filter(kind__in=_NAMES, ended_on__isnull=True, person__is_active=True)
    have = Factor.objects.filter(confirmed_at__isnull=False).values("person_id")
    if without := sorted(set(seats.exclude(person_id__in=have).values_list("person__username", flat=True))):
        return Finding("第二因素", f"还没有设置：{'、'.join(without)}", "请他们登录一次，按页面提示设置。")
    return Finding("第二因素", "管理员都已设置")


def sample_people() -> Finding:
    """The sample's people have no place on a site that others reach."""
    count = Person.objects.filter(is_sample=True, is_active=True).count()
    if count and (settings.HTTPS or Person.objects.filter(is_sample=False, is_active=True).exists()):
        return Finding(
            "示例账号",
            f"还有 {count} 个可以登录",
            "正式使用请用新的数据文件夹重新安装，或者由安全管理员逐个停用示例账号。",
        )
    return Finding("示例账号", f"{count} 个（示例网站）" if count else "没有")


CHECKS: tuple[Check, ...] = (administrators, second_factor, sample_people)
