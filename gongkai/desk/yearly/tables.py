"""各表数字: a page a table with all that is entered or missing, and a page for one cell."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.reports import queries as annual
from gongkai.reports.actions.base import CannotPrepare
from gongkai.reports.actions.entering import CannotEnter, Given, enter_figures, withdraw_figure
from gongkai.reports.entering import TABLES, Box, boxes, filled, is_amount, table_of
from gongkai.reports.pages import parts_of

from ..frame import actor_of, of_agency, page
from ..reports import work_or_404

_SHORT = {"autocomplete": "off", "inputmode": "decimal", "size": 10}


def figure_in(text: str) -> Decimal | None:
    """The figure that was typed, full-width digits and grouping commas taken as meant; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**10 else None


def slug_of(cell: str) -> str:
    """The cell as a part of a field's name."""
    return cell.replace(".", "-")


class TableForm(forms.Form):
    """A value and a source for each open cell of a table; one source for all that have none of their own."""

    use_required_attribute = False
    source_all = forms.CharField(
        label="来源",
        required=False,
        max_length=200,
        help_text="下面没有单独写来源的，都用这个来源。例如：行政执法台账。",
    )
    zeros = forms.BooleanField(label="上面空着的都是 0", required=False)

    def __init__(self, *args: Any, boxes: list[Box], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = [box for box in boxes if box.open]
        for box in self.open:
            shown = box.entered.number if box.entered else None
            self.fields[f"value-{slug_of(box.cell)}"] = forms.CharField(
                label=f"{box.group} {box.label}（{box.unit}）",
                required=False,
                max_length=24,
                initial="" if shown is None else f"{shown:f}" if isinstance(shown, Decimal) else shown,
                widget=forms.TextInput(attrs=_SHORT),
            )
            self.fields[f"source-{slug_of(box.cell)}"] = forms.CharField(
                label=f"{box.group} {box.label}的来源",
                required=False,
                max_length=200,
                initial=box.proposed,
            )

    def given(self) -> list[Given]:
        """The figures to enter; errors are put beside their fields."""
        found = []
        for box in self.open:
            one = self._given(box)
            if one is not None:
                found.append(one)
        return found

    def _given(self, box: Box) -> Given | None:
        name, data = slug_of(box.cell), self.cleaned_data
        text = (data.get(f"value-{name}") or "").strip()
        if not text and box.entered is not None:
            self.add_error(
                f"value-{name}", f"{box.label}：填报过的数不能空着；要撤回，请点这一格的“改或者撤回”。"
            )
            return None
        if not text and not data.get("zeros"):
            return None
        value = figure_in(text or "0")
        if value is None:
            example = "例如 1.25" if is_amount(box.cell) else "例如 3，没有的填 0"
            self.add_error(f"value-{name}", f"{box.label}：请填数字，{example}。")
            return None
        source = (data.get(f"source-{name}") or data.get("source_all") or "").strip()
        reason = box.entered.reason if box.entered else ""
        return Given(box.cell, value, source, reason)

    def blame(self, error: CannotEnter) -> None:
        """Put what was refused beside the fields."""
        labels = {box.cell: box.label for box in self.open}
        for (cell, field), words in error.wrong.items():
            name = f"{'source' if field == 'source' else 'value'}-{slug_of(cell)}"
            self.add_error(name if name in self.fields else None, f"{labels.get(cell, '')}：{words}")

    def rows(self, boxes: list[Box]) -> list[tuple[Box, Any, Any]]:
        """Every cell with its two fields, None where it is not entered here."""
        return [
            (box, self[f"value-{slug_of(box.cell)}"], self[f"source-{slug_of(box.cell)}"])
            if box.open
            else (box, None, None)
            for box in boxes
        ]


class CellForm(forms.Form):
    """One figure, set against the count with a reason, or simply entered."""

    use_required_attribute = False
    value = forms.CharField(
        label="数值",
        max_length=24,
        widget=forms.TextInput(attrs=_SHORT),
        error_messages={"required": "请填数值，没有的填 0。"},
    )
    source = forms.CharField(
        label="来源",
        max_length=200,
        help_text="从哪里来的，例如：行政执法台账。",
        error_messages={"required": "请写明这个数的来源，例如“行政执法台账”。"},
    )
    reason = forms.CharField(
        label="与统计不同的理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会显示在检查结果里，签批的人看得到。记录有错的，请更正记录，不要改数。",
        error_messages={"required": "请写明与统计不同的理由；记录有错的，请更正记录，不要改数。"},
    )

    def __init__(self, *args: Any, counted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counted:
            del self.fields["reason"]

    def clean_value(self) -> Decimal:
        """A figure."""
        value = figure_in(self.cleaned_data["value"])
        if value is None:
            raise forms.ValidationError("请填数字，例如 3；没有的填 0。")
        return value


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.view")
def table(request: HttpRequest, agency: Agency, year: int, table: str) -> HttpResponse:
    """All cells of a table: counted ones shown, the others entered; one save for all."""
    if table not in TABLES:
        raise Http404
    work, actor = work_or_404(agency, year), actor_of(request)
    made = annual.made_of(agency, year)
    found = boxes(made, work, table)
    form = TableForm(request.POST or None, boxes=found)
    if request.method == "POST":
        require(actor, "report.prepare", work)
        if form.is_valid():
            given = form.given()
            try:
                changed = 0 if form.errors else enter_figures(work, given, by=actor, at=timezone.now())
            except CannotEnter as error:
                form.blame(error)
            except CannotPrepare as error:
                form.add_error(None, str(error))
            else:
                if not form.errors:
                    messages.success(request, f"已保存 {changed} 个数。" if changed else "没有改动。")
                    return redirect("desk:report-table", agency.slug, year, table)
    part = next((one for one in parts_of(made.report) if one.table and one.table.key == table), None)
    part_words, table_name = TABLES[table]
    return page(
        request,
        agency,
        "yearly/table",
        "reports",
        work=work,
        form=form,
        key=table,
        part_words=part_words,
        table_name=table_name,
        rows=form.rows(found) if table != "t3" else [],
        sheet=part.table if part and table == "t3" else None,
        overridden=[box for box in found if box.entered is not None and box.counted is not None],
        filled=next(one for one in filled(made) if one.key == table),
        tables=[(key, words[0]) for key, words in TABLES.items()],
        any_open=bool(form.open),
        may_prepare=bool(may(actor, "report.prepare", work)) and work.archived_at is None,
        last=year - 1,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.view")
def cell(request: HttpRequest, agency: Agency, year: int, cell: str) -> HttpResponse:
    """One cell: what the records give, what was entered; entered, set against the count, taken back."""
    work, actor, key = work_or_404(agency, year), actor_of(request), table_of(cell)
    made = annual.made_of(agency, year)
    box = next((one for one in boxes(made, work, key) if one.cell == cell), None) if key else None
    if box is None:
        raise Http404
    first = {"source": box.proposed}
    if box.entered is not None:
        first |= {"value": str(box.entered.number), "reason": box.entered.reason}
    form = CellForm(request.POST or None, counted=box.counted is not None, initial=first)
    if request.method == "POST":
        require(actor, "report.prepare", work)
        if form.is_valid() and not box.is_sum:
            data = form.cleaned_data
            one = Given(cell, data["value"], data["source"], data.get("reason", ""))
            try:
                enter_figures(work, [one], by=actor, at=timezone.now())
            except CannotEnter as error:
                for (_, field), words in error.wrong.items():
                    form.add_error(field if field in form.fields else None, words)
            except CannotPrepare as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"已填报：{box.group} {box.label}。")
                return redirect("desk:report-table", agency.slug, year, key)
    return page(
        request,
        agency,
        "yearly/cell",
        "reports",
        work=work,
        form=form,
        box=box,
        key=key,
        part_words=TABLES[key][0],
        may_prepare=bool(may(actor, "report.prepare", work)) and work.archived_at is None,
    )


@require_POST
@of_agency("report.prepare")
def withdraw(request: HttpRequest, agency: Agency, year: int, cell: str) -> HttpResponse:
    """Take an entered figure back."""
    key = table_of(cell)
    if not key:
        raise Http404
    try:
        withdraw_figure(work_or_404(agency, year), cell, by=actor_of(request))
    except CannotPrepare as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已撤回填报的数。按记录统计的，现在用统计数；没有统计的，这一格空着。")
    return redirect("desk:report-table", agency.slug, year, key)
