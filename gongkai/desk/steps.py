"""An act in steps: ask for what is needed, say what will happen, do it once that has been confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.queries import Agency

from .frame import page, site_page

F = TypeVar("F", bound=forms.Form)
Render = Callable[..., HttpResponse]


@dataclass(slots=True)
class Told:
    """What the confirming page says: facts, what happens, the word on the button."""

    title: str
    facts: Sequence[tuple[str, str]]
    sentences: Sequence[str]
    button: str
    warning: bool = False


@dataclass(slots=True)
class Steps:
    """The frame of an act: its title, where it leads back to, what stands above the form."""

    request: HttpRequest
    title: str
    back: str
    button: str
    facts: Sequence[tuple[str, str]] = ()
    lead: str = ""
    agency: Agency | None = None
    here: str = "people"
    more: dict[str, Any] = field(default_factory=dict)

    def _render(self, name: str, **more: Any) -> HttpResponse:
        if self.agency is not None:
            render: Render = partial(page, self.request, self.agency)
        else:
            render = partial(site_page, self.request)
        return render(f"people/{name}", self.here, back=self.back, **self.more, **more)

    def ask(self, form: forms.Form) -> HttpResponse:
        """The page with the form."""
        return self._render(
            "ask", form=form, title=self.title, lead=self.lead, facts=self.facts, button=self.button
        )

    def sure(self, told: Told, refusal: str = "") -> HttpResponse:
        """The page that asks once, with everything typed carried along."""
        typed = [
            (key, value)
            for key in self.request.POST
            if key not in ("csrfmiddlewaretoken", "sure", "again")
            for value in self.request.POST.getlist(key)
        ]
        return self._render("sure", told=told, title=told.title, typed=typed, refusal=refusal)

    def run(self, form: F, tell: Callable[[F], Told], do: Callable[[F], HttpResponse]) -> HttpResponse:
        """Form, confirmation, act; what cannot be done is said on the form, with what was typed."""
        again = "again" in self.request.POST
        if not form.is_bound or again or not form.is_valid():
            if again:
                form.errors.clear()
            return self.ask(form)
        if "sure" not in self.request.POST:
            return self.sure(tell(form))
        try:
            return do(form)
        except NotPossible as error:
            form.add_error(None, str(error))
            return self.ask(form)

    def confirm(self, told: Told, do: Callable[[], HttpResponse]) -> HttpResponse:
        """Confirmation and act, where there is nothing to ask."""
        if self.request.method != "POST" or "sure" not in self.request.POST:
            return self.sure(told)
        try:
            return do()
        except NotPossible as error:
            return self.sure(told, refusal=str(error))


def bound(request: HttpRequest) -> Any:
    """What was typed, or None when the page is opened."""
    return request.POST if request.method == "POST" else None
