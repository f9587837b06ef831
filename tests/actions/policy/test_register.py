"""The policy register as people keep it: what is written, what is refused, and which duty it meets."""

from datetime import date, timedelta

import pytest

from onroll.actions.policy import keeping, steps, versions
from onroll.actions.policy.differences import answer_difference
from onroll.actions.policy.keeping import Briefed, Found, Held, Officer
from onroll.actions.policy.reading import read_policy
from onroll.actions.policy.versions import Begun
from onroll.domain.permissions import Role
from onroll.domain.policy import Stage
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.packs import stack_of
from onroll.queries.policy.kept import register
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from onroll.records.policies.models import Briefing, PackChoice, PolicyRead, PolicyStep
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.policies import TEXT, a_draft, in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WHEN = {"on": TODAY, "at": NOW}


@pytest.fixture
def school():
    return with_policy(a_school())


@pytest.fixture
def clerk(school):
    return actor(a_person(school, Role.CLERK))


def stands(school, duty: str) -> str:
    rows = Finding.objects.filter(school=school, case=None, duty=duty, until_at=None)
    return rows.filter(pack=TEXT.slug).values_list("status", flat=True).get()


def through(clerk, school, version_id: int, *, minute: str = "FGB 27/1") -> None:
    steps.record_review(clerk, school.pk, version_id, reviewed_on=TODAY, **WHEN)
    steps.send_to_governors(clerk, school.pk, version_id, sent_on=TODAY, **WHEN)
    steps.record_approval(clerk, school.pk, version_id, meeting_on=TODAY, minute=minute, **WHEN)
    steps.publish(clerk, school.pk, version_id, published_on=TODAY, **WHEN)


def test_a_version_goes_from_draft_to_published_and_the_duties_follow(school, clerk):
    in_force(clerk, school)
    draft = a_draft(clerk, school)
    through(clerk, school, draft)
    held = register(school.pk)
    assert held.current.version == "2027"
    assert held.next_due_on == date(2027, 11, 23)
    assert [stands(school, duty) for duty in ("policy-reviewed", "policy-approved", "policy-published")] == [
        "met"
    ] * 3


def test_the_next_review_is_what_the_governors_said_where_they_said_it(school, clerk):
    draft = a_draft(clerk, school)
    steps.record_review(clerk, school.pk, draft, reviewed_on=TODAY, **WHEN)
    steps.send_to_governors(clerk, school.pk, draft, sent_on=TODAY, **WHEN)
    due = date(2027, 3, 1)
    steps.record_approval(clerk, school.pk, draft, meeting_on=TODAY, minute="1", next_due_on=due, **WHEN)
    assert register(school.pk).next_due_on == due


def test_a_returned_version_is_a_draft_again_and_says_why(school, clerk):
    draft = a_draft(clerk, school)
    steps.record_review(clerk, school.pk, draft, reviewed_on=TODAY, **WHEN)
    steps.send_to_governors(clerk, school.pk, draft, sent_on=TODAY, **WHEN)
    steps.record_return(clerk, school.pk, draft, returned_on=TODAY, note="Name the officer’s post", **WHEN)
    seen = register(school.pk).one(draft)
    assert (seen.stage, seen.standing[-1].note) == (Stage.DRAFT, "Name the officer’s post")


def test_steps_are_refused_out_of_order_and_nothing_is_written(school, clerk):
    draft = a_draft(clerk, school)
    before = LedgerRow.objects.count()
    with pytest.raises(Refusal) as refused:
        steps.publish(clerk, school.pk, draft, published_on=TODAY, **WHEN)
    assert refused.value.kind is Refused.CONFLICT
    with pytest.raises(Refusal):
        steps.send_to_governors(clerk, school.pk, draft, sent_on=TODAY, **WHEN)
    with pytest.raises(Refusal):
        steps.record_review(clerk, school.pk, draft, reviewed_on=TODAY + timedelta(days=1), **WHEN)
    assert (PolicyStep.objects.count(), LedgerRow.objects.count()) == (0, before)


def test_only_the_last_step_is_withdrawn_and_it_stays_with_its_reason(school, clerk):
    published = in_force(clerk, school)
    first, last = PolicyStep.objects.filter(policy_id=published).order_by("pk")
    with pytest.raises(Refusal):
        steps.withdraw_step(clerk, school.pk, published, first.pk, reason="Wrong day", **WHEN)
    steps.withdraw_step(clerk, school.pk, published, last.pk, reason="Wrong day", **WHEN)
    seen = register(school.pk).one(published)
    assert seen.stage is Stage.APPROVED
    assert seen.steps[-1].withdrawn_because == "Wrong day"


def test_one_version_is_on_its_way_at_a_time_and_a_name_is_taken_once(school, clerk):
    in_force(clerk, school)
    with pytest.raises(Refusal, match="already"):
        a_draft(clerk, school, "2026")
    draft = a_draft(clerk, school)
    with pytest.raises(Refusal, match="on its way"):
        a_draft(clerk, school, "2028")
    versions.withdraw_version(clerk, school.pk, draft, reason="Begun too early", **WHEN)
    a_draft(clerk, school, "2028")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.GOVERNOR, Role.PROGRESS_LEADER, Role.ADMINISTRATOR])
def test_others_do_not_keep_the_register(school, role):
    with pytest.raises(Refusal) as refused:
        a_draft(actor(a_person(school, role)), school)
    assert refused.value.kind is Refused.NOT_ALLOWED


def test_a_version_of_another_school_does_not_exist(school, clerk):
    elsewhere = with_policy(a_school("Far Hill School"))
    theirs = a_draft(actor(a_person(elsewhere, Role.CLERK)), elsewhere)
    with pytest.raises(Refusal) as refused:
        steps.record_review(clerk, school.pk, theirs, reviewed_on=TODAY, **WHEN)
    assert refused.value.kind is Refused.NOT_FOUND


def test_the_officer_is_confirmed(school, clerk):
    part = Officer(post="Team manager")
    keeping.confirm_officer(clerk, school.pk, part, confirmed_on=TODAY, **WHEN)
    assert stands(school, "la-officer-known") != "met"
    whole = Officer(post="Team manager", name="Invented Name", service="Medical needs", phone="01632 960001")
    keeping.confirm_officer(clerk, school.pk, whole, confirmed_on=TODAY, **WHEN)
    assert stands(school, "la-officer-known") == "met"


def test_a_briefing_is_recorded_and_taken_back(school, clerk):
    person = a_person(school, Role.TEACHER)
    briefed = Briefed(given_by="A trainer", attended=[person.pk], others=12)
    keeping.record_briefing(clerk, school.pk, briefed, held_on=TODAY, **WHEN)
    assert stands(school, "equality-duties-understood") == "met"
    row = Briefing.objects.get(school=school)
    keeping.withdraw_briefing(clerk, school.pk, row.pk, reason="Another school’s", **WHEN)
    assert stands(school, "equality-duties-understood") != "met"


def test_a_briefing_nobody_attended_or_a_stranger_attended_is_refused(school, clerk):
    stranger = a_person(a_school("Far Hill School"), Role.TEACHER)
    for briefed in (Briefed(given_by="A trainer"), Briefed(given_by="A trainer", attended=[stranger.pk])):
        with pytest.raises(Refusal):
            keeping.record_briefing(clerk, school.pk, briefed, held_on=TODAY, **WHEN)


def test_guidance_and_linked_policies_are_checked(school, clerk):
    own = stack_of(school.pk, TODAY).packs[0]
    found = {
        one.key: Found(current=not one.superseded_by, successor=one.superseded_by) for one in own.guidance
    }
    keeping.check_guidance(clerk, school.pk, found, **WHEN)
    assert stands(school, "guidance-current") == "met"
    held = {
        one.key: Held(held=True, dated_on=TODAY, address="https://www.example.org/") for one in own.linked
    }
    keeping.check_linked(clerk, school.pk, held, **WHEN)
    assert stands(school, "linked-policies") == "met"
    with pytest.raises(Refusal):
        keeping.check_guidance(clerk, school.pk, {"no-such-key": Found(current=True)}, **WHEN)


def test_anybody_at_the_school_says_once_that_they_have_read_it(school, clerk):
    version = in_force(clerk, school)
    teacher = actor(a_person(school, Role.TEACHER))
    before = LedgerRow.objects.filter(verb="policy-read").count()
    for _ in range(2):
        read_policy(teacher, school.pk, version, **WHEN)
    assert PolicyRead.objects.filter(user_id=teacher.id).count() == 1
    assert LedgerRow.objects.filter(verb="policy-read").count() == before + 1
    with pytest.raises(Refusal):
        read_policy(teacher, school.pk, a_draft(clerk, school), **WHEN)


def test_what_the_school_does_about_a_difference_takes_the_place_of_what_it_did(school, clerk):
    for words in ("We send any evidence", "We send any evidence at once"):
        answer_difference(
            clerk, school.pk, "consultant-evidence", follows="england", words=words, reason="", **WHEN
        )
    old, new = PackChoice.objects.filter(school=school).order_by("pk")
    assert (old.withdrawn_at, new.withdrawn_at, new.replaces_id) == (NOW, None, old.pk)
    with pytest.raises(Refusal):
        answer_difference(clerk, school.pk, "no-such-topic", follows="own", words="-", reason="", **WHEN)


def test_a_past_version_without_its_words_is_in_the_record_and_never_public(school, clerk):
    begun = Begun(version="2024", amendment="First version", text=None)
    past = versions.Past(approved_on=date(2024, 2, 29))
    versions.enter_past_version(clerk, school.pk, begun, past, **WHEN)
    seen = register(school.pk).versions[0]
    assert seen.approval.next_due_on == date(2025, 2, 28)
    assert seen.published_on is None
