"""The statement of who is responsible: three readers, plain words, nothing of what the child has."""

import re
from dataclasses import replace
from datetime import date

import pytest

from onroll.domain.casework.responsibility import AUTHORITY, Place, Responsibility
from onroll.domain.casework.statement import STILL_OURS, Audience, Told, statements, without_how
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Role

TODAY = date(2026, 11, 23)
PLACE = Place(
    school="Elm Grove School",
    people={Role.PROGRESS_LEADER: "Sam Reed", Role.SAFEGUARDING_LEAD: "Ada Moss"},
    phone="01999 555 010",
)
WHOLE = Responsibility(
    provider=Provider.SCHOOL,
    since=date(2026, 11, 9),
    checks=Role.SAFEGUARDING_LEAD,
    decides=Role.PROGRESS_LEADER.value,
    decides_on=date(2026, 12, 1),
)
AUTHORITY_NOW = replace(WHOLE, provider=Provider.AUTHORITY, decides=AUTHORITY)
NOW = {
    "school": WHOLE,
    "authority": AUTHORITY_NOW,
    "nobody": replace(WHOLE, provider=Provider.NOBODY),
    "nothing said": Responsibility(),
}
F, P, S = Audience.FAMILY, Audience.PUPIL, Audience.STAFF


def text(told: Told) -> str:
    parts = ((part.heading, *part.words, *part.points) for part in told.parts)
    return "\n".join((told.heading, told.lead, *(line for part in parts for line in part)))


def written(now: Responsibility, audience: Audience, place: Place = PLACE) -> str:
    return text(statements(now, place, TODAY)[audience])


@pytest.mark.parametrize(
    ("now", "audience", "says"),
    [
        pytest.param(
            "school", F, "Elm Grove School arranges your child’s education now.", id="family, school"
        ),
        pytest.param("school", F, "This has been so since 9 November 2026.", id="family, since when"),
        pytest.param(
            "school", F, "Ada Moss (Designated Safeguarding Lead) makes sure", id="family, who checks"
        ),
        pytest.param(
            "school",
            F,
            "Sam Reed (Progress Leader) decides what happens next by 1 December 2026.",
            id="family, next",
        ),
        pytest.param(
            "school",
            F,
            "Ring Elm Grove School on 01999 555 010 and ask for Sam Reed (Progress Leader).",
            id="ring",
        ),
        pytest.param(
            "authority", F, "The local authority (the council) arranges your child’s", id="family, authority"
        ),
        pytest.param(
            "authority", F, "Elm Grove School still looks after your child.", id="family, still ours"
        ),
        pytest.param("nobody", F, "Nobody teaches your child just now.", id="family, nobody"),
        pytest.param("nobody", F, "it is not for ever", id="family, nobody is not for ever"),
        pytest.param(
            "nothing said", F, "We have not yet said who checks on your child.", id="family, no checker"
        ),
        pytest.param(
            "nothing said", F, "We have not yet said who decides what happens next.", id="family, no decider"
        ),
        pytest.param("school", P, "Your school is in charge of your lessons now.", id="pupil, school"),
        pytest.param("authority", P, "You still belong to your school.", id="pupil, belongs"),
        pytest.param(
            "authority", P, "The council decides what happens next by 1 December 2026.", id="pupil, next"
        ),
        pytest.param("nobody", P, "You have no lessons just now.", id="pupil, nobody"),
        pytest.param("nothing said", P, "The school will tell you what happens next.", id="pupil, not said"),
        pytest.param("authority", S, "Provides education: the local authority", id="staff, authority"),
        pytest.param(
            "school", S, "The family rings: Sam Reed (Progress Leader)", id="staff, whom the family rings"
        ),
        pytest.param(
            "nothing said", S, "Nobody has said who provides education, who checks", id="staff, gaps"
        ),
        pytest.param("school", S, "Never say or write why.", id="staff, what not to say"),
    ],
)
def test_each_reader_is_told(now, audience, says):
    assert says in written(NOW[now], audience)


@pytest.mark.parametrize("now", NOW)
def test_what_stays_the_schools_is_said_to_family_and_staff_whoever_provides(now):
    assert all(family in written(NOW[now], F) for family, _ in STILL_OURS)
    assert all(staff in written(NOW[now], S) for _, staff in STILL_OURS)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"decides_on": None}, "We have not yet said by when.", id="no date"),
        pytest.param(
            {"decides_on": date(2026, 11, 22)}, "was to decide what happens next by 22 November", id="passed"
        ),
        pytest.param(
            {"provided_by": "work by post."}, "How it works\nWork by post.\n", id="how, with one full stop"
        ),
    ],
)
def test_the_family_is_told_what_is_unclear_and_how_it_works(changed, says):
    assert says in written(replace(WHOLE, **changed), F)
    assert says not in written(WHOLE, F)


def test_how_it_is_provided_stays_off_the_paper_for_staff():
    now = replace(AUTHORITY_NOW, provided_by="the school in the children’s hospital")
    assert "hospital" in written(now, F)
    assert "hospital" not in written(now, S)


def test_how_it_is_provided_can_be_left_out_for_staff_who_may_not_read_of_it():
    now = replace(AUTHORITY_NOW, provided_by="the school in the children’s hospital")
    told = statements(now, PLACE, TODAY)[F]
    assert "The school in the children’s hospital." in text(told)
    assert text(without_how(told)) == written(AUTHORITY_NOW, F)


def test_with_nobody_on_the_team_the_family_rings_the_office():
    place = Place(school="Elm Grove School")
    assert "Ring Elm Grove School and say that it is about this letter." in written(WHOLE, F, place)
    assert "Ask somebody at home to ring the school for you." in written(WHOLE, P, place)
    assert "The family rings: the school office" in written(WHOLE, S, place)


def test_it_uses_the_words_of_the_place():
    words = dict.fromkeys(Role, "Somebody") | {Role.PROGRESS_LEADER: "Head of Year"}
    place = replace(PLACE, authority="Barsetshire Council", role=words.__getitem__)
    assert "ask for Sam Reed (Head of Year)" in written(AUTHORITY_NOW, F, place)
    assert "Barsetshire Council arranges your child’s education now." in written(AUTHORITY_NOW, F, place)


# ---------------------------------------------------------------- plain enough to be understood

_NAMES = re.compile(
    r"Elm Grove School|Ada Moss|Sam Reed|\(Designated Safeguarding Lead\)|\(Progress Leader\)|\(the council\)"
)


def sentences(words: str) -> list[list[str]]:
    plain = _NAMES.sub("Sam", words)
    found = (re.findall(r"[A-Za-z’]+", one) for one in re.split(r"[.:!?\n]", plain))
    return [one for one in found if len(one) > 2]


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<!l)e$|es$|(?<!t)ed$", "", word.lower()))))


def grade(words: str) -> float:
    """Flesch-Kincaid: the school year of the United States that reads it with ease; age is five more."""
    all_of_them = sentences(words)
    counted = [word for one in all_of_them for word in one]
    return 0.39 * len(counted) / len(all_of_them) + 11.8 * sum(map(syllables, counted)) / len(counted) - 15.59


@pytest.mark.parametrize("now", NOW)
@pytest.mark.parametrize(("audience", "at_most"), [(F, 6.0), (P, 4.0)], ids=["family", "pupil"])
def test_it_reads_easily(now, audience, at_most):
    assert grade(written(NOW[now], audience)) <= at_most


def test_the_measure_of_ease_tells_hard_from_easy():
    hard = "The arrangement of suitable alternative provision is the responsibility of the commissioning authority."
    assert grade(hard) > 15
    assert grade("The cat sat on the mat. The dog ran to the park with Sam.") < 2


@pytest.mark.parametrize("now", NOW)
@pytest.mark.parametrize("audience", [F, P])
def test_no_sentence_is_long(now, audience):
    assert max(map(len, sentences(written(NOW[now], audience)))) <= 20


@pytest.mark.parametrize("now", NOW)
def test_the_pupils_is_the_shortest(now):
    lengths = {audience: len(written(NOW[now], audience).split()) for audience in Audience}
    assert lengths[P] <= 120
    assert lengths[P] < min(lengths[F], lengths[S])


@pytest.mark.parametrize("now", NOW)
@pytest.mark.parametrize("audience", list(Audience))
def test_nothing_is_said_of_an_illness(now, audience):
    assert not re.search(
        r"\b(ill|illness|sick|diagnos\w*|medical|health|hospital|condition)\b", written(NOW[now], audience)
    )
