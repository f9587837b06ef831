"""Which tables a backup holds, and how their rows are written down so that either database can take them back."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection
from django.db.models import ExpressionWrapper, F, Field, Model, QuerySet, TextField

from onroll.records.crypto import EncryptedTextField

# Tables that stay behind, and why. Every other table of the house is kept.
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "sessions.Session": "everybody signs in anew",
        "usersessions.UserSession": "everybody signs in anew",
        "contenttypes.ContentType": "made by migrate, with numbers of its own in each database",
        "auth.Permission": "made by migrate, with numbers of its own in each database",
        "auth.Group_permissions": "never used: what a role may do is code",
        "people.User_user_permissions": "never used: what a role may do is code",
    }
)
AT_ONCE = 2_000  # rows read or written at once
type_of_model = type[Model]


def kept(apps: Apps) -> dict[str, type_of_model]:
    """The models whose tables a backup holds, by label, in a fixed order."""
    return {label: model for label, model in stored(apps).items() if label not in LEFT_OUT}


def stored(apps: Apps) -> dict[str, type_of_model]:
    """Every model that has a table of its own, by label; what joins two models included."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in sorted(found, key=_label) if not model._meta.proxy}


def _label(model: type_of_model) -> str:
    return model._meta.label


def columns(model: type_of_model) -> list[str]:
    """The columns of a table, in the order in which a row is written down."""
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type_of_model) -> Iterator[str]:
    """Each row as one line of JSON, in the order of the key. What is encrypted stays so."""
    sealed = {
        f"sealed_{field.attname}": ExpressionWrapper(F(field.attname), output_field=TextField())
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    names = [f"sealed_{name}" if f"sealed_{name}" in sealed else name for name in columns(model)]
    found = QuerySet(model).annotate(**sealed).order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=AT_ONCE):
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_written)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"No way to write down a {type(value).__name__} in a backup yet; add it to tables.py.")


def insert(model: type_of_model, names: Sequence[str], lines: Iterable[str]) -> int:
    """Put rows back as they were, numbers and moments included; return how many.

    By SQL and not by the model: a model would encrypt again what is encrypted, and set moments anew.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if set(names) != set(fields):
        raise ValueError(f"The columns of {model._meta.label} are not those of the backup.")
    into = [fields[name] for name in names]
    values = [
        [_adapted(field, value) for field, value in zip(into, json.loads(line), strict=True)]
        for line in lines
    ]
    quote = connection.ops.quote_name
    statement = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 - names of our own tables and columns
        quote(model._meta.db_table),
        ", ".join(quote(field.column or "") for field in into),
        ", ".join(["%s"] * len(into)),
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
    return len(values)


def _adapted(field: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, EncryptedTextField):
        return value  # sealed already
    return field.get_db_prep_save(field.to_python(value), connection)
