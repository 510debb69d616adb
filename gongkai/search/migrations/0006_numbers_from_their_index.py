"""PostgreSQL reads which entries have a part of a document number from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_pairs_as_they_are")]
    operations = [
        migrations.RemoveIndex(model_name="publicentry", name="shown_by_document"),
        migrations.AddIndex(
            model_name="publicentry",
            index=models.Index(
                condition=models.Q(("document_key", ""), _negated=True),
                fields=["document_key"],
                include=("id",),
                name="shown_by_document",
            ),
        ),
    ]
