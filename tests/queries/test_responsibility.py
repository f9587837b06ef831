"""Who is responsible: as it stands on a day, as it was known at a moment, and how it has changed."""

from datetime import date, timedelta

import pytest

from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.queries.packs import stack_of
from onroll.queries.responsibility import arrangements_of, responsibility_of, sentence_of, sentences_of
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    return a_case(a_pupil(school))


def arranged(case, provider, from_on, *, at=NOW, **fields):
    with pen():
        return Arrangement.objects.create(
            case=case, provider=provider, happened_on=from_on, recorded_at=at, **fields
        )


def test_the_sentence_is_of_the_arrangement_that_stands_on_the_day(case):
    arranged(case, "authority", date(2026, 12, 7), decides="authority")
    before = sentence_of(case.pk, Stack(), date(2026, 12, 6))
    since = sentence_of(case.pk, Stack(), date(2026, 12, 7))
    assert before.startswith("The school provides education now;")
    assert since.startswith("The local authority provides education now; nobody has said who checks")


def test_without_an_arrangement_it_says_that_nobody_has_said(school):
    case = a_case(a_pupil(school), provider="")
    assert sentence_of(case.pk, Stack(), TODAY).startswith("Nobody has said who provides education;")


def test_the_past_is_as_it_was_known_then(case):
    later = NOW + timedelta(days=3)
    wrong = Arrangement.objects.get(case=case)
    with pen():
        wrong.withdrawn_at = later
        wrong.save()
    arranged(case, "nobody", wrong.happened_on, at=later, replaces=wrong)
    assert sentence_of(case.pk, Stack(), TODAY).startswith("Nobody provides education now")
    assert sentence_of(case.pk, Stack(), TODAY, NOW).startswith("The school provides education now")


def test_how_it_is_provided_is_said_on_the_case_and_never_in_a_list(case):
    arranged(case, "authority", TODAY, provided_by="hospital school")
    assert "hospital school" in sentence_of(case.pk, Stack(), TODAY)
    assert "hospital school" not in sentences_of([case.pk], Stack(), TODAY)[case.pk]


@pytest.mark.parametrize("cases", [3, 30])
def test_sentences_of_any_number_of_cases_are_one_query(school, cases, django_assert_num_queries):
    ids = [a_case(a_pupil(school)).pk for _ in range(cases)]
    with django_assert_num_queries(1):
        said = sentences_of(ids, Stack(), TODAY)
    assert len(said) == cases


def test_the_history_says_from_when_until_when_and_by_whom(school, case, django_assert_num_queries):
    by = a_person(school, Role.SENCO, name="Ada Moss")
    arranged(case, "authority", date(2026, 11, 16), recorded_by_id=by.pk)
    with django_assert_num_queries(2):
        last, first = arrangements_of(case.pk)
    assert (first.from_on, first.until, first.recorded_by) == (date(2026, 11, 9), date(2026, 11, 16), "")
    assert (last.from_on, last.until, last.recorded_by) == (date(2026, 11, 16), None, "Ada Moss")
    assert last.said == responsibility_of(case.pk, TODAY)


def test_the_authority_is_called_by_its_name_where_a_profile_is_in_use(case):
    with_policy(case.school)
    stack = stack_of(case.school_id, TODAY)
    arranged(case, "authority", TODAY, decides="authority")
    said = sentence_of(case.pk, stack, TODAY)
    assert said.startswith("Wiltshire Council provides education now;")
    assert "Wiltshire Council decides what happens next" in said
