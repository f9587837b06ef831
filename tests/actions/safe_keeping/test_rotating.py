"""After a rotation nothing needs the older key, and nothing reads differently."""

import pytest
from allauth.mfa.models import Authenticator

from onroll.actions.safe_keeping import rotating
from onroll.actions.safe_keeping.rotating import encrypted_columns, rotate_keys
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.ledger_check import check
from onroll.records import crypto, uploads
from onroll.records.attendance.models import Import, NotHealthCase
from onroll.records.base import pen
from onroll.records.crypto import encrypt
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW
from tests.support.console import onroll
from tests.support.lived_in import FILE, REASON, a_lived_in_house, contents

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(_words: str) -> None:
    pass


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    settings.ONROLL_DATA_KEYS = ["old key"]
    a_lived_in_house()
    user = Authenticator.objects.get().user
    codes = {"migrated_codes": [encrypt("1", "mfa"), encrypt("2", "mfa")], "used_mask": 0}
    Authenticator.objects.create(user=user, type="recovery_codes", data=codes)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {"id": "x"}})
    settings.ONROLL_DATA_KEYS = ["new key", "old key"]


def test_everything_opens_with_the_newest_key_alone(settings):
    done = rotate_keys(at=NOW, note=quiet)
    assert (done.texts, done.second_steps, done.files) == (1, 2, 2)
    settings.ONROLL_DATA_KEYS = ["new key"]
    assert NotHealthCase.objects.get().reason == REASON
    assert b"".join(uploads.read(Import.objects.get().upload)) == FILE
    totp, codes = (Authenticator.objects.get(type=kind).data for kind in ("totp", "recovery_codes"))
    assert crypto.decrypt(totp["secret"], "mfa") == "ABC"
    assert [crypto.decrypt(code, "mfa") for code in codes["migrated_codes"]] == ["1", "2"]
    assert totp["n"] == [1, None]
    assert LedgerRow.objects.get(verb="keys-rotated").detail == '{"files":2,"second_steps":2,"texts":1}'
    assert check(None).broken == ""


def test_a_second_run_finds_nothing_and_changes_nothing():
    rotate_keys(at=NOW, note=quiet)
    before = contents()
    assert rotate_keys(at=NOW, note=quiet).nothing
    assert contents() == before


def test_a_key_that_is_missing_is_said_and_what_was_done_stays(settings):
    settings.ONROLL_DATA_KEYS = ["new key"]
    with pytest.raises(Refusal) as refused:
        rotate_keys(at=NOW, note=quiet)
    assert refused.value.kind is Refused.CONFLICT
    assert onroll("rotate-keys").status == 1
    settings.ONROLL_DATA_KEYS = ["new key", "old key"]
    assert onroll("rotate-keys").status == 0


def test_what_somebody_writes_meanwhile_is_not_lost(monkeypatch):
    renewed = crypto.renewed

    def slowly(token, purpose):
        monkeypatch.setattr(crypto, "renewed", renewed)
        with pen():
            NotHealthCase.objects.update(reason="Written meanwhile")
        return renewed(token, purpose)

    monkeypatch.setattr(crypto, "renewed", slowly)
    assert rotate_keys(at=NOW, note=quiet).texts == 0
    assert NotHealthCase.objects.get().reason == "Written meanwhile"


def test_many_rows_are_taken_in_batches(monkeypatch):
    monkeypatch.setattr(rotating, "_AT_ONCE", 3)
    case = NotHealthCase.objects.get()
    with pen():
        for number in range(10):
            case.pk, case.reason = None, f"Reason {number}"
            case.save()
    before = {case.pk: case.reason for case in NotHealthCase.objects.all()}
    rotate_keys(at=NOW, note=quiet)
    assert {case.pk: case.reason for case in NotHealthCase.objects.all()} == before
    assert rotate_keys(at=NOW, note=quiet).nothing


def test_every_encrypted_column_is_rotated():
    assert {f"{model._meta.label}.{field.attname}" for model, field in encrypted_columns()} >= {
        "attendance.NotHealthCase.reason",
        "attendance.StagedProblem.raw",
        "attendance.Import.unknown_codes",
    }


def test_the_command_says_what_it_did():
    said = onroll("rotate-keys")
    assert said.status == 0
    assert said.out.startswith("1 texts, 2 second steps and 2 uploads were put under the newest key.")
    assert "Backups made before" in said.err
