"""填写中的网上申请: kept between the steps, enciphered, found again by the visitor's token alone, thrown away after a day.

A draft is nobody's record yet: the trail begins with the submission. Its files are examined and enciphered like all.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.files.actions.adding import add_file, examine
from gongkai.files.actions.removing import remove_file
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner
from gongkai.sign_in.sealing import CannotOpen, digest, digests, seal, unseal

from ..models import PortalDraft, PortalTry

LIFE = timedelta(hours=24)
COUNTED = timedelta(days=2)
_PURPOSE = "portal draft"
FILE_KINDS = {"identity": "身份证明", "authorisation": "授权委托书", "other": "补充材料"}
"""What a file of the requester's is; it is called by this, so that no name of a file names anybody."""


@dataclass(slots=True)
class Draft:
    """A draft opened: its row, and what was typed, by step."""

    row: PortalDraft
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def agency(self) -> Agency:
        """Whom it is addressed to."""
        return self.row.agency

    @property
    def files(self) -> list[StoredFile]:
        """The files given with it."""
        return list(files_of_owner(self.row))


def system_actor(now: datetime) -> Actor:
    """The platform acting on what a visitor sent; the trail says so."""
    return Actor.system(timezone.localdate(now), "网上申请")


def submission_key(token: str) -> str:
    """The form's own mark: the same token submitted twice is one request."""
    return digest(token, _PURPOSE)


def submission_keys(token: str) -> list[str]:
    """The mark as it is made now, and as with each former key of the site."""
    return digests(token, _PURPOSE)


def begin(agency: Agency, now: datetime) -> str:
    """Begin a draft; the token by which its visitor finds it again, which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    key = submission_key(token)
    PortalDraft.objects.create(token=key, agency=agency, sealed=_sealed(key, {}), started_at=now)
    return token


def draft_of(agency: Agency, token: str, now: datetime) -> Draft | None:
    """The draft of this token at this agency; None when there is none, or none any more."""
    row = (
        PortalDraft.objects.select_related("agency")
        .filter(token__in=submission_keys(token), agency=agency, started_at__gt=now - LIFE)
        .first()
        if token
        else None
    )
    return _opened(row) if row else None


def keep_step(draft: Draft, step: str, typed: Mapping[str, Any]) -> None:
    """Keep what was typed in one step; what stands in the others stays."""
    with transaction.atomic():
        row = PortalDraft.objects.select_for_update(no_key=True).filter(pk=draft.row.pk).first()
        now = _opened(row) if row else None
        if now is None:
            return
        draft.steps = now.steps | {step: dict(typed)}
        now.row.sealed = _sealed(now.row.token, draft.steps)
        now.row.save(update_fields=["sealed"])


def attach(draft: Draft, kind: str, upload: UploadedFile[Any], now: datetime) -> StoredFile:
    """Keep a file of the draft, under what it is. The visitor has said that it bears no secrecy mark; what can be
    searched is searched all the same. Raises `NotTaken` in words."""
    by = system_actor(now)
    judged = examine(by=by, agency=draft.agency, upload=upload, confirmed=True)
    named = replace(judged, name=f"{FILE_KINDS[kind]}.{judged.name.rpartition('.')[2]}")
    return add_file(by=by, agency=draft.agency, upload=named, owner=draft.row)


def detach(draft: Draft, number: UUID, now: datetime) -> None:
    """Destroy a file of the draft; one that is not the draft's is left alone."""
    for file in files_of_owner(draft.row).filter(pk=number):
        remove_file(file, by=system_actor(now), reason="申请人删除")


def drop(row: PortalDraft, now: datetime, reason: str) -> None:
    """Throw a draft away with its files."""
    with transaction.atomic():
        for file in files_of_owner(row):
            remove_file(file, by=system_actor(now), reason=reason)
        row.delete()


def sweep(now: datetime) -> int:
    """Throw away the drafts of more than a day ago and old counts; how many drafts that were."""
    old = list(PortalDraft.objects.filter(started_at__lte=now - LIFE)[:1000])
    for row in old:
        drop(row, now, "超过24小时没有提交")
    PortalTry.objects.filter(at__lte=now - COUNTED).delete()
    return len(old)


def _opened(row: PortalDraft) -> Draft | None:
    try:
        return Draft(row, json.loads(unseal(row.sealed, f"{_PURPOSE} {row.token}")))
    except CannotOpen:
        return None


def _sealed(key: str, steps: Mapping[str, Any]) -> str:
    return seal(json.dumps(steps, ensure_ascii=False).encode(), f"{_PURPOSE} {key}")
