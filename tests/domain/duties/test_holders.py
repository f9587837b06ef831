"""Who holds a duty: the team, a deputy, a colleague, the Deputy Headteacher. It never vanishes with its holder."""

import pytest

from onroll.domain.duties.facts import Away, Held
from onroll.domain.duties.holders import holder_of
from onroll.domain.permissions import Role
from tests.domain.duties.given import (
    COVER,
    DEPUTY,
    DEPUTY_HEAD,
    HEAD,
    LEADER,
    OTHER_LEADER,
    ROLES,
    SENCO,
    STAFF,
    a_case,
    a_school,
    day,
    member,
)

LEAD = Role.PROGRESS_LEADER
ILL = ("2026-11-09", "2026-11-20", None)
COVERED = ("2026-11-09", "2026-11-20", COVER)


def away(user_id, role, *, deputy=None):
    return Held(user_id, role, away=(Away(day("2026-11-09"), day("2026-11-20"), deputy),))


def without(*gone):
    return STAFF - set(gone)


EXAMPLES = [
    pytest.param(LEAD, a_case(team=(member(OTHER_LEADER),)), OTHER_LEADER, id="the team comes first"),
    pytest.param(LEAD, a_case(team=(member(SENCO),)), SENCO, id="in whatever role they hold at the school"),
    pytest.param(LEAD, a_case(team=(member(until="2026-11-11"),)), LEADER,
                 id="a member that ended: the school’s own"),
    pytest.param(LEAD, a_case(team=(member(SENCO, since="2026-11-13"),)), LEADER, id="a member that has not begun"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY, away=(ILL,)),)), DEPUTY, id="away: the deputy on the team"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY, away=(COVERED,)),)), COVER,
                 id="away: who stands in for that absence comes before"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY, away=(("2026-11-16", "2026-11-20", COVER),)),)), LEADER,
                 id="not away yet"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY),), staff=without(LEADER)), DEPUTY, id="gone: the deputy"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY),), staff=without(LEADER, DEPUTY)), OTHER_LEADER,
                 id="both gone: another Progress Leader who reaches the pupil"),
    pytest.param(LEAD, a_case(team=(member(away=(ILL,)), member(OTHER_LEADER))), OTHER_LEADER,
                 id="two on the team, one away"),
    pytest.param(LEAD, a_case(team=(member(away=(ILL,)),), roles=(away(LEADER, LEAD), *ROLES[1:])), OTHER_LEADER,
                 id="away without a deputy"),
    pytest.param(LEAD, a_case(roles=(away(LEADER, LEAD, deputy=DEPUTY), *ROLES[2:])), DEPUTY,
                 id="nobody on the team, the school’s only one away: their deputy"),
    pytest.param(LEAD, a_case(team=(member(deputy=DEPUTY, away=(ILL,)),),
                              roles=(away(DEPUTY, Role.TEACHER), *ROLES[1:])), OTHER_LEADER,
                 id="the deputy is away too"),
    pytest.param(LEAD, a_case(roles=ROLES[2:]), DEPUTY_HEAD, id="no Progress Leader at all"),
    pytest.param(Role.HEADTEACHER, a_case(), HEAD, id="a role for the whole school"),
    pytest.param(Role.EXAMS_OFFICER, a_case(), DEPUTY_HEAD, id="a role that nobody holds"),
    pytest.param(LEAD, a_case(roles=(Held(LEADER, LEAD, day("2026-11-12")),)), None,
                 id="the role ended today, and there is no Deputy Headteacher"),
    pytest.param(LEAD, a_case(roles=(), staff=frozenset()), None, id="nobody at all"),
    pytest.param(Role.CLERK, a_school(), DEPUTY_HEAD, id="a duty of the school itself"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "facts", "holder"), EXAMPLES)
def test_a_duty_never_vanishes_with_its_holder(role, facts, holder):
    assert holder_of(role, facts, day("2026-11-12")) == holder


def test_when_the_absence_ends_the_duty_comes_back():
    facts = a_case(team=(member(deputy=DEPUTY, away=(ILL,)),))
    assert [holder_of(LEAD, facts, day(on)) for on in ("2026-11-08", "2026-11-09", "2026-11-20", "2026-11-21")] == [
        LEADER, DEPUTY, DEPUTY, LEADER,
    ]  # fmt: skip
