"""What each of the cast gets at an address, said in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.cast import WHO

SIGN_IN = "sign-in"
"""Sent to sign in."""
INSIDERS = ("clerk", "drafter", "section_head", "reviewer", "ogi_head", "leader", "head")
ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")
CASEWORKERS = ("clerk", "section_head", "reviewer", "ogi_head", "leader", "head")

Gets = dict[str, int | str]
POST = "POST"
"""The third part of a row that is asked by POST: a button, which has no page of its own."""
GET = "GET"
"""The third part of a row of a page that some may read only: its form has a row of its own, asked by POST."""
Row = tuple[dict[str, Any], Gets] | tuple[dict[str, Any], Gets, str]
"""Arguments of the address, who gets what; without a third part it is a page, opened by GET."""


def everyone(status: int) -> Gets:
    """The same for all, signed in or not."""
    return dict.fromkeys(WHO, status)


def signed_in(status: int) -> Gets:
    """The same for all who are signed in."""
    return {**dict.fromkeys(WHO, status), "anonymous": SIGN_IN}


def ours(allowed: Iterable[str] = INSIDERS, status: int = 200) -> Gets:
    """A page of the bureau: for these of its people; refused to its others; not there for anybody else."""
    gets = signed_in(404) | dict.fromkeys(INSIDERS, 403)
    return gets | dict.fromkeys(allowed, status)


def theirs(status: int = 200) -> Gets:
    """A page of the neighbour's, who is a clerk."""
    return signed_in(404) | {"neighbour": status}


def absent() -> Gets:
    """Not there for anybody."""
    return signed_in(404)


def of_site(*allowed: str, status: int = 200) -> Gets:
    """A page of the administrators: for these; refused to the other administrators; not there for anybody else."""
    return signed_in(404) | dict.fromkeys(ADMINISTRATORS, 403) | dict.fromkeys(allowed, status)
