"""The statement of who is responsible, in plain words, for three readers: the family, the pupil, the staff.

Short words, short sentences, nothing of what the child has. What nobody has said is said to be missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.casework.responsibility import (
    AUTHORITY,
    UNNAMED,
    Place,
    Responsibility,
    gaps_in_words,
    responsibility_sentence,
)
from onroll.domain.duties.facts import Provider
from onroll.domain.duties.words import day


class Audience(StrEnum):
    """Who reads a statement. The value is stored."""

    FAMILY = "family"
    PUPIL = "pupil"
    STAFF = "staff"

    @property
    def words(self) -> str:
        """What people call this statement."""
        return {"family": "For the family", "pupil": "For the pupil", "staff": "For staff"}[self.value]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a statement: paragraphs, then points."""

    heading: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A statement for one reader. Where it is kept, it is kept as these words."""

    heading: str
    lead: str
    parts: tuple[Part, ...]


# What stays the school's, whoever teaches: as the family reads it, and as staff do. After the policy: 3.a roll,
# 3.b safety, 3.d review and agencies, 3.g health plan, 3.k exams, 3.j events and 3.l friends, 3.1.e the way back.
STILL_OURS = (
    ("keeps your child on our roll: the place is safe", "keeps the pupil on roll"),
    ("looks after your child’s safety, and checks on your child", "keeps the pupil safe, and checks on them"),
    (
        "keeps in touch with the people who teach or help your child, and looks at how it is going",
        "keeps in touch with everybody who teaches or helps the pupil, and reviews how it is going",
    ),
    ("keeps your child’s plan up to date, with you", "keeps the pupil’s plan up to date, with the family"),
    ("takes care of exams", "makes the arrangements for public exams"),
    (
        "tells you what is going on at school, and helps your child to stay in touch with friends",
        "tells the family of school events, and helps the pupil to stay in touch with friends",
    ),
    (
        "plans the way back to school with you, when your child is ready",
        "plans the way back with the family, when the pupil is ready",
    ),
)

HOW = "How it works"  # heading of the part that says more exactly how education is provided
WHAT_TO_SAY = (
    "Say that the pupil is away and that the school is in touch with the family. Never say or write why.",
    "If something worries you about the pupil’s safety, tell the safeguarding lead the same day.",
)


def statements(now: Responsibility, place: Place, on: date) -> Mapping[Audience, Told]:
    """The statement for each reader, as it reads on a day."""
    return {audience: write(now, place, on) for audience, write in WRITERS.items()}


def without_how(told: Told) -> Told:
    """The statement for staff who may not see medical information: how education is provided may tell of it."""
    return replace(told, parts=tuple(part for part in told.parts if part.heading != HOW))


def for_family(now: Responsibility, place: Place, on: date) -> Told:
    """The statement for parents and carers."""
    lead = {
        Provider.SCHOOL: f"{_opening(place.school)} arranges your child’s education now.",
        Provider.AUTHORITY: f"{_council(place)} arranges your child’s education now. "
        f"{_opening(place.school)} still looks after your child.",
        Provider.NOBODY: f"Nobody teaches your child just now. {_opening(place.school)} still looks after your child.",
        None: f"{_opening(place.school)} has not yet said who arranges your child’s education.",
    }[now.provider]
    return Told(
        "Who is responsible for your child’s education",
        lead,
        (
            Part("Who teaches your child now", _teaching(now, place)),
            *((Part(HOW, (f"{_opening(now.provided_by.rstrip('.'))}.",)),) if now.provided_by else ()),
            Part("Who checks on your child", _checking(now, place)),
            Part(
                "What the school always does",
                (f"Whoever teaches your child, {place.school}:",),
                tuple(family for family, _ in STILL_OURS),
            ),
            Part("What happens next", _next(now, place, on)),
            Part("Whom to ring", _ring(place)),
        ),
    )


def for_pupil(now: Responsibility, place: Place, on: date) -> Told:
    """The statement for the child: shorter and plainer."""
    lead = {
        Provider.SCHOOL: "Your school is in charge of your lessons now.",
        Provider.AUTHORITY: f"{_council(place, 'The council')} is in charge of your lessons now. "
        "You still belong to your school.",
        Provider.NOBODY: "You have no lessons just now. That is what was agreed, and it will be looked at again.",
        None: "The school will tell you soon who is in charge of your lessons.",
    }[now.provider]
    belongs = f"You are still a pupil of {place.school}. Your place is kept for you."
    checks = (
        f"{_opening(place.who(now.checks))} checks that you are safe and OK."
        if now.checks
        else "The school will tell you who checks that you are OK."
    )
    return Told(
        "Who looks after your lessons",
        lead,
        (
            Part("Your school", (belongs,)),
            Part("Who checks that you are OK", (checks, "You can tell them anything that worries you.")),
            Part("What happens next", _next_for_pupil(now, place, on)),
            Part("Who you can talk to", _talk(place)),
        ),
    )


def for_staff(now: Responsibility, place: Place, on: date) -> Told:
    """The statement for the case team and for those who teach the pupil: without how it is provided, which may tell
    what the child has.
    """
    gaps = gaps_in_words(now)
    said = (f"This has been so since {day(now.since)}.",) if now.since else ()
    return Told(
        "Who is responsible for this pupil’s education",
        responsibility_sentence(replace(now, provided_by=""), place, on),
        (
            Part("Who is who", (*said, *((gaps,) if gaps else ())), _who_is_who(now, place)),
            Part(
                "What stays the school’s duty",
                (f"Whoever provides education, {place.school}:",),
                tuple(staff for _, staff in STILL_OURS),
            ),
            Part("What to say, and what not", WHAT_TO_SAY),
        ),
    )


WRITERS: Mapping[Audience, Callable[[Responsibility, Place, date], Told]] = MappingProxyType({
    Audience.FAMILY: for_family,
    Audience.PUPIL: for_pupil,
    Audience.STAFF: for_staff,
})  # fmt: skip


def _teaching(now: Responsibility, place: Place) -> tuple[str, ...]:
    since = f" This has been so since {day(now.since)}." if now.since else ""
    match now.provider:
        case Provider.SCHOOL:
            return (f"{_opening(place.school)} arranges the teaching.{since}",)
        case Provider.AUTHORITY:
            return (f"{_council(place)} arranges the teaching.{since}",)
        case Provider.NOBODY:
            return (
                f"Nobody, for now. That was agreed, and it is not for ever.{since}",
                "If your child is well enough to learn a little, tell us. We will look at it again at once.",
            )
        case None:
            return ("We have not yet said. Please ask us.",)


def _checking(now: Responsibility, place: Place) -> tuple[str, ...]:
    if now.checks is None:
        return ("We have not yet said who checks on your child. Please ask us.",)
    return (
        f"{_opening(place.who(now.checks))} makes sure that somebody from the school sees or speaks with your child.",
        "This goes on wherever your child is taught.",
        "If you are worried that a child is in danger now, ring 999.",
    )


def _next(now: Responsibility, place: Place, on: date) -> tuple[str, ...]:
    if not now.decides:
        return ("We have not yet said who decides what happens next. Please ask us.",)
    by = "" if now.decides_on is None else f" by {day(now.decides_on)}"
    who = _opening(_council(place) if now.decides == AUTHORITY else place.decider(now.decides))
    if now.decides_on is not None and now.decides_on < on:
        return (f"{who} was to decide what happens next{by}. Please ask us what was decided.",)
    when = () if by else ("We have not yet said by when. Please ask us.",)
    return (
        f"{who} decides what happens next{by}.",
        *when,
        "You and your child will be asked what you think first.",
    )


def _next_for_pupil(now: Responsibility, place: Place, on: date) -> tuple[str, ...]:
    if not now.decides or (now.decides_on is not None and now.decides_on < on):
        return ("The school will tell you what happens next. You can ask at any time.",)
    by = "" if now.decides_on is None else f" by {day(now.decides_on)}"
    who = _council(place, "The council") if now.decides == AUTHORITY else _opening(place.decider(now.decides))
    return (
        f"{who} decides what happens next{by}.",
        "They should ask what you think first. What you say counts.",
    )


def _ring(place: Place) -> tuple[str, ...]:
    number = f" on {place.phone}" if place.phone else ""
    if place.to_ring is None:
        asked = f"Ring {place.school}{number} and say that it is about this letter."
    else:
        asked = f"Ring {place.school}{number} and ask for {place.who(place.to_ring)}."
    return (
        asked,
        "Ask us if you want this in another language, in large print, or read out to you.",
    )


def _talk(place: Place) -> tuple[str, ...]:
    if place.to_ring is None:
        return ("Ask somebody at home to ring the school for you.",)
    return (f"You can talk to {place.who(place.to_ring)}. Ask somebody at home to ring the school for you.",)


def _who_is_who(now: Responsibility, place: Place) -> tuple[str, ...]:
    provides = {
        Provider.SCHOOL: "the school",
        Provider.AUTHORITY: place.authority,
        Provider.NOBODY: "nobody, by agreement for the time being",
        None: "not said",
    }[now.provider]
    by = f", by {day(now.decides_on)}" if now.decides_on else ""
    return (
        f"Provides education: {provides}",
        f"Checks on the child: {place.who(now.checks) if now.checks else 'not said'}",
        f"Decides next: {place.decider(now.decides) + by if now.decides else 'not said'}",
        f"The family rings: {place.who(place.to_ring) if place.to_ring else 'the school office'}",
    )


def _council(place: Place, unnamed: str = "The local authority (the council)") -> str:
    """The authority by its name, or by what families know."""
    return unnamed if place.authority == UNNAMED else _opening(place.authority)


def _opening(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
