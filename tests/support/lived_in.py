"""A house with something in most of its rooms, and the means to compare it with what a backup brings back."""

from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command

from onroll.actions.change import change
from onroll.actions.ledger import SETTLES_IN, seal_looks
from onroll.actions.safe_keeping import tables
from onroll.domain.permissions import Role
from onroll.records import uploads
from onroll.records.attendance.models import Amendment, ColumnMapping, Import, NotHealthCase, Summary
from onroll.records.base import pen
from onroll.records.crypto import encrypt
from onroll.records.people.models import Invitation
from onroll.records.pupils.models import Contact
from onroll.records.work.models import Work
from tests.support import cast
from tests.support.cast import NOW
from tests.support.looks import a_look

FILE = b"UPN,Date,Session,Mark\n" * 10_000
REASON = "Family say it was a holiday \N{EM DASH} not illness"


def a_lived_in_house() -> None:
    """Fill the house: names with accents, encrypted text, moments to the microsecond, gaps in the numbers."""
    school = cast.a_school("Elm Grove School")
    nine = school.year_groups.get(code="9")
    leader = cast.a_person(school, Role.PROGRESS_LEADER, name="Carys Webb", year_groups=[nine])
    admin = cast.a_person(school, Role.ADMINISTRATOR, name="Søren O’Hara")
    leader.last_login = datetime(2026, 11, 20, 8, 30, 1, 2, tzinfo=UTC)
    leader.save()
    EmailAddress.objects.create(user=leader, email=leader.email, verified=True, primary=True)
    Authenticator.objects.create(
        user=leader, type="totp", data={"secret": encrypt("ABC", "mfa"), "n": [1, None]}
    )
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=NOW)
    pupils = [cast.a_pupil(school, "Zoë", f"Ó Conaill-{number}") for number in range(30)]
    with pen():
        for pupil in pupils:
            marks = cast.marks(cast.whole_days([date(2026, 10, day) for day in range(5, 10)], "I"))
            cast.a_register(pupil, marks)
        _attendance(school, leader, pupils)
        Contact.objects.create(
            pupil=pupils[0], school=school, name='Máire "Mo" \\ Ó Conaill', phone="01632 960001"
        )
        Invitation.objects.create(
            school=school, email="new@example.org", name="Nia", roles=[{"role": "teacher", "year_groups": []}],
            token_digest="d" * 64, invited_by=admin, invited_at=NOW, expires_at=NOW + timedelta(days=7),
        )  # fmt: skip
        pupils[3].registers.all().delete()
    Work.objects.create(kind="read", subject_id=1, state="done", queued_at=NOW)
    _ledger(school.pk)


def _attendance(school, leader, pupils) -> None:
    brought = Import.objects.create(
        school=school, kind="attendance", state="applied", file_name="November.csv", size=len(FILE), sha256="0" * 64,
        upload=uploads.save([FILE]), mapping={"columns": {"UPN": 0}}, counts={"new": 3}, uploaded_by=leader,
        uploaded_at=NOW, first_on=date(2026, 9, 1),
    )  # fmt: skip
    uploads.save([b""])
    Amendment.objects.create(
        pupil=pupils[0], school=school, on=date(2026, 10, 5), session="AM", old="N", new="I", at=NOW,
        by_id=leader.pk, import_id=brought.pk,
    )  # fmt: skip
    Summary.objects.create(
        pupil=pupils[0], school=school, year=2026, as_of=date(2026, 10, 9), rule_version="1", s_sessions=10,
        s_reached_consecutive="2026-10-23 PM", h_forecast_on=date(2026, 12, 8),
    )  # fmt: skip
    NotHealthCase.objects.create(
        pupil=pupils[0], school=school, year=2026, h_sessions=4, reason=REASON, by=leader, at=NOW
    )
    ColumnMapping.objects.create(
        school=school, kind="roll", fingerprint="f" * 64, mapping={"b": [1, 2], "a": "é"}, saved_at=NOW
    )


def _ledger(school_id: int) -> None:
    for number in range(10):
        with change(number, "tried", NOW + timedelta(microseconds=number), school_id=school_id) as entry:
            entry.detail = {"words": "café — “ok”", "number": number}
        a_look(pupils=(number, number + 1), school_id=school_id)
    seal_looks(NOW + SETTLES_IN)
    a_look(NOW + SETTLES_IN)


def contents() -> dict[str, list[str]]:
    """Every row of every kept table, as a backup writes it down."""
    return {label: list(tables.rows(model)) for label, model in tables.kept(apps).items()}


def move_out(folder) -> None:
    """Leave the house empty, as `migrate` made it, with its uploads and heads in a new folder."""
    call_command("flush", interactive=False, verbosity=0)
    settings.UPLOAD_DIR = folder / "uploads"
    settings.HEADS_DIR = folder / "heads"
