"""The whole cast at one address: each of them asks, and whatever that did is taken back again."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongkai.agencies.rights import ACTS
from gongkai.audit.models import Entry
from tests.cast import WHO, Cast
from tests.matrix.answers import POST, SIGN_IN, Gets
from tests.matrix.headers import lacking

DENIED = (403, 404, SIGN_IN)


def filled(cast: Cast, args: dict[str, Any]) -> dict[str, Any]:
    """The arguments with numbers for what they name: an item shown, a row of the cast, or a function of the cast."""
    full: dict[str, Any] = {}
    for key, value in args.items():
        if isinstance(value, Callable):  # type: ignore[arg-type]
            value = value(cast)
        elif key == "pk" and value == "shown":
            value = cast.agency.items.public().earliest("pk").pk
        elif key == "pk":
            value = getattr(cast, value).pk
        full[key] = value
    return full


class Crowd:
    """The cast, each signed in once. Every question is asked within a savepoint that is rolled back, so that many
    can be asked of one cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.cookies = {who: cast.browse(who).cookies for who in WHO}

    def ask(self, who: str, url: str, method: str) -> tuple[Any, set[str]]:
        """The answer, and the kinds of act the trail then tells of, refusals and looks left out."""
        client = Client(raise_request_exception=False)
        client.cookies = deepcopy(self.cookies[who])
        with transaction.atomic():
            last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
            answer = client.post(url) if method == POST else client.get(url)
            new = (
                Entry.objects.filter(number__gt=last).exclude(result="refused").values_list("act", flat=True)
            )
            acts = {act for act in new if act not in ACTS or not ACTS[act].personal}
            transaction.set_rollback(True)
        return answer, acts

    def wrong(self, name: str, args: dict[str, Any], gets: Gets, method: str = "") -> list[str]:
        """What is not as the row says, a sentence each. A row without a method is a page: it is opened, and where
        it takes a form, an empty one is sent as well."""
        assert set(gets) == set(WHO)
        with transaction.atomic():
            url = reverse(name, kwargs=filled(self.cast, args))
            if method == POST:
                found = self._pressed(url, gets)
            else:
                found = self._opened(name, url, gets)
                found += [] if method or 405 in gets.values() else self._sent_empty(url, gets)
            transaction.set_rollback(True)
        return [f"{name}: {sentence}" for sentence in found]

    def _opened(self, name: str, url: str, gets: Gets) -> list[str]:
        found = []
        for who in WHO:
            answer, _ = self.ask(who, url, "GET")
            if status(answer) != gets[who]:
                found.append(f"GET {url} by {who}: {status(answer)}, should be {gets[who]}")
            if not name.startswith("operations:") and (left_out := lacking(answer)):
                found.append(f"GET {url} by {who}: without {left_out}")
        return found

    def _pressed(self, url: str, gets: Gets) -> list[str]:
        """A button: an empty form is all there is to it, so only who may not must have done nothing."""
        found = []
        for who in WHO:
            answer, acts = self.ask(who, url, POST)
            if status(answer) != gets[who] or (gets[who] in DENIED and acts):
                found.append(f"POST {url} by {who}: {status(answer)}, should be {gets[who]}; did {acts}")
        return found

    def _sent_empty(self, url: str, gets: Gets) -> list[str]:
        """A page: who may not open it may not send its form; whoever may does nothing by sending it empty."""
        welcome = next((who for who in WHO if gets[who] not in DENIED), WHO[-1])
        # Most pages take no form at all, which one answer tells.
        if status(self.ask(welcome, url, POST)[0]) == 405:
            return []
        answers = {who: self.ask(who, url, POST) for who in WHO}
        found = []
        for who, (answer, acts) in answers.items():
            got, may = status(answer), gets[who] not in DENIED
            if may and (got in DENIED or answer.status_code >= 500):
                found.append(f"POST {url} by {who}: {got}, may send the form")
            if not may and got != gets[who]:
                found.append(f"POST {url} by {who}: {got}, should be {gets[who]}")
            if acts:
                found.append(f"POST {url} by {who}: an empty form did {acts}")
        return found


def status(answer: Any) -> int | str:
    """The status, or that one is sent to sign in."""
    there = reverse("desk:sign-in")
    if answer.status_code == 302 and answer["Location"].startswith(f"{there}?"):
        return SIGN_IN
    return int(answer.status_code)
