"""The packs room, asked for as each role would."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.permissions import ROLES, Permission, Role
from onroll.queries.packs import stack_of
from onroll.records.ledger.models import LedgerRow
from onroll.records.policies.models import PackInUse
from onroll.records.schools.models import School
from onroll.records.work.models import Work
from tests.support.cast import a_person, a_school
from tests.support.policy import SHIPPED, a_text, with_policy

pytestmark = pytest.mark.django_db
OWN, NATION, WILTSHIRE = SHIPPED
FAR = timezone.localdate() + timedelta(days=60)
MOST_QUERIES, MOST_BYTES = 12, 60_000


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def deputy(school) -> Client:
    return as_(school, Role.DEPUTY_HEAD)


def as_(school: School, *roles: Role) -> Client:
    client = Client()
    client.force_login(a_person(school, *roles, name="Carys Webb"))
    return client


def at(school: School, part: str = "") -> str:
    return f"/s/{school.urn}/settings/packs/{part}"


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def on(day: date, **others: str) -> dict[str, str]:
    return {
        "from_on_day": str(day.day),
        "from_on_month": str(day.month),
        "from_on_year": str(day.year),
        **others,
    }


def versions(school: School, day: date) -> list[str]:
    return [f"{pack.slug} {pack.version}" for pack in stack_of(school.pk, day).packs]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_choose_packs_may_open_the_room(school, role):
    may = Permission.PACKS_EDIT in ROLES[role].permissions
    assert as_(school, role).get(at(school)).status_code == (200 if may else 403)


def test_the_page_says_what_applies_since_when_and_where_packs_disagree(school, deputy):
    shown = text(deputy.get(at(school)))
    for words in ("National layer for England", "2026-11", "1 September 2026", "Wiltshire"):
        assert words in shown
    assert shown.count("Source: ") == 4  # two topics, two positions each


def test_a_shipped_profile_is_put_in_use_from_today(school, deputy):
    today = timezone.localdate()
    deputy.post(at(school, "look/?slug=saltersquay"), on(today))
    authority = stack_of(school.pk, today).authority
    assert authority is not None
    assert authority.slug == "saltersquay"
    entry = LedgerRow.objects.get(verb="pack-put-in-use")
    assert "saltersquay" in entry.detail
    assert Work.objects.filter(kind="refresh-school", subject_id=school.pk).count() == 1


def test_another_version_is_compared_then_applies_from_its_day(school, deputy):
    brought = a_text(OWN, version="2027").replace("within_days = 2", "within_days = 4", 1)
    answer = deputy.post(at(school, "bring-in/"), {"text": brought}, follow=True)
    assert answer.redirect_chain[-1][0] == at(school, "bring-in/look/")
    shown = text(answer)
    assert "School days within which it is done" in shown
    assert "2</del>" in shown
    assert "4</ins>" in shown
    assert PackInUse.objects.filter(version="2027").count() == 0
    deputy.post(at(school, "bring-in/look/"), on(FAR))
    assert versions(school, FAR - timedelta(days=1)) == [f"{OWN} 2026", f"{NATION} 2026-11"]
    assert versions(school, FAR) == [f"{OWN} 2027", f"{NATION} 2026-11"]
    assert not Work.objects.exists()  # nothing changes today


@pytest.mark.parametrize(("place", "then"), [
    pytest.param("instead", ["ours 1", f"{NATION} 2026-11"], id="in its place"),
    pytest.param("beside", [f"{OWN} 2026", "ours 1", f"{NATION} 2026-11"], id="beside it"),
])  # fmt: skip
def test_a_pack_of_ones_own_takes_the_place_of_the_present_one_or_stands_beside_it(
    school, deputy, place, then
):
    deputy.post(at(school, "bring-in/"), {"text": a_text(OWN, version="1", slug='"ours"')})
    deputy.post(at(school, "bring-in/look/"), on(FAR, place=place))
    assert versions(school, FAR) == then


def test_taking_back_a_pack_takes_back_the_end_of_the_one_it_would_have_replaced(school, deputy):
    deputy.post(at(school, "bring-in/"), {"text": a_text(OWN, version="1", slug='"ours"')})
    deputy.post(at(school, "bring-in/look/"), on(FAR, place="instead"))
    row = PackInUse.objects.get(slug="ours")
    deputy.post(at(school, f"withdraw/{row.pk}/"))
    assert versions(school, FAR) == [f"{OWN} 2026", f"{NATION} 2026-11"]


def test_what_applies_already_cannot_be_taken_back(school, deputy):
    row = PackInUse.objects.get(slug=OWN)
    assert deputy.post(at(school, f"withdraw/{row.pk}/")).status_code == 409
    assert versions(school, timezone.localdate())[0] == f"{OWN} 2026"


def test_a_pack_with_mistakes_is_told_by_line_and_keeps_what_was_typed(school, deputy):
    wrong = a_text(OWN, version="2").replace('holder = "clerk"', 'holder = "clark"', 1)
    line = wrong.splitlines().index('holder = "clark"') + 1
    file = SimpleUploadedFile("mine.toml", wrong.encode())
    shown = text(deputy.post(at(school, "bring-in/"), {"file": file}))
    assert f"Line {line}, duties[43].holder" in shown
    assert "Did you mean “clerk”?" in shown
    assert "holder = &quot;clark&quot;" in shown


def test_a_day_that_has_passed_is_refused(school, deputy):
    answer = deputy.post(at(school, "look/?slug=england"), on(date(2026, 1, 5)))
    assert "Enter today or a later day" in text(answer)
    assert PackInUse.objects.filter(slug=NATION).count() == 1


def test_the_same_version_with_other_words_is_refused(school, deputy):
    deputy.post(at(school, "bring-in/"), {"text": a_text(OWN, title='"Other words"')})
    answer = deputy.post(at(school, "bring-in/look/"), on(FAR))
    assert answer.status_code == 409
    assert "Give the new text a version of its own" in text(answer)


def test_the_use_of_a_pack_is_ended_from_a_day(school, deputy):
    deputy.post(at(school, f"end/{NATION}/"), on(FAR))
    assert versions(school, FAR) == [f"{OWN} 2026"]
    assert len(versions(school, FAR - timedelta(days=1))) == 2


def test_a_third_pack_changes_the_words_and_numbers_without_code(school, deputy):
    other = a_text(OWN, version="1", slug='"ours"', senco='"Inclusion lead"').replace(
        "gap_days = 3", "gap_days = 7"
    )
    deputy.post(at(school, "bring-in/"), {"text": other})
    deputy.post(at(school, "bring-in/look/"), on(timezone.localdate(), place="instead"))
    assert "Inclusion lead" in text(deputy.get(at(school, "words/")))
    stack = stack_of(school.pk, timezone.localdate())
    assert stack.role(Role.SENCO) == "Inclusion lead"
    duty = stack.duty("ours", "suitable-education")
    assert duty is not None
    assert duty.number("gap_days", 3) == 7


@pytest.mark.parametrize("part", [
    "", "words/", "profile/", "policies/", "authorities/", "look/?slug=england",
    f"look/?slug={OWN}", "look/?slug=fellmoor", "bring-in/", f"end/{OWN}/",
])  # fmt: skip
def test_pages_are_small_and_ask_little(school, deputy, part):
    for number in range(30):
        with_policy(school, a_text(OWN, version=str(number)), from_on=date(2026, 9, 1 + number % 28))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = deputy.get(at(school, part))
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES
    assert len(answer.content) <= MOST_BYTES


def test_a_text_that_is_kept_with_its_mistakes_stays_small(school, deputy):
    wrong = a_text(OWN, version="2").replace('scope = "case"', 'scope = "cases"')
    answer = deputy.post(at(school, "bring-in/"), {"text": wrong})
    assert "34" in text(answer) or "more" in text(answer)
    assert len(answer.content) <= MOST_BYTES + len(wrong)  # the text itself, once
