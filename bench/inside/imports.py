"""Bring a register file in through the whole road, from upload to kept figures, then the same file once more."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from django.contrib.auth import get_user_model

from bench.clock import forget_peak, peak_mb, resident_mb
from bench.data import upn
from bench.inside.start import asked, found
from onroll.actions.change import change
from onroll.actions.imports import applying, bringing, columns, reading
from onroll.domain.names import search_text
from onroll.domain.permissions import Permission
from onroll.domain.register.files import ColumnMap
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.people import actor_of
from onroll.records.attendance.models import Amendment, Import
from onroll.records.pupils.models import Enrolment, Pupil
from onroll.records.schools.models import School, YearGroup

AT = datetime(2027, 7, 22, 9, tzinfo=UTC)  # the day after the last mark: nothing in the file is still to come
_PIECE = 1 << 16
_REGISTER = ("attendance_registeryear", "attendance_amendment", "attendance_summary")


def enrol(pupils: int) -> None:
    """Put pupils with the file's UPNs on the roll of the first school."""
    with change(None, "bench", AT):
        school = School.objects.get(urn=990001)
        group = YearGroup.objects.filter(school=school).first()
        rows = [_pupil(school, group, number) for number in range(pupils)]
        Pupil.objects.bulk_create(rows, batch_size=500)
        times = [Enrolment(pupil=one, school=school, first_on=date(2020, 9, 1)) for one in rows]
        Enrolment.objects.bulk_create(times, batch_size=500)


def _pupil(school: School, group: YearGroup | None, number: int) -> Pupil:
    names = {"forename": "Invented", "surname": f"Pupil{number}", "known_as": ""}
    numbers = {"upn": upn(number), "former_upn": "", "admission_number": f"B{number}"}
    return Pupil(
        school=school, year_group=group, search_text=search_text(**names, **numbers), **names, **numbers
    )


def bring_in(actor: Actor, seen: SchoolSeen, path: Path) -> dict[str, object]:
    """One import; its cost by step."""
    forget_peak()
    before = resident_mb()
    steps: dict[str, list[float]] = {}
    with asked() as counts:
        began = _now()
        brought = bringing.bring(actor, seen, file_name=path.name, source=_pieces(path), at=AT)
        assert brought.import_id is not None, brought.problem
        row = Import.objects.get(pk=brought.import_id)
        if row.state == "mapping":
            chosen = ColumnMap.from_json(row.mapping)
            columns.confirm_columns(actor, row.pk, version=row.version, columns=chosen, at=AT)
        began = _step(steps, "upload", began)
        reading.read(row.pk, at=AT, tell=_silent)
        began = _step(steps, "read and compare", began)
        row.refresh_from_db()
        assert row.state == "ready", row.problem
        applying.approve(actor, row.pk, version=row.version, names_checked=True, at=AT)
        applying.apply(row.pk, at=AT, tell=_silent)
        _step(steps, "write and count", began)
    row.refresh_from_db()
    assert row.state == "applied", row.problem
    amended = Amendment.objects.filter(import_id=row.pk).count()
    writes = row.outcome["registers"] + amended + sum(counts[name] for name in _REGISTER)
    return {
        "steps": steps, "queries": counts["queries"], "writes": writes, "outcome": row.outcome,
        "before": before, "peak": peak_mb(),
    }  # fmt: skip


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _step(steps: dict[str, list[float]], name: str, began: tuple[float, float]) -> tuple[float, float]:
    cpu, wall = _now()
    steps[name] = [cpu - began[0], wall - began[1]]
    return _now()


def _silent(_done: int, _total: int, _note: str = "") -> None:
    """Nobody listens to the progress."""


if __name__ == "__main__":
    enrol(int(sys.argv[2]))
    user = get_user_model().objects.get(email="attendance-officer@demo.example")
    officer = actor_of(user.pk, user.name)
    school = doors.school(officer, 990001, Permission.REGISTER_IMPORT)
    found([bring_in(officer, school, Path(sys.argv[1])) for _ in range(2)])
