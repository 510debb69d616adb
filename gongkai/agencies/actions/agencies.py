"""Make an agency, edit what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from ..actor import Actor
from ..checks import CONTACT, IDENTITY, REQUIRED, Unfit, ring_through, tidy, wrong_in_agency
from ..models import Agency
from ..rights import acting, require

_ONCE = {"name": "全称", "code": "机构代码", "slug": "网址代号", "uscc": "统一社会信用代码"}


def create_agency(*, by: Actor, **fields: Any) -> Agency:
    """Make an agency of the given fields and return it. For the system administrator.

    Raises `Unfit` with what is wrong by field: missing, badly written, taken, a supervisor that has ended.
    """
    given = {"self_name": "本机关", "level": Agency.Level.DEPARTMENT.value, **_tidied(fields)}
    with acting(by, "agency.create") as doing:
        missing = {name: f"请填写{word}。" for name, word in REQUIRED.items() if not given.get(name)}
        _refuse(missing | wrong_in_agency(given) | _taken(given, None) | _supervision(given, None))
        made = doing.target = Agency.objects.create(**given)
    return made


def edit_agency(agency: Agency, *, by: Actor, **fields: Any) -> list[str]:
    """Change the given fields and return the names of those that differ from what stood; nothing is written, and
    no entry made, when none does.

    Contact data, organs, court and hours: the agency's clerk and OGI head, and the system administrator. What says
    which agency it is (`IDENTITY`): the system administrator alone. A correction only: a new name after a reform
    goes through `rename`, which keeps the old one. The slug stays while the public column is open. Raises
    `NotAllowed`, `Unfit`.
    """
    given = _tidied(fields)
    changed = {n: v for n, v in given.items() if tidy(getattr(agency, n)) != v}
    require(by, "agency.edit", agency)
    if not changed:
        return []
    if changed.keys() & set(IDENTITY):
        require(by, "agency.create", agency)
    with acting(by, "agency.edit", agency, fields=sorted(changed)):
        locked = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        if locked.ended_on:
            raise Unfit({"": "这个机关已经撤销或者并入别的机关，资料不能再改。"})
        _refuse(
            wrong_in_agency(changed, locked)
            | _taken(changed, locked)
            | _supervision(changed, locked)
            | _address(changed, locked)
        )
        for name, value in changed.items():
            setattr(agency, name, value)
        agency.save(update_fields=list(changed))
    return sorted(changed)


def _tidied(fields: Mapping[str, Any]) -> dict[str, Any]:
    known = {*IDENTITY, *CONTACT, "is_sample"}
    strange = fields.keys() - known
    if strange:
        raise TypeError(f"an agency has no field {sorted(strange)}")
    return {name: tidy(value) for name, value in fields.items()}


def _refuse(wrong: Mapping[str, str]) -> None:
    if wrong:
        raise Unfit(wrong)


def _taken(given: Mapping[str, Any], standing: Agency | None) -> dict[str, str]:
    wanted = {name: given[name] for name in _ONCE if given.get(name)}
    if not wanted:
        return {}
    any_of = Q(pk__in=[])
    for name, value in wanted.items():
        any_of |= Q(**{name: value})
    others = Agency.objects.filter(any_of)
    if standing is not None:
        others = others.exclude(pk=standing.pk)
    return {
        name: f"{_ONCE[name]}“{value}”已经用在“{other.name}”上了，请换一个。"
        for other in others
        for name, value in wanted.items()
        if getattr(other, name) == value
    }


def _address(changed: Mapping[str, Any], standing: Agency) -> dict[str, str]:
    if "slug" in changed and standing.portal_open:
        said = f"公开栏目已经开设，公众在用现在的网址，网址代号不能再改，请填“{standing.slug}”。"
        return {"slug": said}
    return {}


def _supervision(given: Mapping[str, Any], standing: Agency | None) -> dict[str, str]:
    supervisor = given.get("supervisor")
    if supervisor is None:
        return {}
    if supervisor.ended_on:
        return {"supervisor": f"“{supervisor.name}”已经撤销，请另选主管部门。"}
    if standing is None:
        return {}
    above: dict[int, int | None] = dict(Agency.objects.values_list("pk", "supervisor_id"))
    above[standing.pk] = supervisor.pk
    ring = ring_through(standing.pk, above)
    if not ring:
        return {}
    names = dict(Agency.objects.filter(pk__in=ring).values_list("pk", "name"))
    way = " → ".join(names[pk] for pk in [*ring, ring[0]])
    return {"supervisor": f"主管关系绕成了一圈：{way}。请另选主管部门。"}
