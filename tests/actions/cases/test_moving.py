"""Moving a case: the table is kept to, what stands against a move is named, and what is passed over is kept."""

from datetime import UTC, date, datetime

import pytest

from onroll.actions.cases.moving import close_case, move_case, reopen_case
from onroll.actions.cases.needing import change_need
from onroll.domain.casework.moves import Move
from onroll.domain.casework.states import State
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, CaseMove, ContactMade, LeavingProposal, Note
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from onroll.records.pupils.models import Death
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOW.date()
PACK = "children-with-health-needs"


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def amina(school):
    return actor(a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf"))


def a_contact(case: Case, by_id: int) -> None:
    with pen():
        ContactMade.objects.create(
            case=case, method="phone", made_by_id=by_id, with_parent=True, happened_on=TODAY, recorded_at=NOW
        )


def overdue(case: Case, duty: str = "parents-first-contact", due_on: date = date(2026, 11, 11)) -> None:
    """A finding as the engine stored it: due by a day that has passed since."""
    with pen():
        Finding.objects.create(
            school_id=case.school_id, case=case, pack=PACK, version="2026", duty=duty, paragraph="1", status="due",
            due_on=due_on, holder="progress-leader", reason="Because.", rule_version=1, found_on=TODAY, found_at=NOW,
        )  # fmt: skip


def moved(by, case: Case, move: Move, **asked: object) -> Case:
    asked = {"reason": "As agreed", "on": TODAY, "at": NOW} | asked
    act = {Move.CLOSE: close_case, Move.REOPEN: reopen_case}.get(move)
    if act:
        act(by, case.school_id, case.pk, **asked)
    else:
        move_case(by, case.school_id, case.pk, move, **asked)
    case.refresh_from_db()
    return case


def test_a_case_is_walked_from_concern_to_closed_and_back(school, amina):
    case = a_case(a_pupil(school), state=State.CONCERN)
    a_contact(case, amina.id)
    for move, state in (
        (Move.ARRANGE, State.SCHOOL), (Move.REFER, State.REFERRED), (Move.TAKE_OVER, State.AUTHORITY),
        (Move.PLAN_RETURN, State.RETURNING),
    ):  # fmt: skip
        assert moved(amina, case, move).state == state.value
    later = {"on": date(2026, 12, 7), "at": datetime(2026, 12, 7, 9, tzinfo=UTC)}  # ten school days on
    assert moved(amina, case, Move.SETTLE, **later).state == "settled"
    assert (moved(amina, case, Move.CLOSE, **later).state, case.closed_on) == ("closed", date(2026, 12, 7))
    assert (moved(amina, case, Move.REOPEN, **later).state, case.closed_on) == ("school-arranging", None)
    assert list(CaseMove.objects.filter(case=case).values_list("move", "from_state"))[1:] == [
        ("arrange", "concern"), ("refer", "school-arranging"), ("take-over", "referred"),
        ("plan-return", "authority-arranging"), ("settle", "returning"), ("close", "settled"), ("reopen", "closed"),
    ]  # fmt: skip
    assert list(LedgerRow.objects.order_by("number").values_list("verb", flat=True))[-3:] == [
        "case-moved", "case-closed", "case-reopened",
    ]  # fmt: skip


def test_who_provides_is_recorded_where_a_move_changes_it_and_only_there(school, amina):
    case = a_case(a_pupil(school), state=State.CONCERN)
    moved(amina, case, Move.ARRANGE)
    assert Arrangement.objects.count() == 1  # the school did already
    moved(amina, case, Move.TAKE_OVER, provided_by="The hospital school", decides_on=date(2026, 12, 11))
    last = Arrangement.objects.last()
    assert (last.provider, last.provided_by, last.decides, last.decides_on) == (
        "authority", "The hospital school", "authority", date(2026, 12, 11),
    )  # fmt: skip
    moved(amina, case, Move.BACK)
    assert Arrangement.objects.last().provider == "school"


def test_a_move_that_the_state_does_not_allow_is_refused(school, amina):
    case = a_case(a_pupil(school), state=State.CONCERN)
    with pytest.raises(Refusal, match="from where this is not possible"):
        moved(amina, case, Move.SETTLE, passing=frozenset({"state"}), because="Because")
    case.refresh_from_db()
    assert (case.state, CaseMove.objects.count()) == ("concern", 1)


def test_what_stands_against_a_move_is_named_and_can_be_passed_over(school, amina):
    case = a_case(a_pupil(school))
    overdue(case)
    with pytest.raises(
        Refusal, match=r"A duty is overdue: The Progress Leader speaks with the parents first\. Nothing"
    ):
        moved(amina, case, Move.CLOSE)
    with pytest.raises(Refusal, match="A duty is overdue"):
        moved(amina, case, Move.CLOSE, passing=frozenset({"no-duty-overdue"}), because=" ")
    assert not LedgerRow.objects.filter(verb="case-closed").exists()
    moved(amina, case, Move.CLOSE, passing=frozenset({"no-duty-overdue"}), because="The family moved away")
    row, move = LedgerRow.objects.get(verb="case-closed"), CaseMove.objects.last()
    assert (move.passed_over, move.passed_over_because) == (["no-duty-overdue"], "The family moved away")
    assert "no-duty-overdue" in row.detail
    assert "family" not in row.detail


def test_a_reason_passes_over_only_what_the_person_saw(school, amina):
    """Between the page and the answer a duty fell due: the person is told, and decides again."""
    case = a_case(a_pupil(school))
    overdue(case)
    with pytest.raises(Refusal, match="A duty is overdue"):
        moved(amina, case, Move.CLOSE, passing=frozenset(), because="All is done")


def test_a_reason_that_nothing_needed_is_not_kept(school, amina):
    moved(amina, a_case(a_pupil(school)), Move.CLOSE, because="Just in case")
    assert CaseMove.objects.last().passed_over_because == ""


def test_an_open_proposal_to_leave_cannot_be_passed_over(school, amina):
    case = a_case(a_pupil(school))
    with pen():
        LeavingProposal.objects.create(case=case, happened_on=TODAY, recorded_at=NOW)
    with pytest.raises(Refusal, match="leave the roll waits for its decision"):
        moved(amina, case, Move.CLOSE, passing=frozenset({"leaving-decided"}), because="Because")


def test_a_return_is_settled_after_ten_school_days(school, amina):
    case = a_case(a_pupil(school), state=State.RETURNING, opened_on=date(2026, 11, 10))
    with pytest.raises(Refusal, match="9 school days have passed since the return was planned"):
        moved(amina, case, Move.SETTLE)


@pytest.mark.parametrize(("happened_on", "says"), [
    pytest.param(date(2026, 11, 24), "today at the latest", id="tomorrow"),
    pytest.param(date(2026, 11, 8), "before the case’s last move", id="before the opening"),
])  # fmt: skip
def test_days_on_which_no_move_can_be(school, amina, happened_on, says):
    case = a_case(a_pupil(school), opened_on=date(2026, 11, 9))
    with pytest.raises(Refusal, match=says):
        moved(amina, case, Move.CLOSE, happened_on=happened_on)
    assert moved(amina, case, Move.CLOSE, happened_on=date(2026, 11, 9)).closed_on == date(2026, 11, 9)


def test_a_case_that_changed_meanwhile_is_not_moved(school, amina):
    case = a_case(a_pupil(school))
    with pytest.raises(Refusal, match="Somebody changed this case"):
        moved(amina, case, Move.CLOSE, seen_version=0)
    assert moved(amina, case, Move.CLOSE, seen_version=1).version == 2


def test_a_closed_case_takes_nothing_but_reopening(school, amina):
    case = a_case(a_pupil(school), state=State.CLOSED)
    with pytest.raises(Refusal, match="This case is closed"):
        moved(amina, case, Move.CLOSE)
    a_case(case.pupil)
    with pytest.raises(Refusal, match="another case that is open"):
        moved(amina, case, Move.REOPEN)


def test_after_a_death_a_case_can_only_be_closed(school, amina):
    case = a_case(a_pupil(school))
    overdue(case)
    with pen():
        Death.objects.create(pupil=case.pupil, school=school, happened_on=TODAY, recorded_at=NOW)
    with pytest.raises(Refusal, match="The case can only be closed"):
        moved(amina, case, Move.REFER)
    assert moved(amina, case, Move.CLOSE).state == "closed"


@pytest.mark.parametrize(("role", "says"), [
    pytest.param(Role.ATTENDANCE_OFFICER, "does not let you move a case on", id="attendance officer"),
    pytest.param(Role.TEACHER, "does not let you move a case on", id="teacher"),
])  # fmt: skip
def test_who_may_not_move_a_case(school, role, says):
    case = a_case(a_pupil(school))
    with pytest.raises(Refusal, match=says):
        moved(actor(a_person(school, role)), case, Move.CLOSE)
    with pytest.raises(Refusal, match="does not exist"):
        moved(actor(a_person(a_school(), Role.HEADTEACHER)), case, Move.CLOSE)
    assert moved(actor(a_person(school, Role.DEPUTY_HEAD)), case, Move.CLOSE).state == "closed"


def change(by, case: Case, **given: object) -> None:
    given = {"need": "", "expected_from": None, "seen_version": 1, "on": TODAY, "at": NOW} | given
    change_need(by, case.school_id, case.pk, **given)
    case.refresh_from_db()


def test_the_need_is_written_anew_and_what_stood_there_is_kept_as_a_note(school, amina):
    case = a_case(a_pupil(school))
    change(amina, case, need="A broken leg")
    assert not Note.objects.exists()
    change(amina, case, need="A broken leg, and a second operation", seen_version=2)
    note = Note.objects.get()
    assert (case.need, note.tier) == ("A broken leg, and a second operation", "medical")
    assert note.text == "Until now this stood as the need: A broken leg"
    change(amina, case, need="A broken leg, and a second operation", seen_version=3)
    assert LedgerRow.objects.filter(verb="case-need-changed").count() == 2


def test_the_need_is_for_those_who_see_what_is_medical(school):
    case = a_case(a_pupil(school))
    with pytest.raises(Refusal, match="see medical information"):
        change(actor(a_person(school, Role.ATTENDANCE_OFFICER)), case, need="Asthma")
    with pytest.raises(Refusal, match="Somebody changed this case"):
        change(actor(a_person(school, Role.SENCO)), case, need="Asthma", seen_version=7)
    with pytest.raises(Refusal, match="before the case was opened"):
        change(actor(a_person(school, Role.SENCO)), case, expected_from=date(2026, 11, 8))
