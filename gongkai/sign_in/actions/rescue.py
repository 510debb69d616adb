"""The way back in from the server: when an administrator has lost the password, or nobody can sign in any more."""

from __future__ import annotations

from gongkai.agencies.actions.persons import renew_password
from gongkai.agencies.actions.telling import alarm
from gongkai.agencies.actor import Actor
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Person
from gongkai.agencies.rights import acting

from ..models import Counter
from .factors import take_away

__all__ = ["NotPossible", "rescue"]


def rescue(username: str, *, by: Actor) -> str:
    """Give the person a fresh password, which is returned and kept nowhere, take the second factor away, end every
    stay and every lock. The person and all administrators are told.

    For the platform itself, by `gongkai secure` on the server. Raises `NotPossible` for a name that does not exist
    and for a closed account.
    """
    with acting(by, "person.rescue", what="在服务器上重置密码、解除第二因素和锁定") as doing:
        person = Person.objects.filter(username__iexact=username.strip()).first()
        if person is None:
            raise NotPossible(f"没有用户名“{username}”。请核对后再试。")
        if not person.is_active:
            raise NotPossible(f"{person.name}的账号已经停用。请先由系统管理员启用。")
        doing.target = person
        password = renew_password(person, by=by)
        take_away(person, by=by)
        Counter.objects.filter(person=person).update(failures=0)
        alarm(
            person,
            by,
            f"登录已经重置：{person.name}",
            f"有人在服务器上用 gongkai secure 重置了{person.name}（{person.username}）的密码和第二因素。"
            "如果不是事先说好的，请马上告诉系统管理员和审计管理员。",
        )
    return password
