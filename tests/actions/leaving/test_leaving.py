"""Leaving the roll with an open case: proposed, decided by another, carried out on its day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.actions.leaving.deciding import carry_out, decide_leaving
from onroll.actions.leaving.proposing import withdraw_leaving
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.queries import doors
from onroll.queries.leaving import leaving_page, run_of
from onroll.records.cases.models import LeavingProposal
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Enrolment
from tests.support.cast import NOW, a_person, a_register, actor, marks, whole_days
from tests.support.circles import AT, LATER, TODAY, a_circle, a_death

pytestmark = pytest.mark.django_db(transaction=True)
ON_THE_DAY = {"on": LATER, "at": datetime(2026, 12, 18, 9, tzinfo=UTC)}


@pytest.fixture
def circle():
    return a_circle()


def decide(circle, row, *, by=None, agree=True, because="Confirmed by Fenwick School", weighed=False, **when):
    decide_leaving(
        by or circle.head, *circle.ids, row.pk, agree=agree, because=because, weighed=weighed, **(when or AT)
    )
    row.refresh_from_db()
    return row


def last_day(circle):
    return Enrolment.objects.get(pupil=circle.pupil).last_on


def test_two_people_and_the_day_end_the_time_on_roll(circle):
    row = circle.propose()
    assert (row.ground, row.leaving_on, row.recorded_by_id, row.agreed) == ("a", LATER, circle.amina.pk, None)
    with pytest.raises(Refusal, match="has not agreed"):
        carry_out(circle.by, *circle.ids, row.pk, **ON_THE_DAY)
    decide(circle, row)
    with pytest.raises(Refusal, match="has not come"):
        carry_out(circle.by, *circle.ids, row.pk, **AT)
    assert last_day(circle) is None
    carry_out(circle.by, *circle.ids, row.pk, **ON_THE_DAY)
    assert last_day(circle) == LATER
    verbs = [row.verb for row in LedgerRow.objects.order_by("pk")]
    assert verbs == ["leaving-proposed", "leaving-decided", "leaving-carried-out"]
    with pytest.raises(Refusal, match="ended already"):
        carry_out(circle.by, *circle.ids, row.pk, **ON_THE_DAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"ground": ""}, "No lawful ground is given. Illness is not a ground", id="no ground"),
        pytest.param({"ground": "medical"}, "Illness is not a ground", id="medical"),
        pytest.param({"leaving_on": TODAY - timedelta(days=1)}, "for a day in the past", id="retrospective"),
        pytest.param({"evidence": " "}, "No evidence", id="no evidence"),
        pytest.param({"document_id": 99}, "no longer on this case", id="somebody else's document"),
    ],
)
def test_what_can_never_be_agreed_cannot_be_proposed(circle, said, words):
    with pytest.raises(Refusal, match=words):
        circle.propose(**said)
    assert LeavingProposal.objects.count() == 0
    circle.propose()


@pytest.mark.parametrize(
    ("role", "proposes", "decides"),
    [
        (Role.PROGRESS_LEADER, True, False), (Role.HEADTEACHER, True, True), (Role.DEPUTY_HEAD, True, False),
        (Role.SENCO, True, False), (Role.ATTENDANCE_OFFICER, False, False), (Role.GOVERNOR, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)  # fmt: skip
def test_who_may_propose_and_who_decide(circle, role, proposes, decides):
    by = actor(a_person(circle.school, role))
    if proposes:
        row = circle.propose(by)
        withdraw_leaving(by, *circle.ids, row.pk, because="To try again", **AT)
    else:
        with pytest.raises(Refusal, match="does not let you propose"):
            circle.propose(by)
    row = circle.propose()
    if decides:
        assert decide(circle, row, by=by).agreed
    else:
        with pytest.raises(Refusal, match="does not let you decide"):
            decide(circle, row, by=by)


def test_the_proposer_never_decides(circle):
    row = circle.propose(circle.head)
    with pytest.raises(Refusal, match="proposed this yourself"):
        decide(circle, row)
    other = actor(a_person(circle.school, Role.HEADTEACHER))
    assert decide(circle, row, by=other).decided_by_id == other.id


def test_a_stranger_learns_nothing(circle):
    row, other = circle.propose(), a_circle()
    for act in (
        lambda: circle.propose(other.by),
        lambda: decide(circle, row, by=other.head),
        lambda: withdraw_leaving(other.by, *circle.ids, row.pk, because="No", **AT),
        lambda: carry_out(other.by, *circle.ids, row.pk, **ON_THE_DAY),
    ):
        with pytest.raises(Refusal, match="does not exist"):
            act()


def test_a_decision_needs_its_reason_and_is_taken_once(circle):
    row = circle.propose()
    with pytest.raises(Refusal, match="Enter why"):
        decide(circle, row, because=" ")
    assert decide(circle, row, agree=False).agreed is False
    with pytest.raises(Refusal, match="already"):
        decide(circle, row)
    with pytest.raises(Refusal, match="has not agreed"):
        carry_out(circle.by, *circle.ids, row.pk, **ON_THE_DAY)
    circle.propose()


def test_a_decision_after_the_day_would_be_retrospective(circle):
    row = circle.propose()
    late = {"on": LATER + timedelta(days=1), "at": datetime(2026, 12, 19, 9, tzinfo=UTC)}
    with pytest.raises(Refusal, match="for a day in the past"):
        decide(circle, row, **late)
    assert decide(circle, row, **ON_THE_DAY).agreed


def test_one_proposal_at_a_time_until_it_is_taken_back(circle):
    row = circle.propose()
    with pytest.raises(Refusal, match="stands already"):
        circle.propose()
    with pytest.raises(Refusal, match="Enter why"):
        withdraw_leaving(circle.by, *circle.ids, row.pk, because="", **AT)
    withdraw_leaving(circle.by, *circle.ids, row.pk, because="The family stays", **AT)
    with pytest.raises(Refusal, match="Somebody changed this"):
        decide(circle, row)
    circle.propose()


def test_what_was_carried_out_is_not_taken_back_here(circle):
    row = decide(circle, circle.propose())
    carry_out(circle.by, *circle.ids, row.pk, **ON_THE_DAY)
    with pytest.raises(Refusal, match="Put them back on roll first"):
        withdraw_leaving(
            circle.by,
            *circle.ids,
            row.pk,
            because="No",
            on=date(2027, 1, 5),
            at=datetime(2027, 1, 5, tzinfo=UTC),
        )


@pytest.mark.parametrize(
    ("answer", "agreed"), [(None, False), (False, False), (True, True)], ids=["not asked", "says no", "agrees"]
)  # fmt: skip
def test_where_the_authority_provides_it_must_agree(answer, agreed):
    circle = a_circle(provider="authority")
    row = circle.propose(authority_agrees=answer)
    if agreed:
        assert decide(circle, row).agreed
    else:
        with pytest.raises(Refusal, match="The local authority provides education now"):
            decide(circle, row)


def test_ground_i_is_worked_out_from_the_marks_and_weighed_by_a_person(circle):
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(19) if n % 7 < 5]
    a_register(circle.pupil, marks(whole_days(days, "O")))
    run = run_of(circle.case, TODAY)
    assert (run.days, run.first, run.last, run.goes_on) == (15, days[0], days[-1], True)
    row = circle.propose(ground="i")
    with pytest.raises(Refusal, match="Say that you have read it"):
        decide(circle, row)
    assert decide(circle, row, weighed=True).agreed


def test_a_parents_notice_is_told_to_the_deputy_headteacher(circle):
    circle.propose(ground="f")
    message = Message.objects.get()
    assert (message.to_id, message.pupil_id) == (circle.dee.pk, circle.pupil.pk)
    assert "Zanderby" not in message.subject + message.body
    assert f"/cases/{circle.case.pk}/roll/" in message.body


def test_the_ground_of_a_death_needs_the_death_on_record(circle):
    with pytest.raises(Refusal, match="Nobody has recorded"):
        decide(circle, circle.propose(ground="k"))
    a_death(circle.pupil)
    assert decide(circle, LeavingProposal.objects.get()).agreed


def test_the_page_lists_what_waits_and_what_was(circle):
    seen = doors.school(circle.by, circle.school.urn, Permission.CASE_SEE)

    def page():
        return leaving_page(circle.by, seen, circle.case.pk, on=TODAY, at=NOW)

    assert (page().waiting, page().agreed, page().earlier) == (None, None, ())
    row = circle.propose()
    waiting = page().waiting
    assert waiting is not None
    assert (waiting.id, waiting.proposed_by) == (row.pk, "Amina Yusuf")
    assert [reason.weight for reason in page().reasons] == ["asks"]
    withdraw_leaving(circle.by, *circle.ids, row.pk, because="The family stays", **AT)
    assert [one.withdrawn_because for one in page().earlier] == ["The family stays"]
