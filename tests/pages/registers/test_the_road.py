"""An attendance officer brings a file in, page by page."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onroll.jobs.worker import work_once
from onroll.records.attendance.models import Amendment, Import, RegisterYear
from onroll.records.work.models import Work
from tests.support import brought

pytestmark = pytest.mark.django_db


def work():
    """Let the worker do what is queued."""
    while work_once():
        pass


def text_of(answer):
    """A page's words without its tags."""
    body = answer.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def upload(client, school, content, name="register.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/s/{school.urn}/registers/bring-in/", {"file": file})


def version_on(answer):
    return re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]


def columns_form(**more):
    return {"shape": "long", "upn": "0", "date": "3", "session": "4", "mark": "5", **more}


def read(client, school, content):
    """Upload, confirm the columns as guessed, and let the worker read; the address of the file's page."""
    answer = upload(client, school, content)
    page = client.get(answer.url, follow=True)
    if "Which column" in text_of(page):
        address = page.redirect_chain[-1][0]
        client.post(address, columns_form(version=version_on(page), do="read"))
    work()
    return answer.url


def approve(client, address):
    page = client.get(address)
    client.post(f"{address}approve/", {"version": version_on(page), "checked": "on"})
    work()
    return client.get(address)


def test_from_the_first_file_to_the_register(school, robin, zoe, person):
    client = person()
    page = client.get(f"/s/{school.urn}/registers/")
    assert "Bring in your first register" in text_of(page)
    rows = [*brought.days(robin, "2026-09-07", "/\\II"), (zoe, "2026-09-12", "AM", "I")]
    answer = upload(client, school, brought.long_file(rows))
    page = client.get(answer.url, follow=True)
    words = text_of(page)
    assert "Which column is what?" in words
    assert "Robin Quill, found by UPN Monday 7 September 2026 AM /: Present in the morning" in words
    address = page.redirect_chain[-1][0]
    client.post(address, columns_form(version=version_on(page), do="read"))
    page = client.get(answer.url)
    assert "Waiting for its turn" in text_of(page)
    assert b'http-equiv="refresh"' in page.content
    work()
    page = client.get(answer.url)
    words = text_of(page)
    assert "Bring in these marks?" in words
    assert "4 new marks 0 marks changed 0 same as before 0 kept" in words
    assert "1 mark on no school session" in words
    page = approve(client, answer.url)
    words = text_of(page)
    assert words.startswith('id="main-content"') or "In the register" in words
    assert "The registers of 1 pupil were written. The count moved for 1 pupil" in words
    assert RegisterYear.objects.get().marks.replace(".", "") == "/\\II"
    page = client.get(f"/s/{school.urn}/registers/")
    assert "register.csv" in text_of(page)
    assert "Imported" in text_of(page)


def test_the_next_file_goes_straight_to_its_preview_and_says_what_changes(school, robin, person):
    client = person()
    approve(client, read(client, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\NN"))))
    answer = upload(client, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\I ")))
    assert "Waiting for its turn" in text_of(client.get(answer.url))
    work()
    assert "0 new marks 1 mark changed 2 same as before 1 kept" in text_of(client.get(answer.url))
    page = client.get(f"{answer.url}marks/changed/")
    assert "Tuesday 8 September 2026, AM N: Reason for absence not yet known I: Illness" in text_of(page)
    page = client.get(f"{answer.url}marks/kept/")
    assert "Tuesday 8 September 2026, PM N: Reason for absence not yet known" in text_of(page)


def test_the_same_file_again_is_told_and_finishes_without_writing(school, robin, person):
    client = person()
    content = brought.long_file(brought.days(robin, "2026-09-07", "/\\"))
    approve(client, read(client, school, content))
    page = client.get(read(client, school, content))
    assert "This file changes nothing" in text_of(page)
    assert "This very file is in the register already" in text_of(page)
    page = approve(client, f"/s/{school.urn}/registers/{Import.objects.latest('pk').pk}/")
    assert "Nothing was written: every mark was in the register already." in text_of(page)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "The file is empty", id="empty"),
        pytest.param(b"%PDF-1.7", "This is a PDF, not a table", id="a PDF"),
        pytest.param(b"\x00\x01\x02" * 400, "not a text file", id="junk"),
    ],
)
def test_a_wrong_file_is_told_at_its_question_and_nothing_is_kept(school, person, content, said):
    answer = upload(person(), school, content)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert "There is a problem" in text_of(answer)
    assert not Import.objects.exists()


def test_too_large_a_file_is_told_at_its_question(school, person, settings):
    settings.ONROLL_MAX_UPLOAD = 100
    assert "larger than" in text_of(upload(person(), school, b"a,b\n" * 100))
    assert not Import.objects.exists()


def test_no_file_is_told(school, person):
    assert "Choose a file" in text_of(person().post(f"/s/{school.urn}/registers/bring-in/", {}))


def test_a_file_that_proves_unreadable_says_where_and_can_be_given_up(school, robin, person):
    client = person()
    content = brought.long_file(brought.days(robin, "2026-09-07", "/\\")) * 20_000
    address = read(client, school, content + b"\x00\x01junk")
    words = text_of(client.get(address))
    assert "The file could not be read" in words
    assert "See line" in words
    page = client.get(f"{address}cancel/")
    client.post(f"{address}cancel/", {"version": version_on(page)})
    assert "Nothing of this file was written" in text_of(client.get(address))


def test_columns_that_are_not_enough_are_told_at_their_questions(school, robin, person):
    client = person()
    answer = upload(client, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\")))
    page = client.get(answer.url, follow=True)
    address = page.redirect_chain[-1][0]
    for wrong, said in (
        (columns_form(mark=""), "Choose the column that holds the mark"),
        (
            columns_form(upn=""),
            "Choose the UPN, or the admission number, or surname, forename and date of birth",
        ),
        (columns_form(session="3"), "This column is the Date already"),
        (columns_form(shape="wide-day"), "No heading of the file is a date"),
        (columns_form(shape=""), "Choose how the file is laid out"),
        (columns_form(mark="99"), "not one of the available choices"),
    ):
        page = client.post(address, {**wrong, "version": version_on(page), "do": "read"})
        assert said in text_of(page)
    assert Import.objects.get().state == "mapping"


def test_other_columns_can_be_tried_before_they_are_kept(school, robin, person):
    client = person()
    rows = brought.long_file(brought.days(robin, "2026-09-07", "/\\"), header="UPN,A,B,Date,Session,Mark")
    page = client.get(upload(client, school, rows).url, follow=True)
    address = page.redirect_chain[-1][0]
    page = client.post(address, columns_form(mark="2", version=version_on(page), do="try"))
    assert "The code &quot;Robin&quot; is not a national attendance code" in page.content.decode()
    assert Import.objects.get().state == "mapping"


def test_a_wide_file_shows_its_first_sessions(school, robin, person):
    client = person()
    headings = [f"{day:02}/09/2026" for day in (7, 8, 9, 10, 11)]
    content = brought.wide_file([robin], headings, [["/\\", "II", "?I", "", "L-"]])
    page = client.get(upload(client, school, content).url, follow=True)
    words = text_of(page)
    assert "Monday 7 September 2026 AM" in words
    assert "5 columns of marks were found by their headings" in words


def test_unknown_codes_are_asked_and_the_file_is_read_again(school, robin, person):
    client = person()
    rows = [(robin, "2026-09-07", "AM", "I01"), (robin, "2026-09-07", "PM", "H")]
    address = read(client, school, brought.long_file(rows))
    assert "2 marks with an unknown code" in text_of(client.get(address))
    page = client.get(f"{address}codes/")
    assert "What does I01 mean?" in text_of(page)
    assert "Often it means I: Illness." in text_of(page)
    assert "Often it means C: Other leave, in exceptional circumstances." in text_of(page)
    answer = client.post(f"{address}codes/", {"version": version_on(page), "code-0": "", "code-1": ""})
    assert "Choose what at least one code means" in text_of(answer)
    client.post(f"{address}codes/", {"version": version_on(page), "code-0": "I", "code-1": ""})
    work()
    words = text_of(client.get(address))
    assert "1 new mark" in words
    assert "1 mark with an unknown code" in words


def test_names_are_to_be_checked_before_the_file_is_let_in(school, zoe, person):
    client = person()
    lines = ["Surname,Forename,DOB,Date,Session,Mark", f"O'Brien,Zoë,{zoe.born_on:%d/%m/%Y},07/09/2026,AM,I"]
    page = client.get(upload(client, school, "\n".join(lines).encode()).url, follow=True)
    address = page.redirect_chain[-1][0]
    guessed = {
        "shape": "long",
        "surname": "0",
        "forename": "1",
        "dob": "2",
        "date": "3",
        "session": "4",
        "mark": "5",
    }
    client.post(address, {**guessed, "version": version_on(page), "do": "read"})
    work()
    file = address.removesuffix("columns/")
    page = client.get(file)
    assert "1 pupil found by name" in text_of(page)
    assert "Line 2 Zoë O&#x27;Brien" in text_of(client.get(f"{file}lines/by-name/"))
    answer = client.post(f"{file}approve/", {"version": version_on(page)})
    assert "Check the pupils who were not found by UPN" in text_of(answer)
    approve(client, file)
    assert RegisterYear.objects.filter(pupil=zoe).exists()


def test_rejected_lines_can_be_taken_away_and_no_cell_is_a_formula(school, robin, person):
    client = person()
    rows = [(robin, "2026-09-12", "AM", "I"), (robin, "2026-09-07", "AM", "=1+2")]
    address = read(client, school, brought.long_file(rows))
    answer = client.get(f"{address}rejected/file/")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert '2,,"The school has no session then: Weekend.' in text
    assert '3,Mark,"The code ""=1+2"" is not' in text
    assert not re.search(r"(^|,)=", text, re.MULTILINE)


def test_a_stale_page_is_told_and_changes_nothing(school, robin, person):
    client, other = person(), person("deputy-head")
    address = read(client, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    version = version_on(client.get(address))
    other.post(f"{address}read-again/", {"version": version})
    work()
    answer = client.post(f"{address}approve/", {"version": version})
    assert answer.status_code == 409
    assert "moved on since you opened the page" in text_of(answer)
    assert not RegisterYear.objects.exists()


def test_undoing_says_what_it_does_and_what_stands_in_the_way(school, robin, person):
    client = person()
    content = brought.long_file(brought.days(robin, "2026-09-07", "II"))
    first = read(client, school, content)
    approve(client, first)
    second = read(client, school, content)
    approve(client, second)
    page = client.get(f"{first}undo/")
    assert "This file cannot be undone" in text_of(page)
    assert f'href="{second}"' in page.content.decode()
    for address in (second, first):
        page = client.get(f"{address}undo/")
        assert "Undo this file?" in text_of(page)
        client.post(f"{address}undo/", {"version": version_on(page)})
        work()
        assert "The register was put back" in text_of(client.get(address))
    assert not RegisterYear.objects.exists()


@pytest.mark.parametrize(
    "fate", [lambda: Work.objects.update(state="failed"), lambda: Work.objects.all().delete()]
)
def test_work_that_stopped_or_was_lost_can_be_started_again_from_its_page(school, robin, person, fate):
    client = person()
    answer = upload(client, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    page = client.get(answer.url, follow=True)
    client.post(page.redirect_chain[-1][0], columns_form(version=version_on(page), do="read"))
    fate()
    page = client.get(answer.url)
    assert "The work stopped before it was finished" in text_of(page)
    assert b'http-equiv="refresh"' not in page.content
    client.post(f"{answer.url}start-again/", {"version": version_on(page)})
    work()
    assert "Bring in these marks?" in text_of(client.get(answer.url))


def test_progress_is_said_in_words_and_per_cent(school, robin, person):
    client = person()
    answer = upload(client, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    page = client.get(answer.url, follow=True)
    client.post(page.redirect_chain[-1][0], columns_form(version=version_on(page), do="read"))
    Work.objects.update(
        state="running", done=42, total=100, note="Reading the file", heartbeat_at=timezone.now()
    )
    words = text_of(client.get(answer.url))
    assert "Reading the file 42% 42% done" in words


def test_a_file_whose_lists_are_deleted_still_says_what_it_did(school, robin, person):
    from onroll.actions.imports.closing import clear_old  # noqa: PLC0415 - used once

    client = person()
    address = read(client, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    approve(client, address)
    clear_old(timezone.now() + timedelta(days=31))
    page = client.get(address)
    assert "2 new marks" in text_of(page)
    assert "Undo" not in text_of(page)
    assert "The list is no longer kept" in text_of(client.get(f"{address}marks/new/"))
