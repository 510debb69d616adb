"""Kinds of requester: the columns of table three."""

from __future__ import annotations

from dataclasses import dataclass

from .refs import Ref


@dataclass(frozen=True, slots=True)
class RequesterKind:
    """One column of table three: who asks."""

    slug: str
    label: str
    legal_person: bool
    ref: Ref = Ref("report_format_2021")


KINDS: tuple[RequesterKind, ...] = (
    RequesterKind("natural", "自然人", False),
    RequesterKind("commercial", "商业企业", True),
    RequesterKind("research", "科研机构", True),
    RequesterKind("public_interest", "社会公益组织", True),
    RequesterKind("legal_service", "法律服务机构", True),
    RequesterKind("other", "其他", True),
)
BY_SLUG: dict[str, RequesterKind] = {kind.slug: kind for kind in KINDS}
