"""An attendance officer brings a roll in, page by page."""

import csv
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.jobs.worker import work_once
from onroll.queries.roll import heads
from onroll.records.attendance.models import Import
from onroll.records.ledger.models import Look
from onroll.records.pupils.models import MissingFromRoll, Pupil
from tests.support.rolls import a_line, line_of, roll_file

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    """A page without its marks, so that a sentence can be looked for whole."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def upload(client, school, content: bytes, name: str = "roll.csv"):
    return client.post(f"/s/{school.urn}/roll/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def post(client, address: str, **values):
    row = Import.objects.latest("pk")
    return client.post(address, {"version": row.version, **values}, follow=True)


def columns_as_guessed(client, school, **others):
    """Confirm the columns as the page has them chosen."""
    row = Import.objects.latest("pk")
    address = f"/s/{school.urn}/roll/{row.pk}/columns/"
    page = client.get(address).content.decode()
    chosen = re.findall(r'<select name="([^"]+)".*?</select>', page, re.DOTALL)
    given = {}
    for name in chosen:
        box = page[page.index(f'<select name="{name}"') :].split("</select>")[0]
        found = re.search(r'<option value="(\d+)" selected', box)
        given[name] = found[1] if found else ""
    return post(client, address, do="read", **{**given, **others})


def read(client, school, *lines):
    upload(client, school, roll_file(*lines))
    return columns_as_guessed(client, school)


def test_from_the_file_to_the_pupils(person, school, robin, jo):
    client = person()
    assert "No roll has been brought in yet" in words(client.get(f"/s/{school.urn}/roll/"))
    page = upload(client, school, roll_file(line_of(robin, Tutor_group="9 Oak"), a_line(Surname="Fir")))
    assert "Which column is what?" in words(page)
    assert "15 January 2012" in words(page), "the first lines are shown as they will be read"
    page = columns_as_guessed(client, school)
    assert "Check the roll" in words(page)
    assert Pupil.objects.count() == 2
    row = Import.objects.get()
    address = f"/s/{school.urn}/roll/{row.pk}/"
    assert "Tutor group: was 9 Ash → , becomes 9 Oak" in words(client.get(f"{address}pupils/changed/"))
    assert "Cy Fir" in words(client.get(f"{address}pupils/new/"))
    assert "Jo O&#x27;Dell" in words(client.get(f"{address}missing/"))
    page = post(client, f"{address}approve/")
    assert "Say whether the file holds every pupil of the school" in words(page)
    page = post(client, f"{address}approve/", whole="yes")
    assert "1 came on roll 1 changed" in words(page)
    assert "Nobody’s count moved." in words(page)
    assert "Came on roll with this file." in words(client.get(f"{address}changes/"))
    assert "Jo O&#x27;Dell" in words(client.get(f"/s/{school.urn}/roll/missing/"))
    assert Pupil.objects.get(surname="Fir").tutor_group.name == "9 Ash"


def test_a_large_file_is_read_and_written_by_the_worker(person, school, robin, monkeypatch):
    monkeypatch.setattr("onroll.actions.roll.bringing.AT_ONCE", 10)
    monkeypatch.setattr("onroll.actions.roll.approving.AT_ONCE", 10)
    client = person()
    page = read(client, school, line_of(robin, Known_as="Bobbin"))
    assert "Waiting for its turn" in words(page)
    assert work_once()
    row = Import.objects.get()
    page = post(client, f"/s/{school.urn}/roll/{row.pk}/approve/")
    assert "Writing the roll" in words(page)
    assert work_once()
    assert "1 changed" in words(client.get(f"/s/{school.urn}/roll/{row.pk}/"))
    assert heads.AT_ONCE > 10


def test_work_that_stopped_can_be_started_again(person, school, robin, monkeypatch):
    monkeypatch.setattr("onroll.pages.roll.bringing.read_small_now", lambda *_, **__: None)
    client = person()
    page = read(client, school, line_of(robin))
    assert "The work stopped before it was finished" in words(page)
    row = Import.objects.get()
    page = post(client, f"/s/{school.urn}/roll/{row.pk}/start-again/")
    assert "Waiting for its turn" in words(page)
    assert work_once()
    assert "Check the roll" in words(client.get(f"/s/{school.urn}/roll/{row.pk}/"))


@pytest.mark.parametrize(("content", "told"), [
    pytest.param(b"%PDF-1.7", "This is a PDF", id="a PDF"),
    pytest.param(b"\x00\x01\x02" * 50, "not a text file", id="junk"),
    pytest.param(b"", "The file is empty", id="empty"),
])  # fmt: skip
def test_what_is_no_roll_is_told_at_the_question(person, school, content, told):
    page = words(upload(person(), school, content))
    assert "There is a problem" in page
    assert told in page
    assert not Import.objects.exists()


def test_columns_can_be_corrected_and_are_looked_at_first(person, school):
    client = person()
    upload(client, school, b"Ident,Given,Family,Born\n42,Robin,Quill,05/03/2013\n")
    row = Import.objects.get()
    address = f"/s/{school.urn}/roll/{row.pk}/columns/"
    assert "cannot be read with these columns yet" in words(client.get(address))
    page = post(client, address, do="look", admission="0", forename="1", surname="2")
    assert "The first lines, as they will be read" in words(page)
    page = post(client, address, do="look", admission="0", forename="0", surname="2")
    assert "This column is “Forename” already" in words(page) or "is “Admission number” already" in words(
        page
    )
    page = post(client, address, do="read", surname="2", forename="1")
    assert "Choose a column for UPN, admission number or date of birth" in words(page)
    page = post(client, address, do="read", admission="0", forename="1", surname="2", **{"born-on": "3"})
    assert "1 new pupil" in words(page)
    again = upload(client, school, b"Ident,Given,Family,Born\n43,Jo,Oak,05/03/2013\n")
    assert "Check the roll" in words(again), "the same headings are not asked for again"


def test_problem_lines_are_listed_and_can_be_taken_away(person, school, robin):
    client = person()
    read(client, school, line_of(robin, Date_of_birth="soon"), a_line(SEN_status="S", Surname="=1+1"))
    row = Import.objects.get()
    address = f"/s/{school.urn}/roll/{row.pk}/"
    assert "This is not a date that can be read" in words(client.get(f"{address}lines/left-out/"))
    assert "This is no SEN status" in words(client.get(f"{address}lines/look/"))
    answer = client.get(f"{address}problems/file/")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[:2] + row[3:] for row in rows[1:]] == [
        ["2", "Date of birth", "no", "Quill, Robin"], ["3", "SEN status", "all but this cell", "'=1+1, Cy"],
    ]  # fmt: skip
    assert "Quill" not in answer["Content-Disposition"]


def test_a_person_says_who_somebody_is(person, school, robin):
    client = person()
    page = read(client, school, line_of(robin, UPN="", Admission_number="9999"))
    assert "Say who they are" in words(page)
    assert "Approve this roll" not in words(page)
    row = Import.objects.get()
    address = f"/s/{school.urn}/roll/{row.pk}/"
    page = client.get(f"{address}questions/")
    assert "no number is the same" in words(page)
    (name,) = set(re.findall(r'name="(q\d+)"', page.content.decode()))
    page = post(client, f"{address}questions/", **{name: f"same:{robin.pk}"})
    assert "Approve this roll" in words(page)
    post(client, f"{address}approve/")
    assert Pupil.objects.get().admission_number == "9999"


def test_a_mistyped_upn_is_asked_about(person, school):
    client = person()
    read(client, school, a_line(UPN="C801200005001"))
    row = Import.objects.get()
    page = post(client, f"/s/{school.urn}/roll/{row.pk}/approve/")
    assert "Say what should happen with the UPNs that look mistyped" in words(page)
    post(client, f"/s/{school.urn}/roll/{row.pk}/approve/", mistyped="leave")
    assert Pupil.objects.get().upn == ""


def test_a_page_that_is_no_longer_true_changes_nothing(person, school, robin):
    client = person()
    read(client, school, line_of(robin, Known_as="Bobbin"))
    row = Import.objects.get()
    answer = client.post(f"/s/{school.urn}/roll/{row.pk}/approve/", {"version": row.version - 1})
    assert answer.status_code == 409
    assert "has moved on since you opened the page" in words(answer)
    assert Pupil.objects.get().known_as == ""


def test_a_file_can_be_cancelled_read_again_and_given_other_columns(person, school, robin):
    client = person()
    read(client, school, line_of(robin))
    row = Import.objects.get()
    address = f"/s/{school.urn}/roll/{row.pk}/"
    post(client, f"{address}read-again/")
    assert work_once()
    page = post(client, f"{address}columns/again/")
    assert "Which column is what?" in words(page)
    assert "Cancel this file?" in words(client.get(f"{address}cancel/"))
    page = post(client, f"{address}cancel/")
    assert "cancelled and deleted" in words(page)
    assert "Cancelled" in words(client.get(f"/s/{school.urn}/roll/"))


def test_who_may_not_bring_a_roll_is_told_whom_to_ask(person, school, robin):
    read(person(), school, line_of(robin))
    row = Import.objects.get()
    for role in ("senco", "administrator", "headteacher"):
        answer = person(role).get(f"/s/{school.urn}/roll/{row.pk}/")
        assert answer.status_code == 403
        assert "These roles can: Deputy Headteacher and Attendance officer" in words(answer)


def test_no_name_stands_in_a_title_and_each_list_is_one_look(person, school, robin, jo):
    client = person()
    read(client, school, line_of(robin, Known_as="Bobbin"), line_of(jo))
    row = Import.objects.get()
    for part in ("", "pupils/changed/", "pupils/same/", "missing/", "questions/", "changes/"):
        page = client.get(f"/s/{school.urn}/roll/{row.pk}/{part}").content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
        assert "Quill" not in title
        assert "O&#x27;Dell" not in title
    assert {look.page for look in Look.objects.all()} == {"roll"}
    assert sorted(look.pupil_ids for look in Look.objects.all()) == sorted([f",{robin.pk},", f",{jo.pk},"])


@pytest.mark.parametrize(
    "part", ["", "pupils/new/", "pupils/changed/", "missing/", "questions/", "lines/look/"]
)
def test_a_page_takes_as_many_queries_for_forty_pupils_as_for_two(person, school, part):
    from tests.support.cast import a_pupil  # noqa: PLC0415 - Django is not set up when this file is loaded

    counts = []
    for size in (2, 40):
        known = [a_pupil(school, f"N{number}", f"Oak{size}") for number in range(size)]
        asked = [a_pupil(school, f"M{number}", f"Elm{size}") for number in range(size)]
        [a_pupil(school, f"L{number}", f"Away{size}") for number in range(size)]
        client = person()
        read(
            client, school,
            *(line_of(pupil, Known_as="Bo", SEN_status="S") for pupil in known),
            *(line_of(pupil, UPN="", Admission_number=f"8{size}{at}") for at, pupil in enumerate(asked)),
            *(a_line(Surname=f"Fir{at}", Admission_number=f"7{size}{at}") for at in range(size)),
        )  # fmt: skip
        row = Import.objects.latest("pk")
        assert row.state == "ready", row.problem
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/s/{school.urn}/roll/{row.pk}/{part}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12, [query["sql"][:150] for query in queries.captured_queries]


@pytest.mark.parametrize("part", ["", "missing/"])
def test_the_rooms_lists_take_as_many_queries_for_twenty_pupils_as_for_one(person, school, part):
    from tests.support.cast import a_pupil  # noqa: PLC0415 - as above

    client, counts = person(), []
    for size in (1, 19):
        [a_pupil(school, f"N{number}", f"Oak{size}") for number in range(size)]
        read(client, school, a_line(Admission_number=f"8{size}"))
        post(client, f"/s/{school.urn}/roll/{Import.objects.latest('pk').pk}/approve/", whole="yes")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/s/{school.urn}/roll/{part}")
        assert ("Missing from the roll" if part else "roll.csv") in words(page)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12, [query["sql"][:150] for query in queries.captured_queries]


class TestMissing:
    """Deciding about pupils whom the roll did not name."""

    @pytest.fixture
    def client(self, person, school, robin, jo):
        client = person()
        read(client, school, line_of(robin))
        post(client, f"/s/{school.urn}/roll/{Import.objects.get().pk}/approve/", whole="yes")
        return client

    @pytest.fixture
    def address(self, school):
        return f"/s/{school.urn}/roll/missing/"

    def test_still_here(self, client, address):
        page = client.post(f"{address}{MissingFromRoll.objects.get().pk}/here/", follow=True)
        assert "Nobody is missing from the roll" in words(page)
        assert "Still here" in words(page)

    def test_left_with_a_date_and_a_reason_and_back_again(self, client, address):
        pk = MissingFromRoll.objects.get().pk
        page = client.post(f"{address}{pk}/left/", {"reason": ""})
        assert "Enter the last day on roll" in words(page)
        date = {"left_on_day": "2", "left_on_month": "10", "left_on_year": "2099"}
        page = client.post(f"{address}{pk}/left/", {**date, "reason": "Moved"})
        assert "this one is in the future" in words(page)
        assert "Moved" in words(page), "what was typed is kept"
        page = client.post(
            f"{address}{pk}/left/", {**date, "left_on_year": "2025", "reason": "Moved"}, follow=True
        )
        assert "Left, last day 2 October 2025" in words(page)
        page = client.post(f"{address}{pk}/back/", follow=True)
        assert "waiting for a decision again" in words(page)
        assert "Has left" in words(page)

    def test_the_title_names_nobody_and_the_look_is_logged(self, client, address, jo):
        before = Look.objects.count()
        page = client.get(f"{address}{MissingFromRoll.objects.get().pk}/left/").content.decode()
        assert "<title>A pupil has left - Onroll</title>" in page
        assert Look.objects.count() == before + 1
        assert Look.objects.latest("pk").pupil_ids == f",{jo.pk},"
