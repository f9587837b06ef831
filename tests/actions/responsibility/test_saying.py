"""Who provides, and the statement of it: recorded for each change, issued in words that are kept."""

from datetime import date, timedelta

import pytest

from onroll.actions.responsibility.issuing import issue_statement, withdraw_statement
from onroll.actions.responsibility.providing import ArrangementGiven, change_provider, withdraw_arrangement
from onroll.actions.responsibility.understanding import judge_understanding
from onroll.domain.casework.kept_words import as_told
from onroll.domain.casework.responsibility import AUTHORITY
from onroll.domain.casework.statement import Audience
from onroll.domain.duties.facts import Provider
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.responsibility import responsibility_of
from onroll.records.cases.models import Arrangement, Statement, StatementLink, Understanding
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.told import TODAY, it_is_recorded_that_the_pupil_died, told

pytestmark = pytest.mark.django_db
STALE_NUMBER = 2_000_000_000


@pytest.fixture
def case():
    return told()


def given(**other):
    usual = {
        "provider": Provider.AUTHORITY,
        "from_on": TODAY,
        "checks": Role.SAFEGUARDING_LEAD,
        "decides": AUTHORITY,
        "decides_on": date(2026, 12, 7),
    }
    return ArrangementGiven(**(usual | other))


def test_a_change_of_who_provides_is_kept_beside_what_stood_before(case):
    change_provider(case.by, case.school.pk, case.case.pk, given(provided_by=" home tuition "), **case.at)
    before = responsibility_of(case.case.pk, TODAY - timedelta(days=1))
    now = responsibility_of(case.case.pk, TODAY)
    assert (before.provider, now.provider) == (Provider.SCHOOL, Provider.AUTHORITY)
    assert (now.provided_by, now.decides, now.decides_on) == ("home tuition", AUTHORITY, date(2026, 12, 7))
    signed = LedgerRow.objects.latest("number")
    assert (signed.verb, signed.subject) == ("case-arranged", f"case:{case.case.pk}")
    assert "tuition" not in str(signed.detail)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        pytest.param({"from_on": date(2026, 11, 8)}, Refused.INVALID, id="before the case"),
        pytest.param({"from_on": date(2028, 1, 1)}, Refused.INVALID, id="over a year ahead"),
        pytest.param({"decides_on": date(2026, 11, 20)}, Refused.INVALID, id="decided before it begins"),
        pytest.param(
            {"provider": Provider.SCHOOL, "decides": Role.PROGRESS_LEADER.value, "decides_on": None},
            Refused.CONFLICT,
            id="nothing changes",
        ),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(case, other, kind):
    with pytest.raises(Refusal) as refused:
        change_provider(case.by, case.school.pk, case.case.pk, given(**other), **case.at)
    assert refused.value.kind is kind
    assert Arrangement.objects.count() == 1


def test_what_was_said_wrongly_is_taken_back_once_something_else_stands(case):
    first = Arrangement.objects.get()
    wrong = change_provider(case.by, case.school.pk, case.case.pk, given(), **case.at)
    withdraw_arrangement(
        case.by, case.school.pk, case.case.pk, wrong, because="It begins in January.", **case.at
    )
    assert responsibility_of(case.case.pk, TODAY).provider is Provider.SCHOOL
    assert Arrangement.objects.get(pk=wrong).withdrawn_because == "It begins in January."
    with pytest.raises(Refusal, match="only thing on record"):
        withdraw_arrangement(case.by, case.school.pk, case.case.pk, first.pk, because="Wrong", **case.at)


def test_a_statement_keeps_its_words_whatever_changes_later(case):
    statement = case.issue()
    case.amina.name = "Somebody Else"
    case.amina.save()
    kept = as_told(Statement.objects.get(pk=statement.pk).words)
    assert set(kept) == set(Audience)
    assert "Amina Yusuf (Progress Leader)" in str(kept[Audience.FAMILY])
    assert statement.arrangement == Arrangement.objects.get()


def test_the_same_words_are_not_issued_twice_and_other_words_are(case):
    first = case.issue()
    with pytest.raises(Refusal, match="issued already"):
        case.issue()
    change_provider(case.by, case.school.pk, case.case.pk, given(), **case.at)
    second = case.issue()
    assert Statement.objects.count() == 2
    assert second.arrangement_id != first.arrangement_id


def test_issuing_ends_the_links_to_the_statement_before(case):
    link = case.link(case.issue())
    change_provider(case.by, case.school.pk, case.case.pk, given(), **case.at)
    case.issue()
    assert StatementLink.objects.get(pk=link.id).withdrawn_at == NOW


def test_a_statement_that_was_read_before_somebody_changed_it_is_not_issued(case):
    with pytest.raises(Refusal) as refused:
        issue_statement(
            case.by, case.school.pk, case.case.pk, seen_arrangement=STALE_NUMBER, stack=Stack(), **case.at
        )
    assert refused.value.kind is Refused.STALE
    assert not Statement.objects.exists()


def test_before_the_first_arrangement_there_is_nothing_to_issue(case):
    with pytest.raises(Refusal, match="Say first who provides"):
        case.issue(on=date(2026, 11, 8))


def test_nothing_is_issued_for_a_pupil_who_has_died(case):
    it_is_recorded_that_the_pupil_died(case.case)
    with pytest.raises(Refusal, match="has died"):
        case.issue()


def test_a_statement_is_taken_back_with_its_links_and_its_reason(case):
    statement = case.issue()
    link = case.link(statement)
    withdraw_statement(case.by, case.school.pk, case.case.pk, statement.pk, because="Wrong name", **case.at)
    statement.refresh_from_db()
    assert (statement.withdrawn_at, statement.withdrawn_because) == (NOW, "Wrong name")
    assert StatementLink.objects.get(pk=link.id).withdrawn_at == NOW


def test_whether_the_pupil_understands_is_judged_with_a_reason_and_may_be_judged_again(case):
    for understands, reason in ((False, "Too unwell to be told now"), (True, "Asked about it herself")):
        judge_understanding(
            case.by, case.school.pk, case.case.pk,
            understands=understands, reason=reason, happened_on=TODAY, **case.at,
        )  # fmt: skip
    assert list(Understanding.objects.order_by("id").values_list("understands", "reason")) == [
        (False, "Too unwell to be told now"),
        (True, "Asked about it herself"),
    ]
    assert "unwell" not in str(list(LedgerRow.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("day", [date(2026, 11, 8), date(2026, 11, 24)], ids=["before the case", "tomorrow"])
def test_it_is_judged_on_a_day_of_the_case(case, day):
    with pytest.raises(Refusal) as refused:
        judge_understanding(
            case.by,
            case.school.pk,
            case.case.pk,
            understands=True,
            reason="Is 15",
            happened_on=day,
            **case.at,
        )
    assert refused.value.kind is Refused.INVALID


@pytest.mark.parametrize(
    "do",
    [
        pytest.param(
            lambda who, case: change_provider(who, *case, given(), on=TODAY, at=NOW), id="who provides"
        ),
        pytest.param(
            lambda who, case: issue_statement(
                who, *case, seen_arrangement=Arrangement.objects.get().pk, stack=Stack(), on=TODAY, at=NOW
            ),
            id="the statement",
        ),
        pytest.param(
            lambda who, case: judge_understanding(
                who, *case, understands=True, reason="Is 15", happened_on=TODAY, on=TODAY, at=NOW
            ),
            id="understanding",
        ),
    ],
)
def test_teachers_are_told_that_they_may_not_strangers_that_it_is_not_there_and_leaders_may(case, do):
    """Refusal and success in one setting, so that none is refused for the wrong reason."""
    where = (case.school.pk, case.case.pk)
    teacher = actor(a_person(case.school, Role.TEACHER))
    stranger = actor(a_person(a_school(), Role.HEADTEACHER))
    for who, kind in ((teacher, Refused.NOT_ALLOWED), (stranger, Refused.NOT_FOUND)):
        with pytest.raises(Refusal) as refused:
            do(who, where)
        assert refused.value.kind is kind
    do(case.by, where)
