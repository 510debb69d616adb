"""The addresses of open data, and the page that explains them, made from the same schema that programs read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from ..frame import in_full, site_words
from ..keeping import public_page
from . import dumps
from .api import API
from .serving import kept

_BASE = "data/"
_ASKED = ("agency", "column", "year", "cursor", "limit")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page explains it."""

    path: str
    summary: str
    description: str
    parameters: list[tuple[str, str, str]]
    fields: list[tuple[str, str]]
    try_it: str


@cache
def _schema(prefix: str) -> dict[str, Any]:
    return json.loads(json.dumps(API.get_openapi_schema(path_prefix=prefix), default=str))  # type: ignore[no-any-return]


def openapi(request: HttpRequest) -> HttpResponse:
    """The schema for programs (OpenAPI 3.1)."""
    body = json.dumps(_schema(reverse("portal:data") + "v1/"), ensure_ascii=False)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@public_page()
def explained(request: HttpRequest) -> HttpResponse:
    """开放数据: what there is and how to take it, in words."""
    words = {**site_words(request), "crumbs": [("首页", reverse("portal:front")), ("开放数据", "")]}
    base = reverse("portal:data")
    schema = _schema(f"{base}v1/")
    return render(
        request,
        "portal/open_data.html",
        {
            **words,
            "operations": [
                _operation(schema, address, told["get"]) for address, told in schema["paths"].items()
            ],
            "base": in_full(request, f"{base}v1/"),
            "schema_url": reverse("portal:data-openapi"),
            "dumps": [(ending, reverse("portal:data-dump", args=[ending])) for ending in ("csv", "jsonl")],
        },
    )


def _operation(schema: dict[str, Any], address: str, told: dict[str, Any]) -> Operation:
    parameters = [
        (one["name"], one["schema"].get("title", ""), "必填" if one.get("required") else "可不填")
        for one in told.get("parameters", [])
    ]
    answer = told["responses"]["200" if "200" in told["responses"] else 200]
    return Operation(
        address,
        told["summary"],
        told["description"],
        parameters,
        _fields(schema, answer["content"]["application/json"]["schema"]),
        address if "{" not in address else "",
    )


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields of the answer, and of what it is a list of."""
    if shape.get("type") == "array":
        shape = shape["items"]
    found = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    return [(name, told.get("title", "")) for name, told in found["properties"].items()]


def _patterns() -> list[URLPattern]:
    """The operations under their addresses, each handed out like every public page."""
    found = []
    for pattern in API.urls[0]:
        if isinstance(pattern, URLPattern) and (pattern.name or "").startswith("data-"):
            view = kept(pattern.callback, *_ASKED)
            found.append(path(f"{_BASE}v1/{pattern.pattern}", view, name=pattern.name))
    return found


PATTERNS: list[URLPattern] = [
    path(_BASE, explained, name="data"),
    path(f"{_BASE}v1/openapi.json", kept(openapi), name="data-openapi"),
    *(path(f"{_BASE}v1/{one.pattern}", one.callback, name=one.name) for one in dumps.PATTERNS),
    *_patterns(),
]
