"""Telling the people concerned what happened to a seat, by a notice on their desk, in the act's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from gongkai.outbox.mail import is_mail_address, is_mail_on
from gongkai.outbox.posting import post

from ..actor import Actor
from ..administrators import administrators
from ..models import Deputy, Person, Seat
from ..work import in_words, open_work


def tell(person: Person, seat: Seat, key: str, subject: str, *sentences: str) -> None:
    """A notice on the person's desk about this seat; `key` keeps it from being written twice."""
    where = reverse("desk:today", args=[seat.agency.slug]) if seat.agency else reverse("desk:home")
    post(
        key=key,
        channel="desk",
        subject=subject,
        body="".join(sentences),
        person_id=person.pk,
        agency_id=seat.agency_id,
        url=where,
    )


def tell_ended(seats: Sequence[Seat], on: date, note: str) -> None:
    """Inside the act that ends several seats, before they end: a notice for each holder and for each who stands in,
    seen on whichever desk they still have."""
    covers = Deputy.objects.filter(seat__in=seats, cancelled_on__isnull=True, until__gte=on)
    told = {(seat.pk, seat.person_id): seat.person for seat in seats}
    told |= {(cover.seat_id, cover.person_id): cover.person for cover in covers.select_related("person")}
    names = {seat.pk: full_name(seat) for seat in seats}
    for (number, _), person in sorted(told.items(), key=lambda item: (item[0][0], item[0][1] or 0)):
        if person is None or not person.is_active:
            continue
        post(
            key=f"seat.closed:{number}:{person.pk}",
            channel="desk",
            subject=f"岗位撤销：{names[number]}",
            body=f"“{names[number]}”岗位已经撤销（{note}），您不再在这个岗位上办事；没有办完的事已经转给接收的岗位。",
            person_id=person.pk,
            url=reverse("desk:home"),
        )


def alarm(person: Person, by: Actor, subject: str, body: str) -> None:
    """Inside an act on somebody's way of signing in, or on an administrator's seat: tell the person and all
    administrators at once, on the desk and by mail, so that nobody comes into another's place unseen."""
    mark, home = timezone.now().isoformat(), reverse("desk:home")
    everybody = {one.pk: one for one in (person, *administrators(by.day))}
    for one in everybody.values():
        key = f"alarm:{person.pk}:{mark}:{one.pk}"
        post(key=f"{key}:desk", channel="desk", subject=subject, body=body, person_id=one.pk, url=home)
        if is_mail_on() and is_mail_address(one.email):
            post(
                key=f"{key}:mail",
                channel="mail",
                subject=subject,
                body=body,
                person_id=one.pk,
                to=one.email,
                url=home,
            )


def work_sentence(seat: Seat) -> str:
    """What is in hand in this seat, as one sentence."""
    found = open_work(seat)
    if not found:
        return "手上没有未办完的事。"
    return f"手上还有：{in_words(found)}。打开工作台就能看到，从最急的办起。"


def full_name(seat: Seat) -> str:
    """The seat with its agency, as somebody outside has to hear it."""
    return f"{seat.agency.name}·{seat.title}" if seat.agency else seat.get_kind_display()
