"""All addresses: the public column, the desk."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("desk/", include("gongkai.desk.urls")),
    path("", include("gongkai.portal.urls")),
]
