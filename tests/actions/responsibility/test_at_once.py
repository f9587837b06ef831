"""Two who answer, or make a link, at the same moment; and a change that ends half-way."""

from contextlib import suppress

import pytest

from onroll.actions.responsibility import by_link
from onroll.actions.responsibility.by_link import acknowledge_by_link
from onroll.domain.vocabulary import Refusal
from onroll.records.cases.models import Receipt, StatementLink
from onroll.records.ledger.models import LedgerRow
from tests.actions.test_change_at_once import at_once
from tests.support.cast import NOW
from tests.support.told import TODAY, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case():
    return told()


def test_of_answers_sent_at_once_one_is_kept(case):
    link = case.link(case.issue())

    def answer():
        with suppress(Refusal):
            acknowledge_by_link(link.token, message="", on=TODAY, at=NOW)

    at_once(*[answer] * 6)
    assert Receipt.objects.count() == 1
    assert LedgerRow.objects.filter(verb="statement-acknowledged-by-link").count() == 1


def test_of_links_made_at_once_for_one_person_one_works(case):
    statement = case.issue()
    at_once(*[lambda: case.link(statement)] * 4)
    assert StatementLink.objects.count() == 4
    assert StatementLink.objects.filter(withdrawn_at=None).count() == 1


class Killed(BaseException):
    """As if the process had ended there."""


def test_an_answer_that_ends_half_way_leaves_the_link_as_it_was(case, monkeypatch):
    link = case.link(case.issue())
    rows = LedgerRow.objects.count()

    def killed(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(by_link, "refresh_cases", killed)
    with pytest.raises(Killed):
        acknowledge_by_link(link.token, message="", on=TODAY, at=NOW)
    assert StatementLink.objects.get().used_at is None
    assert not Receipt.objects.exists()
    assert LedgerRow.objects.count() == rows
    monkeypatch.undo()
    acknowledge_by_link(link.token, message="", on=TODAY, at=NOW)
    assert Receipt.objects.count() == 1
