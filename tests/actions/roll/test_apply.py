"""What an approved roll writes, and that it writes nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.actions.roll import applying, approving
from onroll.actions.roll.approving import Choices
from onroll.actions.roll.writing import Writer
from onroll.domain.identifiers import upn_check_letter
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.roll.drafting import Decision
from onroll.records.attendance.models import Import, Recount, RegisterYear, Summary
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Contact, Enrolment, MissingFromRoll, Pupil, PupilChange
from onroll.records.schools.models import School, TutorGroup, YearGroup
from tests.support.cast import NOW, a_person, a_pupil, a_register, a_school, actor, marks, whole_days
from tests.support.rolls import a_line, answered, applied, approved, line_of, ready, silent

pytestmark = pytest.mark.django_db
TEMPORARY = "D86540002612A"
LATER = NOW + timedelta(days=30)
CONTACTS = {"Contact 1 name": "Ann Quill", "Contact 1 relationship": "Mother", "Contact 1 PR": "Y",
            "Contact 1 phone": "07700 900001", "Contact 2 name": "Bo Oak", "Contact 2 PR": "N"}  # fmt: skip


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that a roll may touch, to be compared as a whole."""
    models = (
        Pupil,
        Enrolment,
        Contact,
        MissingFromRoll,
        YearGroup,
        TutorGroup,
        RegisterYear,
        Summary,
        PupilChange,
    )
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def history(row: Import) -> list[tuple[str, str, str]]:
    return list(
        PupilChange.objects.filter(import_id=row.pk).order_by("pk").values_list("field", "old", "new")
    )


def test_a_new_pupil_comes_with_everything(officer: Actor, school: School) -> None:
    row = applied(officer, school, a_line(
        UPN="B801200005001", Former_UPN=TEMPORARY, Known_as="Zoë", SEN_status="K", EHCP="Y", Year="12",
        Tutor_group="12 Fir", Leaving_date="", **CONTACTS,
    ))  # fmt: skip
    pupil = Pupil.objects.get()
    assert (pupil.upn, pupil.former_upn, pupil.admission_number, pupil.known_as) == (
        "B801200005001", TEMPORARY, "777", "Zoë",
    )  # fmt: skip
    assert (pupil.sen_status, pupil.has_ehcp, pupil.born_on) == ("K", True, date(2013, 2, 1))
    assert (pupil.year_group.code, pupil.year_group.position, pupil.tutor_group.name) == ("12", 12, "12 Fir")
    assert pupil.search_text == " cy elm zoe b801200005001 d86540002612a 777"
    assert list(pupil.enrolments.values_list("first_on", "last_on")) == [(date(2026, 9, 7), None)]
    assert list(pupil.contacts.values_list("name", "relationship", "parental_responsibility", "priority")) == [
        ("Ann Quill", "Mother", True, 1), ("Bo Oak", "", False, 2),
    ]  # fmt: skip
    assert history(row) == [("new-pupil", "", "")]
    assert (row.outcome["new"], row.outcome["changed"], row.outcome["groups"]) == (1, 0, 2)


def test_each_changed_fact_is_written_and_kept_in_the_history(
    officer: Actor, school: School, robin: Pupil
) -> None:
    number = robin.admission_number
    row = applied(officer, school, line_of(robin, Surname="O'Dell", SEN_status="E", Tutor_group="9 Oak"))
    robin.refresh_from_db()
    assert (robin.surname, robin.sen_status, robin.has_ehcp, robin.tutor_group.name) == (
        "O'Dell",
        "E",
        True,
        "9 Oak",
    )
    assert robin.search_text == f" robin odell {robin.upn.lower()} {number}"
    assert robin.version == 2
    assert history(row) == [
        ("surname", "Quill", "O'Dell"), ("tutor-group", "9 Ash", "9 Oak"), ("sen", "", "E"), ("ehcp", "no", "yes"),
    ]  # fmt: skip
    change_ = PupilChange.objects.first()
    assert (change_.at, change_.by_id, change_.pupil_id) == (NOW, officer.id, robin.pk)


def test_the_same_file_twice_changes_nothing(officer: Actor, school: School, robin: Pupil) -> None:
    lines = (
        line_of(robin, Known_as="Bobbin", **CONTACTS),
        a_line(Year="7", Tutor_group="7 New", UPN="C801200005001"),
    )
    applied(officer, school, *lines)
    before = everything()
    again = applied(officer, school, *lines, at=LATER)
    assert everything() == before
    assert (again.counts["same"], again.counts["new"], again.counts["changed"], again.counts["mistyped"]) == (
        2,
        0,
        0,
        0,
    )


def test_a_temporary_upn_becomes_permanent_and_is_kept_as_the_former(officer: Actor, school: School) -> None:
    pupil = a_pupil(school, "Robin", "Quill", upn=TEMPORARY)
    applied(officer, school, line_of(pupil, UPN="B801200005001"))
    pupil.refresh_from_db()
    assert (pupil.upn, pupil.former_upn) == ("B801200005001", TEMPORARY)
    assert TEMPORARY.lower() in pupil.search_text


@pytest.mark.parametrize(
    ("take", "kept"), [(True, "C801200005001"), (False, "")], ids=["as written", "left out"]
)
def test_a_mistyped_upn_is_what_a_person_said(officer: Actor, school: School, take: bool, kept: str) -> None:
    row = ready(officer, school, a_line(UPN="C801200005001"))
    with pytest.raises(Refusal, match="look mistyped"):
        approved(officer, row, choices=Choices(whole_school=True))
    approved(officer, row, choices=Choices(whole_school=True, take_mistyped=take))
    assert Pupil.objects.get().upn == kept


def test_two_pupils_exchange_their_numbers(officer: Actor, school: School, robin: Pupil, jo: Pupil) -> None:
    numbers = robin.admission_number, jo.admission_number
    applied(
        officer, school, line_of(robin, Admission_number=numbers[1]), line_of(jo, Admission_number=numbers[0])
    )
    robin.refresh_from_db(), jo.refresh_from_db()
    assert (jo.admission_number, robin.admission_number) == numbers


def test_the_register_of_this_year_moves_with_the_pupil_and_the_last_one_stays(
    officer: Actor, school: School, robin: Pupil
) -> None:
    for year in (2025, 2026):
        a_register(robin, marks({(f"{year}-10-05", "AM"): "/"}, year=year), year=year)
    applied(officer, school, line_of(robin, Year="10"))
    codes = dict(RegisterYear.objects.values_list("year", "year_group__code"))
    assert codes == {2025: "9", 2026: "10"}


def test_a_leaving_date_closes_the_time_on_roll_and_a_return_opens_another(
    officer: Actor, school: School, robin: Pupil
) -> None:
    applied(officer, school, line_of(robin, Leaving_date="2026-10-02"))
    assert Enrolment.objects.get().last_on == date(2026, 10, 2)
    applied(officer, school, line_of(robin, Admission_date="2026-11-09", Leaving_date=""), at=LATER)
    assert list(Enrolment.objects.values_list("first_on", "last_on")) == [
        (date(2024, 9, 2), date(2026, 10, 2)), (date(2026, 11, 9), None),
    ]  # fmt: skip


def test_the_count_follows_the_roll_in_the_same_change(officer: Actor, school: School, robin: Pupil) -> None:
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]
    a_register(robin, marks(whole_days(days, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    row = applied(officer, school, line_of(robin, Leaving_date="2026-10-09"))
    assert Summary.objects.get().h_sessions == 10
    recount = Recount.objects.get(because="roll_applied")
    assert (recount.subject, recount.moved) == (f"import:{row.pk}", 1)
    assert recount.moves.get().h_before == 20


def test_a_birthday_put_right_moves_the_statutory_count(officer: Actor, school: School, robin: Pupil) -> None:
    a_register(robin, marks(whole_days([date(2026, 10, 5)], "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    applied(officer, school, line_of(robin, Date_of_birth="2009-01-15"))
    assert (Summary.objects.get().s_sessions, Summary.objects.get().h_sessions) == (0, 2)


def test_contacts_are_updated_added_and_ended_and_never_deleted(
    officer: Actor, school: School, robin: Pupil
) -> None:
    applied(officer, school, line_of(robin, **CONTACTS))
    row = applied(officer, school, line_of(robin, **{
        "Contact 1 name": "ANN QUILL", "Contact 1 PR": "N", "Contact 2 name": "Di Fir",
    }), at=LATER)  # fmt: skip
    standing = Contact.objects.filter(ended_at=None).values_list("name", "parental_responsibility", "phone")
    assert list(standing) == [("ANN QUILL", False, "07700 900001"), ("Di Fir", False, "")]
    assert Contact.objects.get(name="Bo Oak").ended_at == LATER
    assert list(PupilChange.objects.filter(import_id=row.pk).values_list("field", "of", "new")) == [
        ("contact-name", "Ann Quill", "ANN QUILL"), ("contact-responsibility", "Ann Quill", "no"),
        ("contact", "Di Fir", "number 2 to call"), ("contact", "Bo Oak", ""),
    ]  # fmt: skip


def test_a_pupil_missing_from_the_file_is_asked_about_and_not_removed(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = applied(officer, school, line_of(robin))
    missing = MissingFromRoll.objects.get()
    assert (missing.pupil_id, missing.import_id, missing.decision) == (jo.pk, row.pk, "")
    assert Enrolment.objects.get(pupil=jo).last_on is None
    applied(officer, school, line_of(robin), at=LATER)
    assert MissingFromRoll.objects.count() == 1, "the question is asked once"
    again = applied(officer, school, line_of(robin), line_of(jo), at=LATER)
    missing.refresh_from_db()
    assert (missing.decision, missing.decided_at) == ("named", LATER)
    assert again.outcome["named-again"] == 1


def test_a_file_of_a_part_of_the_school_asks_about_nobody(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = ready(officer, school, line_of(robin))
    with pytest.raises(Refusal, match="whole school"):
        approved(officer, row, choices=Choices(take_mistyped=True))
    approved(officer, row, choices=Choices(whole_school=False))
    assert not MissingFromRoll.objects.exists()


def test_nothing_is_approved_while_a_pupil_is_in_question(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, UPN="", Admission_number="9999"))
    with pytest.raises(Refusal, match="still in question"):
        approved(officer, row)
    row.refresh_from_db()
    assert row.state == "ready"


@pytest.mark.parametrize(("what", "pupils", "number", "missing"), [
    pytest.param("same", 1, "9999", 0, id="the same child"),
    pytest.param("new", 2, None, 1, id="a new child, and the other one is missing"),
    pytest.param("leave-out", 1, None, 0, id="left out, and nobody is missing for it"),
])  # fmt: skip
def test_a_person_says_who_it_is(
    officer: Actor, school: School, robin: Pupil, what: str, pupils: int, number: str | None, missing: int
) -> None:
    before = robin.admission_number
    row = ready(officer, school, line_of(robin, UPN="", Admission_number="9999"))
    row = answered(officer, row, {2: Decision(what, robin.pk if what == "same" else None)})
    assert row.counts["missing"] == missing
    row = approved(officer, row)
    assert row.state == "applied", row.problem
    robin.refresh_from_db()
    assert (Pupil.objects.count(), robin.admission_number) == (pupils, number or before)
    assert MissingFromRoll.objects.count() == missing


def test_an_answer_must_be_one_that_was_offered(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, UPN="B801200005001"))
    for wrong in (
        Decision("same", jo.pk),
        Decision("new"),
        Decision("nonsense"),
        Decision("leave-out", robin.pk),
    ):
        with pytest.raises(Refusal) as refusal:
            answered(officer, row, {2: wrong})
        assert refusal.value.kind is Refused.INVALID
    answered(officer, row, {2: Decision("same", robin.pk)})


def test_two_lines_cannot_both_be_the_same_child(officer: Actor, school: School, robin: Pupil) -> None:
    lines = [line_of(robin, UPN="", Admission_number=str(number), Forename=name)
             for number, name in ((9998, "Robin"), (9999, "Jay"))]  # fmt: skip
    row = ready(officer, school, *lines)
    same = Decision("same", robin.pk)
    with pytest.raises(Refusal, match="Line 2 cannot be used with this answer"):
        answered(officer, row, {2: same, 3: same})
    for line in (2, 3):
        row = answered(officer, row, {line: same})
    with pytest.raises(Refusal, match="Line 2 can no longer be used"):
        approved(officer, row)


def test_what_changed_since_it_was_shown_is_not_written(officer: Actor, school: School, robin: Pupil) -> None:
    row = ready(officer, school, line_of(robin, Tutor_group="9 Oak"))
    with change(None, "test", NOW):
        Pupil.objects.filter(pk=robin.pk).update(surname="Oak")
    with pytest.raises(Refusal, match="not what was shown"):
        approved(officer, row)
    robin.refresh_from_db()
    assert robin.tutor_group.name == "9 Ash"


def test_what_changed_between_approval_and_writing_is_handed_back(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, Tutor_group="9 Oak"))
    approving.approve(officer, row.pk, version=row.version, choices=Choices(), at=NOW)
    with change(None, "test", NOW):
        Pupil.objects.filter(pk=robin.pk).update(surname="Oak")
    applying.apply(row.pk, at=NOW, tell=silent)
    row.refresh_from_db()
    assert row.state == "ready"
    assert "The roll was not written" in row.problem
    assert not PupilChange.objects.exists()


def test_an_approver_who_has_lost_the_role_writes_nothing(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, Tutor_group="9 Oak"))
    approving.approve(officer, row.pk, version=row.version, choices=Choices(), at=NOW)
    with change(None, "test", NOW):
        Appointment.objects.update(role=Role.SENCO)
    applying.apply(row.pk, at=NOW, tell=silent)
    row.refresh_from_db()
    assert (row.state, PupilChange.objects.count()) == ("ready", 0)


def test_a_writing_that_breaks_off_leaves_everything_as_it_was(
    officer: Actor, school: School, robin: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ready(officer, school, line_of(robin, Surname="Elm", Year="10"), a_line(Surname="Fir"))
    approving.approve(officer, row.pk, version=row.version, choices=Choices(), at=NOW)
    before = everything()

    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(Writer, "_history", broken)
    with pytest.raises(RuntimeError):
        applying.apply(row.pk, at=NOW, tell=silent)
    assert everything() == before
    row.refresh_from_db()
    assert row.state == "ready"
    assert "Nothing of the roll was written" in row.problem


def test_the_ledger_tells_of_it_and_names_nobody(officer: Actor, school: School, robin: Pupil) -> None:
    row = applied(
        officer, school, line_of(robin, Surname="Elm"), a_line(Surname="Fir", Tutor_group="9 Larch")
    )
    told = LedgerRow.objects.get(verb="roll_applied")
    assert (told.actor_id, told.subject, told.school_id) == (officer.id, f"import:{row.pk}", school.pk)
    everything_told = " ".join(f"{one.subject} {one.detail}" for one in LedgerRow.objects.all())
    assert not any(name in everything_told for name in ("Elm", "Quill", "Fir", "Robin"))


def many(count: int, **said: str) -> list[dict[str, str]]:
    return [
        a_line(Surname=f"Family{number}", Admission_number=str(5000 + number),
               UPN=(body := f"865499{number:06}") and upn_check_letter(body) + body, **CONTACTS, **said)
        for number in range(count)
    ]  # fmt: skip


def test_changing_two_hundred_pupils_takes_no_more_queries_than_changing_ten() -> None:
    counts = []
    for size in (10, 200):
        school = a_school()
        officer = actor(a_person(school, Role.ATTENDANCE_OFFICER))
        applied(officer, school, *many(size))
        with CaptureQueriesContext(connection) as queries:
            row = ready(
                officer, school, *many(size, Known_as="Bo", Leaving_date="2026-10-01", Year="10"), at=LATER
            )
            approved(officer, row, at=LATER)
        counts.append(len(queries))
        assert Pupil.objects.filter(school=school, known_as="Bo", year_group__code="10").count() == size
    assert counts[0] == counts[1], [query["sql"][:120] for query in queries.captured_queries]
