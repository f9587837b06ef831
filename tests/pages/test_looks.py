"""Looks and changes, asked for as the data protection lead and the headteacher would."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.domain.permissions import Role
from onroll.records.ledger.models import LedgerRow, Look
from tests.support.cast import NOW, a_person, a_pupil, a_school
from tests.support.looks import a_look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def pupil(school):
    return a_pupil(school, "Quillon", "Zanderby-Voss")


def signed_in(school, role=Role.DATA_PROTECTION_LEAD):
    client = Client()
    client.force_login(
        a_person(school, role, name="Dee Lead"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def address(school, tail="looks/"):
    return f"/s/{school.urn}/settings/{tail}"


def read(answer):
    return answer.content.decode()


@pytest.mark.parametrize("tail", ["looks/", "changes/", "looks/find/"])
def test_those_who_may_see_it_do_and_others_are_told_who_can(school, tail):
    for role in (Role.DATA_PROTECTION_LEAD, Role.HEADTEACHER):
        assert signed_in(school, role).get(address(school, tail)).status_code == 200
    answer = signed_in(school, Role.ADMINISTRATOR).get(address(school, tail))
    assert answer.status_code == 403
    assert "Headteacher and Data protection lead" in read(answer)
    assert signed_in(a_school("Far Hill School")).get(address(school, tail)).status_code == 404


def test_pupils_are_numbers_and_reading_the_list_is_no_look(school, pupil):
    a_look(pupils=(pupil.pk,), school_id=school.pk)
    with change(1, "taken-off-watch", NOW, school_id=school.pk) as entry:
        entry.subject = f"pupil:{pupil.pk}"
    for role in (Role.DATA_PROTECTION_LEAD, Role.HEADTEACHER):
        client = signed_in(school, role)
        for tail in ("looks/", "changes/"):
            text = read(client.get(address(school, tail)))
            assert str(pupil.pk) in text
            assert "Zanderby" not in text
            assert pupil.upn not in text
            assert (f'href="/s/{school.urn}/pupils/{pupil.pk}/"' in text) is (role is Role.HEADTEACHER)
    assert Look.objects.count() == 1
    assert not LedgerRow.objects.filter(verb__contains="export").exists()


def test_a_list_of_many_pupils_is_folded(school):
    a_look(pupils=tuple(range(1001, 1031)), page="watch", school_id=school.pk)
    text = read(signed_in(school).get(address(school)))
    assert "and 22 more" in text
    assert "1030" in text


def test_25_a_page_and_too_far_is_the_last_page(school):
    for number in range(60):
        a_look(pupils=(1000 + number,), school_id=school.pk)
    client = signed_in(school)
    assert "1 to 25 of 60" in read(client.get(address(school)))
    text = read(client.get(address(school) + "?page=99"))
    assert "51 to 60 of 60" in text
    assert "1000" in text


def test_filters_narrow_the_list_and_can_be_taken_off(school):
    client = signed_in(school)
    a_look(pupils=(501,), school_id=school.pk)
    a_look(NOW.replace(month=12), pupils=(502,), school_id=school.pk)
    text = read(client.get(address(school) + "?first=2026-12-01&pupil=502&page=2"))
    assert "Pupil 502" in text
    assert "23 December 2026" in text
    assert "501" not in text
    assert 'href="?first=2026-12-01"' in text  # without the pupil
    assert 'href="?pupil=502"' in text  # without the date
    assert "From 1 December 2026" in text


@pytest.mark.parametrize(
    "query", ["first=2026-13-01", "first=yesterday", "person=99999", "person=x", "pupil=x", "page=x"]
)
def test_nonsense_in_the_address_is_said_or_left_out(school, query):
    a_look(pupils=(501,), school_id=school.pk)
    answer = signed_in(school).get(f"{address(school)}?{query}")
    assert answer.status_code == 200
    assert "501" in read(answer)
    assert ("Enter a date that exists" in read(answer)) is query.startswith("first")


@pytest.mark.parametrize("query", ["last=9999-12-31", "first=0001-01-01", "first=9999-12-31&last=0001-01-01"])
@pytest.mark.parametrize("tail", ["looks/", "changes/"])
def test_a_day_at_the_end_of_time_is_no_failure(school, tail, query):
    assert signed_in(school).get(f"{address(school, tail)}?{query}").status_code == 200


def test_a_pupil_is_found_by_upn_which_never_stands_in_an_address(school, pupil):
    client = signed_in(school)
    answer = client.post(address(school, "looks/find/"), {"upn": pupil.upn.lower()})
    assert answer.status_code == 302
    assert answer.url == f"{address(school)}?pupil={pupil.pk}"


@pytest.mark.parametrize(
    ("upn", "words"),
    [("", "Enter a UPN"), ("A1", "13 characters"), ("V865499920001", "No pupil of this school has this UPN")],
)
def test_a_upn_that_finds_nobody_is_said_to(school, upn, words):
    answer = signed_in(school).post(address(school, "looks/find/"), {"upn": upn})
    assert answer.status_code == 200
    assert words in read(answer)


# ---------------------------------------------------------------- files
def rows_of(answer):
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(read(answer).lstrip("\ufeff"))))


def test_taking_the_looks_away_is_in_the_ledger(school):
    client = signed_in(school)
    a_look(pupils=(501, 502), school_id=school.pk)
    a_look(NOW.replace(month=12), pupils=(503,), school_id=school.pk)
    answer = client.post(address(school, "looks/file/"), {"first": "2026-12-01", "pupil": "503"})
    assert rows_of(answer) == [
        ["When", "Who", "Page", "Pupils"],
        ["2026-12-23 09:00:00+00:00", "person 7", "the pupil’s record", "503"],
    ]
    row = LedgerRow.objects.get(verb="looks-exported")
    assert (row.school_id, row.subject, row.detail) == (
        school.pk,
        "pupil:503",
        '{"from":"2026-12-01","rows":1}',
    )


def test_taking_the_changes_away_is_in_the_ledger_and_in_the_file(school):
    with change(None, "recounted", NOW, school_id=school.pk) as entry:
        entry.detail = {"moved": 3}
    answer = signed_in(school).post(address(school, "changes/file/"))
    heading, newest, oldest = rows_of(answer)
    assert heading == ["Row", "When", "Who", "What", "Of what", "More"]
    assert newest[2:4] == ["Dee Lead", "downloaded the list of changes"]
    assert oldest == [
        "1",
        "2026-11-23 09:00:00+00:00",
        "Onroll itself",
        "counted the registers again",
        "",
        "moved: 3",
    ]


@pytest.mark.parametrize("tail", ["looks/file/", "changes/file/"])
def test_a_link_alone_takes_no_file_and_writes_nothing(school, tail):
    assert signed_in(school).get(address(school, tail)).status_code == 405
    assert signed_in(school, Role.GOVERNOR).post(address(school, tail)).status_code == 403
    assert LedgerRow.objects.count() == 0


def test_the_form_of_the_file_carries_the_filters(school):
    a_look(pupils=(501,), school_id=school.pk)
    text = read(signed_in(school).get(address(school) + "?first=2026-11-01&pupil=501"))
    form = text[text.index("looks/file/") :]
    assert 'name="first" value="2026-11-01"' in form
    assert 'name="pupil" value="501"' in form


@pytest.mark.parametrize("tail", ["looks/", "changes/"])
def test_a_page_costs_a_fixed_number_of_queries(school, tail):
    client = signed_in(school)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(school, tail))
        return len(queries)

    empty = cost()
    for number in range(60):
        a_look(pupils=(number,), school_id=school.pk)
        with change(1, "recounted", NOW, school_id=school.pk):
            pass
    assert cost() <= empty + 1 <= 12
