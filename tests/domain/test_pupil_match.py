"""Who a line of a file means."""

from datetime import date

import pytest

from onroll.domain.register.pupil_match import By, KnownPupil, Match, Named, PupilIndex

BORN = date(2013, 1, 15)
ZOE = KnownPupil(1, "W865400026123", "B801200005001", "004711", "O'Brien", "Zoë", "Zed", BORN)
ROBIN = KnownPupil(2, "D86540002612A", "", "AB12", "Quill", "Robin", "", BORN)
TWINS = [KnownPupil(at, "", "", "", "Reed", "Sam", "", BORN) for at in (3, 4)]
INDEX = PupilIndex([ZOE, ROBIN, *TWINS])


@pytest.mark.parametrize(
    ("named", "pupil_id", "by"),
    [
        pytest.param(Named(upn=ZOE.upn), 1, By.UPN, id="by UPN"),
        pytest.param(Named(upn=ZOE.former_upn), 1, By.UPN, id="by the UPN the pupil had before"),
        pytest.param(Named(upn=ZOE.upn, admission="AB12"), 1, By.UPN, id="the UPN comes before the number"),
        pytest.param(Named(admission="004711"), 1, By.ADMISSION, id="by admission number"),
        pytest.param(Named(admission="4711"), 1, By.ADMISSION, id="a spreadsheet dropped the zeros"),
        pytest.param(Named(admission="ab12"), 2, By.ADMISSION, id="an admission number in small letters"),
        pytest.param(Named(upn="A000000000000", admission="AB12"), 2, By.OTHER_UPN, id="another UPN: check"),
        pytest.param(Named(surname="OBRIEN", forename="zoe", dob=BORN), 1, By.NAME, id="by name, forgiving"),
        pytest.param(Named(surname="O’Brien", forename="Zed", dob=BORN), 1, By.NAME, id="by the name used"),
    ],
)
def test_a_pupil_is_found_by_the_surest_thing_that_the_file_says(named, pupil_id, by):
    assert INDEX.find(named) == Match(pupil_id, by)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        pytest.param(Named(upn="A000000000000"), "UPN", id="unknown UPN"),
        pytest.param(Named(admission="9"), "admission number", id="unknown admission number"),
        pytest.param(
            Named(surname="Quill", forename="Robin", dob=date(2013, 1, 16)), "name", id="another birthday"
        ),
        pytest.param(
            Named(surname="Quill", forename="Robin"), "name", id="a name without a birthday finds nobody"
        ),
        pytest.param(Named(surname="Reed", forename="Sam", dob=BORN), "Two pupils", id="twins of one name"),
        pytest.param(Named(), "name", id="nothing said"),
    ],
)
def test_nobody_is_guessed(named, why):
    found = INDEX.find(named)
    assert (found.pupil_id, found.by) == (None, None)
    assert why in found.why


def test_no_reason_repeats_what_the_file_said():
    found = INDEX.find(Named("A000000000000", "9", "Smythe", "Alex", BORN))
    assert not any(word in found.why for word in ("A000", "Smythe", "Alex", "2013"))


def test_only_upn_and_admission_number_need_no_check():
    assert [by for by in By if by.is_sure] == [By.UPN, By.ADMISSION]
