"""Files that lay in a case before papers had a name: each becomes a paper, by the word its name begins with."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

_KINDS = {
    "申请材料": "application",
    "信封": "envelope",
    "身份证明": "identity",
    "授权委托书": "authorisation",
}


def name_papers(apps: Any, schema_editor: Any) -> None:
    """The files of each case that are no letters."""
    file_of, paper_of = apps.get_model("files", "StoredFile"), apps.get_model("inforequests", "CasePaper")
    letters = apps.get_model("inforequests", "Letter")
    made = {pk for pair in letters.objects.values_list("word_id", "pdf_id") for pk in pair}
    cases = set(apps.get_model("inforequests", "InfoRequest").objects.values_list("pk", flat=True))
    found = file_of.objects.filter(owner_kind="inforequests.inforequest", case_paper__isnull=True)
    for file in found.iterator(500):
        case = int(file.owner_id)
        if file.pk in made or case not in cases:
            continue
        kind = next((kind for word, kind in _KINDS.items() if file.name.startswith(word)), "supplement")
        day = timezone.localtime(file.added_at).date()
        paper_of.objects.create(request_id=case, file=file, kind=kind, dated=day)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("inforequests", "0006_papers_and_notes"), ("files", "0002_secrecy_marks")]
    operations = [migrations.RunPython(name_papers, migrations.RunPython.noop)]
