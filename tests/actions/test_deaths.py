"""A death stops everything in one act, and can be taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from onroll.actions.change import change
from onroll.actions.circle.cover import record_away
from onroll.actions.deaths import record_death, take_back_death
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.outbox.queueing import queue_message
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.queries import doors
from onroll.queries.watch import Asked, quiet_rows, watch, watch_export
from onroll.records.base import pen
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Death
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_person, a_pupil, a_register, actor, marks, whole_days
from tests.support.circles import AT, TODAY, a_circle
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def circle():
    return a_circle()


def record(circle, by=None, died_on=TODAY):
    return record_death(by or circle.head, circle.school.pk, circle.pupil.pk, died_on=died_on, **AT)


def a_message(circle, key, pupil, **more) -> Message:
    with pen():
        return Message.objects.create(
            school=circle.school, address="pat@home.example", kind="reminder", key=key, subject="S", body="B",
            pupil=pupil, queued_at=NOW, send_after=NOW, **more,
        )  # fmt: skip


def test_every_message_that_waits_is_stopped_and_none_is_queued(circle):
    other = a_pupil(circle.school, "Abe")
    waits = a_message(circle, "1", circle.pupil)
    sent = a_message(circle, "2", circle.pupil, sent_at=NOW)
    others = a_message(circle, "3", other)
    record(circle)
    for row in (waits, sent, others):
        row.refresh_from_db()
    assert (waits.stopped_at, waits.stopped_because) == (NOW, "died")
    assert (sent.stopped_at, others.stopped_at) == (None, None)
    with change(None, "digests-queued", NOW):
        queued = queue_message(
            school_id=circle.school.pk, kind="reminder", key="4", subject="S", body="B",
            address="pat@home.example", pupil_id=circle.pupil.pk, at=NOW,
        )  # fmt: skip
    assert queued is False


def test_every_duty_of_the_case_becomes_not_applicable_and_applies_again_when_taken_back(circle):
    with_policy(circle.school)
    with change(None, "recounted", NOW):
        refresh_cases([circle.case.pk], **AT)

    def statuses() -> set[str]:
        rows = Finding.objects.filter(case=circle.case, until_at=None)
        return set(rows.values_list("status", flat=True))

    before = statuses()
    assert before & {"due", "overdue", "needs-judgement"}
    row_id = record(circle)
    assert statuses() == {"not-applicable"}
    take_back_death(circle.head, circle.school.pk, circle.pupil.pk, row_id, because="Another pupil", **AT)
    assert statuses() == before


def test_what_was_stopped_is_not_sent_after_all(circle):
    waits = a_message(circle, "1", circle.pupil)
    row_id = record(circle)
    with pytest.raises(Refusal, match="Enter why"):
        take_back_death(circle.head, circle.school.pk, circle.pupil.pk, row_id, because="", **AT)
    take_back_death(circle.head, circle.school.pk, circle.pupil.pk, row_id, because="Another pupil", **AT)
    waits.refresh_from_db()
    assert waits.stopped_at == NOW
    death = Death.objects.get()
    assert (death.withdrawn_by_id, death.withdrawn_because) == (circle.hedy.pk, "Another pupil")
    record(circle)
    assert Death.objects.standing().count() == 1


def test_it_is_recorded_once(circle):
    first = record(circle)
    rows = LedgerRow.objects.count()
    assert record(circle, actor(circle.ada)) == first
    assert LedgerRow.objects.count() == rows


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(role, role in {Role.HEADTEACHER, Role.DEPUTY_HEAD, Role.SAFEGUARDING_LEAD}) for role in Role],
)
def test_who_may_record_it(circle, role, allowed):
    by = actor(a_person(circle.school, role))
    if allowed:
        record(circle, by)
    else:
        with pytest.raises(Refusal, match="does not let you record that a pupil has died"):
            record(circle, by)
    assert Death.objects.exists() is allowed


def test_a_stranger_learns_nothing(circle):
    with pytest.raises(Refusal, match="does not exist"):
        record(circle, a_circle().head)


@pytest.mark.parametrize(
    "died_on", [TODAY + timedelta(days=1), date(2000, 1, 1)], ids=["tomorrow", "before birth"]
)
def test_a_day_that_cannot_be_is_refused(circle, died_on):
    with pytest.raises(Refusal, match="Check it"):
        record(circle, died_on=died_on)
    record(circle)


def test_the_pupil_is_on_no_list_of_watch(circle):
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]
    a_register(circle.pupil, marks(whole_days(days, "I")))
    with change(None, "recounted", NOW):
        recount_school(circle.school.pk)

    def listed() -> tuple[int, int, int]:
        seen = doors.school(circle.head, circle.school.urn, Permission.WATCH_SEE)
        page = watch(circle.head, seen, Asked(), first=0, on=TODAY, at=NOW)
        return (
            page.total,
            len(watch_export(circle.head, seen, Asked(), at=NOW)),
            len(quiet_rows(circle.head, seen, at=NOW)),
        )

    assert listed() == (1, 1, 0)
    row_id = record(circle)
    assert listed() == (0, 0, 0)
    take_back_death(circle.head, circle.school.pk, circle.pupil.pk, row_id, because="Another pupil", **AT)
    assert listed() == (1, 1, 0)


def test_the_pupil_is_on_no_list_of_today(circle, settings):
    settings.ONROLL_SECOND_FACTOR = False
    with_policy(circle.school)
    days = [date(2026, 9, 7) + timedelta(days=n) for n in range(47) if n % 7 < 5]
    a_register(circle.pupil, marks(whole_days(days, "I")))
    with change(None, "recounted", NOW):
        recount_school(circle.school.pk)
        School.objects.filter(pk=circle.school.pk).update(marks_to=TODAY, mostly_to=TODAY)
        refresh_cases([circle.case.pk], **AT)
    client = Client()
    client.force_login(circle.hedy, backend="allauth.account.auth_backends.AuthenticationBackend")

    def today() -> str:
        return client.get(f"/s/{circle.school.urn}/today/?of=school").content.decode()

    assert "Zanderby" in today()
    record(circle)
    assert "Zanderby" not in today()


def test_a_refresh_for_another_reason_leaves_it_at_rest(circle):
    """Days away make every open case's findings again."""
    with_policy(circle.school)
    record(circle)
    record_away(
        circle.head, circle.school.pk, user_id=circle.amina.pk, first=TODAY, last=TODAY,
        deputy_id=circle.bea.pk, on=TODAY, at=datetime(2026, 11, 23, 10, tzinfo=UTC),
    )  # fmt: skip
    rows = Finding.objects.filter(case=circle.case, until_at=None)
    assert set(rows.values_list("status", flat=True)) == {"not-applicable"}
