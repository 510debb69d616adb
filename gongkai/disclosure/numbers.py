"""索引号: organ code / year - serial of five digits, unique and never given twice (law.md §5.4)."""

from __future__ import annotations

from gongkai.agencies.models import Agency

from .models import IndexNumber, IndexRegister, Item


def allot(agency: Agency, year: int, count: int = 1) -> list[IndexNumber]:
    """The next numbers of the agency in this year, not yet saved with an item, within the act that makes the items.

    The register's row is locked until the act ends, so that two at once get two. A number once given stays given,
    also when its draft is thrown away; one that somebody brought along from elsewhere is stepped over.
    """
    IndexRegister.objects.get_or_create(agency=agency, year=year)
    register = IndexRegister.objects.select_for_update(no_key=True).get(agency=agency, year=year)
    made: list[IndexNumber] = []
    while len(made) < count:
        wanted = range(register.last + 1, register.last + 1 + count - len(made))
        texts = {serial: f"{agency.code}/{year}-{serial:05d}" for serial in wanted}
        taken = set(IndexNumber.objects.filter(number__in=texts.values()).values_list("number", flat=True))
        brought = Item.objects.filter(index_number__in=texts.values())
        taken |= set(brought.values_list("index_number", flat=True))
        made += [
            IndexNumber(register=register, serial=serial, number=text)
            for serial, text in texts.items()
            if text not in taken
        ]
        register.last = wanted[-1]
    register.save(update_fields=["last"])
    return made
