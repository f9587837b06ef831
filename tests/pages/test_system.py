"""System health for those who keep the system; one word for machines."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.ledger import export_head
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.jobs.sweeping import sweep_all
from onroll.pages.system.words import lines
from onroll.queries import system
from onroll.records import uploads
from onroll.records.work.models import Routine, Work
from tests.support.cast import a_person, a_school, actor
from tests.support.looks import a_look
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    return tmp_path


@pytest.fixture
def keeper():
    return a_person(a_school(), Role.ADMINISTRATOR)


def told(keeper, at=NOW):
    return {line.name: line for line in lines(system.health(actor(keeper), at))}


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# ---------------------------------------------------------------- the page
def test_a_machine_gets_one_word_and_no_data_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/system/alive/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Cache-Control"] == "no-store"


def test_those_who_keep_the_system_see_its_health(keeper):
    text = signed_in(keeper).get("/system/").content.decode()
    for name in (
        "Worker",
        "Queue",
        "Failed work",
        "Ledger head",
        "Unsealed looks",
        "Last backup",
        "Database",
    ):
        assert name in text
    assert 'href="/system/"' in text  # the way to it, in the person's menu


def test_others_are_told_who_can_and_have_no_way_to_it():
    client = signed_in(a_person(a_school(), Role.HEADTEACHER))
    answer = client.get("/system/")
    assert answer.status_code == 403
    assert "Administrator and Data protection lead" in answer.content.decode()
    assert 'href="/system/"' not in answer.content.decode()


def test_somebody_without_a_role_learns_nothing():
    with pytest.raises(Refusal) as refused:
        system.health(Actor(1, "A"), NOW)
    assert refused.value.kind is Refused.NOT_FOUND


def test_it_costs_a_fixed_number_of_queries(keeper, django_assert_max_num_queries):
    for _ in range(20):
        Work.objects.create(kind="read", state="failed", queued_at=NOW, finished_at=NOW)
    with django_assert_max_num_queries(14):
        system.health(actor(keeper), NOW)


# ---------------------------------------------------------------- each line
def test_a_house_that_never_ran_needs_a_look(keeper):
    found = told(keeper)
    assert {name for name, line in found.items() if line.status == "look-at"} == {
        "Worker",
        "Ledger head",
        "Last backup",
        "Round of the duties",
    }
    assert all(line.todo for line in found.values() if line.status != "well")


@pytest.mark.parametrize(("minutes", "status"), [(4, "well"), (6, "look-at")])
def test_a_worker_that_says_nothing_is_noticed(keeper, minutes, status):
    Routine.objects.create(name="reap", last_at=NOW - timedelta(minutes=minutes))
    Work.objects.create(kind="read", queued_at=NOW)
    found = told(keeper)
    assert (found["Worker"].status, found["Queue"].status) == (status, status)
    assert found["Queue"].fact.startswith("1 piece of work waiting, 0 under way; the oldest since ")


@pytest.mark.parametrize(("days", "status"), [(1, "look-at"), (8, "well")])
def test_work_that_failed_within_a_week_is_noticed(keeper, days, status):
    for _ in range(2):
        Work.objects.create(
            kind="read", state="failed", queued_at=NOW, finished_at=NOW - timedelta(days=days)
        )
    line = told(keeper)["Failed work"]
    assert line.status == status
    assert ("read, 2 times" in line.fact) is (status == "look-at")


@pytest.mark.parametrize(("hours", "status"), [(26, "well"), (27, "look-at")])
def test_an_old_round_of_the_duties_is_noticed(keeper, hours, status):
    at = NOW - timedelta(hours=hours)
    sweep_all(on=at.date(), at=at)
    line = told(keeper)["Round of the duties"]
    assert line.status == status
    assert line.fact.startswith("Last done ")
    a_school("Oak Lane School")
    assert told(keeper)["Round of the duties"].fact.endswith("; never done for 1 school")


@pytest.mark.parametrize(("hours", "status"), [(25, "well"), (27, "look-at")])
def test_an_old_head_is_noticed(keeper, hours, status):
    export_head(NOW - timedelta(hours=hours))
    assert told(keeper)["Ledger head"].status == status


def test_a_ledger_that_lost_what_its_head_saw_is_an_alarm(keeper):
    with change(None, "tried", NOW):
        pass
    export_head(NOW)
    tamper("DELETE FROM ledger_ledgerrow")
    line = told(keeper)["Ledger head"]
    assert line.status == "alarm"
    assert "verify-ledger" in line.todo


@pytest.mark.parametrize(("minutes", "status"), [(10, "well"), (40, "look-at")])
def test_looks_that_wait_for_their_seal_are_noticed(keeper, minutes, status):
    a_look(NOW - timedelta(minutes=minutes))
    line = told(keeper)["Unsealed looks"]
    assert line.status == status
    assert line.fact.startswith("1 look, the oldest ")


@pytest.mark.parametrize(("hours", "status"), [(47, "well"), (49, "look-at")])
def test_an_old_backup_is_noticed(keeper, hours, status):
    with change(None, "backup-made", NOW - timedelta(hours=hours)) as entry:
        entry.detail = {"bytes": 3 * 1024 * 1024}
    line = told(keeper)["Last backup"]
    assert line.status == status
    assert "3.0\xa0MB" in line.fact


def test_the_room_that_is_used_is_told(keeper):
    uploads.save([b"x" * 2048])
    found = told(keeper)
    assert found["Uploads"].fact == "1 file, 2.0\xa0KB"
    assert found["Database"].fact.split(",")[0] in {"SQLite", "PostgreSQL"}
    assert found["Database"].fact.split(", ")[1] != "0\xa0bytes"
