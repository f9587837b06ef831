"""A link for the family: random, kept as a digest, for one person and one statement, and soon at its end."""

from datetime import timedelta

import pytest

from onroll.actions.responsibility.by_link import acknowledge_by_link, open_by_link
from onroll.actions.responsibility.issuing import withdraw_statement
from onroll.actions.responsibility.linking import withdraw_link
from onroll.domain.casework.links import LinkState, link_state
from onroll.domain.casework.states import State
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.statement_link import opened
from onroll.records.base import pen
from onroll.records.cases.models import Receipt, StatementLink
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from tests.support.cast import NOW
from tests.support.told import LASTS, TODAY, a_relative, it_is_recorded_that_the_pupil_died, told

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def case():
    return told()


@pytest.fixture
def statement(case):
    return case.issue()


def dead(token, state, at=LATER):
    """The link tells nothing and takes nothing."""
    shown = opened(token, at=at)
    assert (shown.state, shown.told, shown.name) == (state, None, "")
    before = Receipt.objects.count()
    with pytest.raises(Refusal) as refused:
        acknowledge_by_link(token, message="", on=at.date(), at=at)
    assert refused.value.kind is Refused.CONFLICT
    assert Receipt.objects.count() == before


def test_only_the_digest_of_a_random_token_is_kept(case, statement):
    made = [case.link(statement).token for _ in range(3)]
    assert len(set(made)) == 3
    assert all(len(token) == 43 for token in made)
    stored = str(list(StatementLink.objects.values())) + str(list(LedgerRow.objects.values()))
    assert not [token for token in made if token in stored]


def test_an_answer_by_the_link_is_the_receipt_of_whom_it_was_made_for(case, statement):
    link = case.link(statement)
    open_by_link(link.token, at=LATER)
    open_by_link(link.token, at=LATER + timedelta(hours=1))
    acknowledge_by_link(link.token, message=" Thank you. ", on=LATER.date(), at=LATER)
    row, receipt = StatementLink.objects.get(), Receipt.objects.get()
    assert (row.first_opened_at, row.used_at) == (LATER, LATER)
    assert (receipt.kind, receipt.how, receipt.family) == ("acknowledged", "link", case.pat)
    assert (receipt.note, receipt.user_id, receipt.recorded_by_id) == ("Thank you.", None, None)
    verbs = LedgerRow.objects.filter(actor_id=None).values_list("verb", flat=True)
    assert list(verbs.order_by("number")) == ["statement-link-opened", "statement-acknowledged-by-link"]
    dead(link.token, LinkState.USED)


@pytest.mark.parametrize("message", ["", "  ", "Please ring me about the tests."])
def test_what_a_family_writes_back_is_told_to_whom_made_the_link(case, statement, message):
    acknowledge_by_link(case.link(statement).token, message=message, on=LATER.date(), at=LATER)
    told_to = list(Message.objects.values_list("to_id", "subject", "body"))
    if not message.strip():
        assert told_to == []
        return
    ((to_id, subject, body),) = told_to
    assert to_id == case.amina.pk
    assert not [word for word in ("Zanderby", "Quillon", "tests") if word in subject + body]


def test_a_link_shows_the_familys_statement_and_no_other(case, statement):
    shown = opened(case.link(statement).token, at=NOW)
    assert (shown.school, shown.name, shown.issued_on) == (case.school.name, "Pat Zanderby", TODAY)
    assert shown.told.heading == "Who is responsible for your child’s education"
    assert "Quillon" not in str(shown)


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 5000, "\0", "é"])
def test_a_guessed_token_is_not_there(token):
    for ask in (
        lambda: opened(token, at=NOW),
        lambda: open_by_link(token, at=NOW),
        lambda: acknowledge_by_link(token, message="", on=TODAY, at=NOW),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.kind is Refused.NOT_FOUND


def test_a_new_link_ends_the_old_one_of_the_same_person_only(case, statement):
    uncle = a_relative(case.case, "Uncle Zed")
    old, other = case.link(statement), case.link(statement, uncle)
    new = case.link(statement)
    dead(old.token, LinkState.WITHDRAWN)
    assert opened(other.token, at=LATER).state is LinkState.OPEN
    assert opened(new.token, at=LATER).state is LinkState.OPEN


def test_a_link_comes_to_its_end_at_its_moment(case, statement):
    link = case.link(statement)
    assert opened(link.token, at=NOW + LASTS - timedelta(seconds=1)).state is LinkState.OPEN
    dead(link.token, LinkState.EXPIRED, NOW + LASTS)


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(
            lambda case, statement, link: withdraw_link(
                case.by, case.school.pk, case.case.pk, link.id, on=TODAY, at=NOW
            ),
            id="it is taken back",
        ),
        pytest.param(
            lambda case, statement, link: withdraw_statement(
                case.by, case.school.pk, case.case.pk, statement.pk, because="Wrong", on=TODAY, at=NOW
            ),
            id="its statement is taken back",
        ),
        pytest.param(
            lambda case, *_: changed(case.pat, do_not_contact=True), id="they must not be contacted"
        ),
        pytest.param(
            lambda case, *_: changed(case.pat, may_be_told="nothing"), id="they must be told nothing"
        ),
        pytest.param(
            lambda case, *_: changed(case.pat, withdrawn_at=NOW), id="they are no longer of the family"
        ),
        pytest.param(
            lambda case, *_: changed(case.case, state=State.CLOSED.value, closed_on=TODAY),
            id="the case closes",
        ),
        pytest.param(lambda case, *_: it_is_recorded_that_the_pupil_died(case.case), id="the pupil dies"),
    ],
)
def test_a_link_is_dead_once_what_it_was_made_for_is_gone(case, statement, happens):
    link = case.link(statement)
    assert opened(link.token, at=LATER).state is LinkState.OPEN
    happens(case, statement, link)
    dead(link.token, LinkState.WITHDRAWN)


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(lambda case: changed(case.pat, do_not_contact=True), id="do not contact"),
        pytest.param(lambda case: changed(case.pat, may_be_told="nothing"), id="to be told nothing"),
        pytest.param(lambda case: it_is_recorded_that_the_pupil_died(case.case), id="the pupil has died"),
    ],
)
def test_no_link_is_made_for_whom_it_must_not_reach(case, statement, prepare):
    case.link(statement)
    prepare(case)
    with pytest.raises(Refusal) as refused:
        case.link(statement)
    assert refused.value.kind is Refused.CONFLICT
    assert StatementLink.objects.count() == 1


def test_no_link_is_made_for_another_family_or_to_an_earlier_statement(case, statement):
    with pytest.raises(Refusal) as refused:
        case.link(statement, told(case.school).pat)
    assert refused.value.kind is Refused.NOT_FOUND
    case.amina.name = "Amina Yusuf-Hart"
    case.amina.save()
    case.issue()
    with pytest.raises(Refusal, match="newer statement"):
        case.link(statement)


def test_used_outlives_expired():
    at = NOW + timedelta(days=30)
    assert link_state(used_at=NOW, withdrawn_at=at, expires_at=LATER, at=at) is LinkState.USED


def changed(row, **fields):
    with pen():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
