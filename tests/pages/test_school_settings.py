"""The settings room, asked for as each role would."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.records.attendance.models import CodeMeaning, Recount
from onroll.records.base import pen
from onroll.records.schools.models import School, TutorGroup, YearGroup
from tests.support.cast import NOW, a_person, a_pupil, a_register, a_school, marks, whole_days

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days
COUNTING = {"version": "1", "threshold": "15", "health_codes": ["M", "C2"], "appointment": "breaks"}


@pytest.fixture
def school() -> School:
    """Bo in Year 9 was ill for ten days."""
    school = a_school()
    a_register(a_pupil(school, "Bo", "Quill"), marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


@pytest.fixture
def deputy(school) -> Client:
    return as_(school, Role.DEPUTY_HEAD)


def as_(school: School, *roles: Role) -> Client:
    client = Client()
    client.force_login(a_person(school, *roles))
    return client


def at(school: School, part: str = "") -> str:
    return f"/s/{school.urn}/settings/{part}"


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def now(school: School) -> School:
    return School.objects.get(pk=school.pk)


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("role", [Role.DEPUTY_HEAD, Role.HEADTEACHER, Role.ADMINISTRATOR])
def test_the_settings_are_shown_to_those_who_may_change_them(school, role):
    page = text(as_(school, role).get(at(school)))
    for words in (
        str(school.urn),
        school.dfe_number,
        "Invented Authority (865)",
        "15 school days",
        "Year 7, Year 8",
    ):
        assert words in page


@pytest.mark.parametrize("part", ["", "name/", "counting/", "groups/", "year-groups/add/", "codes/"])
def test_others_are_told_whom_to_ask(school, part):
    answer = as_(school, Role.ATTENDANCE_OFFICER).get(at(school, part))
    assert answer.status_code == 403
    assert "These roles can: Deputy Headteacher, Headteacher and Administrator." in text(answer)


@pytest.mark.parametrize("part", ["", "groups/", "codes/", "counting/"])
def test_a_page_needs_few_queries_however_many_groups(school, deputy, part):
    deputy.get(at(school, part))
    with pen():
        TutorGroup.objects.bulk_create(TutorGroup(school=school, name=f"9 Elm {n}") for n in range(40))
    with CaptureQueriesContext(connection) as queries:
        assert deputy.get(at(school, part)).status_code == 200
    assert len(queries) <= 12


# ---------------------------------------------------------------- the name


def test_the_school_is_renamed(school, deputy):
    page = text(deputy.post(at(school, "name/"), {"name": "Oak Grove School", "version": "1"}, follow=True))
    assert "The school’s name is saved." in page
    assert now(school).name == "Oak Grove School"


def test_a_stale_name_is_shown_beside_the_one_that_stands_and_can_be_saved_after_all(school, deputy):
    deputy.post(at(school, "name/"), {"name": "Oak Grove School", "version": "1"})
    late = deputy.post(at(school, "name/"), {"name": "Ash Grove School", "version": "1"})
    page = text(late)
    assert late.status_code == 409
    assert "What stands now" in page
    assert "Oak Grove School" in page
    assert "What you entered" in page
    assert 'value="Ash Grove School"' in page
    assert 'name="version" value="2"' in page
    assert now(school).name == "Oak Grove School"
    deputy.post(at(school, "name/"), {"name": "Ash Grove School", "version": "2"})
    assert now(school).name == "Ash Grove School"


def test_a_school_needs_a_name(school, deputy):
    assert "Enter the school’s name" in text(deputy.post(at(school, "name/"), {"name": " ", "version": "1"}))


# ---------------------------------------------------------------- how it counts


def test_a_lower_threshold_says_who_would_newly_reach_it_and_asks(school, deputy):
    lower = {**COUNTING, "threshold": "9.5"}
    asked = text(deputy.post(at(school, "counting/"), lower))
    assert "1 of them would newly reach 9.5 school days." in asked
    assert now(school).threshold_days == 15
    told = deputy.post(at(school, "counting/"), {**lower, "confirmed": "yes"}, follow=True)
    assert told.redirect_chain[-1][0] == at(school, f"moved/{Recount.objects.get().pk}/")
    assert "1 of them newly reached 9.5 school days." in text(told)
    assert "Bo Quill" in text(told)
    settings = text(deputy.get(at(school)))
    assert "This school counts to another number." in settings
    assert "The school’s way of counting was changed: 1 pupil counted differently" in settings


def test_the_administrator_sees_how_many_and_no_pupil(school):
    client = as_(school, Role.ADMINISTRATOR)
    lower = {**COUNTING, "threshold": "9.5"}
    asked = text(client.post(at(school, "counting/"), lower))
    told = text(client.post(at(school, "counting/"), {**lower, "confirmed": "yes"}, follow=True))
    for page in (asked, told):
        assert "<strong>1 pupil</strong>" in page
        assert "Quill" not in page


def test_a_threshold_above_the_policys_is_warned_of_even_when_nobody_moves(school, deputy):
    higher = {**COUNTING, "threshold": "20"}
    page = text(deputy.post(at(school, "counting/"), higher))
    assert "15 school days is the number in the regulations and in the policy. At 20 a pupil can" in page
    deputy.post(at(school, "counting/"), {**higher, "confirmed": "yes"})
    assert now(school).threshold_days == 20
    back = text(deputy.post(at(school, "counting/"), {**COUNTING, "version": "2"}, follow=True))
    assert "Saved: this is how the school counts now." in back


def test_illness_counts_whatever_is_ticked(school, deputy):
    deputy.post(at(school, "counting/"), {**COUNTING, "health_codes": []})
    assert now(school).health_codes == "I"


def test_the_same_settings_again_say_so(school, deputy):
    assert "Nothing to change" in text(deputy.post(at(school, "counting/"), COUNTING, follow=True))
    assert now(school).version == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"threshold": ""}, "Enter a number of school days, like 15", id="no threshold"),
        pytest.param({"threshold": "fifteen"}, "Enter a number of school days, like 15", id="in words"),
        pytest.param({"threshold": "7.3"}, "Enter whole or half school days", id="no half days"),
        pytest.param({"threshold": "0"}, "from 0.5 to 100", id="none"),
        pytest.param({"threshold": "120"}, "from 0.5 to 100", id="too many"),
        pytest.param({"threshold": "NaN"}, "Enter a number of school days, like 15", id="not a number"),
        pytest.param({"appointment": ""}, "Choose what an appointment does", id="no answer"),
        pytest.param({"health_codes": ["K"]}, "Select a valid choice", id="a code of attending"),
    ],
)
def test_wrong_input_says_what_to_do(school, deputy, given, words):
    page = text(deputy.post(at(school, "counting/"), {**COUNTING, **given}))
    assert "There is a problem" in page
    assert words in page
    assert now(school).version == 1


def test_settings_changed_meanwhile_are_shown_and_not_overwritten(school, deputy):
    deputy.post(at(school, "counting/"), {**COUNTING, "threshold": "14"})
    late = deputy.post(at(school, "counting/"), {**COUNTING, "threshold": "12"})
    page = text(late)
    assert late.status_code == 409
    assert "14 school days" in page
    assert 'value="12"' in page
    assert now(school).threshold_days == 14


# ---------------------------------------------------------------- groups


def test_year_groups_are_added_renamed_and_put_in_order(school, deputy):
    page = text(deputy.post(at(school, "year-groups/add/"), {"code": "12", "name": "Year 12"}, follow=True))
    assert "Year 12 is added." in page
    twelve = YearGroup.objects.get(school=school, code="12")
    deputy.post(at(school, f"year-groups/{twelve.pk}/"), {"name": "Sixth form", "saw": "Year 12"})
    deputy.post(at(school, f"year-groups/{twelve.pk}/move/"), {"to": "up"})
    names = list(YearGroup.objects.filter(school=school).values_list("name", flat=True))
    assert names[-2:] == ["Sixth form", "Year 11"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"code": "9", "name": "Nine"}, "has this year already", id="a year that is there"),
        pytest.param(
            {"code": "12", "name": "year 9"}, "Another group has this name", id="a name that is taken"
        ),
        pytest.param({"code": "", "name": ""}, "Enter the year’s code", id="nothing"),
    ],
)
def test_a_year_group_that_cannot_be_says_why(school, deputy, given, words):
    assert words in text(deputy.post(at(school, "year-groups/add/"), given))
    assert school.year_groups.count() == 5


def test_a_tutor_group_renamed_meanwhile_is_shown_and_not_overwritten(school, deputy):
    group = TutorGroup.objects.get(school=school, name="9 Ash")
    address = at(school, f"tutor-groups/{group.pk}/")
    deputy.post(address, {"name": "9 Elm", "saw": "9 Ash"})
    late = deputy.post(address, {"name": "9 Fir", "saw": "9 Ash"})
    page = text(late)
    assert late.status_code == 409
    assert "it is now called 9 Elm" in page
    assert 'value="9 Fir"' in page
    assert TutorGroup.objects.get(pk=group.pk).name == "9 Elm"


def test_groups_are_listed_as_a_person_would_and_with_their_pupils_on_roll(school, deputy):
    a_pupil(school, "Gone", "Away", last_on=date(2026, 9, 30))
    page = text(deputy.get(at(school, "groups/")))
    assert page.index("7 Ash") < page.index("10 Ash")
    nine = page[page.index("9 Ash") : page.index("9 Oak")]
    assert '--numeric">1</td>' in nine


# ---------------------------------------------------------------- codes


def test_a_schools_own_code_is_added_and_removed(school, deputy):
    page = text(deputy.post(at(school, "codes/"), {"raw": "I01", "national": "I"}, follow=True))
    assert "I01 is read as I from the next file on." in page
    assert "I01 is read as I" in text(deputy.get(at(school)))
    code = CodeMeaning.objects.get(school=school)
    page = text(deputy.post(at(school, f"codes/{code.pk}/remove/"), follow=True))
    assert "The code is removed." in page
    assert not CodeMeaning.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"raw": "M", "national": "I"}, "This is a national code", id="a national code"),
        pytest.param({"raw": "H", "national": ""}, "Choose the national code", id="no meaning"),
        pytest.param({"raw": "", "national": "C"}, "Enter the code as the register has it", id="no code"),
    ],
)
def test_a_code_that_cannot_be_mapped_says_why(school, deputy, given, words):
    assert words in text(deputy.post(at(school, "codes/"), given))
    assert not CodeMeaning.objects.exists()


def test_a_code_has_one_meaning(school, deputy):
    deputy.post(at(school, "codes/"), {"raw": "H", "national": "C"})
    assert "has a meaning already" in text(deputy.post(at(school, "codes/"), {"raw": "H", "national": "G"}))


@pytest.mark.parametrize("part", ["year-groups/1/move/", "codes/1/remove/"])
def test_a_get_changes_nothing(school, deputy, part):
    assert deputy.get(at(school, part)).status_code == 405
