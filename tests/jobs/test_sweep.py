"""The nightly round, the round for one school, and what happens when it does not run."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.duties import asking, sweep
from onroll.actions.duties.asking import ask_refresh
from onroll.actions.duties.sweep import sweep_school
from onroll.domain.permissions import Role
from onroll.jobs import sweeping
from onroll.jobs.sweeping import alarm_when_old, sweep_all, sweep_when_due
from onroll.jobs.worker import work_once
from onroll.queries import stale, sweeps
from onroll.records.base import pen
from onroll.records.duties.models import Finding, Sweep, Tally
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from onroll.records.work.models import Work
from tests.support import cast, duties

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 10)
AT = datetime(2026, 11, 10, 0, 12, tzinfo=UTC)
TOMORROW = AT + timedelta(days=1)


@pytest.fixture
def school(monkeypatch):
    duties.use(monkeypatch, duties.a_pack())
    school = cast.a_school()
    duties.began(school)
    return school


@pytest.fixture
def case(school):
    cast.a_person(school, Role.PROGRESS_LEADER)
    return cast.a_case(cast.a_pupil(school))


def swept_rows():
    return [(row.school_id, row.subject) for row in LedgerRow.objects.filter(verb="swept").order_by("number")]


def test_a_round_judges_every_open_case_and_every_school(case, school):
    (done,) = sweep_all(on=TODAY, at=AT)
    assert (done.school_id, done.cases, done.changed) == (school.pk, 1, 6)
    assert duties.differing(TODAY) == []
    assert swept_rows() == [(school.pk, f"school:{school.pk}")]


def test_a_round_that_finds_nothing_new_writes_no_finding_and_no_ledger_row(case):
    sweep_all(on=TODAY, at=AT)
    (done,) = sweep_all(on=TODAY + timedelta(days=1), at=TOMORROW)
    assert (done.cases, done.changed) == (1, 0)
    assert (Finding.objects.count(), len(swept_rows())) == (6, 1)


def test_only_the_school_where_something_changed_has_a_ledger_row(case, school):
    other = cast.a_school("Oak Lane School")
    duties.began(other)
    cast.a_case(cast.a_pupil(other), opened_on=date(2026, 10, 12))
    sweep_all(on=date(2026, 11, 9), at=AT)
    sweep_all(on=date(2026, 11, 12), at=AT + timedelta(days=2))  # the contact of `case` was due on the 11th
    assert swept_rows()[2:] == [(school.pk, f"school:{school.pk}")]


def test_a_round_keeps_when_it_was_and_how_the_school_stood(case, school):
    sweep_all(on=TODAY, at=AT)
    sweep_all(on=TODAY, at=AT + timedelta(hours=1))
    kept, tally = Sweep.objects.get(), Tally.objects.get()
    assert (kept.swept_on, kept.swept_at, kept.cases, kept.changed) == (TODAY, AT + timedelta(hours=1), 1, 0)
    assert (tally.on, tally.open_cases, tally.counts) == (TODAY, 1, {"due": 2, "met": 1})
    seen = sweeps.last_sweep(school.pk)
    assert (seen.on, seen.is_old(AT + timedelta(hours=27)), seen.is_old(AT + timedelta(hours=28))) == (
        TODAY,
        False,
        True,
    )


def test_a_round_as_of_another_day_leaves_the_days_tally_alone(case):
    sweep_all(on=TODAY, at=AT)
    kept = list(Tally.objects.values())
    sweep_all(on=TODAY, at=TOMORROW)
    sweep_all(on=date(2026, 12, 1), at=TOMORROW)
    assert list(Tally.objects.values()) == kept


@pytest.mark.parametrize(
    ("moments", "rounds"),
    [
        pytest.param(["2026-11-10T00:02"], 1, id="soon after midnight"),
        pytest.param(["2026-11-10T00:02", "2026-11-10T12:00", "2026-11-10T23:59"], 1, id="once a day"),
        pytest.param(["2026-11-10T00:02", "2026-11-11T00:01"], 2, id="again after the next midnight"),
        pytest.param(["2026-11-10T14:30"], 1, id="after a start at noon that finds it undone"),
        pytest.param(
            ["2026-10-24T23:30", "2026-10-25T22:59"], 1, id="half past midnight in summer is the new day"
        ),
    ],
)
def test_the_round_is_done_once_a_day_by_local_time(school, monkeypatch, moments, rounds):
    done = []
    plain = sweeping.keep_sweep
    monkeypatch.setattr(
        sweeping, "keep_sweep", lambda *args, **more: (done.append(more["on"]), plain(*args, **more))
    )
    for moment in moments:
        sweep_when_due(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert len(done) == rounds


def test_a_school_that_cannot_be_judged_holds_no_other_school_up(case, school, monkeypatch, caplog):
    other = cast.a_school("Oak Lane School")
    duties.began(other)
    plain = sweeping.sweep_school

    def failing(school_id, **more):
        if school_id == school.pk:
            raise ValueError("a value of somebody")
        return plain(school_id, **more)

    monkeypatch.setattr(sweeping, "sweep_school", failing)
    assert [one.school_id for one in sweep_all(on=TODAY, at=AT)] == [other.pk]
    assert "ValueError" in caplog.text
    assert "a value of somebody" not in caplog.text
    assert list(Sweep.objects.values_list("school_id", flat=True)) == [other.pk]


def test_a_batch_that_cannot_be_judged_is_tried_school_by_school(case, school, monkeypatch, caplog):
    def failing(batch, on):
        raise ValueError

    monkeypatch.setattr(stale, "outdated", failing)
    assert [one.changed for one in sweep_all(on=TODAY, at=AT)] == [6]
    assert "a batch could not be judged: ValueError" in caplog.text


def test_a_large_school_is_judged_in_batches(school, monkeypatch):
    for _ in range(5):
        cast.a_case(cast.a_pupil(school))
    monkeypatch.setattr(sweep, "BATCH", 2)
    told = []
    done = sweep_school(school.pk, on=TODAY, at=AT, tell=lambda *progress: told.append(progress[:2]))
    assert (done.cases, done.changed, told) == (5, 18, [(2, 5), (4, 5), (5, 5)])
    assert len(swept_rows()) == 3
    assert duties.differing(TODAY) == []


def test_the_batches_of_a_round_hold_every_open_case_once(school, monkeypatch):
    cases = [cast.a_case(cast.a_pupil(school)) for _ in range(3)]
    other = cast.a_school("Oak Lane School")
    cases += [cast.a_case(cast.a_pupil(other)) for _ in range(4)]
    monkeypatch.setattr(stale, "BATCH", 2)
    found = list(stale.batches())
    assert [sorted(one.school_ids) for one in found if not one.case_ids] == [[school.pk, other.pk]]
    assert [pk for one in found for pk in one.case_ids] == [one.pk for one in cases]


def test_more_cases_cost_no_more_queries_in_a_batch(school):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            for batch in stale.batches():
                stale.outdated(batch, TODAY)
        return len(asked)

    for _ in range(20):
        cast.a_case(cast.a_pupil(school))
    few = cost()
    for _ in range(180):
        cast.a_case(cast.a_pupil(school))
    assert cost() == few


def ask(school):
    with change(None, "tried", AT):
        ask_refresh(school.pk, by_id=None, at=AT)


def test_a_change_that_touches_many_cases_asks_for_one_round_of_its_school(case, school):
    sweep_all(on=TODAY, at=AT)
    ask(school)
    ask(school)
    assert Work.objects.get().kind == asking.REFRESH_SCHOOL
    with pen():
        Finding.objects.update(reason="of long ago")
    while work_once():
        pass
    assert Work.objects.get().state == "done"
    assert duties.differing(timezone.localdate()) == []


def test_a_school_without_findings_is_not_asked_about(school):
    ask(school)
    assert not Work.objects.exists()


def test_the_administrators_are_told_once_a_day_when_no_round_was_done(case, school, monkeypatch):
    administrator = cast.a_person(school, Role.ADMINISTRATOR)
    sweep_all(on=TODAY, at=AT)
    monkeypatch.setattr(sweeping, "sweep_when_due", lambda at: None)
    for hours in (1, 26, 27, 28, 50):
        alarm_when_old(AT + timedelta(hours=hours))
    told = Message.objects.order_by("pk")
    assert [(one.to_id, one.kind) for one in told] == [(administrator.pk, "alarm")] * 2
    assert [one.queued_at - AT for one in told] == [timedelta(hours=27), timedelta(hours=50)]


def test_the_alarm_tries_the_round_first(case, school):
    cast.a_person(school, Role.ADMINISTRATOR)
    alarm_when_old(AT)
    assert Sweep.objects.get().swept_at == AT
    assert not Message.objects.exists()
