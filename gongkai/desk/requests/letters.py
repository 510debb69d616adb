"""文书: the letters of a case, each with what it must state filled in from the acts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.fields import DayField
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG, KINDS, LetterKind
from gongkai.inforequests.letters.fields import case_fields
from gongkai.inforequests.letters.from_acts import LETTER_OF_ACT, LISTS, fields_from_acts
from gongkai.inforequests.queries import InfoRequest, letters_of

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at

STEPS = [kind for kind in KINDS if kind.reply is None]
"""The letters of the procedure; an answer is made with its signature."""
ENDINGS = {act: slug for act, slug in LETTER_OF_ACT.items() if slug.startswith("reply_")}
"""The letters that tell of an end without a decision, by the act that ended the case."""


_SHORT = ("收件人", "答复天数", "补正期限", "缴费期限", "说明期限", "延期天数", "延迟日期", "征求意见之日")
"""Fields of a few words."""


def _box(name: str) -> forms.Widget:
    """A line for a few words, lines for a list or a text."""
    if name in _SHORT:
        return forms.TextInput(attrs={"autocomplete": "off"})
    return forms.Textarea(attrs={"rows": 3 if name in LISTS else 2})


class LetterForm(forms.Form):
    """What this letter states beyond what the case knows by itself."""

    use_required_attribute = False
    laws: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, kind: LetterKind, known: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.names = [n for n in ("收件人", *kind.needs, *kind.may) if n == "收件人" or n not in known]
        for name in dict.fromkeys(self.names):
            hint = "一行写一点。" if name in LISTS else ""
            self.fields[name] = forms.CharField(
                label=name,
                help_text=hint,
                required=name in kind.needs or name == "收件人",
                widget=_box(name),
                error_messages={"required": f"请填写{name}。"},
            )
        self.fields["day"] = DayField(label="成文日期")

    def given(self) -> dict[str, Any]:
        """The fields as the letter takes them."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "day"}
        return {k: v.splitlines() if k in LISTS else v for k, v in data.items()}


@require_safe
@of_agency("requests.personal")
def letters(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """The letters of a case, and the kinds that can be made."""
    case = case_at(agency, pk)
    handles = bool(may(actor_of(request), "requests.handle", case))
    return page(
        request, agency, "requests/letters", "requests",
        case=case, kinds=kinds_for(case) if handles else [], letters=letters_of(case), handles=handles,
    )  # fmt: skip


def kinds_for(case: InfoRequest) -> list[LetterKind]:
    """The letters that can be made now: of the procedure, and of an end without a decision once it came."""
    done = set(case.events.values_list("act", flat=True))
    return [*(KIND_BY_SLUG[slug] for act, slug in ENDINGS.items() if act in done), *STEPS]


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def new(request: HttpRequest, agency: Agency, pk: int, kind: str) -> HttpResponse:
    """制作文书: what is known is filled in; made anew, it becomes the next version."""
    case = case_at(agency, pk)
    found = KIND_BY_SLUG.get(kind)
    if found is None or found not in kinds_for(case):
        raise Http404
    actor = actor_of(request)
    own = {name for name, value in case_fields_or_none(case, found, actor.day).items() if value}
    known = dict.fromkeys(own - {"收件人"})
    form = LetterForm(bound(request), kind=found, known=known, initial=_initial(case, found, actor.day))
    if form.is_bound and form.is_valid():
        try:
            made = make_letter(case, kind, by=actor, on=form.cleaned_data["day"], fields=form.given())
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"已制作：{found.title}，文号{made.number}。打印、寄出以后，请登记寄发。"
            )
            return redirect("desk:letter", agency.slug, case.pk, made.pk)
    return page(request, agency, "requests/letter_new", "requests", case=case, kind=found, form=form)


def case_fields_or_none(case: InfoRequest, kind: LetterKind, day: Any) -> dict[str, Any]:
    """The fields the case has by itself; none while its agency lacks the organs the letter names."""
    try:
        return case_fields(case, kind, day)
    except ValueError:
        return {}


def _initial(case: InfoRequest, kind: LetterKind, day: Any) -> dict[str, Any]:
    found = {"收件人": case.applicant, "day": day} if kind.to == "requester" else {"day": day}
    acts = fields_from_acts(case, kind.slug)
    return found | {k: "\n".join(v) if isinstance(v, list) else v for k, v in acts.items()}


_CASE = "<slug:agency>/requests/<int:pk>/letters/"
PATTERNS = [
    path(_CASE, letters, name="request-letters"),
    path(f"{_CASE}new/<slug:kind>/", new, name="request-letter-new"),
]
