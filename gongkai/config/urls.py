"""All addresses: the probes, the public column, the desk."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from .admin import SITE

urlpatterns = [
    path("", include("gongkai.operations.urls")),
    path("desk/site/dictionaries/", SITE.urls),
    path("desk/", include("gongkai.desk.urls")),
    path(settings.SITE_PATH, include("gongkai.portal.urls")),
]
