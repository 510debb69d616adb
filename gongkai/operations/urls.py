"""The addresses of the probes."""

from __future__ import annotations

from django.urls import path

from .probes import healthz, readyz

app_name = "operations"
urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
