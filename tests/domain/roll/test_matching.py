"""Who is who: numbers decide where nothing speaks against them, names and birth dates never do."""

from datetime import date

import pytest

from onroll.domain.register.pupil_match import KnownPupil
from onroll.domain.roll.given import PupilGiven
from onroll.domain.roll.matching import Match, Verdict, match

UPN, OTHER, TEMPORARY = "B801200005001", "W865400026123", "D86540002612A"
BORN = date(2013, 3, 5)


def known(pupil_id: int = 1, **fields: object) -> KnownPupil:
    facts = {"upn": UPN, "former_upn": "", "admission": "42", "surname": "Quill", "forename": "Robin",
             "known_as": "Bobbin", "born_on": BORN} | fields  # fmt: skip
    return KnownPupil(id=pupil_id, **facts)  # type: ignore[arg-type]


def given(**fields: object) -> PupilGiven:
    facts = {
        "line": 2,
        "upn": UPN,
        "admission": "42",
        "surname": "Quill",
        "forename": "Robin",
        "born_on": BORN,
    }
    return PupilGiven(**facts | fields)  # type: ignore[arg-type]


def only(one: PupilGiven, *others: KnownPupil) -> Match:
    (found,) = match([one], others or [known()])
    return found


@pytest.mark.parametrize("fields", [
    pytest.param({}, id="all agrees"),
    pytest.param({"surname": "Oak", "forename": "Jo"}, id="UPN and birth date, another name"),
    pytest.param({"born_on": date(2013, 5, 3)}, id="UPN and name, another birth date"),
    pytest.param({"born_on": None, "surname": "Oak", "forename": "Bobbin"}, id="UPN and the name known as"),
    pytest.param({"upn": "", "admission": "0042"}, id="admission number, zeros in front"),
    pytest.param({"upn": "", "born_on": None}, id="admission number and names"),
    pytest.param({"upn": OTHER, "former_upn": UPN, "admission": ""}, id="by the former UPN of the file"),
])  # fmt: skip
def test_a_number_decides(fields: dict[str, object]) -> None:
    assert only(given(**fields)) == Match(Verdict.KNOWN, 1)


@pytest.mark.parametrize(("held", "fields"), [
    pytest.param({"upn": TEMPORARY}, {}, id="a temporary UPN became permanent"),
    pytest.param({"upn": ""}, {}, id="no UPN was known"),
    pytest.param({"upn": "C801200005001"}, {}, id="a mistyped UPN was put right"),
    pytest.param({}, {"upn": "C801200005001"}, id="the file's UPN is mistyped"),
    pytest.param({"former_upn": TEMPORARY}, {"upn": TEMPORARY, "admission": ""}, id="the file has the UPN of before"),
])  # fmt: skip
def test_a_upn_that_changed_finds_its_pupil_by_the_other_numbers(
    held: dict[str, object], fields: dict[str, object]
) -> None:
    assert only(given(**fields), known(**held)) == Match(Verdict.KNOWN, 1)


@pytest.mark.parametrize(("fields", "may_be_new"), [
    pytest.param({"surname": "Oak", "forename": "Jo", "born_on": date(2012, 1, 1)}, False, id="UPN of somebody else"),
    pytest.param({"forename": "Jay", "born_on": date(2012, 1, 1)}, False, id="UPN of a brother or sister"),
    pytest.param({"upn": OTHER}, False, id="admission number, but another permanent UPN"),
    pytest.param({"upn": "", "born_on": date(2012, 1, 1)}, False, id="admission number, another birth date"),
    pytest.param({"upn": "", "admission": ""}, True, id="name and birth date only"),
    pytest.param({"upn": OTHER, "admission": "77"}, True, id="name and birth date, other numbers"),
    pytest.param({"upn": "", "admission": "", "forename": "Jay"}, True, id="surname and birth date: a twin?"),
    pytest.param({"upn": OTHER, "admission": "77", "born_on": None}, True, id="names, no birth date in the file"),
])  # fmt: skip
def test_what_might_be_another_child_is_asked(fields: dict[str, object], may_be_new: bool) -> None:
    found = only(given(**fields))
    assert (found.verdict, found.pupil_id, found.candidates) == (Verdict.ASK, None, (1,))
    assert found.may_be_new is may_be_new
    assert found.why


@pytest.mark.parametrize("fields", [
    pytest.param({"born_on": date(2012, 1, 1)}, id="same name, another birth date"),
    pytest.param({"surname": "Oak"}, id="another surname"),
    pytest.param({"surname": "Oak", "born_on": None}, id="another surname, no birth date"),
])  # fmt: skip
def test_a_child_with_numbers_of_their_own_is_new(fields: dict[str, object]) -> None:
    assert only(given(upn=OTHER, admission="77", **fields)) == Match(Verdict.NEW)


def test_apostrophes_and_accents_do_not_make_another_name() -> None:
    held = known(surname="O'Dell", forename="Zoë")
    found = only(given(upn="", admission="", surname="ODell", forename="Zoe"), held)
    assert found.candidates == (1,)


def test_a_twin_is_new_when_the_other_twin_stands_in_the_file_too() -> None:
    first, second = match([given(), given(line=3, upn=OTHER, admission="43", forename="Jay")], [known()])
    assert first == Match(Verdict.KNOWN, 1)
    assert second == Match(Verdict.NEW)


def test_two_pupils_of_one_name_and_birth_date_are_both_candidates() -> None:
    found = only(given(upn="", admission=""), known(1, upn=UPN), known(2, upn=OTHER, admission="43"))
    assert found.candidates == (1, 2)


def test_two_lines_that_mean_one_pupil_are_not_used() -> None:
    lines = [given(admission=""), given(line=3, upn="", admission="42", surname="Oak")]
    assert {one.verdict for one in match(lines, [known()])} == {Verdict.TWICE}


def test_a_former_upn_that_two_pupils_had_decides_nothing() -> None:
    pupils = [known(1, upn="", former_upn=TEMPORARY, admission="1", surname="Elm"),
              known(2, upn="", former_upn=TEMPORARY, admission="2", surname="Fir")]  # fmt: skip
    assert only(given(upn=TEMPORARY, admission=""), *pupils) == Match(Verdict.NEW)
