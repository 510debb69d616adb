"""Items that were public before the gate get a review sheet, entered afterwards, and their publication; numbers given
are kept as given. Texts, plain so far, become HTML."""

import hashlib
import json
import re
from html import escape
from typing import Any

from django.db import migrations

REASON = "平台升级以前已经公开，当时没有在平台上逐项留下审查记录，升级时补录。"
_FORM = re.compile(r"(.+)/(\d{4})-(\d{5,})\Z")
_WORDS = (
    *("title", "summary", "index_number", "document_number", "formed_on", "subject", "source", "author"),
    *("keywords", "catalogue", "ways", "audience", "validity", "validity_on", "validity_by", "lapses_on"),
    *("access", "access_reason", "access_basis", "origin", "responsible", "concerns", "deidentified", "duty"),
    *("request_id", "request_number", "correction_note"),
)
_STEPS = (("second", "text"), ("second", "policy"), ("second", "political"), ("second", "secrecy"), ("final", ""))


def carry(apps: Any, editor: Any) -> None:
    """Every item, one after the other: there are few in any installation older than this."""
    Item = apps.get_model("disclosure", "Item")
    for item in Item.objects.select_related("agency").order_by("pk").iterator(200):
        lines = [line.strip() for line in item.text.splitlines() if line.strip()]
        item.text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
        item.source = item.source or item.agency.name
        item.state = "published" if item.is_public else "draft"
        item.save(update_fields=["text", "source", "state"])
        _number(apps, item)
        if item.is_public:
            _publish(apps, item)


def _number(apps: Any, item: Any) -> None:
    found = _FORM.match(item.index_number)
    if found is None or found[1] != item.agency.code:
        return
    register, _ = apps.get_model("disclosure", "IndexRegister").objects.get_or_create(
        agency_id=item.agency_id, year=int(found[2])
    )
    serial = int(found[3])
    apps.get_model("disclosure", "IndexNumber").objects.get_or_create(
        register=register, serial=serial, defaults={"number": item.index_number, "item": item}
    )
    if serial < 90000 and serial > register.last:
        register.last = serial
        register.save(update_fields=["last"])


def _publish(apps: Any, item: Any) -> None:
    at = item.published_at
    told = {
        "form": 1,
        "item": item.pk,
        "version": 1,
        "text": item.text,
        "relations": [],
        "attachments": [],
        **{name: _plain(getattr(item, name)) for name in _WORDS},
    }
    content = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(content.encode()).hexdigest()
    sheet = apps.get_model("disclosure", "ReviewSheet").objects.create(
        item=item, serial=1, version=1, content=content, digest=digest, route="补录", paper=True, reason=REASON,
        submitted_by_name="系统", submitted_at=at, result="passed", closed_at=at,
    )
    signature = apps.get_model("disclosure", "Signature").objects.create(
        sheet=sheet, name="系统", seat="平台升级", stage=1, agreed=True, grounds=REASON, digest=digest, at=at,
        signed_on=at.date(),
    )
    Step = apps.get_model("disclosure", "ReviewStep")
    Step.objects.bulk_create(
        Step(sheet=sheet, order=n, stage=1, level=level, check_slug=check, kinds=[], together=True,
             signature=signature)
        for n, (level, check) in enumerate(_STEPS, 1)
    )
    shown = ("title", "summary", "index_number", "document_number", "subject", "formed_on", "validity")
    apps.get_model("disclosure", "Publication").objects.create(
        agency_id=item.agency_id, column_id=item.column_id, item=item, sheet=sheet, version=1, digest=digest,
        content=content, published_at=at, first_at=at, published_by="系统",
        **{name: getattr(item, name) for name in shown},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_the_whole_item'),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop, elidable=False),
    ]
