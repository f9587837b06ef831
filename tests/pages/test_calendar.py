"""The calendar room, asked for as each role would."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.records.attendance.models import Recount, Summary
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import CalendarDay, School, Trust, YearGroup
from tests.support.cast import (
    NOW,
    a_calendar_entry,
    a_person,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days
DAY = OCTOBER[3]  # Thursday 8 October 2026
PARTS = ("day", "month", "year")
MAY_CHANGE = (Role.ATTENDANCE_OFFICER, Role.DEPUTY_HEAD, Role.ADMINISTRATOR)


@pytest.fixture
def school() -> School:
    """Two pupils who were ill for ten days: Bo in Year 9 and Cy in Year 10."""
    school = a_school()
    for forename, year in (("Bo", 9), ("Cy", 10)):
        a_register(a_pupil(school, forename, "Quill", year=year), marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


def as_(school: School, *roles: Role, **options: object) -> Client:
    client = Client()
    client.force_login(a_person(school, *roles, **options))
    return client


def at(school: School, part: str = "") -> str:
    return f"/s/{school.urn}/calendar/{part}"


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def entry(kind: str = "inset", on: date = DAY, last: date | None = None, **more: str) -> dict[str, str]:
    """What the form sends for an entry."""
    first = {f"first_{part}": str(getattr(on, part)) for part in PARTS}
    end = {f"last_{part}": str(getattr(last, part)) if last else "" for part in PARTS}
    return {"kind": kind, "name": "", "whom": "school", **first, **end, **more}


def health(forename: str) -> int:
    return Summary.objects.values_list("h_sessions", flat=True).get(pupil__forename=forename)


# ---------------------------------------------------------------- the year


def test_the_year_says_its_terms_and_their_days(school):
    page = text(as_(school, Role.TEACHER).get(at(school, "?year=2026")))
    assert "190 school days (380 sessions) in 2026 to 2027" in page
    assert "1 September to 23 October 2026" in page
    assert "Staff training day (INSET). 1 September to 2 September 2026" in page
    assert "Friday 25 December 2026" in page  # a bank holiday that nobody entered


def test_the_picture_has_words_and_its_odd_days_lead_to_their_entry(school):
    day = a_calendar_entry(school, Kind.AM_ONLY, DAY, DAY, "Open evening")
    page = as_(school, Role.TEACHER).get(at(school, "?year=2026")).content.decode()
    assert 'aria-label="October 2026: 33 sessions of school."' in page
    link = f'href="#entry-{day.pk}" aria-label="Thursday 8 October 2026: Open evening (morning only)"'
    assert link in page
    assert f'id="entry-{day.pk}"' in page


def test_a_year_groups_calendar_has_its_closure_and_the_schools_has_not(school):
    nine = YearGroup.objects.get(school=school, code="9")
    a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Boiler", year_group=nine)
    client = as_(school, Role.TEACHER)
    assert "190 school days" in text(client.get(at(school, "?year=2026")))
    page = text(client.get(at(school, f"?year=2026&group={nine.pk}")))
    assert "School calendar, Year 9" in page
    assert "189 school days" in page


@pytest.mark.parametrize("query", ["?year=1066", "?year=x", "?group=999999", "?year=2026&group=x"])
def test_an_address_that_asks_for_nonsense_shows_the_calendar(school, query):
    assert as_(school, Role.TEACHER).get(at(school, query)).status_code == 200


def test_a_school_without_a_term_is_led_to_its_first(school):
    empty = a_school("New School", calendar=False)
    page = text(as_(empty, Role.ADMINISTRATOR).get(at(empty, "?year=2026")))
    assert "No term is set for 2026 to 2027" in page
    assert f'href="{at(empty, "bring-in/?year=2026")}"' in page
    assert f'href="{at(empty, "add/?kind=term")}"' in page
    teacher = text(as_(empty, Role.TEACHER).get(at(empty, "?year=2026")))
    assert "Deputy Headteacher, Attendance officer and Administrator can set the terms." in teacher
    assert "Bring in" not in teacher


def test_what_is_odd_in_a_calendar_is_said(school):
    a_calendar_entry(school, Kind.TERM, date(2026, 10, 19), date(2026, 10, 30), "Term 1b")
    page = text(as_(school, Role.TEACHER).get(at(school, "?year=2026")))
    assert "Two terms overlap: Term 1, 1 September to 23 October 2026, and Term 1b," in page


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ATTENDANCE_OFFICER, Role.ADMINISTRATOR])
def test_the_page_needs_few_queries_however_long_the_calendar(school, role):
    client = as_(school, role)
    client.get(at(school, "?year=2026"))
    for n in range(40):
        on = date(2027, 2, 22) + timedelta(days=n)
        a_calendar_entry(school, Kind.CLOSURE, on, on, "Storm")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(at(school, "?year=2026")).status_code == 200
    assert len(queries) <= 12, [query["sql"][:150] for query in queries.captured_queries]


# ---------------------------------------------------------------- adding


def test_an_entry_that_moves_a_count_is_asked_about_and_then_told(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    asked = text(client.post(at(school, "add/"), entry(name="Safeguarding")))
    assert "Add this entry?" in asked
    assert "Staff training day (INSET): Safeguarding, Thursday 8 October 2026" in asked
    assert "<strong>2 pupils</strong> would be counted differently." in asked
    assert (health("Bo"), CalendarDay.objects.filter(first_on=DAY).count()) == (20, 0)
    done = client.post(at(school, "add/"), {**entry(name="Safeguarding"), "confirmed": "yes"}, follow=True)
    page = text(done)
    assert done.redirect_chain[-1][0] == at(school, f"moved/{Recount.objects.get().pk}/")
    assert "Added: Staff training day (INSET): Safeguarding, Thursday 8 October 2026." in page
    assert "<strong>2 pupils</strong> are counted differently now." in page
    assert "Bo Quill" in page
    assert (
        '10 <span aria-hidden="true">→</span><span class="govuk-visually-hidden">is now</span> <strong>9'
        in page
    )
    assert health("Bo") == 18


def test_going_back_keeps_what_was_entered(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    page = text(client.post(at(school, "add/"), {**entry(name="Safeguarding"), "back": "yes"}))
    assert "Add an entry to the calendar" in page
    assert 'value="Safeguarding"' in page
    assert not CalendarDay.objects.filter(first_on=DAY).exists()


def test_an_entry_that_moves_no_count_is_saved_at_once(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    done = client.post(at(school, "add/"), entry(on=date(2027, 3, 2)), follow=True)
    assert done.redirect_chain[-1][0] == at(school, "?year=2026")
    assert "nobody’s count moved" in text(done)
    assert CalendarDay.objects.filter(first_on=date(2027, 3, 2)).exists()


def test_a_closure_of_one_year_group_moves_its_pupils_only(school):
    nine = YearGroup.objects.get(school=school, code="9")
    client = as_(school, Role.ATTENDANCE_OFFICER)
    given = entry("closure", whom=f"group-{nine.pk}", confirmed="yes")
    page = text(client.post(at(school, "add/"), given, follow=True))
    assert "Bo Quill" in page
    assert "Cy Quill" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(entry(kind=""), "Choose what it is", id="no kind"),
        pytest.param({**entry(), "first_day": ""}, "Enter the day, the month and the year", id="half a date"),
        pytest.param({**entry(), "first_day": "31", "first_month": "2"}, "Enter a date that exists", id="no such date"),
        pytest.param({**entry(), "first_year": "1926"}, "Check the year", id="a year mistyped"),
        pytest.param(entry(last=date(2026, 10, 7)), "The last day must be", id="ends before it begins"),
        pytest.param(entry(on=date(2026, 10, 10)), "This is a weekend", id="a Saturday"),
        pytest.param(entry(name="=1+1"), "formula", id="a formula"),
        pytest.param(entry(whom="trust"), "Select a valid choice", id="a trust it has not"),
        pytest.param(
            entry("bank-holiday", on=date(2026, 12, 25)), "in the calendar already", id="a known bank holiday"
        ),
        pytest.param(
            entry(on=date(2026, 11, 2)), "The calendar has this entry already", id="an entry that stands"
        ),
    ],
)  # fmt: skip
def test_wrong_input_says_what_to_do_and_is_kept(school, given, words):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    before = CalendarDay.objects.count()
    page = text(client.post(at(school, "add/"), given))
    assert "There is a problem" in page
    assert words in page
    assert f'value="{given["first_year"]}"' in page
    assert CalendarDay.objects.count() == before


# ---------------------------------------------------------------- changing, taking out, putting back


def test_an_inset_day_that_is_moved_says_what_moved(school):
    client = as_(school, Role.DEPUTY_HEAD)
    client.post(at(school, "add/"), {**entry(), "confirmed": "yes"})
    row = CalendarDay.objects.get(first_on=DAY)
    form = text(client.get(at(school, f"{row.pk}/")))
    assert 'value="10"' in form
    moved = {**entry(on=date(2026, 11, 30)), "confirmed": "yes"}
    page = text(client.post(at(school, f"{row.pk}/"), moved, follow=True))
    assert "An entry of the calendar was changed" in page
    assert health("Bo") == 20


def test_a_stale_edit_is_shown_both_texts_and_overwrites_nothing(school):
    client = as_(school, Role.DEPUTY_HEAD)
    row = a_calendar_entry(school, Kind.INSET, date(2027, 3, 2), date(2027, 3, 2), "Maths")
    client.post(at(school, f"{row.pk}/"), entry(on=date(2027, 3, 3), name="Maths"))
    late = client.post(at(school, f"{row.pk}/"), entry("closure", on=date(2027, 3, 4), name="Snow"))
    page = text(late)
    assert late.status_code == 409
    assert "Somebody changed this entry before you" in page
    assert "Staff training day (INSET): Maths" in page
    assert "Wednesday 3 March 2027" in page
    assert "Closure: Snow" in page
    assert "Thursday 4 March 2027" in page
    now = CalendarDay.objects.get(replaces=row)
    assert f'action="{at(school, f"{now.pk}/")}"' in page
    assert (now.first_on, now.withdrawn_at) == (date(2027, 3, 3), None)


def test_an_edit_of_an_entry_that_was_taken_out_can_be_added_anew(school):
    client = as_(school, Role.DEPUTY_HEAD)
    row = a_calendar_entry(school, Kind.INSET, date(2027, 3, 2), date(2027, 3, 2), "Maths")
    client.post(at(school, f"{row.pk}/withdraw/"), {"because": "Cancelled"})
    page = text(client.post(at(school, f"{row.pk}/"), entry(on=date(2027, 3, 4), name="Maths")))
    assert "the entry was taken out on" in page
    assert "Cancelled" in page
    assert f'action="{at(school, "add/")}"' in page


def test_an_entry_is_taken_out_with_a_reason_and_put_back(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    client.post(at(school, "add/"), {**entry(), "confirmed": "yes"})
    row = CalendarDay.objects.get(first_on=DAY)
    asked = text(client.post(at(school, f"{row.pk}/withdraw/"), {"because": "Moved"}))
    assert "Take this entry out?" in asked
    client.post(at(school, f"{row.pk}/withdraw/"), {"because": "Moved", "confirmed": "yes"})
    assert health("Bo") == 20
    page = text(client.get(at(school, "?year=2026")))
    assert "<s>Staff training day (INSET), Thursday 8 October 2026</s>" in page
    assert "Moved" in page
    client.post(at(school, f"{row.pk}/restore/"), {"confirmed": "yes"})
    assert health("Bo") == 18
    assert text(client.get(at(school, "?year=2026"))).count("Changes that moved counts") == 1


def test_a_get_restores_nothing(school):
    row = a_calendar_entry(school, Kind.INSET, DAY, DAY)
    client = as_(school, Role.ATTENDANCE_OFFICER)
    assert client.get(at(school, f"{row.pk}/restore/")).status_code == 405


# ---------------------------------------------------------------- what moved, and who sees whom


def test_the_administrator_sees_how_many_and_no_pupil(school):
    client = as_(school, Role.ADMINISTRATOR)
    asked = text(client.post(at(school, "add/"), entry()))
    told = text(client.post(at(school, "add/"), {**entry(), "confirmed": "yes"}, follow=True))
    for page in (asked, told):
        assert "<strong>2 pupils</strong>" in page
        assert "Your role sees how many, not which pupils." in page
        assert "Quill" not in page
    assert not Look.objects.exists()


def test_a_look_at_the_pupils_whose_count_moved_is_logged_as_one(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    client.post(at(school, "add/"), {**entry(), "confirmed": "yes"})
    client.get(at(school, f"moved/{Recount.objects.get().pk}/"))
    (look,) = Look.objects.all()
    ids = ",".join(str(pk) for pk in Pupil.objects.order_by("forename").values_list("pk", flat=True))
    assert (look.page, look.pupil_ids) == ("recount", f",{ids},")


def test_an_administrator_who_also_leads_a_year_is_told_of_the_others(school):
    user = a_person(school, Role.ADMINISTRATOR)
    with pen():
        post = Appointment.objects.create(user=user, school=school, role=Role.PROGRESS_LEADER, began_at=NOW)
        post.year_groups.set(YearGroup.objects.filter(school=school, code="9"))
    client = Client()
    client.force_login(user)
    page = text(client.post(at(school, "add/"), {**entry(), "confirmed": "yes"}, follow=True))
    assert "Bo Quill" in page
    assert "Cy Quill" not in page
    assert "Some of them are pupils whom your role does not open." in page


@pytest.mark.parametrize("part", ["add/", "bring-in/"])
@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEADTEACHER, Role.GOVERNOR])
def test_a_role_without_the_calendar_is_told_whom_to_ask(school, role, part):
    answer = as_(school, role).get(at(school, part))
    assert answer.status_code == 403
    assert "These roles can: Deputy Headteacher, Attendance officer and Administrator." in text(answer)


@pytest.mark.parametrize("role", MAY_CHANGE)
def test_a_role_with_the_calendar_is_offered_changes(school, role):
    page = text(as_(school, role).get(at(school, "?year=2026")))
    assert "Add an entry" in page
    assert "Take out" in page


def test_a_role_without_the_calendar_is_offered_none(school):
    page = text(as_(school, Role.TEACHER).get(at(school, "?year=2026")))
    assert "Add an entry" not in page
    assert "Take out" not in page


# ---------------------------------------------------------------- the trust's own entries


def test_the_trusts_entries_are_changed_only_by_somebody_at_every_school_of_it(school):
    other = a_school("Ash Lane School")
    with pen():
        trust = Trust.objects.create(name="Invented Trust")
        School.objects.filter(pk__in=[school.pk, other.pk]).update(trust=trust)
        row = CalendarDay.objects.create(
            trust=trust, kind="holiday", first_on="2026-12-21", last_on="2027-01-01", recorded_at=NOW
        )
    here, both = a_person(school, Role.DEPUTY_HEAD), a_person(school, Role.DEPUTY_HEAD)
    with pen():
        Appointment.objects.create(user=both, school=other, role=Role.DEPUTY_HEAD, began_at=NOW)
    client = Client()
    client.force_login(here)
    link = f'href="{at(school, f"{row.pk}/")}"'
    assert "Every school of the trust" in text(client.get(at(school, "?year=2026")))
    assert link not in text(client.get(at(school, "?year=2026")))
    assert client.get(at(school, f"{row.pk}/")).status_code == 403
    client.force_login(both)
    assert link in text(client.get(at(school, "?year=2026")))
    assert "Every school of Invented Trust" in text(client.get(at(school, f"{row.pk}/")))


# ---------------------------------------------------------------- files

FILE = """kind,from,to,name
term,2027-09-02,2027-10-22,Term 1
holiday,2027-10-25,2027-10-29,Half-term
"""


def upload(content: str | bytes, how: str = "add", name: str = "calendar.csv") -> dict[str, object]:
    data = content.encode() if isinstance(content, str) else content
    stream = io.BytesIO(data)
    stream.name = name
    return {"file": stream, "how": how}


def hidden(page: str, name: str) -> str:
    """The value of a hidden field, as a browser would send it."""
    import html  # noqa: PLC0415

    start = page.index(f'name="{name}" value="') + len(f'name="{name}" value="')
    return html.unescape(page[start : page.index('"', start)])


def approved(client: Client, school: School, page: str) -> HttpResponse:
    given = {name: hidden(page, name) for name in ("text", "year", "how", "seen")}
    return client.post(at(school, "bring-in/approve/"), given, follow=True)


def test_a_file_is_shown_line_by_line_and_then_brought_in(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    answer = client.post(at(school, "bring-in/?year=2027"), upload(FILE))
    page = answer.content.decode()
    assert "Bring in this calendar?" in page
    assert "25 October to 29 October 2027" in page
    assert not CalendarDay.objects.filter(first_on=date(2027, 9, 2)).exists()
    assert "The calendar is brought in." in text(approved(client, school, page))
    assert CalendarDay.objects.filter(first_on=date(2027, 9, 2)).count() == 1
    again = text(client.post(at(school, "bring-in/?year=2027"), upload(FILE)))
    assert "The calendar has all of this already" in again


def test_a_file_that_moves_counts_says_so_before_and_after(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    answer = client.post(
        at(school, "bring-in/?year=2026"), upload("kind,from,to,name\ninset,2026-10-08,,Moved\n")
    )
    page = answer.content.decode()
    assert "<strong>2 pupils</strong> would be counted differently." in page
    told = approved(client, school, page)
    assert told.redirect_chain[-1][0] == at(school, f"moved/{Recount.objects.get().pk}/")
    assert "School year 2026 to 2027." in text(told)


def test_replacing_a_year_lists_what_goes(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    answer = client.post(at(school, "bring-in/?year=2026"), upload(FILE, "replace"))
    page = answer.content.decode()
    assert "To be taken out of 2026 to 2027" in page
    assert "Term 1, 1 September to 23 October 2026" in page
    approved(client, school, page)
    assert not CalendarDay.objects.filter(withdrawn_at=None, first_on__lt=date(2027, 8, 1)).exists()
    assert CalendarDay.objects.filter(withdrawn_at=None).count() == 2


def test_a_file_with_a_bad_line_says_where_and_cannot_be_approved(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    answer = client.post(at(school, "bring-in/"), upload(FILE + "inset,soon,,x\n"))
    page = text(answer)
    assert "This file cannot be brought in as it is" in page
    assert '>4</th> <td class="govuk-table__cell">from</td>' in page
    assert "approve" not in page
    assert not CalendarDay.objects.filter(first_on=date(2027, 9, 2)).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "The file is empty", id="an empty file"),
        pytest.param(b"PK\x03\x04 nonsense", "damaged", id="half a workbook"),
        pytest.param(b"UPN,Date,Mark\nA,2026-09-01,I\n", "headings", id="a register"),
        pytest.param(b"x" * 300_000, "too large", id="a large file"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_in_words(school, content, words):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    before = CalendarDay.objects.count()
    page = text(client.post(at(school, "bring-in/"), upload(content)))
    assert words in page
    assert CalendarDay.objects.count() == before


def test_a_calendar_that_changed_while_a_file_was_looked_at_is_shown_again(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    page = client.post(at(school, "bring-in/?year=2027"), upload(FILE)).content.decode()
    a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Snow")
    late = approved(client, school, page)
    assert late.status_code == 409
    assert "Somebody changed the calendar while you looked at the file" in text(late)
    assert not CalendarDay.objects.filter(first_on=date(2027, 9, 2)).exists()
    approved(client, school, late.content.decode())
    assert CalendarDay.objects.filter(first_on=date(2027, 9, 2)).exists()


def test_a_downloaded_year_comes_back_as_the_same_year(school):
    nine = YearGroup.objects.get(school=school, code="9")
    a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Boiler", year_group=nine)
    answer = as_(school, Role.TEACHER).get(at(school, "file/?year=2026"))
    assert answer["Content-Disposition"] == f'attachment; filename="calendar-{school.urn}-2026.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "kind,from,to,name,year-group"
    assert "bank-holiday,2027-05-03,2027-05-03," in "\n".join(lines)
    assert "closure,2026-10-08,2026-10-08,Boiler,9" in lines
    client = as_(school, Role.ATTENDANCE_OFFICER)
    page = text(client.post(at(school, "bring-in/?year=2026"), upload(answer.content, "replace")))
    assert "The calendar has all of this already" in page


def test_nothing_of_it_names_a_pupil_in_the_ledger(school):
    client = as_(school, Role.ATTENDANCE_OFFICER)
    client.post(at(school, "add/"), {**entry(), "confirmed": "yes"})
    assert "Quill" not in LedgerRow.objects.get(verb="calendar-entry-added").detail


def test_a_downloaded_year_leaves_out_what_decides_no_day(school):
    with pen():
        trust = Trust.objects.create(name="Invented Trust")
        School.objects.filter(pk=school.pk).update(trust=trust)
        for kind, first, last in (("closure", DAY, DAY), ("holiday", date(2026, 10, 26), date(2026, 10, 30))):
            CalendarDay.objects.create(trust=trust, kind=kind, first_on=first, last_on=last, recorded_at=NOW)
    opened = date(2027, 5, 3)
    a_calendar_entry(school, Kind.TERM, opened, opened, "Open on the bank holiday")
    file = as_(school, Role.TEACHER).get(at(school, "file/?year=2026")).content.decode("utf-8-sig")
    assert "closure,2026-10-08" not in file  # the school has a term of its own then
    assert "bank-holiday,2027-05-03" not in file
    assert "holiday,2026-10-26,2026-10-30" in file
