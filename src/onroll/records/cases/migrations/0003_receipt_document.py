"""Add Receipt.document, empty for now.

Why: a statement that came back signed on paper is kept with the receipt.
Old code: safe; the column may be empty.     Locks: none worth naming.     Data: none.
Back: drops the column; the papers stay on their cases.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_form_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.document",
            ),
        ),
    ]
