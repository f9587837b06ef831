"""Put everything that is encrypted under the newest data key, so that an older one can be thrown away.

Works in small steps beside people who go on working, and may be stopped and run again at any moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction
from django.db.models import ExpressionWrapper, F, Model, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from onroll.actions.change import change
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records import crypto, uploads
from onroll.records.crypto import EncryptedTextField
from onroll.records.files import whole_file

MFA = "mfa"  # the purpose under which the sign-in library's secrets are encrypted (config.accounts)
# Where they are in `Authenticator.data`; what holds none of these (a passkey) is public.
_SECRETS = ("secret", "seed")
_SECRET_LISTS = ("migrated_codes",)
_AT_ONCE = 500
type_of_model = type[Model]


@dataclass(slots=True)
class Rotated:
    """How much was under an older key."""

    texts: int = 0
    second_steps: int = 0
    files: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.texts or self.second_steps or self.files)


def rotate_keys(*, at: datetime, note: Callable[[str], None] = print) -> Rotated:
    """Rewrite what is not under the newest key; the ledger says how much.

    Refuses (CONFLICT) where no key of ONROLL_DATA_KEYS fits; what was rewritten by then stays. Backups made
    before still need the older keys.
    """
    done = Rotated()
    try:
        for model, field in encrypted_columns():
            note(f"{model._meta.label}.{field.attname}")
            done.texts += _rotate_column(model, field)
        note("Second steps")
        done.second_steps = _rotate_second_steps()
        note("Uploads")
        done.files = sum(_rotate_file(name) for name in uploads.names())
    except crypto.CannotDecrypt as wrong:
        raise Refusal(
            Refused.CONFLICT,
            "Something is under a key that is not in ONROLL_DATA_KEYS. Put the older key back at its end and run "
            "this again; what was done so far stays.",
        ) from wrong
    with change(None, "keys-rotated", at) as entry:
        entry.detail = {"texts": done.texts, "second_steps": done.second_steps, "files": done.files}
        entry.nothing_changed = done.nothing
    return done


def encrypted_columns() -> list[tuple[type_of_model, EncryptedTextField]]:
    """Every column of every table that holds encrypted text."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def _rotate_column(model: type_of_model, field: EncryptedTextField) -> int:
    return sum(_rotate_text(model, field, pk, token) for pk, token in _tokens(model, field))


def _tokens(model: type_of_model, field: EncryptedTextField) -> Iterator[tuple[Any, str]]:
    rows = (
        QuerySet(model).annotate(sealed=_sealed(field)).exclude(sealed="").exclude(sealed=None).order_by("pk")
    )
    last: Any = None
    while True:  # by key, not by cursor: each batch is read and let go before anything is written
        batch = list(
            (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", "sealed")[:_AT_ONCE]
        )
        yield from batch
        if len(batch) < _AT_ONCE:
            return
        last = batch[-1][0]


def _rotate_text(model: type_of_model, field: EncryptedTextField, pk: Any, token: str) -> bool:
    new = crypto.renewed(token, field.purpose)
    if new == token:
        return False
    # Only over the very token that was read: what somebody writes meanwhile is under the newest key already.
    # A plain query set, without the pen: the same text in another coat is no change of a record.
    rows = QuerySet(model).annotate(sealed=_sealed(field)).filter(pk=pk, sealed=token)
    return bool(rows.update(**{field.attname: Value(new, output_field=TextField())}))


def _sealed(field: EncryptedTextField) -> Combinable:
    return ExpressionWrapper(F(field.attname), output_field=TextField())


def _rotate_second_steps() -> int:
    numbers = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_rotate_second_step(number) for number in numbers)


def _rotate_second_step(number: int) -> bool:
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(pk=number).first()
        if held is None:  # removed meanwhile
            return False
        data = dict(held.data)
        for name in _SECRETS:
            if data.get(name):
                data[name] = crypto.renewed(data[name], MFA)
        for name in _SECRET_LISTS:
            if data.get(name):
                data[name] = [crypto.renewed(token, MFA) for token in data[name]]
        if data == held.data:
            return False
        held.data = data
        held.save(update_fields=["data"])
        return True


def _rotate_file(name: str) -> bool:
    path = uploads.path_of(name)
    try:
        if crypto.is_under_newest_key(path):
            return False
        with whole_file(path) as out:
            sealer = crypto.Sealer(out)
            for piece in crypto.read_encrypted(path):
                sealer.write(piece)
            sealer.close()
    except FileNotFoundError:  # deleted meanwhile
        return False
    return True
