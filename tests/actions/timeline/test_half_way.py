"""What breaks before the end of an action leaves nothing; one form sent by two hands at once makes one entry."""

import io

import pytest

from onroll.actions.cases import changing
from onroll.actions.timeline.documents import add_document
from onroll.actions.timeline.recording import record_contact, record_decision, record_note
from onroll.actions.timeline.taking_back import correct, withdraw
from onroll.domain.casework.entries import Entry
from onroll.domain.permissions import Permission, Role
from onroll.queries import doors
from onroll.queries.written import MODELS
from onroll.records import uploads
from onroll.records.cases.models import Note
from onroll.records.ledger.models import LedgerRow
from tests.actions.test_change_at_once import at_once
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.entries import PDF, contact, decision, note, paper

pytestmark = pytest.mark.django_db(transaction=True)
WHEN = {"on": NOW.date(), "at": NOW}


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path


@pytest.fixture
def case():
    return a_case(a_pupil(a_school()))


@pytest.fixture
def leader(case):
    return actor(a_person(case.school, Role.PROGRESS_LEADER))


def acts(who, case):
    """Every action, with a note to correct or withdraw."""
    place = (who, case.school_id, case.pk)
    old = record_note(*place, given=note(), form_key="", **WHEN)
    seen = doors.school(who, case.school.urn, Permission.SCHOOL_SEE)
    form = {"form_key": "0" * 32, **WHEN}
    return {
        "contact": lambda: record_contact(*place, given=contact(who.id), **form),
        "decision": lambda: record_decision(*place, given=decision(), **form),
        "note": lambda: record_note(*place, given=note(), **form),
        "document": lambda: add_document(
            who, seen, case.pk, given=paper(), source=io.BytesIO(PDF), **form
        ),
        "correct": lambda: correct(*place, old, given=note("Other"), **form),
        "withdraw": lambda: withdraw(*place, Entry.NOTE, old, reason="Wrong child", **WHEN),
    }  # fmt: skip


def everything():
    rows = [list(model.objects.order_by("pk").values_list("pk", "withdrawn_at")) for model in MODELS.values()]
    return rows, LedgerRow.objects.count(), uploads.names()


@pytest.mark.parametrize("act", ["contact", "decision", "note", "document", "correct", "withdraw"])
@pytest.mark.parametrize("where", ["refresh_cases", "chain"], ids=["at the findings", "at the ledger"])
def test_nothing_is_left_half_written(case, leader, monkeypatch, act, where):
    do, before = acts(leader, case)[act], everything()

    def dies(*_args, **_named):
        raise Killed

    with monkeypatch.context() as broken:
        if where == "chain":
            broken.setattr("onroll.actions.change.chain.append", dies)
        else:
            broken.setattr(changing, where, dies)
        with pytest.raises(Killed):
            do()
    assert everything() == before
    do()
    assert everything() != before


def test_one_form_sent_by_two_hands_at_once_makes_one_entry(case, leader):
    def send():
        return record_note(leader, case.school_id, case.pk, given=note(), form_key="0" * 32, **WHEN)

    assert len(set(at_once(send, send, send))) == 1
    assert Note.objects.count() == 1
    assert LedgerRow.objects.filter(verb="note-recorded").count() == 1


def test_two_who_withdraw_at_once_do_it_once(case, leader):
    other = actor(a_person(case.school, Role.SENCO))
    entry = record_note(leader, case.school_id, case.pk, given=note(), form_key="", **WHEN)

    def take(who):
        try:
            withdraw(who, case.school_id, case.pk, Entry.NOTE, entry, reason="Wrong child", **WHEN)
        except Exception as refused:
            return type(refused).__name__
        return "done"

    assert sorted(at_once(lambda: take(leader), lambda: take(other))) == ["Refusal", "done"]
    assert LedgerRow.objects.filter(verb="entry-withdrawn").count() == 1
