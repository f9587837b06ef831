"""Documents: kept encrypted, judged by content, looked at by a scanner, carried by a backup, never swept."""

import io
import os
from datetime import timedelta

import pytest

from onroll.actions.safe_keeping.making import backup
from onroll.actions.safe_keeping.restoring import examine, restore
from onroll.actions.safe_keeping.tidying import tidy_uploads
from onroll.actions.timeline import documents, scanning
from onroll.actions.timeline.documents import add_document
from onroll.actions.timeline.taking_back import correct, withdraw
from onroll.domain.casework import filetypes
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import doors
from onroll.records import uploads
from onroll.records.cases.models import Document
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.entries import PDF, a_scanner, a_word_file, paper
from tests.support.lived_in import move_out

pytestmark = pytest.mark.django_db
KEY = "0" * 32


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.UPLOAD_DIR, settings.HEADS_DIR = tmp_path / "uploads", tmp_path / "heads"
    settings.INCOMING_DIR = tmp_path / "incoming"


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    return a_case(a_pupil(school))


@pytest.fixture
def leader(school):
    return actor(a_person(school, Role.PROGRESS_LEADER))


def bring(who, case, content=PDF, *, form_key=KEY, at=NOW, **more):
    seen = doors.school(who, case.school.urn, Permission.SCHOOL_SEE)
    return add_document(
        who, seen, case.pk, given=paper(**more), source=io.BytesIO(content), form_key=form_key,
        on=NOW.date(), at=at,
    )  # fmt: skip


def test_a_document_lies_encrypted_and_comes_back_as_it_was(case, leader):
    added = bring(leader, case, title="Letter from Dr Adeyemi")
    row = Document.objects.get(pk=added.entry_id)
    assert b"PDF" not in uploads.path_of(row.stored_as).read_bytes()
    assert b"".join(uploads.read(row.stored_as)) == PDF
    assert (row.media_type, row.bytes, row.scanned) == ("application/pdf", len(PDF), "not-scanned")
    assert "Adeyemi" not in LedgerRow.objects.get(verb="document-added").detail


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"MZ\x90\x00" * 50, filetypes.UNKNOWN, id="a program"),
        pytest.param(b"<svg/>", filetypes.UNKNOWN, id="an svg"),
        pytest.param(a_word_file("macroEnabled"), filetypes.MACROS, id="with macros"),
        pytest.param(PDF[:30], filetypes.CUT_OFF, id="cut off"),
        pytest.param(b"", filetypes.EMPTY, id="empty"),
        pytest.param(PDF + b"x" * 2000 + PDF, "The file is larger than 0 MB", id="too large"),
    ],
)
def test_what_is_not_taken_is_told_and_leaves_nothing(case, leader, settings, content, problem):
    settings.ONROLL_MAX_DOCUMENT = 2000
    added = bring(leader, case, content)
    assert added.entry_id is None
    assert added.problem.startswith(problem)
    assert (uploads.names(), Document.objects.count()) == ([], 0)
    assert bring(leader, case, a_word_file()).entry_id


def test_sent_twice_it_is_kept_once(case, leader):
    assert bring(leader, case) == bring(leader, case)
    assert len(uploads.names()) == Document.objects.count() == 1


def test_a_refusal_leaves_no_file(case, school, leader):
    officer = actor(a_person(school, Role.ATTENDANCE_OFFICER))
    for who, more in ((officer, {"tier": Tier.MEDICAL}), (actor(a_person(school, Role.TEACHER)), {})):
        with pytest.raises(Refusal) as caught:
            bring(who, case, **more)
        assert caught.value.kind is Refused.NOT_ALLOWED
    assert uploads.names() == []
    bring(leader, case, tier=Tier.MEDICAL)


def test_a_change_that_fails_half_way_leaves_no_file(case, leader, monkeypatch):
    def breaks(*_args, **_named):
        raise RuntimeError

    monkeypatch.setattr(documents, "write", breaks)
    with pytest.raises(RuntimeError):
        bring(leader, case)
    assert uploads.names() == []


@pytest.mark.parametrize("by_path", [False, True], ids=["reads its input", "opens a path"])
@pytest.mark.parametrize(
    ("word", "problem", "scanned"),
    [
        pytest.param(b"fine", "", "clean", id="clean"),
        pytest.param(b"EVIL", documents.FOUND, None, id="found"),
        pytest.param(b"BROKEN", documents.BROKEN, None, id="the scanner is broken"),
        pytest.param(b"SLOW", documents.BROKEN, None, id="the scanner does not answer"),
    ],
)
def test_the_scanner_decides(case, leader, settings, tmp_path, monkeypatch, by_path, word, problem, scanned):
    settings.ONROLL_SCAN_COMMAND = [str(a_scanner(tmp_path)), *(["{path}"] if by_path else [])]
    monkeypatch.setattr(scanning, "SECONDS", 2)
    added = bring(leader, case, PDF.replace(b"Catalog", word))
    assert added.problem == problem
    assert list(Document.objects.values_list("scanned", flat=True)) == ([scanned] if scanned else [])
    assert len(uploads.names()) == (1 if scanned else 0)
    assert LedgerRow.objects.filter(verb="document-refused").count() == (word == b"EVIL")


def test_a_scanner_that_is_not_there_lets_nothing_in(case, leader, settings, tmp_path):
    settings.ONROLL_SCAN_COMMAND = [str(tmp_path / "nowhere")]
    assert bring(leader, case).problem == documents.BROKEN


def test_a_document_is_no_orphan_even_when_withdrawn_or_corrected(case, leader):
    when = {"on": NOW.date(), "at": NOW}
    first, second = bring(leader, case).entry_id, bring(leader, case, form_key="1" * 32).entry_id
    withdraw(leader, case.school_id, case.pk, Entry.DOCUMENT, first, reason="Wrong child", **when)
    correct(leader, case.school_id, case.pk, second, given=paper(title="Other"), form_key="2" * 32, **when)
    for name in uploads.names():
        os.utime(uploads.path_of(name), ((NOW - timedelta(days=9)).timestamp(),) * 2)
    assert tidy_uploads(NOW) == 0
    assert len(uploads.names()) == 2
    assert Document.objects.standing().get().stored_as in uploads.names()


@pytest.mark.django_db(transaction=True)
def test_a_backup_carries_documents(case, leader, tmp_path):
    stored = Document.objects.get(pk=bring(leader, case).entry_id).stored_as
    backup(tmp_path / "b.backup", at=NOW, note=lambda _: None)
    move_out(tmp_path / "new")
    assert uploads.names() == []
    manifest = examine(tmp_path / "b.backup", note=lambda _: None)
    restore(tmp_path / "b.backup", manifest, at=NOW, note=lambda _: None)
    assert b"".join(uploads.read(stored)) == PDF
    assert Document.objects.get().title == "Letter from home"
