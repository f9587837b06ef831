"""What a backup brings back is what was there: every row, every upload, the ledger to the byte."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from onroll.actions.change import change
from onroll.actions.safe_keeping import reading, tables
from onroll.actions.safe_keeping.making import backup
from onroll.actions.safe_keeping.restoring import examine, restore
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import heads
from onroll.queries.ledger_check import check
from onroll.records import uploads
from onroll.records.attendance.models import Import, NotHealthCase
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from tests.support import cast
from tests.support.lived_in import FILE, REASON, a_lived_in_house, contents, move_out
from tests.support.looks import a_look

pytestmark = pytest.mark.django_db(transaction=True)
AT = cast.NOW + timedelta(hours=5)


def quiet(_words: str) -> None:
    pass


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    return tmp_path


@pytest.fixture
def made(folder):
    a_lived_in_house()
    return backup(folder / "house.backup", at=AT, note=quiet)


def bring_back(path, **options):
    manifest = examine(path, note=quiet)
    return restore(path, manifest, at=AT + timedelta(hours=1), note=quiet, **options)


def test_everything_comes_back_into_an_empty_house(made, folder):
    before = contents()
    move_out(folder / "new")
    done = bring_back(made.path)
    after = contents()
    # The ledger goes on where the backup began; the old house wrote one more row when it was made.
    told = [line for line in before.pop("ledger.LedgerRow") if "backup-made" not in line]
    *kept, last = after.pop("ledger.LedgerRow")
    assert kept == told
    assert '"restored"' in last
    assert after == before
    assert sum(map(len, after.values())) > 130
    assert done.rows == made.rows
    assert (done.uploads, done.uploads_gone) == (2, 0)


def test_what_came_back_can_be_read_and_proved(made, folder):
    move_out(folder / "new")
    bring_back(made.path)
    assert NotHealthCase.objects.get().reason == REASON
    assert b"".join(uploads.read(Import.objects.get().upload)) == FILE
    verdict = check(None)
    assert (verdict.broken, verdict.seals, verdict.looks, verdict.unsealed) == ("", 2, 11, 0)
    assert stat.S_IMODE(uploads.path_of(uploads.names()[0]).stat().st_mode) == 0o600


def test_new_rows_take_the_numbers_after_the_old_ones(made, folder):
    move_out(folder / "new")
    bring_back(made.path)
    newest = Pupil.objects.order_by("-pk").first().pk
    school = cast.a_school("Far Hill School")
    assert cast.a_pupil(school).pk > newest
    a_look()
    with change(None, "tried", AT):
        pass
    assert check(None).broken == ""


def test_the_ledger_still_only_grows(made, folder):
    move_out(folder / "new")
    bring_back(made.path)
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_ledgerrow")


def test_nobody_stays_signed_in(made, folder):
    assert Session.objects.count() == 1
    move_out(folder / "new")
    bring_back(made.path)
    assert Session.objects.count() == 0


def test_an_empty_house_can_be_kept_and_brought_back(folder):
    made = backup(folder / "empty.backup", at=AT, note=quiet)
    move_out(folder / "new")
    bring_back(made.path)
    assert check(None).rows == 2


def test_the_ledger_says_when_a_backup_began_was_made_and_came_back(made, folder):
    assert list(LedgerRow.objects.order_by("-number").values_list("verb", flat=True)[:2]) == [
        "backup-made",
        "backup-begun",
    ]
    assert f'"sha256":"{made.sha256}"' in LedgerRow.objects.get(verb="backup-made").detail
    move_out(folder / "new")
    bring_back(made.path)
    assert LedgerRow.objects.filter(verb="backup-begun").count() == 1
    assert f'"rows":{LedgerRow.objects.count() - 1}' in LedgerRow.objects.get(verb="restored").detail


# ---------------------------------------------------------------- making
def test_the_file_is_its_owners_only_says_no_name_and_is_never_written_over_by_accident(made, folder):
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    data = made.path.read_bytes()
    assert (len(data), made.size) == (made.size, len(data))
    for secret in (b"Conaill", b"example.org", b"Elm Grove", b"UPN,Date", b"opens nothing"):
        assert secret not in data
    with pytest.raises(Refusal) as refused:
        backup(made.path, at=AT, note=quiet)
    assert refused.value.kind is Refused.CONFLICT
    assert made.path.read_bytes() == data
    backup(made.path, at=AT, replace=True, note=quiet)
    assert made.path.read_bytes() != data


def test_a_backup_that_fails_leaves_no_file_and_is_not_said_to_be_made(folder, monkeypatch):
    a_lived_in_house()
    monkeypatch.setattr(uploads, "names", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup(folder / "house.backup", at=AT, note=quiet)
    assert sorted(path.name for path in folder.iterdir()) == ["uploads"]
    assert not LedgerRow.objects.filter(verb="backup-made").exists()


def test_a_folder_that_is_not_there_is_refused_before_anything_is_written(folder):
    with pytest.raises(Refusal, match="There is no folder"):
        backup(folder / "nowhere" / "house.backup", at=AT, note=quiet)
    assert LedgerRow.objects.count() == 0


def test_what_others_write_while_it_is_made_is_not_in_it(folder):
    a_lived_in_house()
    before = Pupil.objects.count()

    def busy(label):
        if label == "attendance.Amendment":  # the first table is read; pupils come later
            at_once_elsewhere()

    def at_once_elsewhere():
        import threading  # noqa: PLC0415

        def work():
            cast.a_pupil(cast.a_school("Late School"))
            with change(None, "tried", AT):
                pass
            connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(timeout=10)
        assert not thread.is_alive(), "a backup kept somebody waiting"

    made = backup(folder / "house.backup", at=AT, note=busy)
    assert Pupil.objects.count() == before + 1
    manifest = examine(made.path, note=quiet)
    assert manifest.tables["pupils.Pupil"] == before
    move_out(folder / "new")
    bring_back(made.path)
    assert Pupil.objects.count() == before
    assert check(None).broken == ""


def test_an_upload_deleted_while_it_is_made_is_counted_as_gone(folder, monkeypatch):
    a_lived_in_house()
    names = uploads.names()
    monkeypatch.setattr(uploads, "names", lambda: [*names, "0" * 32])
    made = backup(folder / "house.backup", at=AT, note=quiet)
    assert (made.uploads, made.uploads_gone) == (2, 1)
    monkeypatch.undo()
    move_out(folder / "new")
    assert bring_back(made.path).uploads_gone == 1


def test_memory_is_bounded_by_parts(folder, monkeypatch):
    from onroll.actions.safe_keeping import writing  # noqa: PLC0415

    a_lived_in_house()
    monkeypatch.setattr(writing, "_PART", 1_000)
    made = backup(folder / "house.backup", at=AT, note=quiet)
    parts = [
        name for name in reading.read_manifest(made.path).members if name.startswith("tables/pupils.Pupil/")
    ]
    assert len(parts) > 3
    before = contents()
    move_out(folder / "new")
    bring_back(made.path)
    assert contents()["pupils.Pupil"] == before["pupils.Pupil"]


# ---------------------------------------------------------------- the tables
def test_every_table_is_either_kept_or_left_out_with_a_reason():
    stored = set(tables.stored(apps))
    assert set(tables.LEFT_OUT) <= stored
    assert set(tables.kept(apps)) == stored - set(tables.LEFT_OUT)
    assert {"people.User", "people.Appointment_year_groups", "ledger.Look", "mfa.Authenticator"} <= set(
        tables.kept(apps)
    )
    with connection.cursor() as cursor:
        unknown = set(connection.introspection.table_names(cursor)) - {
            model._meta.db_table for model in tables.stored(apps).values()
        }
    assert unknown <= {"django_migrations", "cache"}


# ---------------------------------------------------------------- over a house that is not empty
def test_a_house_that_is_not_empty_is_left_as_it_is(made):
    before, files = contents(), uploads.names()
    with pytest.raises(
        Refusal, match="not empty: it has 2 people, 1 schools, 14 rows in its ledger, 11 looks"
    ):
        bring_back(made.path)
    assert (contents(), uploads.names()) == (before, files)


@pytest.mark.parametrize("what", ["people", "schools", "ledger", "looks"])
def test_one_thing_is_enough_for_a_house_not_to_be_empty(made, folder, what):
    move_out(folder / "new")
    {
        "people": lambda: User.objects.create_user("a@example.org", "x", name="A"),
        "schools": lambda: cast.a_school(calendar=False),
        "ledger": _row,
        "looks": a_look,
    }[what]()
    with pytest.raises(Refusal, match=f"not empty: it has 1 {what.removesuffix('s')}|1 rows in its ledger"):
        bring_back(made.path)


def _row():
    with change(None, "tried", AT):
        pass


def test_a_house_can_be_replaced_and_the_ledger_says_what_was_lost(made, folder):
    kept = contents()
    cast.a_pupil(cast.a_school("Late School"))
    for _ in range(5):
        _row()
    uploads.save([b"late"])
    (damaged,) = [name for name in uploads.names() if name == Import.objects.get().upload]
    uploads.path_of(damaged).write_bytes(b"damaged")
    lost = heads.current(AT)
    bring_back(made.path, replace=True)
    assert contents()["pupils.Pupil"] == kept["pupils.Pupil"]
    assert len(uploads.names()) == 2
    assert b"".join(uploads.read(damaged)) == FILE
    detail = LedgerRow.objects.get(verb="restored").detail
    assert f'"replaced_head":"{lost.mac}"' in detail
    assert f'"replaced_rows":{lost.rows}' in detail
    assert check(None).broken == ""
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_look SET page = 'x'")


def test_heads_that_know_more_than_the_backup_are_set_aside(made, folder, settings):
    from onroll.actions.ledger import export_head  # noqa: PLC0415

    old, _ = export_head(AT - timedelta(days=40))
    with change(None, "tried", AT):
        pass
    new, _ = export_head(AT)
    manifest = examine(made.path, note=quiet)
    old.write_text(heads.Head(manifest.ledger_rows, manifest.ledger_mac, AT, heads.this_key()).as_json())
    done = bring_back(made.path, replace=True)
    assert done.heads_set_aside == 1
    assert heads.newest()[0] == old
    assert [path.name for path in settings.HEADS_DIR.glob("before-restore-*/*")] == [new.name]
    assert check(heads.newest()[1]).broken == ""


@pytest.mark.parametrize("moment", ["while loading", "after the uploads moved", "at the commit"])
def test_a_restore_that_fails_leaves_everything_as_it_was(made, folder, monkeypatch, moment):
    from onroll.actions.safe_keeping import restoring, staging  # noqa: PLC0415
    from onroll.records.ledger import chain  # noqa: PLC0415

    cast.a_pupil(cast.a_school("Late School"))
    before = contents()
    files = {name: uploads.path_of(name).read_bytes() for name in uploads.names()}

    def fail(*_args, **_options):
        raise OSError(28, "No space left on device")

    if moment == "while loading":
        monkeypatch.setattr(restoring.emptying, "count_on", fail)
    elif moment == "after the uploads moved":
        move = staging.Staging.move
        monkeypatch.setattr(staging.Staging, "move", lambda self: (move(self), fail()))
    else:
        monkeypatch.setattr(chain, "append", fail)
    manifest = examine(made.path, note=quiet)
    with pytest.raises(OSError, match="No space"):
        restore(made.path, manifest, at=AT, replace=True, note=quiet)
    monkeypatch.undo()
    assert contents() == before
    assert {name: uploads.path_of(name).read_bytes() for name in uploads.names()} == files
    assert check(None).broken == ""
    assert sorted(path.name for path in Path(uploads.path_of("0" * 32)).parent.iterdir()) == sorted(files)
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_ledgerrow")
