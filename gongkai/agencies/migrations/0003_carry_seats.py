from typing import Any

from django.db import migrations
from django.utils import timezone


def carry_seats(apps: Any, schema_editor: Any) -> None:
    """The one kind of reviewer becomes the reviewer of wording; everybody's time in the seat begins."""
    seat, tenure = apps.get_model("agencies", "Seat"), apps.get_model("agencies", "Tenure")
    seat.objects.filter(kind="reviewer").update(kind="text_reviewer")
    today = timezone.localdate()
    tenure.objects.bulk_create(
        tenure(seat=found, person=found.person, since=today) for found in seat.objects.select_related("person")
    )


class Migration(migrations.Migration):

    dependencies = [("agencies", "0002_sections_seats_history")]

    operations = [migrations.RunPython(carry_seats, migrations.RunPython.noop)]
