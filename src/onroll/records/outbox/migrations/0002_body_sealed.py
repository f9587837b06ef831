"""Encrypt Message.body.

Why: a letter that waits may hold the link to a statement, which opens it to whoever has it; of a link only its digest is kept.
Old code: cannot read letters queued since; stop the worker first.     Locks: none worth naming.
Data: seals the letters that are there; sent ones to outsiders are empty already.
Back: opens them again.
"""

from typing import Any

from django.db import migrations

import onroll.records.crypto
from onroll.records.crypto import decrypt, encrypt

PURPOSE = "message"


def _seal(apps: Any, _schema: Any) -> None:
    messages = apps.get_model("outbox", "Message").objects
    for number, body in messages.exclude(body="").values_list("pk", "body").iterator():
        messages.filter(pk=number).update(body=encrypt(body, PURPOSE))


def _open(apps: Any, _schema: Any) -> None:
    messages = apps.get_model("outbox", "Message").objects
    for number, body in messages.exclude(body="").values_list("pk", "body").iterator():
        messages.filter(pk=number).update(body=decrypt(body, PURPOSE))


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        # While the field is plain text still, so that what is there is read as it lies.
        migrations.RunPython(_seal, _open),
        migrations.AlterField(
            model_name="message",
            name="body",
            field=onroll.records.crypto.EncryptedTextField(purpose=PURPOSE),
        ),
    ]
