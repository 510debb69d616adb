"""The steps of the online form in their order, what each holds, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.inforequests.actions.drafts import FILE_KINDS, Draft

from .requests_forms import (
    AGENT,
    CITIZEN,
    OTHER_OK,
    CheckForm,
    CitizenForm,
    FilesForm,
    HowForm,
    KindForm,
    OrganisationForm,
    StepForm,
    WhatForm,
)

STEPS = ("kind", "who", "what", "how", "files", "check")
TITLES = dict(
    zip(
        STEPS,
        ("您以什么身份申请", "您是谁", "您要什么信息", "怎样给您", "附上证明材料", "核对并提交"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the last look: its step, its title, its lines."""

    step: str
    title: str
    rows: list[tuple[str, str]]


def form_of(draft: Draft, step: str, typed: Any = None) -> StepForm:
    """The form of a step: with what is typed now, or with what was typed before."""
    kind, before = draft.steps.get("kind", {}), draft.steps.get(step)
    if step == "kind":
        return KindForm(typed, initial=before)
    if step == "who":
        made = CitizenForm if kind.get("requester_kind") == CITIZEN else OrganisationForm
        return made(typed, initial=before, agent=kind.get("acting") == AGENT)
    if step == "what":
        return WhatForm(typed, initial=before)
    if step == "how":
        return HowForm(typed, initial=before, who=draft.steps.get("who", {}))
    if step == "files":
        return FilesForm(typed, initial=before, lacking=lacking(draft))
    return CheckForm(typed)


def lacking(draft: Draft) -> list[str]:
    """The papers that are not there yet."""
    wanted = ["identity"]
    if draft.steps.get("kind", {}).get("acting") == AGENT:
        wanted.append("authorisation")
    given = {file.name.rpartition(".")[0] for file in draft.files}
    return [FILE_KINDS[kind] for kind in wanted if FILE_KINDS[kind] not in given]


def first_open(draft: Draft) -> str:
    """The first step that is not filled in rightly; check when all are."""
    for step in STEPS[:-1]:
        before = draft.steps.get(step)
        if before is None or not form_of(draft, step, before).is_valid():
            return step
    return STEPS[-1]


def shown(draft: Draft) -> list[Shown]:
    """All that was filled in, part by part, as label and words."""
    parts = []
    for step in STEPS[:4]:
        form = form_of(draft, step)
        before = draft.steps.get(step, {})
        rows = [
            (str(field.label), _words(field, before.get(name)))
            for name, field in form.fields.items()
            if before.get(name)
        ]
        parts.append(Shown(step, TITLES[step], rows))
    files = [("已上传", file.name) for file in draft.files]
    files += [("以后提供", name) for name in lacking(draft)]
    return [*parts, Shown("files", TITLES["files"], files)]


def _words(field: Any, value: Any) -> str:
    if value is True:
        return "可以"
    return str(dict(getattr(field, "choices", ())).get(value, value))


def intake_of(draft: Draft) -> dict[str, Any]:
    """What the act of submitting is told."""
    kind, who = draft.steps["kind"], draft.steps["who"]
    what, how = draft.steps["what"], draft.steps["how"]
    requester = {name: value for name, value in who.items() if name != "applicant" and value}
    if kind.get("needs_help"):
        requester["needs_help"] = kind["needs_help"]
    return {
        "requester_kind": kind["requester_kind"],
        "applicant": who["applicant"],
        "content": _content(what),
        "form_wanted": how["form_wanted"] + (OTHER_OK if how.get("other_ok") else ""),
        "obtain": how["obtain"],
        "requester": requester,
    }


def _content(what: Mapping[str, str]) -> str:
    known = (("文件名称", "document_name"), ("文号", "document_number"), ("形成时间", "period"))
    return "\n".join(
        [what["content"], *(f"{label}：{what[name]}" for label, name in known if what.get(name))]
    )
