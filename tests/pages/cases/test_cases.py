"""The room of cases, asked for as each role would."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.casework.states import State
from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Away, Case, CaseMove, ContactMade
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import Look
from onroll.records.pupils.models import Death
from onroll.records.schools.models import School
from tests.support.cast import (
    NOW,
    a_case,
    a_member,
    a_person,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MOST_FOR_THE_PAST = 30  # the facts of a case are worked out anew, instead of findings read
PACK = "children-with-health-needs"
FIRST_CONTACT = "The Progress Leader speaks with the parents first"
DUTIES = (
    "parents-first-contact",
    "responsibilities-understood",
    "kept-on-roll",
    "welfare-checks",
    "school-first",
)
TITLES = (
    FIRST_CONTACT,
    "Pupil, parents and staff know what is the school’s to do",
    "The pupil stays on roll",
    "Somebody checks on the child",
    "The school tries to provide for up to 15 days",
)
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def amina(school):
    return a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf")


def overdue(case: Case, duty: str = "parents-first-contact", due_on: date = date(2026, 11, 11)) -> None:
    """A finding as the engine stored it: due by a day that has passed since."""
    with pen():
        Finding.objects.create(
            school_id=case.school_id, case=case, pack=PACK, version="2026", duty=duty, paragraph="3.1.b", status="due",
            due_on=due_on, holder="progress-leader", reason="No contact is on record.", rule_version=1,
            found_on=NOW.date(), found_at=NOW,
        )  # fmt: skip


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


# ---------------------------------------------------------------- the list


def test_the_case_whose_duty_comes_first_stands_first(school, amina, signed_in):
    late, later, _ = (a_case(a_pupil(school, name, "Vane")) for name in ("Bo", "Cy", "Di"))
    overdue(later, due_on=date(2026, 11, 19))
    overdue(late)
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/")
    places = [page.index(f"{name} Vane") for name in ("Bo", "Cy", "Di")]
    assert places == sorted(places)
    assert "Was due Wednesday 11 November 2026" in page
    assert "1 overdue" in page
    assert "Nothing to do now" in page
    assert "School arranging" in page


@pytest.mark.parametrize(("query", "names"), [
    pytest.param("", {"Bo", "Cy"}, id="every open case"),
    pytest.param("?state=closed", {"Di"}, id="closed"),
    pytest.param("?state=referred", {"Cy"}, id="one state"),
    pytest.param("?whose=mine", {"Bo"}, id="mine"),
    pytest.param("?state=nonsense&sort=what", {"Bo", "Cy"}, id="nonsense is not asked"),
])  # fmt: skip
def test_the_list_narrows(school, amina, signed_in, query, names):
    a_member(a_case(a_pupil(school, "Bo", "Vane")), amina)
    a_case(a_pupil(school, "Cy", "Vane"), state=State.REFERRED)
    a_case(a_pupil(school, "Di", "Vane"), state=State.CLOSED)
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/{query}")
    assert {name for name in ("Bo", "Cy", "Di") if f"{name} Vane" in page} == names


@pytest.mark.parametrize(("sort", "names"), [
    pytest.param("name", "Bo Cy", id="by name"),
    pytest.param("-name", "Cy Bo", id="by name, backwards"),
    pytest.param("days", "Bo Cy", id="by days, none last"),
    pytest.param("opened", "Cy Bo", id="by the day of opening"),
])  # fmt: skip
def test_the_list_is_sorted(school, amina, signed_in, sort, names):
    bo, cy = a_pupil(school, "Bo", "Vane"), a_pupil(school, "Cy", "Vane")
    a_case(bo, opened_on=date(2026, 11, 10)), a_case(cy, opened_on=date(2026, 11, 9))
    a_register(bo, marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/?sort={sort}")
    first, second = names.split()
    assert page.index(f"{first} Vane") < page.index(f"{second} Vane")
    assert "<strong>10</strong> of 15" in page


def test_a_name_is_posted_and_never_stands_in_an_address(school, amina, signed_in):
    a_case(a_pupil(school, "Siân", "O'Dell")), a_case(a_pupil(school, "Bo", "Vane"))
    client, address = signed_in(amina), f"/s/{school.urn}/cases/"
    answer = client.post(address, {"q": "sian", "state": "", "whose": ""}, follow=True)
    assert answer.redirect_chain == [(f"{address}?found=1", 302)]
    assert ("Siân" in answer.content.decode(), "Bo Vane" in answer.content.decode()) == (True, False)
    assert "Bo Vane" in text_of(client, address)


def test_a_leader_sees_the_cases_of_their_year_and_those_on_whose_team_they_are(school, signed_in):
    leader = a_person(school, Role.PROGRESS_LEADER, year_groups=school.year_groups.filter(code="9"))
    a_case(a_pupil(school, "Bo", "Vane", year=9)), a_case(a_pupil(school, "Di", "Vane", year=10))
    a_member(a_case(a_pupil(school, "Cy", "Vane", year=10)), leader)
    page = text_of(signed_in(leader), f"/s/{school.urn}/cases/")
    assert {name for name in ("Bo", "Cy", "Di") if f"{name} Vane" in page} == {"Bo", "Cy"}


def test_on_my_teams_is_where_i_am_or_stand_in_today(school, amina, signed_in):
    other = a_person(school, Role.PROGRESS_LEADER)
    a_member(a_case(a_pupil(school, "Bo", "Vane")), other, deputy=amina)
    a_member(a_case(a_pupil(school, "Cy", "Vane")), other)
    left = a_member(a_case(a_pupil(school, "Di", "Vane")), amina)
    with pen():
        left.until_on = TODAY - timedelta(days=1)
        left.save()
    client, address = signed_in(amina), f"/s/{school.urn}/cases/?whose=mine"
    for away, expected in ((False, {"Bo"}), (True, {"Bo", "Cy"})):
        if away:
            with pen():
                Away.objects.create(
                    school=school, user=other, deputy=amina, happened_on=TODAY, last_on=TODAY, recorded_at=NOW
                )
        page = text_of(client, address)
        assert {name for name in ("Bo", "Cy", "Di") if f"{name} Vane" in page} == expected


def test_a_school_without_cases_is_told_how_to_begin(school, amina, signed_in):
    assert "There is no case yet" in text_of(signed_in(amina), f"/s/{school.urn}/cases/")
    a_case(a_pupil(school), state=State.CLOSED)
    assert "No case is open" in text_of(signed_in(amina), f"/s/{school.urn}/cases/")
    assert "No case matches" in text_of(signed_in(amina), f"/s/{school.urn}/cases/?state=referred")


def test_the_file_holds_the_list(school, amina, signed_in):
    overdue(a_case(a_pupil(school, "=Bo", "Vane")))
    text = text_of(signed_in(amina), f"/s/{school.urn}/cases/file/")
    assert "Name,Year,Tutor group,State,Opened" in text
    assert f"'=Bo Vane,Year 9,9 Ash,School arranging,2026-11-09,,,,1,{FIRST_CONTACT},2026-11-11" in text
    assert Look.objects.get().page == "cases-file"


@pytest.mark.parametrize(
    "part", ["", "?whose=mine", "file/", "{}/", "{}/duties/", "{}/history/", "{}/move/close/"]
)
def test_a_page_costs_the_same_for_three_and_for_thirty(school, amina, signed_in, part):
    counts, sizes = [], []
    client = signed_in(amina)
    for more in (3, 27):
        for _ in range(more):
            case = a_case(a_pupil(school))
            a_member(case, amina)
            overdue(case), overdue(case, "kept-on-roll")
            with pen():
                CaseMove.objects.create(case=case, move="arrange", to_state="school-arranging",
                                        happened_on=case.opened_on, recorded_at=NOW)  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/s/{school.urn}/cases/{part.format(case.pk)}")
        assert answer.status_code == 200
        counts.append(len(queries))
        sizes.append(len(answer.content))
    assert counts[0] == counts[1] <= 12, [query["sql"][:120] for query in queries.captured_queries]
    assert max(sizes) <= 60_000


# ---------------------------------------------------------------- opening


def open_form(**given: object) -> dict[str, object]:
    day = {"opened_on_day": TODAY.day, "opened_on_month": TODAY.month, "opened_on_year": TODAY.year}
    return {"reason": "Away since the half-term", "need": "", "begun": "begun", **day} | given


def test_a_case_is_opened_from_watch_and_watch_leads_to_it(school, amina, signed_in):
    bo = a_pupil(school, "Bo", "Vane")
    a_register(bo, marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    client = signed_in(amina)
    assert f'href="../cases/open/{bo.pk}/"' in text_of(client, f"/s/{school.urn}/watch/")
    assert f"/cases/open/{bo.pk}/" in text_of(client, f"/s/{school.urn}/pupils/{bo.pk}/")
    form = text_of(client, f"/s/{school.urn}/cases/open/{bo.pk}/")
    assert "Amina Yusuf, Progress Leader" in form
    answer = client.post(
        f"/s/{school.urn}/cases/open/{bo.pk}/", open_form(need="Asthma", team=[f"progress-leader:{amina.pk}"])
    )
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/s/{school.urn}/cases/{case.pk}/")
    assert (case.opened_on, case.need, case.team.get().user_id) == (TODAY, "Asthma", amina.pk)
    watch = text_of(client, f"/s/{school.urn}/watch/")
    assert (f"/cases/{case.pk}/" in watch, f"/cases/open/{bo.pk}/" in watch) == (True, False)
    pupil = text_of(client, f"/s/{school.urn}/pupils/{bo.pk}/")
    assert (f"/cases/{case.pk}/" in pupil, f"/cases/open/{bo.pk}/" in pupil) == (True, False)


def test_a_second_case_leads_to_the_first(school, amina, signed_in):
    case = a_case(a_pupil(school, "Bo", "Vane"))
    address = f"/s/{school.urn}/cases/open/{case.pupil_id}/"
    for page in (
        text_of(signed_in(amina), address),
        signed_in(amina).post(address, open_form()).content.decode(),
    ):
        assert "Bo Vane has an open case already: School arranging, since Monday 9 November 2026." in page
        assert f'href="/s/{school.urn}/cases/{case.pk}/"' in page
    assert Case.objects.count() == 1


def test_a_case_before_any_absence_asks_from_when(school, amina, signed_in):
    client, address = signed_in(amina), f"/s/{school.urn}/cases/open/{a_pupil(school).pk}/"
    assert (
        "Enter the day from which the pupil"
        in client.post(address, open_form(begun="ahead")).content.decode()
    )
    soon = {
        "expected_from_day": TODAY.day,
        "expected_from_month": TODAY.month,
        "expected_from_year": TODAY.year,
    }
    page = client.post(address, open_form(begun="ahead", **soon)).content.decode()
    assert "Enter a day after today" in page
    assert "Away since the half-term" in page  # nothing typed is lost
    later = soon | {"expected_from_year": TODAY.year + 1}
    assert client.post(address, open_form(begun="ahead", **later)).status_code == 302
    assert Case.objects.get().expected_from.year == TODAY.year + 1


def test_any_pupil_can_be_found_and_opened(school, amina, signed_in):
    bo = a_pupil(school, "Bo", "Vane")
    client, address = signed_in(amina), f"/s/{school.urn}/cases/open/"
    assert "Whom is the case about?" in text_of(client, address)
    page = client.post(address, {"q": "vane"}).content.decode()
    assert f'href="{address}{bo.pk}/"' in page
    assert "Nobody found" in client.post(address, {"q": "zzz"}).content.decode()


def test_who_sees_nothing_medical_is_not_asked_about_it(school, signed_in):
    officer = a_person(school, Role.ATTENDANCE_OFFICER)
    page = text_of(signed_in(officer), f"/s/{school.urn}/cases/open/{a_pupil(school).pk}/")
    assert "health need" not in page


# ---------------------------------------------------------------- a case


@pytest.mark.parametrize(("role", "reads"), [
    pytest.param(Role.SENCO, True, id="SENCO"),
    pytest.param(Role.PROGRESS_LEADER, True, id="Progress Leader"),
    pytest.param(Role.ATTENDANCE_OFFICER, False, id="attendance officer"),
])  # fmt: skip
def test_the_need_is_read_by_those_who_see_what_is_medical(school, signed_in, role, reads):
    case = a_case(a_pupil(school))
    with pen():
        Case.objects.filter(pk=case.pk).update(need="A plain need")
    page = text_of(signed_in(a_person(school, role)), f"/s/{school.urn}/cases/{case.pk}/")
    assert ("A plain need" in page) is reads
    assert "The school provides education now" in page


def test_the_overview_names_the_three_most_urgent_duties(school, amina, signed_in):
    case = a_case(a_pupil(school))
    for number, duty in enumerate(DUTIES):
        overdue(case, duty, date(2026, 11, 10 + number))
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/")
    assert [f"{title} <strong" in page for title in TITLES] == [True, True, True, False, False]
    assert f"5 duties are overdue, among them: {'; '.join(TITLES[:3])}." in page
    assert "2 more duties to do" in page
    assert page.count("No contact is on record.") == 3


def test_a_move_that_cannot_be_made_yet_says_why_and_the_way_past(school, amina, signed_in):
    case = a_case(a_pupil(school))
    overdue(case)
    client = signed_in(amina)
    page = text_of(client, f"/s/{school.urn}/cases/{case.pk}/")
    assert f"Cannot close yet. A duty is overdue: {FIRST_CONTACT}." in page
    assert "You can go on all the same, with a reason." in page
    address = f"/s/{school.urn}/cases/{case.pk}/move/close/"
    form = {
        "reason": "Back in school", "happened_on_day": TODAY.day, "happened_on_month": TODAY.month,
        "happened_on_year": TODAY.year, "passing": "no-duty-overdue", "version": 1,
    }  # fmt: skip
    assert "Enter why you go on all the same" in client.post(address, form).content.decode()
    answer = client.post(address, form | {"because": "The family moved away"})
    assert (answer.status_code, Case.objects.get().state) == (302, "closed")
    closed = text_of(client, f"/s/{school.urn}/cases/{case.pk}/")
    assert "The case is closed, so nothing is owed." in closed
    assert "Reopen the case" in closed
    history = text_of(client, f"/s/{school.urn}/cases/{case.pk}/history/")
    assert "A duty was overdue. The reason given: The family moved away" in history
    assert "Amina Yusuf closed a case" in history


def test_what_people_wrote_is_for_those_who_see_what_is_medical(school, amina, signed_in):
    """A reason may say what the child has; who only keeps the registers reads that there was a move, not why."""
    case = a_case(a_pupil(school))
    with pen():
        CaseMove.objects.create(
            case=case, move="take-over", from_state="school-arranging", to_state="authority-arranging",
            happened_on=date(2026, 11, 16), recorded_at=NOW, reason="A plain reason", passed_over=["no-duty-overdue"],
            passed_over_because="A plain excuse",
        )  # fmt: skip
        Arrangement.objects.create(
            case=case,
            provider="authority",
            provided_by="A plain ward",
            happened_on=date(2026, 11, 16),
            recorded_at=NOW,
        )
    officer = signed_in(a_person(school, Role.ATTENDANCE_OFFICER))
    for part in ("", "duties/", "history/"):
        assert "A plain" not in text_of(officer, f"/s/{school.urn}/cases/{case.pk}/{part}")
    history = text_of(officer, f"/s/{school.urn}/cases/{case.pk}/history/")
    assert "The authority took over" in history
    assert "A duty was overdue." in history
    whole = text_of(signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/history/")
    assert [words in whole for words in ("A plain reason", "A plain excuse", "A plain ward")] == [True] * 3


def test_a_move_that_is_not_possible_is_explained_and_has_no_form(school, amina, signed_in):
    case = a_case(a_pupil(school))
    client = signed_in(amina)
    page = text_of(client, f"/s/{school.urn}/cases/{case.pk}/move/settle/")
    assert "from where this is not possible" in page
    assert "Why now?" not in page
    assert client.get(f"/s/{school.urn}/cases/{case.pk}/move/fly/").status_code == 404
    assert client.get(f"/s/{school.urn}/cases/{case.pk}/move/open/").status_code == 404


def test_an_attendance_officer_reads_a_case_and_cannot_move_it(school, signed_in):
    case = a_case(a_pupil(school))
    client = signed_in(a_person(school, Role.ATTENDANCE_OFFICER))
    assert "Move this case on" not in text_of(client, f"/s/{school.urn}/cases/{case.pk}/")
    for part in ("move/close/", "need/"):
        assert client.get(f"/s/{school.urn}/cases/{case.pk}/{part}").status_code == 403


def test_after_a_death_the_case_is_quiet(school, amina, signed_in):
    case = a_case(a_pupil(school, "Bo", "Vane"))
    overdue(case)
    with pen():
        Death.objects.create(pupil=case.pupil, school=school, happened_on=NOW.date(), recorded_at=NOW)
    client = signed_in(amina)
    page = text_of(client, f"/s/{school.urn}/cases/{case.pk}/")
    assert "Bo Vane has died. No duty is owed any more" in page
    assert FIRST_CONTACT not in page
    assert [word for word in ("Record a contact", "Overdue", "Change what is known") if word in page] == []
    assert "No case can be opened" in text_of(client, f"/s/{school.urn}/cases/open/{case.pupil_id}/")


def test_the_need_is_changed_and_a_stale_page_is_told(school, amina, signed_in):
    case = a_case(a_pupil(school))
    client, address = signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/need/"
    assert client.post(address, {"need": "A broken leg", "version": 1}).status_code == 302
    assert client.post(address, {"need": "Two broken legs", "version": 1}).status_code == 409
    assert Case.objects.get().need == "A broken leg"


# ---------------------------------------------------------------- another day


@pytest.mark.parametrize("part", ["", "duties/"])
def test_another_day_costs_the_same_for_three_and_for_thirty(school, amina, signed_in, part):
    """Working the duties out anew asks for every fact of the case, so it costs more than a page of findings."""
    counts, client = [], signed_in(amina)
    case = a_case(a_pupil(school), at=NOW - timedelta(days=14))
    for more in (3, 27):
        for _ in range(more):
            a_member(case, amina, at=NOW - timedelta(days=14))
            with pen():
                ContactMade.objects.create(case=case, method="phone", made_by=amina, with_parent=True,
                                           happened_on=date(2026, 11, 10), recorded_at=NOW)  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            text_of(client, f"/s/{school.urn}/cases/{case.pk}/{part}?on=2026-11-12&known=then")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_FOR_THE_PAST, [query["sql"][:110] for query in queries]


def test_another_day_is_shown_as_it_was_known_then_and_changes_nothing(school, amina, signed_in):
    case = a_case(a_pupil(school), opened_on=date(2026, 11, 9))  # recorded on 23 November
    with pen():
        ContactMade.objects.create(case=case, method="phone", made_by=amina, with_parent=True,
                                   happened_on=date(2026, 11, 10), recorded_at=NOW)  # fmt: skip
    client, address = signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/"
    then = text_of(client, f"{address}?on=2026-11-12&known=then")
    assert "As it was known then: Thursday 12 November 2026." in then
    assert "The case was not on record then." in then
    now = text_of(client, f"{address}?on=2026-11-12&known=now")
    assert "With what is known now: Thursday 12 November 2026." in now
    assert "The case was at “School arranging”." in now
    for page in (then, now, text_of(client, f"{address}duties/?on=2026-11-12&known=now")):
        assert f'href="{address}' in page  # back to today
        assert [word for word in ("Record a contact", "/move/", "/need/") if word in page] == []


def test_a_case_that_was_closed_later_was_not_closed_then(school, amina, signed_in):
    case = a_case(a_pupil(school), opened_on=date(2026, 11, 9))
    with pen():
        CaseMove.objects.create(case=case, move="close", from_state="school-arranging", to_state="closed",
                                happened_on=date(2026, 11, 20), recorded_at=NOW)  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state="closed", closed_on=date(2026, 11, 20))
    client, address = signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/"
    then = text_of(client, f"{address}?on=2026-11-12&known=now")
    assert "School arranging, opened 9 November 2026" in then
    assert "Closed" not in then
    assert "Closed, opened 9 November 2026" in text_of(client, f"{address}?on=2026-11-21&known=now")


@pytest.mark.parametrize(("query", "says"), [
    pytest.param("on=2999-01-01", "Enter today or a day before it", id="to come"),
    pytest.param("on_day=31&on_month=2&on_year=2026&known=then", "Enter a date that exists", id="no such day"),
    pytest.param("on_day=&on_month=&on_year=&known=then", "Enter the day to show the case on", id="no day"),
    pytest.param("on=nonsense", "Enter the day to show the case on", id="nonsense"),
])  # fmt: skip
def test_a_day_that_cannot_be_shown_says_why(school, amina, signed_in, query, says):
    case = a_case(a_pupil(school))
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/?{query}")
    assert says in page
    assert "Nothing can be changed here" not in page


def test_the_form_of_the_control_asks_by_parts(school, amina, signed_in):
    case = a_case(a_pupil(school))
    query = "on_day=23&on_month=11&on_year=2026&known=then"
    page = text_of(signed_in(amina), f"/s/{school.urn}/cases/{case.pk}/?{query}")
    assert "As it was known then: Monday 23 November 2026." in page
    assert "on=2026-11-23&amp;known=now" in page


# ---------------------------------------------------------------- who may not


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.TEACHER, Role.GOVERNOR, Role.CLERK])
def test_who_sees_no_case_is_told_so(school, signed_in, role):
    case = a_case(a_pupil(school, "Bo", "Vane"))
    client = signed_in(a_person(school, role))
    for part in ("", "file/", "open/", f"open/{case.pupil_id}/", f"{case.pk}/", f"{case.pk}/duties/",
                 f"{case.pk}/history/", f"{case.pk}/move/close/", f"{case.pk}/need/"):  # fmt: skip
        answer = client.get(f"/s/{school.urn}/cases/{part}")
        assert answer.status_code == 403, part
        assert "Vane" not in answer.content.decode()


def test_one_look_is_logged_a_page(school, amina, signed_in):
    case = a_case(a_pupil(school))
    signed_in(amina).get(f"/s/{school.urn}/cases/{case.pk}/duties/")
    look = Look.objects.get()
    assert (look.actor_id, look.page, look.pupil_ids) == (amina.pk, "case-duties", f",{case.pupil_id},")
