"""Who may open the registers room, whom its lists show to whom, and that every look is logged."""

import re

import pytest

from onroll.records.attendance.models import Import
from onroll.records.ledger.models import Look
from tests.pages.registers.test_the_road import text_of
from tests.support import brought, cast

pytestmark = pytest.mark.django_db
SEES = ("list", "ready", "new", "no-session", "rejected", "queries", "n", "n-file", "changes")
DOES = ("bring-in", "columns", "codes", "cancel", "undo")


@pytest.fixture
def files(school, robin, zoe):
    """A file of each kind, and the addresses of every page of the room."""
    officer = cast.actor(cast.a_person(school, "attendance-officer"))
    both = [*brought.days(robin, "2026-09-07", "/\\NN"), *brought.days(zoe, "2026-09-07", "/\\NN")]
    applied = brought.applied(officer, school, brought.long_file(both))
    changed = [(robin, "2026-09-07", "AM", "I"), (zoe, "2026-09-07", "AM", "L")]
    brought.applied(officer, school, brought.long_file(changed))
    rows = [*brought.days(robin, "2026-09-09", "I"), *brought.days(zoe, "2026-09-09", "L")]
    rows += [
        (robin, "2026-09-12", "AM", "I"),
        (zoe, "2026-09-12", "AM", "I"),
        ("A123456789012", "2026-09-07", "AM", "I"),
    ]
    rows += [(robin, "2026-09-10", "AM", "?")]
    ready = brought.staged(officer, school, brought.long_file(rows))
    waiting = brought.bring(officer, school, b"A,B\n1,2\n")
    base = f"/s/{school.urn}/registers/"
    return {
        "list": base,
        "ready": f"{base}{ready.pk}/",
        "new": f"{base}{ready.pk}/marks/new/",
        "no-session": f"{base}{ready.pk}/lines/no-session/",
        "unknown-pupil": f"{base}{ready.pk}/lines/unknown-pupil/",
        "rejected": f"{base}{ready.pk}/rejected/file/",
        "queries": f"{base}queries/",
        "n": f"{base}queries/old-n/",
        "n-file": f"{base}queries/old-n/file/",
        "not-taken": f"{base}queries/not-taken/",
        "changes": f"{base}changes/",
        "bring-in": f"{base}bring-in/",
        "columns": f"{base}{waiting.pk}/columns/",
        "codes": f"{base}{ready.pk}/codes/",
        "cancel": f"{base}{ready.pk}/cancel/",
        "undo": f"{base}{applied.pk}/undo/",
    }


@pytest.mark.parametrize("role", ["administrator", "teacher", "governor", "data-protection-lead"])
def test_a_role_without_registers_opens_nothing_of_the_room(files, person, role):
    client = person(role)
    for name in (*SEES, *DOES):
        assert client.get(files[name]).status_code == 403, name
    assert not Look.objects.exists()


@pytest.mark.parametrize("role", ["headteacher", "senco", "safeguarding-lead"])
def test_a_role_that_sees_registers_opens_the_lists_and_does_nothing_to_files(files, person, role):
    client = person(role)
    for name in SEES:
        assert client.get(files[name]).status_code == 200, name
    for name in DOES:
        assert client.get(files[name]).status_code == 403, name
    page = client.get(files["ready"])
    assert "decides" in text_of(page)
    assert "Approve and bring in" not in text_of(page)
    assert client.post(f"{files['ready']}approve/", {"version": "1"}).status_code == 403
    assert Import.objects.filter(state="ready").exists()


@pytest.mark.parametrize("role", ["attendance-officer", "deputy-head"])
def test_a_role_that_brings_attendance_in_opens_every_page(files, person, role):
    client = person(role)
    for name in files:
        assert client.get(files[name]).status_code == 200, name


def test_a_stranger_is_answered_as_if_the_school_did_not_exist(files, person):
    client = person("deputy-head", at=cast.a_school("Oak Lane School"))
    for name in files:
        assert client.get(files[name]).status_code == 404, name


def test_the_imports_of_another_school_cannot_be_reached_through_ones_own(files, person):
    elsewhere = cast.a_school("Oak Lane School")
    client = person("deputy-head", at=elsewhere)
    for name in ("ready", "new", "no-session", "rejected", "codes", "cancel", "undo", "columns"):
        ours = files[name].replace(files["list"], f"/s/{elsewhere.urn}/registers/")
        answer = client.get(ours)
        assert answer.status_code == 404, name
        assert b"Quill" not in answer.content


@pytest.mark.parametrize("name", ["new", "no-session", "rejected", "n", "n-file", "changes"])
def test_who_is_limited_to_a_year_group_sees_its_pupils_only(files, person, robin, zoe, name):
    everybody = person("headteacher").get(files[name]).content.decode()
    nine = person("progress-leader", year=9).get(files[name]).content.decode()
    assert [name in everybody for name in ("Quill", "Brien")] == [True, True]
    assert [name in nine for name in ("Quill", "Brien")] == [True, False]


def test_who_is_limited_to_a_year_group_sees_no_line_of_an_unknown_pupil(files, person):
    assert "A123456789012" in text_of(person("headteacher").get(files["unknown-pupil"]))
    page = text_of(person("progress-leader", year=9).get(files["unknown-pupil"]))
    assert "A123456789012" not in page
    assert "none that you may see" in page


@pytest.mark.parametrize(
    ("name", "looked"),
    [
        ("new", "import-marks"),
        ("no-session", "import-problems"),
        ("rejected", "import-rejected"),
        ("n", "code-queries"),
        ("n-file", "code-queries-file"),
        ("changes", "amendments"),
    ],
)
def test_each_list_of_pupils_logs_one_look_with_everybody_it_showed(files, person, robin, zoe, name, looked):
    client = person("headteacher")
    client.get(files[name])
    look = Look.objects.get()
    assert (look.page, look.actor_id) == (looked, client.user.pk)
    assert look.pupil_ids == f",{robin.pk},{zoe.pk},"


@pytest.mark.parametrize("name", ["list", "ready", "queries"])
def test_a_page_of_numbers_is_no_look_at_anybody(files, person, name):
    person("headteacher").get(files[name])
    assert not Look.objects.exists()


def test_no_address_title_or_download_name_holds_a_name(files, person):
    client = person()
    for name, address in files.items():
        answer = client.get(address)
        title = "".join(re.findall(r"<title>.*?</title>", answer.content.decode(), re.DOTALL))
        shown = f"{address} {title} {answer.get('Content-Disposition', '')}"
        assert not re.search("Quill|Brien", shown), name


def test_every_list_comes_25_to_a_page_and_its_numbers_fit(school, person):
    officer = cast.actor(cast.a_person(school, "attendance-officer"))
    pupils = [cast.a_pupil(school, f"N{number:02}", "Same") for number in range(7)]
    rows = [line for one in pupils for line in brought.days(one, "2026-09-07", "/\\II//N ")]
    row = brought.staged(officer, school, brought.long_file(rows))
    client = person()
    address = f"/s/{school.urn}/registers/{row.pk}/marks/new/"
    shown = []
    for number in (1, 2):
        text = client.get(f"{address}?page={number}").content.decode()
        shown += [line.split("</a>")[0] for line in text.split('onroll-name" href="')[1:]]
    assert len(shown) == 49 == row.counts["new"]
    assert [sum(f"N{number:02}" in one for one in shown) for number in range(7)] == [7] * 7
    assert "26 to 49 of 49" in text
    assert "26 to 49 of 49" in client.get(f"{address}?page=99").content.decode()


@pytest.mark.parametrize(
    "name", ["list", "ready", "new", "no-session", "queries", "n", "not-taken", "changes", "columns"]
)
def test_a_page_costs_at_most_twelve_queries(files, person, django_assert_max_num_queries, name):
    client = person()
    client.get(files[name])  # what is read once for all pages
    with django_assert_max_num_queries(12):
        assert client.get(files[name]).status_code == 200
