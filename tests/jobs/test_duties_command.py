"""`onroll duties` and `onroll sweep` as a person or a script at the console meets them."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError
from django.utils import timezone

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade
from onroll.records.duties.models import Finding
from onroll.records.schools.models import CalendarDay
from tests.support import cast, duties
from tests.support.console import onroll

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = ["duty", "paragraph", "status", "due_on", "holder", "reason", "pack", "version"]


@pytest.fixture
def school(monkeypatch):
    duties.use(monkeypatch, duties.a_pack())
    school = cast.a_school()
    duties.began(school)
    return school


@pytest.fixture
def leader(school):
    return cast.a_person(school, Role.PROGRESS_LEADER)


@pytest.fixture
def case(school, leader):
    """Opened on 9 November and recorded the same day; a contact of the 10th was recorded on the 20th."""
    case = cast.a_case(cast.a_pupil(school), at=datetime(2026, 11, 9, 12, tzinfo=UTC))
    with pen():
        CalendarDay.objects.update(recorded_at=datetime(2026, 9, 1, tzinfo=UTC))
        leader.appointments.update(began_at=datetime(2026, 9, 1, tzinfo=UTC))
        ContactMade.objects.create(
            case=case, made_by=leader, method="phone", with_parent=True, happened_on=date(2026, 11, 10),
            recorded_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        )  # fmt: skip
    return case


def asked(case, *args):
    status, out, _ = onroll("duties", case.pk, "--format=json", *args)
    assert status == 0
    return {one["duty"]: one for one in json.loads(out)}


def test_each_duty_is_an_object_with_exactly_these_keys(case):
    _, out, _ = onroll("duties", case.pk, "--format=json", "--as-of=2026-11-12", "--known-now")
    found = json.loads(out)
    assert [list(one) for one in found] == [KEYS] * 3
    assert found[0] == {
        "duty": "parents-first-contact", "paragraph": "3.a", "status": "met", "due_on": "2026-11-11",
        "holder": "progress-leader", "pack": "ours", "version": "1",
        "reason": "The Progress Leader, or a named deputy, spoke with a parent on 10 November 2026, by the due date, "
        "11 November 2026.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "status"),
    [
        pytest.param(["--as-of=2026-11-12"], "overdue", id="in the past: as known then"),
        pytest.param(["--as-of=2026-11-12", "--known-then"], "overdue", id="as known then, when asked for"),
        pytest.param(["--as-of=2026-11-12", "--known-now"], "met", id="as known now, when asked for"),
        pytest.param(["--as-of=2026-11-20"], "met", id="on the day on which it was recorded"),
        pytest.param(["--as-of=2026-11-19"], "overdue", id="on the day before"),
    ],
)
def test_the_past_is_judged_by_what_was_known_then_or_by_what_is_known_now(case, args, status):
    found = asked(case, *args)
    assert found["parents-first-contact"]["status"] == status


def test_before_the_case_was_on_record_there_is_nothing(case):
    status, out, err = onroll("duties", case.pk, "--as-of=2026-11-08", "--format=json")
    assert (status, json.loads(out)) == (0, [])
    assert "no duty to judge on 2026-11-08" in err


def test_as_text_it_can_be_read(case):
    _, out, _ = onroll("duties", case.pk, "--as-of=2026-11-12")
    assert "overdue          3.a      parents-first-contact (Progress Leader, due on 2026-11-11)" in out


def test_a_case_that_is_not_there_is_one_sentence_and_status_1():
    assert onroll("duties", "999") == (1, "", "There is no case of this number.\n")


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20261112"])
def test_a_date_that_is_none_says_how_to_write_one(day):
    with pytest.raises(CommandError, match="is not a date: write it like 2026-11-23"):
        onroll("sweep", f"--as-of={day}")


def test_a_sweep_says_what_it_did_and_may_roll_to_any_day(case):
    assert onroll("sweep", "--as-of=2026-11-10") == (0, "1 schools, 1 open cases, 6 findings changed.\n", "")
    assert onroll("sweep", "--as-of=2026-11-10")[1] == "1 schools, 1 open cases, 0 findings changed.\n"
    assert duties.standing(case)["responsibilities-understood"] == "due"
    onroll("sweep", "--as-of=2026-11-17")
    assert duties.standing(case)["responsibilities-understood"] == "overdue"
    onroll("sweep")
    assert {row.found_on for row in Finding.objects.filter(until_at=None)} <= {
        date(2026, 11, 10), date(2026, 11, 17), timezone.localdate(),
    }  # fmt: skip
