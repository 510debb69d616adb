"""Visiting the agencies' public front as a citizen would, once an hour; how often it opened is what counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from gongkai.agencies.models import Agency

from .limits import limits_for
from .models import SiteVisit
from .probing import Prober

KEPT = timedelta(days=30)


def visit(agency: Agency, now: datetime, prober: Prober) -> SiteVisit | None:
    """One visit, written down; None where nobody said under which address the public reaches the site."""
    if not settings.SITE_ADDRESS:
        return None
    # The address was given by who runs the site: it may well lie in the office's own network.
    mine = Prober(
        timeout=limits_for(agency).of("site_down", "seconds"),
        delay=0,
        about=prober.about,
        anywhere=True,
    )
    answer = mine.ask(settings.SITE_ADDRESS + reverse("portal:home", args=[agency.slug]))
    return SiteVisit.objects.create(
        agency=agency, at=now, opened=answer.kind == "good", said="" if answer.kind == "good" else answer.said
    )


def visit_all(now: datetime, prober: Prober) -> tuple[int, int]:
    """Every agency with an open column; how many were visited, how many did not open. Old visits go."""
    if not settings.PROBE_SITE:
        return 0, 0
    SiteVisit.objects.filter(at__lt=now - KEPT).delete()
    agencies = Agency.objects.filter(portal_open=True, ended_on__isnull=True).order_by("id")
    visits = [one for agency in agencies.iterator() if (one := visit(agency, now, prober))]
    return len(visits), sum(not one.opened for one in visits)
