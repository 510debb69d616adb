"""What was typed and is not finished yet stays on the server for who typed it, enciphered, until it is sent."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.sign_in.actions import keeping
from gongkai.sign_in.actions.stays import KEPT_KEY

from .account import me


def keep_typed(request: HttpRequest) -> None:
    """Keep the form that was sent: its page is filled in again whenever its writer opens it, for a day."""
    if request.method == "POST" and keeping.keep(request, me(request)):
        request.session[KEPT_KEY] = True
