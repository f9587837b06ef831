"""Records are written with the pen or not at all, and few may take it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from onroll.actions.change import change
from onroll.domain.permissions import Role
from onroll.records.base import NoPen, Record, RecordQuerySet, pen
from onroll.records.people.models import Appointment
from onroll.records.schools.models import Trust
from tests.support.cast import NOW, a_person, a_school

HOUSE = Path(__file__).resolve().parents[2] / "src/onroll"
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
# Tables of ours that are not Records, and why they may be written without the pen.
NOT_RECORDS = {
    "people.User": "the sign-in library writes it",
    "ledger.LedgerRow": "written by the chain alone, at the end of a change",
    "ledger.Look": "written by the doors alone, while somebody reads",
    "work.Work": "moved on by the worker outside any change",
    "work.Routine": "claimed by the worker",
}
# Modules that may take the pen or write these tables.
MAY_TAKE_THE_PEN = {"actions/change.py", "actions/safe_keeping/restoring.py"}
WRITES_LEDGER = {"records/ledger/chain.py"}
WRITES_LOOKS = {"queries/doors.py"}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_a_record_is_not_written_without_the_pen(model, db):
    record = model(pk=1)
    attempts = [
        record.save,
        record.delete,
        lambda: model.objects.create(),
        lambda: model.objects.bulk_create([record]),
        lambda: model.objects.filter(pk=1).update(pk=2),
        lambda: model.objects.all().delete(),
        lambda: model.objects.bulk_update([record], [field(model)]),
        lambda: model.objects.update_or_create(pk=1),
    ]
    for attempt in attempts:
        with pytest.raises(NoPen), transaction.atomic():
            attempt()


def field(model):
    return next(one.name for one in model._meta.concrete_fields if not one.primary_key)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_record_is_asked_for_through_a_guarded_set(model):
    assert isinstance(model.objects.all(), RecordQuerySet)


def test_every_table_of_ours_is_a_record_or_says_why_not():
    others = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("onroll.") and not issubclass(model, Record)
    }
    assert others == set(NOT_RECORDS)


def test_with_the_pen_it_is_written(db):
    with pen():
        Trust.objects.create(name="Elm Trust")
    assert Trust.objects.get().name == "Elm Trust"


@pytest.mark.django_db(transaction=True)
def test_the_pen_is_put_down_at_the_end_of_a_change_however_it_ends():
    with change(None, "tried", NOW):
        Trust.objects.create(name="A")
    with pytest.raises(ZeroDivisionError), change(None, "tried", NOW):
        Trust(name=str(1 / 0))
    with pytest.raises(NoPen):
        Trust.objects.create(name="B")


def test_what_joins_two_records_needs_the_pen_too(db):
    school = a_school(calendar=False)
    post = Appointment.objects.get(user=a_person(school, Role.PROGRESS_LEADER))
    groups = list(school.year_groups.all())
    for attempt in (
        lambda: post.year_groups.add(groups[0]),
        lambda: post.year_groups.set(groups),
        lambda: post.year_groups.create(school=school, code="12", name="Year 12"),
    ):
        with pytest.raises(NoPen), transaction.atomic():
            attempt()
    with pen():
        post.year_groups.set(groups)
    for attempt in (post.year_groups.clear, lambda: post.year_groups.remove(groups[0])):
        with pytest.raises(NoPen), transaction.atomic():
            attempt()
    assert post.year_groups.count() == len(groups)


# ---------------------------------------------------------------- who may hold it
def test_few_modules_take_the_pen():
    assert callers("pen") - {"records/base.py"} == MAY_TAKE_THE_PEN


def test_only_the_chain_writes_the_ledger_and_only_the_doors_write_looks():
    assert makers("LedgerRow") == WRITES_LEDGER
    assert makers("Look") == WRITES_LOOKS


@pytest.mark.parametrize(
    "line",
    ["LedgerRow(number=1)", "LedgerRow.objects.create(number=1)", "x.LedgerRow.objects.bulk_create([])"],
)
def test_a_row_made_by_hand_is_found(line):
    assert makes(ast.parse(line), "LedgerRow")


@pytest.mark.parametrize(
    "line", ["LedgerRow.objects.filter(number=1)", "LedgerRow.objects.count()", "row_mac(row)"]
)
def test_a_row_that_is_read_is_fine(line):
    assert not makes(ast.parse(line), "LedgerRow")


def modules():
    files = [file for file in sorted(HOUSE.rglob("*.py")) if "migrations" not in file.parts]
    return {str(file.relative_to(HOUSE)): ast.parse(file.read_text("utf-8")) for file in files}


def callers(name: str) -> set[str]:
    return {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    }


def makers(name: str) -> set[str]:
    return {path for path, tree in modules().items() if makes(tree, name)}


def makes(tree: ast.AST, name: str) -> bool:
    """Whether a module makes rows of a model, by its constructor or its manager."""
    called = [ast.unparse(node.func).split(".") for node in ast.walk(tree) if isinstance(node, ast.Call)]
    writers = {"create", "bulk_create", "get_or_create", "update_or_create"}
    return any(
        parts[-1] == name or (name in parts and parts[-1] in writers and "objects" in parts)
        for parts in called
    )
