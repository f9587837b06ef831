"""Watch, Today and the pupil's page, asked for as each role would."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.records.attendance.models import NotHealthCase, Summary
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School, YearGroup
from tests.support.cast import (
    NOW,
    a_person,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(19) if n % 7 < 5]  # fifteen school days


@pytest.fixture(autouse=True)
def _no_second_factor(settings: object) -> None:
    settings.ONROLL_SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def school() -> School:
    """Three ill pupils: 14 days in Year 9, 10 in Year 9, 3 in Year 10, and one who was never away."""
    school = a_school()
    for days, forename, year in ((14, "Siân", 9), (10, "Bo", 9), (3, "Cy", 10), (0, "Di", 9)):
        pupil = a_pupil(school, forename, "O'Dell", year=year)
        given = whole_days(OCTOBER[14 - days : 14], "I") | whole_days(OCTOBER[: 14 - days], "/")
        a_register(pupil, marks(given))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def without_token(answer: HttpResponse) -> str:
    """A page without the form token, which is masked anew on every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_nearest_pupil_stands_first_with_the_forecast(school: School) -> None:
    page = signed_in(a_person(school, Role.DEPUTY_HEAD)).get(f"/s/{school.urn}/watch/").content.decode()
    assert page.index("Siân O&#x27;Dell") < page.index("Bo O&#x27;Dell") < page.index("Cy O&#x27;Dell")
    assert "Di O" not in page
    assert "Fri 23 Oct" in page  # one day more than the fourteen


def test_a_progress_leader_sees_their_own_year_group_only(school: School) -> None:
    ten = YearGroup.objects.filter(school=school, code="10")
    leader = a_person(school, Role.PROGRESS_LEADER, year_groups=ten)
    page = signed_in(leader).get(f"/s/{school.urn}/watch/").content.decode()
    assert "Cy O" in page
    assert "Bo O" not in page
    nine = Pupil.objects.get(forename="Bo")
    assert signed_in(leader).get(f"/s/{school.urn}/pupils/{nine.pk}/").status_code == 404


@pytest.mark.parametrize(("query", "names"), [
    pytest.param("found=1", {"Siân", "Bo", "Cy"}, id="nothing was typed"),
    pytest.param("only=risk", {"Siân", "Bo"}, id="at risk"),
    pytest.param("only=reached", set(), id="none reached"),
    pytest.param("only=nonsense&year=x", {"Siân", "Bo", "Cy"}, id="nonsense is not asked"),
])  # fmt: skip
def test_the_list_narrows(school: School, query: str, names: set[str]) -> None:
    page = signed_in(a_person(school, Role.SENCO)).get(f"/s/{school.urn}/watch/?{query}").content.decode()
    assert {name for name in ("Siân", "Bo", "Cy", "Di") if f"{name} O" in page} == names


@pytest.mark.parametrize(("typed", "names"), [
    pytest.param("sian", {"Siân"}, id="accent forgiven"),
    pytest.param("odell bo", {"Bo"}, id="apostrophe forgiven, any order"),
    pytest.param("nobody", set(), id="nobody"),
])  # fmt: skip
def test_a_name_is_typed_and_never_stands_in_an_address(school: School, typed: str, names: set[str]) -> None:
    client = signed_in(a_person(school, Role.SENCO))
    answer = client.post(f"/s/{school.urn}/watch/", {"q": typed, "year": "", "only": ""}, follow=True)
    assert answer.redirect_chain == [(f"/s/{school.urn}/watch/?found=1", 302)]
    assert {name for name in ("Siân", "Bo", "Cy", "Di") if f"{name} O" in answer.content.decode()} == names
    everybody = client.get(f"/s/{school.urn}/watch/").content.decode()
    assert "Cy O" in everybody
    found = client.post(f"/s/{school.urn}/pupils/", {"q": typed}).content.decode()
    assert {name for name in ("Siân", "Bo", "Cy", "Di") if f"{name} O" in found} == names


def test_one_look_is_logged_for_a_list(school: School) -> None:
    user = a_person(school, Role.SENCO)
    signed_in(user).get(f"/s/{school.urn}/watch/")
    look = Look.objects.get()
    assert (look.actor_id, look.page, look.pupil_ids.count(",")) == (user.pk, "watch", 4)


def test_not_a_health_case_holds_until_the_count_moves_by_two_days(school: School) -> None:
    client = signed_in(a_person(school, Role.DEPUTY_HEAD))
    bo = Pupil.objects.get(forename="Bo")
    address = f"/s/{school.urn}/watch/off/{bo.pk}/"
    assert "Enter why" in client.post(address, {"reason": " "}).content.decode()
    assert client.post(address, {"reason": "Three colds"}).status_code == 302
    assert "Bo O" not in client.get(f"/s/{school.urn}/watch/").content.decode()
    assert "Three colds" in client.get(f"/s/{school.urn}/watch/off/").content.decode()
    with change(None, "x", NOW):
        Summary.objects.filter(pupil=bo).update(h_sessions=23)
    assert "Bo O" not in client.get(f"/s/{school.urn}/watch/").content.decode()
    with change(None, "x", NOW):
        Summary.objects.filter(pupil=bo).update(h_sessions=24)
    assert "Bo O" in client.get(f"/s/{school.urn}/watch/").content.decode()


def test_the_reason_is_encrypted_and_not_in_the_ledger(school: School) -> None:
    bo = Pupil.objects.get(forename="Bo")
    client = signed_in(a_person(school, Role.DEPUTY_HEAD))
    client.post(f"/s/{school.urn}/watch/off/{bo.pk}/", {"reason": "A plain reason"})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reason FROM {NotHealthCase._meta.db_table}")
        assert "plain" not in cursor.fetchone()[0]
    assert "plain" not in LedgerRow.objects.get(verb="taken-off-watch").detail


def test_putting_back_undoes_it(school: School) -> None:
    client = signed_in(a_person(school, Role.DEPUTY_HEAD))
    bo = Pupil.objects.get(forename="Bo")
    client.post(f"/s/{school.urn}/watch/off/{bo.pk}/", {"reason": "Colds"})
    client.post(f"/s/{school.urn}/watch/off/{bo.pk}/back/")
    assert "Bo O" in client.get(f"/s/{school.urn}/watch/").content.decode()
    assert NotHealthCase.objects.get().withdrawn_at is not None


def test_the_administrator_sees_no_pupil(school: School) -> None:
    client = signed_in(a_person(school, Role.ADMINISTRATOR))
    bo = Pupil.objects.get(forename="Bo")
    for part in (
        "watch/",
        "watch/file/",
        "today/",
        "pupils/",
        f"pupils/{bo.pk}/",
        f"pupils/{bo.pk}/sessions/",
    ):
        answer = client.get(f"/s/{school.urn}/{part}")
        assert answer.status_code == 403, part
        assert "O&#x27;Dell" not in answer.content.decode()


def test_a_school_elsewhere_gets_the_page_of_what_does_not_exist(school: School) -> None:
    stranger = signed_in(a_person(a_school("Elsewhere"), Role.HEADTEACHER))
    there = stranger.get(f"/s/{school.urn}/watch/")
    nowhere = stranger.get("/s/999999/watch/")
    assert there.status_code == nowhere.status_code == 404
    assert without_token(there) == without_token(nowhere)


def test_a_stale_register_does_not_look_calm(school: School) -> None:
    page = signed_in(a_person(school, Role.DEPUTY_HEAD)).get(f"/s/{school.urn}/watch/").content.decode()
    assert "This list is out of date" in page  # marks end in October 2026


def test_an_empty_school_is_told_how_to_begin() -> None:
    school = a_school()
    page = (
        signed_in(a_person(school, Role.ATTENDANCE_OFFICER)).get(f"/s/{school.urn}/watch/").content.decode()
    )
    assert "No attendance is in yet" in page


def test_the_file_holds_the_list_and_disarms_formulas(school: School) -> None:
    with change(None, "x", NOW):
        Pupil.objects.filter(forename="Bo").update(forename="=1+1")
    answer = signed_in(a_person(school, Role.DEPUTY_HEAD)).get(f"/s/{school.urn}/watch/file/")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert any(row.startswith("'=1+1 O'Dell") for row in rows)


def test_the_pupils_page_says_the_sentence_and_explains_each_session(school: School) -> None:
    client = signed_in(a_person(school, Role.SENCO))
    sian = Pupil.objects.get(forename="Siân")
    page = client.get(f"/s/{school.urn}/pupils/{sian.pk}/").content.decode()
    assert "14 of 15 school days. If the absence goes on, 15 is reached on Friday 23 October 2026." in page
    explained = client.get(f"/s/{school.urn}/pupils/{sian.pk}/sessions/").content.decode()
    assert explained.count("counts half a day") == 28
    assert "<title>Pupil - Onroll</title>" in page


@pytest.mark.parametrize("part", ["watch/", "today/", "pupils/{}/", "pupils/{}/sessions/"])
def test_a_page_needs_few_queries_however_many_pupils(school: School, part: str) -> None:
    client = signed_in(a_person(school, Role.DEPUTY_HEAD))
    pupil = Pupil.objects.get(forename="Siân")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/s/{school.urn}/{part.format(pupil.pk)}")
        counts.append(len(queries))
        for number in range(30):
            a_register(a_pupil(school, f"N{number}", "Oak"), marks(whole_days(OCTOBER[:9], "I")))
        with change(None, "recounted", NOW):
            recount_school(school.pk)
    assert counts[0] == counts[1] <= 12, [query["sql"][:150] for query in queries.captured_queries]


def test_today_counts_what_is_still_n_and_links_to_it(school: School) -> None:
    late = a_pupil(school, "Eve", "Late")
    a_register(late, marks(whole_days([OCTOBER[0]], "N") | whole_days(OCTOBER[1:14], "/")))
    page = (
        signed_in(a_person(school, Role.ATTENDANCE_OFFICER)).get(f"/s/{school.urn}/today/").content.decode()
    )
    assert "2 sessions still N after five school days" in page
    ten = YearGroup.objects.filter(school=school, code="10")
    leader = a_person(school, Role.PROGRESS_LEADER, year_groups=ten)
    page = signed_in(leader).get(f"/s/{school.urn}/today/").content.decode()
    assert "No session is still N" in page
