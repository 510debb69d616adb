"""Is every request whole? Its number, its requester, its first event, its due day, its place in the search, its file; no
number without a request, no request half submitted, no file of a request that cannot be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai.files.models import StoredFile
from gongkai.files.queries import content_of
from gongkai.files.store import Sealed
from gongkai.inforequests.models import (
    InfoRequest,
    PortalDraft,
    Register,
    RegisterNumber,
    Requester,
    RequestEvent,
)
from gongkai.outbox.models import Message
from gongkai.search.models import Entry as Found

from .intake import FILE, PAPER

_REQUEST, _DRAFT = InfoRequest._meta.label_lower, PortalDraft._meta.label_lower


def requests_not_whole(agency: int) -> list[str]:
    """What is wrong, in plain sentences."""
    return [*_numbers(agency), *_parts(), *_submissions(), *_files()]


def _numbers(agency: int) -> Iterator[str]:
    for register in Register.objects.filter(agency=agency):
        given = list(register.numbers.order_by("serial").values_list("serial", "request"))
        if [serial for serial, _ in given] != list(range(1, register.last + 1)):
            yield f"the register of {register.year} has a gap before {register.last}"
        if bare := [serial for serial, request in given if request is None]:
            yield f"numbers without a request: {bare[:5]}"
    without = InfoRequest.objects.exclude(
        pk__in=RegisterNumber.objects.filter(request__isnull=False).values("request")
    )
    if found := list(without.values_list("pk", flat=True)[:5]):
        yield f"requests without a number: {found}"


def _parts() -> Iterator[str]:
    """What each request consists of, once each."""
    wanted = Counter(InfoRequest.objects.values_list("pk", flat=True))
    for what, pks in (
        ("requester", Requester.objects.values_list("request", flat=True)),
        ("first event", RequestEvent.objects.filter(serial=1).values_list("request", flat=True)),
        (
            "place in the search",
            map(int, Found.objects.filter(kind="request").values_list("object_id", flat=True)),
        ),
    ):
        there = Counter(pks)
        if different := {pk for pk in wanted | there if wanted[pk] != there[pk]}:
            yield f"requests without a {what}, or with two: {sorted(different)[:5]}"
    handed_in = InfoRequest.objects.filter(channel="in_person", due_on__isnull=True)
    if found := list(handed_in.values_list("pk", flat=True)[:5]):
        yield f"requests without a due day: {found}"


def _submissions() -> Iterator[str]:
    """What came online: the clerks told of it, its file with it, its form gone."""
    online = set(InfoRequest.objects.filter(channel="online").values_list("pk", flat=True))
    keys = Message.objects.filter(key__startswith="online:").values_list("key", flat=True)
    told = {int(key.split(":")[1]) for key in keys}
    if different := online ^ told:
        yield f"online requests that nobody was told of, or told of and not there: {sorted(different)[:5]}"
    keys = InfoRequest.objects.filter(submission_key__isnull=False).values("submission_key")
    if PortalDraft.objects.filter(token__in=keys).exists():
        yield "a form that was submitted is still there"
    owned = Counter(
        int(pk)
        for pk in StoredFile.objects.filter(owner_kind=_REQUEST, name=FILE).values_list("owner_id", flat=True)
    )
    if lacking := {pk for pk in online if owned[pk] != 1}:
        yield f"online requests without their file: {sorted(lacking)[:5]}"


def _files() -> Iterator[str]:
    """Every file belongs to a request or a form that is there, and can be read whole."""
    owners = {
        _REQUEST: {str(pk) for pk in InfoRequest.objects.values_list("pk", flat=True)},
        _DRAFT: {str(pk) for pk in PortalDraft.objects.values_list("pk", flat=True)},
    }
    for file in StoredFile.objects.filter(name=FILE):
        if file.owner_id not in owners.get(file.owner_kind, ()):
            yield f"a file of nobody: {file.pk}"
        try:
            whole = b"".join(content_of(file)) == PAPER
        except (Sealed, OSError) as error:
            yield f"a file that cannot be read: {file.pk} {error}"
        else:
            if not whole:
                yield f"a file that is not what was given: {file.pk}"
