"""Tests that commit leave an empty database and wakeful triggers behind."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from onroll.records.ledger.models import LedgerRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", [1, 2], ids=["the first writes", "the second finds nothing"])
def test_the_ledger_is_empty_and_refuses_again(attempt):
    assert not LedgerRow.objects.exists()
    row = LedgerRow.objects.create(
        number=attempt, at=datetime(2026, 10, 5, tzinfo=UTC), verb="tested", mac="0" * 64
    )
    with pytest.raises(DatabaseError, match="this table only grows"), transaction.atomic():
        row.delete()
