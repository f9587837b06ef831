"""Invented cases: what happened, how long ago. Nobody here exists; every word is ours."""

from dataclasses import dataclass

from onroll.domain.casework.moves import Move
from onroll.domain.permissions import Role


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the case, so many school days ago."""

    ago: int
    move: Move
    reason: str
    provided_by: str = ""
    passed_over: str = ""  # key of what was not so
    because: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact, so many school days ago. `late`: how many days later it was written down."""

    ago: int
    said: str
    method: str = "phone"
    by: Role = Role.PROGRESS_LEADER
    answered: bool = True
    with_pupil: bool = False
    whom: str = ""  # somebody who is neither a parent nor the pupil
    next_step: str = ""
    late: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One case, from its opening on."""

    opened: int  # school days ago
    reason: str
    need: str = ""
    steps: tuple[Step, ...] = ()
    talks: tuple[Talk, ...] = ()
    note: str = ""
    away_in: int = 0  # days until an absence that is still to come
    stated: int = 0  # the statement of who is responsible was issued so many days ago; 0: not yet
    read_by_all: bool = True  # the team has read it, and it was explained to the pupil


STORIES = (
    Story(
        12,
        "Away for three weeks and not well enough to come in. Wants to keep up with maths above all.",
        "Recovering slowly from an infection; tires within the hour. The family doctor is seeing them weekly.",
        (Step(11, Move.ARRANGE, "Work goes home on Mondays, and teachers answer questions by e-mail."),),
        (
            Talk(11, "Mum would like short pieces of work in the mornings. They go over it together at lunch.",
                 next_step="Ask maths and English for a week of short tasks"),
            Talk(4, "Managed half of the work, proud of the drawing. Sleep is still poor.", with_pupil=True),
        ),
        "Friends from the tutor group send a card every Friday.",
        stated=10,
    ),
    Story(
        26,
        "A long stay in hospital is expected, and the hospital school has a place.",
        "Treatment in hospital until the new year; the ward is at the regional children’s hospital.",
        (
            Step(25, Move.ARRANGE, "Work packs for the first days on the ward."),
            Step(20, Move.REFER, "It was clear from the start that this will be longer than 15 days."),
            Step(14, Move.TAKE_OVER, "The hospital school has begun.", "the hospital school, every morning"),
        ),
        (
            Talk(25, "Dad will be on the ward in the mornings and passes on what the school sends."),
            Talk(13, "Asks for the scheme of work in science.", "e-mail", Role.SENCO,
                 whom="The hospital teacher", next_step="Send the science scheme of work"),
            Talk(6, "A short video call with the class. Tired afterwards, and very glad.", "video",
                 with_pupil=True),
        ),
        stated=12,
    ),
    Story(
        8,
        "On and off since September, now ten days in a row. Nobody has reached the family yet.",
        talks=(Talk(6, "No answer; left a message.", answered=False), Talk(3, "No answer.", answered=False)),
    ),
    Story(
        22,
        "Headaches most mornings; cannot manage a whole day.",
        "Being looked into by the hospital. No diagnosis yet, and none is needed to help.",
        (
            Step(21, Move.ARRANGE, "Mornings in the learning base when well enough."),
            Step(9, Move.REFER, "More than the school can do alone, and 15 days are near."),
        ),
        (
            Talk(21, "Both parents came in. They would like one person to speak with, and it is the Progress Leader.",
                 "meeting"),
            Talk(5, "Two good mornings this week. Wants to try the Friday art club.", with_pupil=True, late=3),
        ),
    ),
    Story(
        34,
        "A broken leg, and later a second operation.",
        "Healing well. In a wheelchair until the end of term; lifts and toilets are arranged.",
        (
            Step(33, Move.ARRANGE, "Lessons on line for the first weeks, then work at home."),
            Step(6, Move.PLAN_RETURN, "The surgeon says that mornings are fine from next week."),
        ),
        (
            Talk(33, "Mum works from home and can bring and fetch."),
            Talk(6, "Asks for the ground-floor form room. Agreed with the tutor.", "meeting", with_pupil=True),
        ),
        stated=31,
        read_by_all=False,
    ),
    Story(
        1,
        "Very low, and not in school this week. The family asked for help.",
        "Waiting for a first appointment. Mornings are the hardest.",
    ),
    Story(
        2,
        "An operation is planned, and about six weeks at home after it.",
        "A planned operation; recovery of about six weeks.",
        talks=(Talk(1, "The date is set. They would like work from the second week on.", by=Role.PROGRESS_LEADER),),
        away_in=24,
    ),
    Story(
        48,
        "Glandular fever in September.",
        "Over it; no after-effects.",
        (
            Step(47, Move.ARRANGE, "Work at home, then half days."),
            Step(30, Move.PLAN_RETURN, "Well enough for half days."),
            Step(16, Move.SETTLE, "Full days for two weeks, no relapse."),
            Step(8, Move.CLOSE, "Settled, and everybody agrees.", passed_over="no-duty-overdue",
                 because="The statement was explained in person and nobody wrote it down."),
        ),
        (Talk(47, "Mum rang herself; glad to be asked."), Talk(16, "Enjoying it again.", with_pupil=True)),
    ),
)  # fmt: skip
# How many of the stories each demonstration school is given, the first school first.
AT_SCHOOL = (8, 3)
