"""`guidance-current` and `linked-policies`, as tables. The pack applies from 1 September 2026."""

import pytest

from onroll.domain.duties.facts import Checked
from onroll.domain.duties.finding import Looked
from onroll.domain.packs.pack import Guidance, Linked, Scope
from tests.domain.duties.given import a_school, day, duty, found, pack

GUIDANCE = (
    Guidance("act", "The Act"),
    Guidance("attendance", "Attendance", superseded_by="Attendance 2024", superseded_on=day("2024-08-19")),
)
LINKED = (Linked("access", "Accessibility plan"), Linked("medical", "Medical conditions"))


def a_pack(evaluator, **more):
    return pack(duty(evaluator, scope=Scope.SCHOOL), **more)


CITING = a_pack("guidance-current", guidance=GUIDANCE)
PLAIN = a_pack("guidance-current", guidance=GUIDANCE[:1])
LINKING = a_pack("linked-policies", linked=LINKED)


def checked(*looks):
    """(key, day, current, held)."""
    return a_school(
        guidance=tuple(
            Checked(number, key, day(on), held, current=current)
            for number, (key, on, current, held) in enumerate(looks)
        )
    )


def linked(*looks):
    """(key, day, held, review due)."""
    return a_school(
        linked=tuple(
            Checked(number, key, day(on), held, day(review) if review else None)
            for number, (key, on, held, review) in enumerate(looks)
        )
    )


ACT, NAMED = ("act", "2026-10-01", True, True), ("attendance", "2026-10-05", False, True)
ACCESS, MEDICAL = ("access", "2026-10-01", True, None), ("medical", "2026-10-05", True, None)

GUIDANCE_EXAMPLES = [
    pytest.param(a_school(), a_pack("guidance-current"), "2026-11-30", "not-applicable", None, id="nothing is cited"),
    pytest.param(a_school(), CITING, "2026-09-15", "due", "2026-09-15", id="never checked: two weeks"),
    pytest.param(a_school(), CITING, "2026-09-16", "overdue", "2026-09-15", id="never checked, and they have passed"),
    pytest.param(checked(ACT, NAMED), CITING, "2026-11-30", "met", "2027-10-01",
                 id="one current, one with a successor"),
    pytest.param(checked(ACT), CITING, "2026-11-30", "overdue", "2026-09-15", id="one was not checked"),
    pytest.param(checked(("act", "2026-11-20", False, False)), PLAIN, "2026-11-30", "due", "2026-12-04",
                 id="no longer current, no successor named"),
    pytest.param(checked(("act", "2026-11-20", False, False)), PLAIN, "2026-12-05", "overdue", "2026-12-04",
                 id="and nobody named one in two weeks"),
    pytest.param(checked(("act", "2025-11-30", True, True)), PLAIN, "2026-11-30", "met", "2026-11-30",
                 id="the last day of the year"),
    pytest.param(checked(("act", "2025-11-30", True, True)), PLAIN, "2026-12-01", "overdue", "2026-11-30",
                 id="a year and a day"),
    pytest.param(checked(("act", "2028-02-29", True, True)), PLAIN, "2029-03-01", "overdue", "2029-02-28",
                 id="29 February"),
    pytest.param(checked(ACT, ("attendance", "2026-10-05", True, True)), CITING, "2026-11-30", "needs-judgement", None,
                 id="called current, though the pack knows of what replaced it"),
    pytest.param(checked(ACT, ("attendance", "2024-08-01", True, True)), CITING, "2026-09-10", "due", "2026-09-15",
                 id="replaced after it was checked"),
    pytest.param(checked(("attendance", "2024-08-01", True, True), ACT), CITING, "2024-08-18", "met", "2025-08-01",
                 id="checked, and not replaced yet"),
]  # fmt: skip
LINKED_EXAMPLES = [
    pytest.param(a_school(), a_pack("linked-policies"), "2026-11-30", "not-applicable", None, id="nothing is linked"),
    pytest.param(a_school(), LINKING, "2026-09-15", "due", "2026-09-15", id="never checked: two weeks"),
    pytest.param(linked(ACCESS), LINKING, "2026-11-30", "overdue", "2026-09-15", id="one was not checked"),
    pytest.param(linked(ACCESS, MEDICAL), LINKING, "2026-11-30", "met", "2027-10-01", id="both held"),
    pytest.param(linked(ACCESS, ("medical", "2026-11-20", False, None)), LINKING, "2026-12-04", "due", "2026-12-04",
                 id="one is not held"),
    pytest.param(linked(ACCESS, ("medical", "2026-11-20", False, None)), LINKING, "2026-12-05", "overdue",
                 "2026-12-04", id="and was not found in two weeks"),
    pytest.param(linked(ACCESS, ("medical", "2026-10-05", True, "2026-12-31")), LINKING, "2026-12-31", "met",
                 "2026-12-31", id="its own review is due today"),
    pytest.param(linked(ACCESS, ("medical", "2026-10-05", True, "2026-12-31")), LINKING, "2027-01-01", "overdue",
                 "2026-12-31", id="its own review is late"),
    pytest.param(linked(("access", "2025-11-30", True, None), MEDICAL), LINKING, "2026-12-01", "overdue",
                 "2026-11-30", id="last seen a year and a day ago"),
    pytest.param(linked(ACCESS, MEDICAL, ("other", "2020-01-01", False, None)), LINKING, "2026-11-30", "met",
                 "2027-10-01", id="what the policy does not link to is not asked"),
]  # fmt: skip


TABLES = {"guidance-current": GUIDANCE_EXAMPLES, "linked-policies": LINKED_EXAMPLES}


@pytest.mark.parametrize(("facts", "the_pack", "on", "status", "due_on"), GUIDANCE_EXAMPLES)
def test_guidance_current(facts, the_pack, on, status, due_on):
    finding = found(facts, "guidance-current", on, the_pack)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


@pytest.mark.parametrize(("facts", "the_pack", "on", "status", "due_on"), LINKED_EXAMPLES)
def test_linked_policies(facts, the_pack, on, status, due_on):
    finding = found(facts, "linked-policies", on, the_pack)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_the_reason_names_the_entries_and_dates():
    told = found(
        linked(ACCESS, ("medical", "2026-11-20", False, None)), "linked-policies", "2026-11-30", LINKING
    )
    assert told.reason == (
        "2 linked policies, 1 in order. Still to do by 4 December 2026: “Medical conditions” is not held, as was seen "
        "on 20 November 2026."
    )
    assert told.looked_at == (Looked("linked-policy", 0), Looked("linked-policy", 1))
    known = found(a_school(), "guidance-current", "2026-09-10", CITING)
    assert known.reason == (
        "2 pieces of guidance, 0 in order. Still to do by 15 September 2026: “The Act” has not been checked; "
        "“Attendance” has not been checked; it was replaced by: Attendance 2024."
    )


def test_nothing_is_written_again_because_a_day_has_passed():
    for facts, evaluator, the_pack in (
        (checked(ACT), "guidance-current", CITING), (linked(ACCESS, MEDICAL), "linked-policies", LINKING),
    ):  # fmt: skip
        assert found(facts, evaluator, "2026-11-30", the_pack) == found(
            facts, evaluator, "2027-03-30", the_pack
        )
