"""Acts on the trail: note how far it reaches, move out what is older than the time it is kept."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from gongkai.audit.guard import KEPT_DAYS
from gongkai.audit.models import Checkpoint, Entry
from gongkai.audit.retiring import write_out
from gongkai.audit.verifying import Verdict, head, verify
from gongkai.outbox.mail import is_mail_address, is_mail_on
from gongkai.outbox.posting import post

from ..actor import Actor
from ..models import Kind, Person, Seat
from ..rights import acting, require


class BrokenTrail(Exception):
    """The trail does not hold, so nothing of it may leave the table; the message names the first broken link."""


def note_head(now: datetime, *, by: Actor) -> Verdict | None:
    """Verify what was added since the last time, note the last digest, and tell the audit administrators.

    Once a day: None when that was done today or nothing was written since. For the platform itself. A trail that
    does not hold is told as such and gets no checkpoint.
    """
    require(by, "audit.checkpoint")
    point = Checkpoint.objects.order_by("-id").first()
    if point and timezone.localdate(point.made_at) == timezone.localdate(now) and not point.retired:
        return None
    if point and head()[0] - point.number in (0, 1) and not point.retired:
        return None
    if _found_broken_on(timezone.localdate(now)):
        return None
    known = point is not None and Entry.objects.filter(number=point.number).exists()
    verdict = verify(point.number, point.digest) if point and known else verify()
    with acting(by, "audit.checkpoint", **{"到第几条": verdict.last, "摘要值": verdict.digest}) as doing:
        if verdict.broken:
            doing.detail["问题"] = verdict.broken.words
        else:
            Checkpoint.objects.create(number=verdict.last, digest=verdict.digest, made_at=now)
        for person in _audit_administrators():
            _tell(person, verdict, timezone.localdate(now).isoformat())
    return verdict


def _found_broken_on(day: date) -> bool:
    """True when the trail was found broken on this day already: the finding itself stands in the trail, and its time
    cannot be put right without the digests showing it."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    found = Entry.objects.filter(
        act="audit.checkpoint", object_name="", at__gte=begin, at__lt=begin + timedelta(days=1)
    )
    return any("问题" in json.loads(detail) for detail in found.values_list("detail", flat=True))


def _audit_administrators() -> list[Person]:
    seats = Seat.objects.filter(kind=Kind.AUDIT_ADMIN, ended_on__isnull=True, person__is_active=True)
    return [seat.person for seat in seats.select_related("person") if seat.person]


def _tell(person: Person, verdict: Verdict, day: str) -> None:
    if verdict.broken:
        key, subject = f"audit-broken:{day}", "审计记录被改动，请立即核查"
        body = f"{verdict.broken.words}\n请保护好服务器和数据库，不要再做改动，并报告安全管理员和单位负责人。"
    else:
        key, subject = f"audit-head:{day}", f"今天的审计摘要值（到第 {verdict.last} 条）"
        body = (
            f"到第 {verdict.last} 条为止，审计记录完整。最后一条的摘要值：\n{verdict.digest}\n"
            "请另外留存这个摘要值（例如抄在值班本上）。以后用它核对，可以发现末尾的记录是否被删除。"
        )
    mail = is_mail_on() and is_mail_address(person.email)
    ways = [("desk", "")] + ([("mail", person.email)] if mail else [])
    for channel, to in ways:
        post(
            key=f"{key}:{channel}:{person.pk}",
            channel=channel,
            subject=subject,
            body=body,
            person_id=person.pk,
            to=to,
            url=reverse("desk:site-audit"),
        )


def retire(now: datetime, *, by: Actor, keep_days: int, folder: Path) -> Checkpoint | None:
    """Write entries older than `keep_days` to a file in `folder` and take them out of the table.

    At least six months stay (网络安全法第二十一条第三项): fewer days raise ValueError, and the database refuses
    them too. The chain goes on from the checkpoint. None when nothing is old enough. For the audit administrator
    and the platform itself. Raises `BrokenTrail`: what does not hold is evidence and stays.
    """
    require(by, "audit.retire")
    if keep_days < KEPT_DAYS:
        raise ValueError(f"审计记录至少保存 {KEPT_DAYS} 天。")
    young = Entry.objects.filter(at__gte=now - timedelta(days=keep_days)).order_by("number")
    last = head()[0]
    until = min(young.values_list("number", flat=True).first() or last, last) - 1
    if not Entry.objects.filter(number__lte=until).exists():
        return None
    verdict = verify()
    if verdict.broken:
        raise BrokenTrail(verdict.broken.words)
    path, digest = write_out(until, folder)
    with acting(by, "audit.retire", **{"文件": path.name, "文件的摘要值": digest}) as doing:
        point = Checkpoint.objects.create(
            number=until,
            digest=Entry.objects.get(number=until).digest,
            made_at=now,
            retired=True,
            file_name=path.name,
            file_digest=digest,
        )
        Entry.objects.filter(number__lte=until).delete()
        doing.target = point
    return point
