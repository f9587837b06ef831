"""The invented cases: every story keeps to the table of moves, and each record is of its own day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from onroll.actions.demo.build import make_demo
from onroll.actions.demo.stories import AT_SCHOOL, STORIES
from onroll.domain.casework.moves import CONDITIONS, RULES, Move
from onroll.domain.casework.states import State
from onroll.records.cases.models import Arrangement, Case, CaseMove, ContactMade, Member
from onroll.records.duties.models import Finding
from onroll.records.schools.models import School

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.reason[:30])
def test_a_story_keeps_to_the_table_of_moves(story):
    state, last = RULES[Move.OPEN].to_state, story.opened
    for step in story.steps:
        assert state in RULES[step.move].from_states, step.move
        assert step.ago <= last
        assert (step.passed_over in CONDITIONS) is bool(step.because)
        state, last = RULES[step.move].to_state, step.ago
    assert all(talk.ago <= story.opened for talk in story.talks)


@pytest.mark.django_db(transaction=True)
def test_two_schools_are_in_the_middle_of_their_work():
    list(make_demo(schools=3, pupils=600, seed=1, at=NOW, marks_to=date(2026, 11, 20)))
    first, second, third = School.objects.order_by("urn")
    assert (first.cases.count(), second.cases.count(), third.cases.count()) == (*AT_SCHOOL, 0)
    assert {State(state) for state in first.cases.values_list("state", flat=True)} >= {
        State.CONCERN, State.SCHOOL, State.REFERRED, State.AUTHORITY, State.RETURNING, State.CLOSED,
    }  # fmt: skip
    assert first.cases.filter(expected_from__gt=NOW.date()).count() == 1
    assert Case.objects.values("pupil").distinct().count() == Case.objects.count()
    for case in Case.objects.all():
        assert case.state == CaseMove.objects.filter(case=case).last().to_state
        assert Arrangement.objects.filter(case=case).exists()
        assert Member.objects.filter(case=case).exists()
    for record in (*ContactMade.objects.all(), *CaseMove.objects.all(), *Arrangement.objects.all()):
        written_on = timezone.localdate(record.recorded_at)
        assert record.happened_on <= written_on <= NOW.date()
        assert record.recorded_at <= NOW
    assert ContactMade.objects.filter(recorded_at__date__gt=date(2026, 11, 18)).exists()
    found = Finding.objects.filter(until_at=None, case__school=first, case__closed_on=None)
    told = found.filter(duty="responsibilities-understood")
    assert set(found.values_list("status", flat=True)) >= {"met", "due"}
    assert {one.status for one in told} >= {"met", "due"}
    assert told.filter(due_on__lt=NOW.date(), status="due").exists() or told.filter(status="overdue").exists()
