"""The table of moves: where each leads, who may make it, and what stands against it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from onroll.domain.casework.moves import (
    CONDITIONS,
    RULES,
    Move,
    MoveFacts,
    Obstacle,
    may_move,
    moves_from,
    passed_over,
)
from onroll.domain.casework.states import State
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Post

SCHOOL = 1
READY = MoveFacts(
    State.SCHOOL, provider=Provider.SCHOOL, spoken_with_parent=True, days_returning=10
)  # nothing stands against any move


def somebody(*roles: Role) -> Actor:
    return Actor(7, "Sam Reed", tuple(Post(SCHOOL, role) for role in roles))


LEADER = somebody(Role.PROGRESS_LEADER)


def keys(obstacles: list[Obstacle]) -> list[str]:
    return [one.key for one in obstacles]


@pytest.mark.parametrize(("state", "moves"), [
    pytest.param(State.CONCERN, "arrange refer plan-return close", id="concern"),
    pytest.param(State.SCHOOL, "refer take-over plan-return close", id="school arranging"),
    pytest.param(State.REFERRED, "take-over plan-return back-to-school close", id="referred"),
    pytest.param(State.AUTHORITY, "plan-return back-to-school close", id="authority arranging"),
    pytest.param(State.RETURNING, "settle back-to-school close", id="returning"),
    pytest.param(State.SETTLED, "back-to-school close", id="settled"),
    pytest.param(State.CLOSED, "reopen", id="closed"),
])  # fmt: skip
def test_the_moves_out_of_a_state(state, moves):
    assert " ".join(moves_from(state)) == moves


@pytest.mark.parametrize(("move", "to"), [
    pytest.param(Move.OPEN, State.CONCERN, id="open"),
    pytest.param(Move.ARRANGE, State.SCHOOL, id="arrange"),
    pytest.param(Move.REFER, State.REFERRED, id="refer"),
    pytest.param(Move.TAKE_OVER, State.AUTHORITY, id="take over"),
    pytest.param(Move.PLAN_RETURN, State.RETURNING, id="plan the return"),
    pytest.param(Move.SETTLE, State.SETTLED, id="settle"),
    pytest.param(Move.BACK, State.SCHOOL, id="back to the school"),
    pytest.param(Move.CLOSE, State.CLOSED, id="close"),
    pytest.param(Move.REOPEN, State.SCHOOL, id="reopen"),
])  # fmt: skip
def test_where_a_move_leads(move, to):
    assert RULES[move].to_state is to


@pytest.mark.parametrize("state", list(State))
def test_no_state_is_a_dead_end_and_none_is_out_of_reach(state):
    assert moves_from(state)
    assert any(rule.to_state is state for rule in RULES.values())


@pytest.mark.parametrize(("move", "changes", "against"), [
    pytest.param(Move.REFER, {}, [], id="refer"),
    pytest.param(Move.REFER, {"provider": None}, ["arrangement-recorded"], id="refer with no arrangement"),
    pytest.param(Move.REFER, {"spoken_with_parent": False}, ["parent-spoken-with"], id="refer without the parents"),
    pytest.param(Move.REFER, {"provider": None, "spoken_with_parent": False},
                 ["arrangement-recorded", "parent-spoken-with"], id="two things at once"),
    pytest.param(Move.REFER, {"overdue": ("A",)}, [], id="an overdue duty does not hold a referral up"),
    pytest.param(Move.REFER, {"state": State.CONCERN}, [], id="refer at once, before day 15"),
    pytest.param(Move.REFER, {"state": State.RETURNING}, ["state"], id="refer while returning"),
    pytest.param(Move.TAKE_OVER, {"provider": None}, [], id="the authority may come in at any time"),
    pytest.param(Move.PLAN_RETURN, {"spoken_with_parent": False}, ["parent-spoken-with"], id="return unspoken"),
    pytest.param(Move.SETTLE, {"state": State.RETURNING}, [], id="settle on day ten"),
    pytest.param(Move.SETTLE, {"state": State.RETURNING, "days_returning": 9}, ["ten-days-back"], id="on day nine"),
    pytest.param(Move.CLOSE, {}, [], id="close"),
    pytest.param(Move.CLOSE, {"overdue": ("A",)}, ["no-duty-overdue"], id="close with an overdue duty"),
    pytest.param(Move.CLOSE, {"leaving_open": True}, ["leaving-decided"], id="close while leaving is undecided"),
    pytest.param(Move.CLOSE, {"state": State.CLOSED}, ["state"], id="close twice"),
    pytest.param(Move.REOPEN, {}, ["state"], id="reopen what is open"),
    pytest.param(Move.REOPEN, {"state": State.CLOSED}, [], id="reopen"),
    pytest.param(Move.REOPEN, {"state": State.CLOSED, "another_open": True}, ["no-other-case"], id="another case"),
    pytest.param(Move.OPEN, {"another_open": True}, ["no-other-case"], id="open a second"),
    pytest.param(Move.REFER, {"died": True}, ["died"], id="the pupil has died"),
    pytest.param(Move.CLOSE, {"died": True, "overdue": ("A",), "leaving_open": True}, [], id="close after a death"),
])  # fmt: skip
def test_what_stands_against_a_move(move, changes, against):
    assert keys(may_move(replace(READY, **changes), move, LEADER, SCHOOL)) == against


@pytest.mark.parametrize(("role", "moves", "opens"), [
    pytest.param(Role.PROGRESS_LEADER, True, True, id="Progress Leader"),
    pytest.param(Role.PASTORAL_MANAGER, True, True, id="Pastoral manager"),
    pytest.param(Role.DEPUTY_HEAD, True, True, id="Deputy Headteacher"),
    pytest.param(Role.HEADTEACHER, True, True, id="Headteacher"),
    pytest.param(Role.SENCO, True, True, id="SENCO"),
    pytest.param(Role.SAFEGUARDING_LEAD, True, True, id="Designated Safeguarding Lead"),
    pytest.param(Role.ATTENDANCE_OFFICER, False, True, id="attendance officer opens and does not move"),
    pytest.param(Role.TEACHER, False, False, id="teacher"),
    pytest.param(Role.GOVERNOR, False, False, id="governor"),
    pytest.param(Role.ADMINISTRATOR, False, False, id="administrator"),
])  # fmt: skip
def test_who_may_move(role, moves, opens):
    assert (keys(may_move(READY, Move.REFER, somebody(role), SCHOOL)) == []) is moves
    assert (keys(may_move(READY, Move.OPEN, somebody(role), SCHOOL)) == []) is opens
    assert keys(may_move(READY, Move.CLOSE, somebody(role), SCHOOL + 1)) == ["permission"]


def test_a_refusal_by_role_says_who_can():
    (obstacle,) = may_move(READY, Move.CLOSE, somebody(Role.TEACHER), SCHOOL)
    assert obstacle.words.startswith(
        "Your role does not let you move a case on, or close it. These can: Progress"
    )
    assert not obstacle.passable


@pytest.mark.parametrize(("facts", "move", "words"), [
    pytest.param({"overdue": ("Checks on the child",)}, Move.CLOSE, "A duty is overdue: Checks on the child.",
                 id="one overdue"),
    pytest.param({"overdue": ("A", "B")}, Move.CLOSE, "2 duties are overdue: A; B.", id="two overdue"),
    pytest.param({"overdue": tuple("ABCD")}, Move.CLOSE, "4 duties are overdue, among them: A; B; C.",
                 id="four overdue"),
    pytest.param({"state": State.RETURNING, "days_returning": 0}, Move.SETTLE, "No school day has passed since the "
                 "return was planned; a return is called settled after 10.", id="day none"),
    pytest.param({"state": State.RETURNING, "days_returning": 1}, Move.SETTLE, "1 school day has passed since the "
                 "return was planned; a return is called settled after 10.", id="day one"),
    pytest.param({"state": State.RETURNING, "days_returning": 4}, Move.SETTLE, "4 school days have passed since the "
                 "return was planned; a return is called settled after 10.", id="day four"),
    pytest.param({"provider": None}, Move.REFER, "Nobody has recorded who provides education now.", id="arrangement"),
])  # fmt: skip
def test_an_obstacle_is_a_sentence_with_its_numbers(facts, move, words):
    assert [one.words for one in may_move(replace(READY, **facts), move, LEADER, SCHOOL)] == [words]


@pytest.mark.parametrize(("obstacles", "because", "goes"), [
    pytest.param("pass", "The visit is on Friday", True, id="a reason is given"),
    pytest.param("pass", "  ", False, id="no reason"),
    pytest.param("pass hold", "Because", False, id="one of them cannot be passed over"),
    pytest.param("hold", "Because", False, id="it cannot be passed over"),
])  # fmt: skip
def test_passing_over(obstacles, because, goes):
    given = [Obstacle(key, key, passable=key == "pass") for key in obstacles.split()]
    assert passed_over(given, because) is goes


def test_every_condition_is_used_and_every_one_named_is_there():
    named = {key for rule in RULES.values() for key in rule.conditions}
    assert named == set(CONDITIONS)


def test_a_whole_case_can_be_walked():
    way = [
        Move.OPEN,
        Move.ARRANGE,
        Move.REFER,
        Move.TAKE_OVER,
        Move.PLAN_RETURN,
        Move.SETTLE,
        Move.CLOSE,
        Move.REOPEN,
    ]
    assert all(RULES[one].to_state in RULES[then].from_states for one, then in pairwise(way))


def test_no_condition_asks_for_evidence():
    assert not [one.words for one in CONDITIONS.values() if "evidence" in one.words or "clinic" in one.words]
