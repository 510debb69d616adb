"""台账: the six registers with the figures of a year, and the rows of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.queries import items_to_evaluate
from gongkai.disclosure.registers import listing as registers
from gongkai.disclosure.registers.counting import FIRST_YEAR, in_force, kept_by, year_of_registers
from gongkai.disclosure.registers.kinds import REGISTERS, Register
from gongkai.statute.report.model import Cell

from ..frame import actor_of, of_agency, page
from .forms import ListForm

ROWS = 50


def register_or_404(kind: str) -> Register:
    """The register of this address."""
    if kind not in REGISTERS:
        raise Http404
    return REGISTERS[kind]


@dataclass(frozen=True, slots=True)
class Line:
    """A register as the first page shows it: its figures (label, text), and from which year they are counted
    from it, and how many rows of the year stand in it."""

    register: Register
    figures: list[tuple[str, str]]
    since: int | None
    counts: bool
    rows: int = 0


def _line(register: Register, cells: dict[str, Cell], since: int | None, year: int, rows: int) -> Line:
    labels = (
        [*registers.PARTS.values()]
        if register.issued
        else ["本年金额（万元）" if register.slug == "fees_10k_yuan" else "本年决定"]
    )
    counts = since is not None and since <= year
    shown = [
        (label, str(cells[cell].value) if counts and cell in cells else "—")
        for label, cell in zip(labels, register.cells, strict=True)
    ]
    return Line(register, shown, since, counts, rows)


@require_safe
@of_agency("disclosure.view")
def home(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The registers, what is owed of them, what is looked at again, what is handed over."""
    actor = actor_of(request)
    years = [year for year in registers.years_of(agency, tuple(REGISTERS), actor.day) if year >= FIRST_YEAR]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else actor.day.year
    kept = kept_by(agency)
    cells = registers.figures_of(year_of_registers(agency, year), year)
    owed, entered = registers.to_publish(agency), registers.rows_of_year(agency, year)
    first = owed.first()
    return page(
        request,
        agency,
        "registers/home",
        "items",
        year=year,
        years=years,
        lines=[
            _line(register, cells, kept[kind].since if kind in kept else None, year, entered.get(kind, 0))
            for kind, register in REGISTERS.items()
        ],
        owed=owed.count(),
        first=first,
        first_due=registers.due_of(first) if first else None,
        first_register=REGISTERS[first.kind] if first else None,
        late=items_to_evaluate(agency, actor.day).count(),
        edits=bool(may(actor, "disclosure.registers", agency)),
    )


@require_safe
@of_agency("disclosure.view")
def rows(request: HttpRequest, agency: Agency, kind: str) -> HttpResponse:
    """The rows of one register, fifty a page; of natural persons the family name only."""
    register, actor = register_or_404(kind), actor_of(request)
    years = registers.years_of(agency, (kind,), actor.day)
    form = ListForm(request.GET, register=register, years=years)
    cancelled = "cancelled" in request.GET
    asked = form.asked(cancelled=cancelled)
    found = Paginator(registers.listed(agency, asked), ROWS).get_page(request.GET.get("page"))
    days, kept = calendar(), kept_by(agency).get(kind)
    return page(
        request,
        agency,
        "registers/rows",
        "items",
        register=register,
        form=form,
        asked=asked,
        narrowed=bool(asked.year or asked.part or asked.owed or asked.word or cancelled),
        page=found,
        rows=[(entry, registers.due_of(entry, days)) for entry in found],
        today=actor.day,
        force=in_force(agency, kind, asked.year or actor.day.year)
        if register.issued and not cancelled
        else None,
        counted=kept is not None and kept.since <= (asked.year or actor.day.year),
        kept=kept,
        charge=kind == "fees_10k_yuan",
        edits=bool(may(actor, "disclosure.registers", agency)),
    )


PATTERNS = [
    path("<slug:agency>/registers/", home, name="registers"),
    path("<slug:agency>/registers/<slug:kind>/", rows, name="register"),
]
