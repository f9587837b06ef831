"""A backup that cannot be restored whole and right is refused, in words, before anything is touched."""

import json
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from onroll.actions.safe_keeping import reading, restoring, versions
from onroll.actions.safe_keeping.archive import this_house
from onroll.actions.safe_keeping.making import backup
from onroll.actions.safe_keeping.restoring import examine, restore
from onroll.actions.safe_keeping.writing import writing
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.ledger_check import check
from onroll.records import uploads
from onroll.records.crypto import CHUNK
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import User
from tests.support import cast
from tests.support.lived_in import a_lived_in_house, contents, move_out

pytestmark = pytest.mark.django_db(transaction=True)
AT = cast.NOW + timedelta(hours=5)
MADE: list[bytes] = []


def quiet(_words: str) -> None:
    pass


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    return tmp_path


@pytest.fixture
def path(folder):
    """A backup of a house that has since been left. It is made once: the file is the same for every test."""
    path = folder / "house.backup"
    if not MADE:
        a_lived_in_house()
        backup(path, at=AT, note=quiet)
        MADE.append(path.read_bytes())
        move_out(folder / "new")
    path.write_bytes(MADE[0])
    return path


def refused(path, words, **options):
    with pytest.raises(Refusal, match=words) as refusal:
        restore(path, examine(path, note=quiet, **options), at=AT, note=quiet)
    assert refusal.value.kind is Refused.INVALID
    assert not any(
        (User.objects.exists(), LedgerRow.objects.exists(), Look.objects.exists(), uploads.names())
    )


# ---------------------------------------------------------------- damaged
@pytest.mark.parametrize("where", [0.2, 0.5, 0.9, 0.999999])
def test_an_altered_byte_anywhere(path, where):
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 1
    path.write_bytes(data)
    refused(path, "damaged or cut off")


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda size, head: size - 1, id="its last byte"),
        pytest.param(lambda size, head: size // 2, id="its second half"),
        pytest.param(lambda size, head: head + 20 + (CHUNK + 16), id="all after the first chunk"),
        pytest.param(lambda size, head: head + 20 + 3 * (CHUNK + 16), id="all after the third chunk"),
        pytest.param(lambda size, head: head + 20, id="all chunks"),
        pytest.param(lambda size, head: head + 3, id="nearly all"),
    ],
)
def test_a_file_that_lost(path, cut):
    data = path.read_bytes()
    head = data.index(b"\n", data.index(b"\n") + 1) + 1
    assert len(data) > head + 20 + 3 * (CHUNK + 16)
    path.write_bytes(data[: cut(len(data), head)])
    refused(path, "damaged or cut off")


def test_two_chunks_swapped(path):
    data = path.read_bytes()
    start = data.index(b"\n", data.index(b"\n") + 1) + 1 + 20
    one, two = data[start : start + CHUNK + 16], data[start + CHUNK + 16 : start + 2 * (CHUNK + 16)]
    path.write_bytes(data[:start] + two + one + data[start + 2 * (CHUNK + 16) :])
    refused(path, "damaged or cut off")


def test_something_added_at_the_end(path):
    path.write_bytes(path.read_bytes() + b"more")
    refused(path, "damaged or cut off")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(b"", "not a backup", id="an empty file"),
        pytest.param(b"UPN,Date\n", "not a backup", id="a register"),
        pytest.param(b"ONROLL-BACKUP 1\n", "damaged", id="only the first line"),
        pytest.param(b"ONROLL-BACKUP 1\n{}\n", "damaged", id="a head with nothing in it"),
        pytest.param(b"ONROLL-BACKUP 2\n{}\n", "not a backup", id="another format"),
    ],
)
def test_a_file_that_is(folder, text, words):
    path = folder / "file"
    path.write_bytes(text)
    refused(path, words)


def test_a_file_that_is_not_there(folder):
    refused(folder / "nowhere", "cannot be opened")


def test_a_file_changed_between_being_examined_and_being_read(path, folder):
    manifest = examine(path, note=quiet)
    manifest.tables["pupils.Pupil"] += 1
    with pytest.raises(Refusal, match="altered while it was read"):
        restore(path, manifest, at=AT, note=quiet)
    assert not User.objects.exists()
    assert uploads.names() == []


def forged(folder, change_it):
    """A backup that was put together wrongly by somebody who has the keys."""
    source = examine(folder / "house.backup", note=quiet)
    target = folder / "forged.backup"
    with target.open("wb") as out:
        source_tables, source.tables, source.members, source.uploads = source.tables, {}, {}, 0
        with writing(out, this_house(source.made_at, source.version), source) as writer:
            change_it(writer, source_tables)
    return target


def test_a_row_that_the_database_refuses(path, folder):
    def twice(writer, _tables):
        lines = ['[1,"865","A"]', '[1,"866","B"]']
        writer.table("schools.LocalAuthority", ["id", "code", "name"], lines)

    refused(forged(folder, twice), "database refused a row")


def test_a_row_that_points_at_nothing(path, folder):
    def dangling(writer, _tables):
        writer.table("people.User_groups", ["id", "user_id", "group_id"], ["[1,99,99]"])

    refused(forged(folder, dangling), "database refused a row")


def test_a_manifest_that_promises_more_than_there_is(path, folder):
    def promise(writer, _tables):
        writer.manifest.members["uploads/" + "0" * 32] = "0" * 64

    refused(forged(folder, promise), "damaged or cut off")


# ---------------------------------------------------------------- keys
def test_a_backup_under_another_ledger_key(path, settings):
    settings.ONROLL_LEDGER_KEY = "another"
    refused(path, "made under other keys: ONROLL_LEDGER_KEY")


def test_a_backup_under_another_data_key(path, settings):
    settings.ONROLL_DATA_KEYS = ["another"]
    refused(path, "made under other keys: ONROLL_DATA_KEYS")


def test_the_keys_are_checked_before_the_file_is_read(path, settings):
    settings.ONROLL_DATA_KEYS = ["another"]
    path.write_bytes(path.read_bytes()[:1000])
    refused(path, "made under other keys")


def test_a_backup_opens_when_a_newer_key_was_added_since(path, settings):
    settings.ONROLL_DATA_KEYS = ["newer", *settings.ONROLL_DATA_KEYS]
    restore(path, examine(path, note=quiet), at=AT, note=quiet)
    assert check(None).broken == ""


def test_an_older_key_that_is_missing_is_said_and_can_be_done_without(folder, settings):
    old = settings.ONROLL_DATA_KEYS
    a_lived_in_house()
    settings.ONROLL_DATA_KEYS = ["newer", *old]
    path = folder / "house.backup"
    backup(path, at=AT, note=quiet)
    move_out(folder / "new")
    settings.ONROLL_DATA_KEYS = ["newer"]
    refused(path, "an older key of ONROLL_DATA_KEYS then is not here")
    restore(path, examine(path, without_old_keys=True, note=quiet), at=AT, note=quiet)
    assert User.objects.count() == 2


# ---------------------------------------------------------------- versions
def test_a_backup_of_a_newer_onroll(path, monkeypatch):
    applied = versions.applied()
    applied["ledger"].remove("0002_append_only")
    monkeypatch.setattr(versions, "applied", lambda: applied)
    refused(path, "newer than this house: it knows ledger 0002_append_only. Update Onroll")


@pytest.fixture
def older(folder):
    """A backup of a house that did not have the ledger's and the work's last migrations yet."""
    a_lived_in_house()
    path = folder / "house.backup"
    migrations = versions.applied()
    migrations["ledger"] = ["0001_initial"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "applied", lambda: migrations)
        backup(path, at=AT, note=quiet)
    return path


def test_a_backup_of_an_older_onroll_comes_back_and_is_brought_up_to_date(older, folder, monkeypatch):
    before = contents()
    move_out(folder / "new")
    seen = []
    load = restoring._load
    monkeypatch.setattr(
        restoring, "_load", lambda *args: (seen.append(versions.applied()["ledger"]), load(*args))
    )
    restore(older, examine(older, note=quiet), at=AT, note=quiet)
    assert seen == [["0001_initial"]]
    assert versions.applied()["ledger"][-1] > "0002"
    assert contents()["pupils.Pupil"] == before["pupils.Pupil"]
    assert check(None).broken == ""
    assert LedgerRow.objects.order_by("number").last().verb == "restored"
    with pytest.raises(Exception, match="only grows"):
        LedgerRow.objects.update(verb="x")


def test_a_backup_of_an_older_onroll_does_not_come_over_a_house(older):
    before = contents()
    with pytest.raises(Refusal, match="into an empty house only"):
        restore(older, examine(older, note=quiet), at=AT, replace=True, note=quiet)
    assert contents() == before


def test_a_failed_restore_of_an_older_backup_leaves_an_empty_house_that_is_up_to_date(
    older, folder, monkeypatch
):
    move_out(folder / "new")
    applied = MigrationRecorder.Migration.objects.count()
    monkeypatch.setattr(restoring.emptying, "count_on", lambda apps: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restore(older, examine(older, note=quiet), at=AT, note=quiet)
    assert MigrationRecorder.Migration.objects.count() == applied
    assert not User.objects.exists()
    assert uploads.names() == []


def test_the_clear_head_says_nothing_of_the_school(path):
    with path.open("rb") as file:
        assert file.readline() == b"ONROLL-BACKUP 1\n"
        head = json.loads(file.readline())
    assert set(head) == {"made_at", "version", "ledger_key", "data_keys"}
    assert reading.read_head(path).data_keys == head["data_keys"]
