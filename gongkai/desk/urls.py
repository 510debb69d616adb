"""Addresses of the desk: /desk/<agency>/…"""

from __future__ import annotations

from django.urls import path

from . import (
    account,
    account_factor,
    account_site,
    audit,
    disclosure,
    figures,
    files,
    firstweek,
    ledger,
    notices,
    organs,
    people,
    redaction,
    redaction_words,
    registers,
    remedies,
    reports,
    requests,
    search,
    sign_in,
    site,
    today,
    views,
    words,
)

app_name = "desk"
_REPORT = "<slug:agency>/reports/<int:year>/"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("", views.home, name="home"),
    *site.PATTERNS,
    *account.PATTERNS,
    *account_factor.PATTERNS,
    *account_site.PATTERNS,
    *organs.PATTERNS,
    *people.PATTERNS,
    *audit.PATTERNS,
    *notices.PATTERNS,
    *files.PATTERNS,
    *redaction.PATTERNS,
    *redaction_words.PATTERNS,
    *search.PATTERNS,
    *today.PATTERNS,
    *firstweek.PATTERNS,
    *requests.PATTERNS,
    *disclosure.PATTERNS,
    *remedies.PATTERNS,
    *ledger.PATTERNS,
    *registers.PATTERNS,
    path("<slug:agency>/help/", words.help_page, name="help"),
    path("<slug:agency>/words/", words.words, name="words"),
    path("<slug:agency>/checks/", words.checks, name="checks"),
    path("<slug:agency>/reports/", reports.years, name="reports"),
    path("<slug:agency>/reports/begin/", reports.begin_report, name="begin-report"),
    path(_REPORT, reports.workbench, name="report"),
    path(f"{_REPORT}publish/", reports.publish_report, name="publish"),
    path(f"{_REPORT}files/<slug:ending>/", reports.report_file, name="report-file"),
    path(f"{_REPORT}figures/<str:key>/", figures.figure, name="figure"),
]
