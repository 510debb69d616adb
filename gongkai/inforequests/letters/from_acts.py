"""From an act or a consultation to the fields of its letter, so that nobody types twice what was decided once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ..models import Consultation, InfoRequest, RequestEvent
from .fields import plain_day

GUIDANCE = "请写明所需信息的名称、文号、形成时间或者其他便于查找的特征"
"""What a notice of clarification advises where the office wrote nothing of its own."""
_OPINION_DAYS = 15
_UNITS = {"pieces": ("按件计收", "件"), "pages": ("按页计收", "页")}
LISTS = ("补正事项", "收费计算")
"""Fields that are lists, a line each."""
LETTER_OF_ACT = {
    "register_received": "receipt",
    "confirm_receipt": "receipt",
    "ask_clarification": "clarification",
    "ask_reasons": "reasons",
    "extend": "extension",
    "give_fee_notice": "fee",
    "consult_third_party": "third_party_inquiry",
    "consult_agency": "agency_inquiry",
    "consult_joint_makers": "agency_inquiry",
}
"""The letter that follows from an act."""


def _day(written: str) -> str:
    return plain_day(date.fromisoformat(written))


def _clarification(event: RequestEvent) -> dict[str, Any]:
    data = event.data
    return {
        "补正事项": data["points"],
        "补正指导": data.get("guidance") or GUIDANCE,
        "补正期限": _day(data["until"]),
    }


def _fee(event: RequestEvent) -> dict[str, Any]:
    data = event.data
    way, unit = _UNITS[data["basis"]]
    return {
        "收费方式": way,
        "收费数量": f"{data['units']}{unit}",
        "收费计算": data["lines"],
        "收费金额": str(data["yuan"]),
        "缴费方式": data.get("pay_how", ""),
        "缴费期限": _day(data["until"]),
    }


_OF_ACT: dict[str, tuple[str, Callable[[RequestEvent], dict[str, Any]]]] = {
    "clarification": ("ask_clarification", _clarification),
    "reasons": (
        "ask_reasons",
        lambda e: {"数量频次": e.data["facts"], "说明期限": _day(e.data["until"])},
    ),
    "extension": (
        "extend",
        lambda e: {"延期理由": e.data["reason"], "延期天数": str(e.data["days"])},
    ),
    "fee": ("give_fee_notice", _fee),
}


def _consulted(one: Consultation, kind: str) -> dict[str, Any]:
    if kind == "consultation_notice":
        return {"征求意见之日": plain_day(one.sent_on)}
    if kind == "third_party_disclosure":
        return {"收件人": one.name, "公开的内容": one.about}
    found: dict[str, Any] = {"收件人": one.name, "涉及的信息": one.about}
    if kind == "third_party_inquiry":
        return found | {"答复天数": str(_OPINION_DAYS)}
    if one.whom == Consultation.Whom.JOINT_MAKER:
        told = f"请自收到本函之日起{_OPINION_DAYS}个工作日内答复，逾期不提出意见的，视为同意公开。"
    else:
        told = f"请在{plain_day(one.answer_by)}前答复。"
    return found | {"答复要求": told}


_ABOUT_CONSULTATION = {
    "third_party_inquiry": {Consultation.Whom.THIRD_PARTY},
    "third_party_disclosure": {Consultation.Whom.THIRD_PARTY},
    "agency_inquiry": {Consultation.Whom.AGENCY, Consultation.Whom.JOINT_MAKER},
    "consultation_notice": set(Consultation.Whom),
}


def fields_from_acts(request: InfoRequest, kind: str, consultation: int | None = None) -> dict[str, Any]:
    """What the acts of the case say for a letter of this kind: of the newest act or consultation it tells of, or of
    the `consultation` named; empty where there is none."""
    if kind in _OF_ACT:
        act, told = _OF_ACT[kind]
        event = request.events.filter(act=act).order_by("-serial").first()
        return told(event) if event else {}
    if kind in _ABOUT_CONSULTATION:
        asked = request.consultations.filter(whom__in=_ABOUT_CONSULTATION[kind]).order_by("-id")
        one = asked.filter(pk=consultation).first() if consultation else asked.first()
        return _consulted(one, kind) if one else {}
    return {}
