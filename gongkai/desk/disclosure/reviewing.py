"""审查表: exactly what is to be signed with what was found and what changed in it; agree, or send back; the paper."""

from __future__ import annotations

import difflib
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure.actions.signing import send_back, sign
from gongkai.disclosure.found import Find
from gongkai.disclosure.gate import is_unchanged
from gongkai.disclosure.listing import Item, ReviewSheet, my_sheets
from gongkai.disclosure.marking import Stretch, worded
from gongkai.disclosure.queries import sheet_of
from gongkai.disclosure.scanning import finds
from gongkai.disclosure.signing import signable, what_of, why_barred, why_not_now
from gongkai.disclosure.telling_sheet import facts_of
from gongkai.statute.duties import CHECKS

from ..frame import actor_of, of_agency, page
from .drafts import REFUSALS, bound
from .finding import stretches
from .item import label_of, with_file_addresses

LOOKS_AT = {check.slug: check.looks_at for check in CHECKS}


class SignForm(forms.Form):
    """Conclusion and grounds for each thing that is this person's to sign; why it is sent back."""

    use_required_attribute = False

    def __init__(self, *args: Any, steps: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = [(what_of(step), label_of(step)) for step in steps]
        for what, label in self.steps:
            hint = f"看{LOOKS_AT[what]}。" if what in LOOKS_AT else "看能不能公开，内容对不对。"
            self.fields[f"grounds_{what}"] = forms.CharField(
                label=f"{label}的意见和理由",
                required=False,
                max_length=500,
                help_text=f"{hint}例如：已逐段核对，符合要求，同意公开。",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["words"] = forms.CharField(
            label="退回的原因，要改什么",
            required=False,
            max_length=1000,
            help_text="退回修改的写这里，拟稿人会看到。",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def checks(self) -> list[forms.BoundField]:
        """The fields of what is to be signed."""
        return [self[f"grounds_{what}"] for what, _ in self.steps]

    def grounds(self) -> str:
        """What is signed; each check with its own grounds where there are several."""
        said: dict[str, str] = {
            label: self.cleaned_data[f"grounds_{what}"].strip() for what, label in self.steps
        }
        if len(said) == 1:
            return next(iter(said.values()))
        return "\n".join(f"{label}：{words}" for label, words in said.items())

    def lacking(self) -> bool:
        """Put a message on every ground left out; True where one is."""
        empty = [
            (what, label) for what, label in self.steps if not self.cleaned_data[f"grounds_{what}"].strip()
        ]
        for what, label in empty:
            self.add_error(f"grounds_{what}", f"请写{label}的意见和理由。")
        return bool(empty)


def sheet_at(agency: Agency, pk: int) -> ReviewSheet:
    """The sheet of the agency, or not there."""
    try:
        return sheet_of(agency, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.view")
def sheet(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """审查表 of one item; signed or sent back, on to the next one that waits for the same person."""
    found, actor = sheet_at(agency, pk), actor_of(request)
    mine = signable(found, actor)
    form = SignForm(bound(request), steps=mine)
    if form.is_bound and form.is_valid() and (said := _done(request, found, form, actor)):
        messages.success(request, said)
        following = next((one for one in my_sheets(agency, actor) if one.pk != found.pk), None)
        if following is not None:
            messages.info(request, "下面是下一条等您审查的信息。")
            return redirect("desk:item-review", agency.slug, following.pk)
        return redirect("desk:items", agency.slug)
    item = found.item
    open_sheet = found.result == ReviewSheet.Result.OPEN
    unchanged = open_sheet and is_unchanged(item, found)
    found_now = finds(item) if unchanged else []
    return page(
        request, agency, "disclosure/review", "items",
        sheet=found, item=item, form=form, mine=[label_of(step) for step in mine],
        barred="" if mine or not open_sheet else why_barred(found, actor) or why_not_now(found, actor),
        finds=found_now, open_finds=[f for f in found_now if f.open],
        clears=bool(may(actor, "disclosure.clear", item)), refers=open_sheet and bool(may(actor, "disclosure.refer", found)),
        stale=open_sheet and not unchanged, **content_of_sheet(agency, found, found_now), **signed_of(found),
    )  # fmt: skip


def _done(request: HttpRequest, found: ReviewSheet, form: SignForm, actor: Actor) -> str:
    """Signed or sent back, in words; nothing where it could not be, which stands on the form."""
    try:
        if "back" in request.POST:
            send_back(found, by=actor, words=form.cleaned_data["words"])
            return f"“{found.item.title}”已退回修改，拟稿人会看到您的意见。"
        if "agree" not in request.POST:
            form.add_error(None, "请按“同意”或者“退回修改”。")
        elif not form.steps or not form.lacking():
            sign(found, by=actor, grounds=form.grounds() if form.steps else "-")
            passed = found.result == ReviewSheet.Result.PASSED
            return f"“{found.item.title}”已签：同意。" + ("审查通过了。" if passed else "")
    except REFUSALS as error:
        form.add_error("words" if "back" in request.POST else None, str(error))
    return ""


def content_of_sheet(agency: Agency, sheet: ReviewSheet, found: list[Find]) -> dict[str, Any]:
    """What was put under review: its facts and text, what changed since the review before, what is gone since."""
    told = sheet.told
    here = {number.hex for number in sheet.item.attachments.values_list("file", flat=True)}
    before = sheet.item.sheets.filter(serial__lt=sheet.serial).order_by("-serial").first()
    now = worded(with_file_addresses(agency, sheet.item, told["text"]))
    marks: list[Stretch] = stretches(found)
    gone: list[str] = []
    if before is not None:
        old = worded(before.told["text"])
        new_lines, gone = _changes(old.words, old.lines(), now.words, now.lines())
        marks += [Stretch(a, b, "new", "上次审查以后改的") for a, b in new_lines]
    return {
        "facts": facts_of(sheet, before),
        "text": now.marked(marks),
        "gone": gone,
        "before": before,
        "attached": [
            {**one, "number": UUID(one["file"]), "here": one["file"] in here} for one in told["attachments"]
        ],
        "same_files": _left_as_they_were(told, before.told if before else None),
        "fresh_files": _fresh(told, before.told if before else None),
    }


def _fresh(told: dict[str, Any], before: dict[str, Any] | None) -> set[str]:
    """The files that were not in the review before."""
    if before is None:
        return set()
    known = {one["digest"] for one in before["attachments"]}
    return {one["file"] for one in told["attachments"] if one["digest"] not in known}


def _left_as_they_were(told: dict[str, Any], before: dict[str, Any] | None) -> set[str]:
    """The listed files that are those of the review before while the text is not."""
    if before is None or told["text"] == before["text"]:
        return set()
    known = {one["digest"] for one in before["attachments"]}
    return {one["file"] for one in told["attachments"] if not one["inline"] and one["digest"] in known}


def _changes(
    old: str, old_lines: list[tuple[int, int]], new: str, new_lines: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[str]]:
    """Which lines are new or changed, and the words of those that are gone."""
    before = [" ".join(old[a:b].split()) for a, b in old_lines]
    after = [" ".join(new[a:b].split()) for a, b in new_lines]
    fresh, gone = [], []
    for op, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op != "equal":
            gone += before[a:b]
            fresh += new_lines[c:d]
    return fresh, gone


def signed_of(sheet: ReviewSheet) -> dict[str, Any]:
    """Every step with its signature, what was sent back, what was referred, what was cleared."""
    return {
        "steps": [(label_of(step), step.signature) for step in sheet.steps.all()],
        "refused": [one for one in sheet.signatures.all() if not one.agreed],
        "referrals": list(sheet.referrals.all()),
        "clearings": list(sheet.item.clearings.all()),
    }


@require_safe
@of_agency("disclosure.view")
def paper(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """政府信息公开审查表, to be printed on one sheet."""
    found = sheet_at(agency, pk)
    item: Item = found.item
    out = item.publications.filter(sheet=found).defer("content").first()
    return page(
        request, agency, "disclosure/paper", "items",
        sheet=found, item=item, told=found.told, facts=facts_of(found, None, paper=True), published=out, **signed_of(found),
    )  # fmt: skip


_SHEET = "<slug:agency>/reviews/<int:pk>/"
PATTERNS = [
    path(_SHEET, sheet, name="item-review"),
    path(f"{_SHEET}paper/", paper, name="item-review-paper"),
]
