"""Who may hold which role: the rules as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from onroll.domain.people import (
    Grant,
    InvitationState,
    ending_problem,
    grants_problem,
    invitation_state,
    needs_second_factor,
    roles_problem,
)
from onroll.domain.permissions import ROLES, Permission, Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADMIN, HEAD, SENCO, CLERK = Role.ADMINISTRATOR, Role.HEADTEACHER, Role.SENCO, Role.CLERK


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "expires", "state"),
    [
        pytest.param(None, None, timedelta(seconds=1), InvitationState.OPEN, id="a second before it ends"),
        pytest.param(None, None, timedelta(0), InvitationState.EXPIRED, id="the moment it ends"),
        pytest.param(NOW, None, timedelta(days=1), InvitationState.ACCEPTED, id="used"),
        pytest.param(None, NOW, timedelta(days=1), InvitationState.WITHDRAWN, id="withdrawn"),
        pytest.param(NOW, None, -timedelta(days=1), InvitationState.ACCEPTED, id="used, long ago"),
        pytest.param(None, NOW, -timedelta(days=1), InvitationState.WITHDRAWN, id="withdrawn, long ago"),
    ],
)
def test_an_invitation_is_worth_something_until_used_withdrawn_or_over(accepted, withdrawn, expires, state):
    found = invitation_state(accepted_at=accepted, withdrawn_at=withdrawn, expires_at=NOW + expires, at=NOW)
    assert found is state


@pytest.mark.parametrize(
    ("before", "after", "own", "administrators", "words"),
    [
        pytest.param(
            {ADMIN}, {HEAD}, True, 2, "your own administrator role", id="one's own administrator role"
        ),
        pytest.param({ADMIN}, {CLERK}, False, 1, "last administrator", id="the last administrator"),
        pytest.param({ADMIN}, {CLERK}, False, 2, None, id="one administrator of two"),
        pytest.param({ADMIN, HEAD}, {ADMIN}, True, 1, None, id="one's own other role"),
        pytest.param({ADMIN}, {ADMIN, HEAD}, True, 2, "sees pupils", id="oneself a role that sees pupils"),
        pytest.param({ADMIN}, {ADMIN, CLERK}, True, 1, None, id="oneself a role that sees no pupil"),
        pytest.param({ADMIN, HEAD}, {ADMIN, HEAD}, True, 1, None, id="one's own roles as they are"),
        pytest.param({CLERK}, {HEAD, ADMIN}, False, 1, None, id="somebody else any role"),
    ],
)
def test_an_administrator_cannot_lock_the_school_out_or_let_themselves_in(
    before, after, own, administrators, words
):
    problem = roles_problem(before=before, after=after, own=own, administrators=administrators)
    assert (problem is None) if words is None else (words in (problem or ""))


@pytest.mark.parametrize(
    ("before", "own", "administrators", "words"),
    [
        pytest.param({CLERK}, True, 2, "your own access", id="one's own access"),
        pytest.param({ADMIN}, False, 1, "last administrator", id="the last administrator's"),
        pytest.param({ADMIN}, False, 2, None, id="an administrator's, one of two"),
        pytest.param({HEAD}, False, 1, None, id="the headteacher's"),
    ],
)
def test_access_ends_unless_it_locks_the_school_out(before, own, administrators, words):
    problem = ending_problem(before=before, own=own, administrators=administrators)
    assert (problem is None) if words is None else (words in (problem or ""))


@pytest.mark.parametrize(
    ("grants", "words"),
    [
        pytest.param([], "at least one", id="none"),
        pytest.param([Grant(SENCO), Grant(SENCO)], "once", id="the same twice"),
        pytest.param([Grant(SENCO, frozenset({1}))], "whole school", id="a school-wide role narrowed"),
        pytest.param([Grant(Role.PROGRESS_LEADER, frozenset({1, 2}))], None, id="a narrow role narrowed"),
        pytest.param([Grant(Role.PROGRESS_LEADER), Grant(ADMIN)], None, id="two roles"),
    ],
)
def test_roles_are_given_only_as_the_role_table_allows(grants, words):
    problem = grants_problem(grants)
    assert (problem is None) if words is None else (words in (problem or ""))


@pytest.mark.parametrize("role", Role)
def test_every_role_that_sees_pupils_or_manages_people_needs_a_second_step(role):
    sees = ROLES[role].permissions & {
        Permission.PUPIL_SEE, Permission.WATCH_SEE, Permission.REGISTER_SEE, Permission.PEOPLE_MANAGE,
        Permission.LOOKS_SEE,
    }  # fmt: skip
    assert needs_second_factor([role]) is bool(sees)


def test_one_role_among_several_is_enough_to_need_a_second_step():
    assert needs_second_factor([Role.CLERK, Role.SENCO])
    assert not needs_second_factor([])
