"""`la-officer-known` and `equality-duties-understood`, as tables. The pack applies from 1 September 2026."""

import pytest

from onroll.domain.duties.facts import Dated, Officer
from onroll.domain.duties.finding import Looked
from tests.domain.duties.given import a_school, day, found


def confirmed(on, *missing):
    return a_school(officer=Officer(4, day(on), missing))


def briefed(*days):
    return a_school(briefings=tuple(Dated(number, day(on)) for number, on in enumerate(days)))


OFFICER = [
    pytest.param(a_school(), "2026-09-15", "due", "2026-09-15", id="never recorded: two weeks"),
    pytest.param(a_school(), "2026-09-16", "overdue", "2026-09-15", id="never recorded, and two weeks have passed"),
    pytest.param(a_school("2026-11-20"), "2026-12-04", "due", "2026-12-04", id="a pack taken up in mid-year"),
    pytest.param(confirmed("2026-09-10"), "2026-11-30", "met", "2027-09-10", id="confirmed this year"),
    pytest.param(confirmed("2025-11-30"), "2026-11-30", "met", "2026-11-30", id="the last day of the year"),
    pytest.param(confirmed("2025-11-30"), "2026-12-01", "overdue", "2026-11-30", id="a year and a day"),
    pytest.param(confirmed("2028-02-29"), "2029-02-28", "met", "2029-02-28",
                 id="29 February holds until 28 February"),
    pytest.param(confirmed("2028-02-29"), "2029-03-01", "overdue", "2029-02-28", id="and not until 1 March"),
    pytest.param(confirmed("2026-11-20", "contact"), "2026-12-04", "due", "2026-12-04", id="no way to reach them"),
    pytest.param(confirmed("2026-11-20", "name", "post"), "2026-12-05", "overdue", "2026-12-04", id="no name"),
]  # fmt: skip
BRIEFING = [
    pytest.param(a_school(), "2026-09-15", "due", "2026-09-15", id="never recorded: two weeks"),
    pytest.param(a_school(), "2026-12-01", "overdue", "2026-09-15", id="never recorded, and two weeks have passed"),
    pytest.param(briefed("2026-09-02"), "2026-11-30", "met", "2027-09-02", id="briefed this year"),
    pytest.param(briefed("2025-09-02", "2026-11-02"), "2026-11-30", "met", "2027-11-02",
                 id="the last briefing counts"),
    pytest.param(briefed("2025-11-30"), "2026-11-30", "met", "2026-11-30", id="the last day of the year"),
    pytest.param(briefed("2025-11-30"), "2026-12-01", "overdue", "2026-11-30", id="a year and a day"),
    pytest.param(briefed("2028-02-29"), "2029-03-01", "overdue", "2029-02-28", id="29 February"),
]  # fmt: skip


TABLES = {"la-officer-known": OFFICER, "equality-duties-understood": BRIEFING}


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), OFFICER)
def test_la_officer_known(facts, on, status, due_on):
    finding = found(facts, "la-officer-known", on)
    assert (finding.status, finding.due_on) == (status, day(due_on))


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), BRIEFING)
def test_equality_duties_understood(facts, on, status, due_on):
    finding = found(facts, "equality-duties-understood", on)
    assert (finding.status, finding.due_on) == (status, day(due_on))


@pytest.mark.parametrize(
    ("facts", "evaluator"),
    [(confirmed("2026-09-10"), "la-officer-known"), (briefed("2026-09-10"), "equality-duties-understood")],
)
def test_how_long_it_holds_is_the_packs(facts, evaluator):
    assert found(facts, evaluator, "2026-11-30", months=6).due_on == day("2027-03-10")
    assert found(a_school(), evaluator, "2026-11-30", first_days=30).due_on == day("2026-10-01")


def test_the_reason_has_its_dates_and_no_name():
    finding = found(confirmed("2026-09-10"), "la-officer-known", "2026-11-30")
    assert finding.reason == (
        "Name, post, service and contact of the local authority’s officer were confirmed on 10 September 2026. "
        "That holds for 12 months, until 10 September 2027."
    )
    assert finding.looked_at == (Looked("officer", 4),)
    lacks = found(confirmed("2026-09-10", "name", "contact"), "la-officer-known", "2026-09-15")
    assert lacks.reason == (
        "The officer’s entry of 10 September 2026 lacks: name and contact. It is due by 24 September 2026."
    )


def test_nothing_is_written_again_because_a_day_has_passed():
    for facts, evaluator in (
        (a_school(), "la-officer-known"),
        (briefed("2025-09-02"), "equality-duties-understood"),
    ):
        assert found(facts, evaluator, "2026-11-30") == found(facts, evaluator, "2027-03-30")
