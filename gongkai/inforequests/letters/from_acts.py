"""From an act or a consultation to the fields of its letter, so that nobody types twice what was decided once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ..models import Consultation, InfoRequest, RequestEvent
from .fields import plain_day

GUIDANCE = "请写明所需信息的名称、文号、形成时间或者其他便于查找的特征"
"""What a notice of clarification advises where the office wrote nothing of its own."""
WITHDRAWN = "这件申请的办理到此终止，本机关不再答复；以后仍需要这些信息的，可以重新申请"
"""What taking a request back leads to, as its letter says it."""
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
    "set_later_date": "later_date",
    "give_fee_notice": "fee",
    "lapse_no_clarification": "reply_other_no_correction",
    "lapse_no_payment": "reply_other_no_fee",
    "withdraw": "reply_other_withdrawn",
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
        "收费数量": f"当月第{data['units']}{unit}" if data["basis"] == "pieces" else f"{data['units']}{unit}",
        "收费计算": data["lines"],
        "收费金额": str(data["yuan"]),
        "缴费方式": data.get("pay_how", ""),
        "缴费期限": _day(data["until"]),
    }


def _no_correction(event: RequestEvent) -> dict[str, Any]:
    asked = _before(event, "ask_clarification")
    return {"补正告知之日": plain_day(asked.on), "补正期限": _day(asked.data["until"])} if asked else {}


def _no_fee(event: RequestEvent) -> dict[str, Any]:
    told = _before(event, "give_fee_notice")
    if told is None:
        return {}
    letter = event.request.letters.filter(kind="fee", dated__gte=told.on).order_by("-id").first()
    by = f"{letter.number}收费通知书" if letter else "收费通知书"
    return {
        "收费通知": f"{plain_day(told.on)}的{by}",
        "缴费期限": _day(event.data.get("until") or told.data["until"]),
    }


def _before(event: RequestEvent, act: str) -> RequestEvent | None:
    found = event.request.events.filter(act=act, serial__lt=event.serial)
    return found.order_by("-serial").first()


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
    "later_date": (
        "set_later_date",
        lambda e: {"延迟理由": e.data["reason"], "延迟日期": _day(e.data["until"])},
    ),
    "fee": ("give_fee_notice", _fee),
    "reply_other_no_correction": ("lapse_no_clarification", _no_correction),
    "reply_other_no_fee": ("lapse_no_payment", _no_fee),
    "reply_other_withdrawn": (
        "withdraw",
        lambda e: {"撤回之日": plain_day(e.on), "撤回的效果": WITHDRAWN},
    ),
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


def consulted_words(request: InfoRequest) -> str:
    """How third parties were asked and what they said, as the answer tells it; without their names, which are nobody
    else's business. Empty where nobody was asked."""
    asked = request.consultations.filter(whom=Consultation.Whom.THIRD_PARTY).order_by("id")
    return "；".join(_course(one) for one in asked)


def _course(one: Consultation) -> str:
    begun = f"本机关于{plain_day(one.sent_on)}书面征求第三方意见"
    if one.ended_on is None:
        return f"{begun}，第三方还没有答复"
    if not one.opinion:
        return begun
    grounds = f"，理由为：{one.grounds.strip().rstrip('。')}" if one.grounds else ""
    return f"{begun}，结果为：{one.get_opinion_display()}{grounds}"


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
