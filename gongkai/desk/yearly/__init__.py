"""年报工作台: the year as a list of tasks, and the page of each."""

from __future__ import annotations

from django.urls import path

from . import bench, checking, closing, elsewhere, opening, publication, signing, tables

_REPORT = "<slug:agency>/reports/<int:year>/"
PATTERNS = [
    path(_REPORT, bench.workbench, name="report"),
    path(f"{_REPORT}elsewhere/", elsewhere.elsewhere, name="report-elsewhere"),
    path(f"{_REPORT}preview/", bench.preview, name="report-preview"),
    path(f"{_REPORT}registers/", closing.registers, name="report-registers"),
    path(f"{_REPORT}opening/", opening.opening, name="report-opening"),
    path(f"{_REPORT}opening/file/", opening.from_file, name="report-last-file"),
    path(f"{_REPORT}opening/type/", opening.typed, name="report-last-typed"),
    path(f"{_REPORT}opening/drop/", opening.drop, name="report-last-drop"),
    path(f"{_REPORT}tables/<slug:table>/", tables.table, name="report-table"),
    path(f"{_REPORT}cells/<str:cell>/", tables.cell, name="report-cell"),
    path(f"{_REPORT}cells/<str:cell>/withdraw/", tables.withdraw, name="report-cell-withdraw"),
    path(f"{_REPORT}checks/", checking.checks, name="report-checks"),
    path(f"{_REPORT}hand-in/", signing.hand_in_report, name="report-hand-in"),
    path(f"{_REPORT}sheets/<int:serial>/", signing.sheet, name="report-sheet"),
    path(f"{_REPORT}sheets/<int:serial>/sign/", signing.sign_sheet, name="report-sign"),
    path(f"{_REPORT}sheets/<int:serial>/return/", signing.return_sheet, name="report-return"),
    path(f"{_REPORT}sheets/<int:serial>/recall/", signing.recall_sheet, name="report-recall"),
    path(f"{_REPORT}publication/", publication.publication, name="report-publication"),
    path(f"{_REPORT}publish/", publication.publish_report, name="publish"),
    path(f"{_REPORT}submit/", publication.submit_report, name="report-submit"),
    path(f"{_REPORT}submissions/<int:pk>/receipt/", publication.receipt, name="report-receipt"),
    path(f"{_REPORT}archive/", publication.archive_year, name="report-archive"),
    path(f"{_REPORT}reopen/", publication.reopen_year, name="report-reopen"),
]
