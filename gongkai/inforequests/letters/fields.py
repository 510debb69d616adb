"""What a letter is filled with: the fields of a case in words, and the remedy notice for its agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.days import in_words
from gongkai.statute.remedies import RemedyOrgans, notice_for, variants_for_ground

from ..models import Decision, InfoRequest
from .catalogue import FIELD_OF, LetterKind


def plain_day(day: date | None) -> str:
    """2025年3月3日, as letters write a day; nothing for none."""
    return in_words(day).partition("（")[0] if day else ""


def case_fields(
    request: InfoRequest, kind: LetterKind, on: date, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields every letter of the case has; `on` is its day, `given` what its act or draft states."""
    agency = request.agency
    ground = str((given or {}).get("不公开的依据", ""))
    return {
        "机关": agency.name,
        "标题": kind.title,
        "文号": f"{request.number}-{kind.suffix}",
        "收件人": request.applicant,
        "编号": request.number,
        "成文日期": plain_day(on),
        "收到申请之日": plain_day(request.received_on),
        # The letter goes on behind the quotation: a full stop within it would stand twice.
        "申请内容": request.content.rstrip().rstrip("。"),
        "补正情况": _corrected(request),
        "申请渠道": CHANNELS[request.channel].label if request.channel in CHANNELS else request.channel,
        "答复期限": plain_day(request.due_on),
        "查询码": request.tracking_code,
        "办理机构": agency.office,
        "地址": agency.address,
        "邮政编码": agency.postcode,
        "联系方式": contact_of(agency),
        "救济途径": remedy_of(agency, kind, on, ground),
    }


def _corrected(request: InfoRequest) -> str:
    """That the words quoted are those of the correction, and its day, from which the period runs (art. 30)."""
    event = request.events.filter(act="receive_clarification").order_by("-serial").first()
    return f"您于{plain_day(event.on)}作了补正，以上为补正后的内容。" if event else ""


def contact_of(agency: Agency) -> str:
    """Office, telephone and address, as far as they are known."""
    known = [agency.office or agency.name, agency.phone and f"电话{agency.phone}", agency.address]
    return "，".join(part for part in known if part)


def remedy_of(agency: Agency, kind: LetterKind, on: date, ground: str = "") -> str:
    """The remedy notice with this agency's organs and court; empty for letters of the procedure (variant C).

    `ground` are the articles on which part of a partial disclosure is withheld; they tell which variants it has.
    Raises ValueError, in Chinese, while the agency's organs or court are not entered.
    """
    variants = [variant for variant in kind.remedies if variant != "C"]
    if len(variants) > 1 and ground:
        variants = list(variants_for_ground(ground))
    if not variants:
        return ""
    return notice_for(variants, RemedyOrgans(tuple(agency.organs), agency.court), on=on, paper=kind.paper)


def decision_fields(decision: Decision) -> dict[str, str]:
    """What the draft states, as fields."""
    said: Mapping[str, str] = decision.states
    return {FIELD_OF[slug]: text for slug, text in said.items() if slug in FIELD_OF}
