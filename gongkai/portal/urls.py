"""Public addresses; they stay for ever."""

from __future__ import annotations

from django.urls import path

from . import requests_apply, requests_page, requests_track, views

app_name = "portal"
_COLUMN = "zfxxgk/<slug:agency>/"
urlpatterns = [
    path("", views.front, name="front"),
    path(_COLUMN, views.home, name="home"),
    path(f"{_COLUMN}guide/", views.guide, name="guide"),
    path(f"{_COLUMN}rules/", views.rules, name="rules"),
    path(f"{_COLUMN}items/", views.columns, name="columns"),
    path(f"{_COLUMN}columns/<slug:column>/", views.column, name="column"),
    path(f"{_COLUMN}items/<int:pk>/", views.item, name="item"),
    path(f"{_COLUMN}reports/", views.reports, name="reports"),
    path(f"{_COLUMN}reports/<int:year>/", views.report, name="report"),
    path(f"{_COLUMN}reports/<int:year>/files/<slug:ending>/", views.report_file, name="report-file"),
    *requests_page.PATTERNS,
    *requests_apply.PATTERNS,
    *requests_track.PATTERNS,
]
