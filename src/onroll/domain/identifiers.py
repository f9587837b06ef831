"""Numbers that name a pupil or a school, and what is wrong with one, in words.

No answer repeats the number: it may end up in a log.
"""

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a unique pupil number: I, O and S are left out."""

_UPN_LENGTH = 13
_ULN_LENGTH = 10
_ULN_REMAINDER = 10
_URN = re.compile(r"[1-9][0-9]{5}")
_DFE_NUMBER = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")


def normal_upn(text: str) -> str:
    """A unique pupil number as we keep it: capitals, no spaces."""
    return "".join(text.split()).upper()


def upn_check_letter(body: str) -> str:
    """The check letter for the 12 characters that follow it. Raises ValueError for a body that is no body."""
    if not _is_upn_body(body):
        raise ValueError("a UPN is a letter, then 12 digits, or 11 digits and a letter")
    values = [_upn_value(char) for char in body]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(UPN_LETTERS)]


def upn_problem(upn: str) -> str | None:
    """What is wrong with a normal UPN, in words; None when nothing is.

    The authority's three digits are not held against a list: new authorities come, and old UPNs keep
    the numbers of those that went.
    """
    if len(upn) != _UPN_LENGTH:
        return f"A UPN has 13 characters; this one has {len(upn)}."
    if upn[0] not in UPN_LETTERS:
        return "A UPN begins with a capital letter that is not I, O or S."
    if not _is_upn_body(upn[1:]):
        return "After its first letter a UPN has 12 digits, or 11 digits and a letter that is not I, O or S."
    expected = upn_check_letter(upn[1:])
    if upn[0] != expected:
        return f"The check letter is {upn[0]} but should be {expected}: a character was mistyped."
    return None


def is_temporary_upn(upn: str) -> bool:
    """Whether a right UPN is a temporary one, which ends in a letter."""
    return upn[-1:].isalpha()


def uln_problem(uln: str) -> str | None:
    """What is wrong with a unique learner number, in words; None when nothing is."""
    if len(uln) != _ULN_LENGTH or not _digits(uln):
        return "A ULN has 10 digits."
    if uln[0] == "0":
        return "A ULN does not begin with 0."
    if (
        sum(weight * int(digit) for weight, digit in zip(range(10, 0, -1), uln, strict=True)) % 11
        != _ULN_REMAINDER
    ):
        return "The last digit does not fit the others: a digit was mistyped."
    return None


def urn_problem(urn: str) -> str | None:
    """What is wrong with a school's unique reference number, in words; None when nothing is."""
    return None if _URN.fullmatch(urn) else "A URN has 6 digits and does not begin with 0."


def normal_dfe_number(text: str) -> str | None:
    """A school's DfE number written 865/4000, from 8654000, 865/4000 or 865 4000; None when it is neither."""
    found = _DFE_NUMBER.fullmatch(text.strip())
    return f"{found[1]}/{found[2]}" if found else None


def dfe_number_problem(text: str) -> str | None:
    """What is wrong with a DfE number, in words; None when nothing is."""
    if normal_dfe_number(text):
        return None
    return "A DfE number is the authority's 3 digits and the school's 4, like 865/4000."


def _is_upn_body(body: str) -> bool:
    last = body[-1:]
    return (
        len(body) == _UPN_LENGTH - 1
        and _digits(body[:-1])
        and (_digits(last) or (last in UPN_LETTERS and last != ""))
    )


def _upn_value(char: str) -> int:
    return int(char) if _digits(char) else UPN_LETTERS.index(char)


def _digits(text: str) -> bool:
    """Only 0 to 9: `str.isdigit` would let the digits of other scripts through."""
    return text.isascii() and text.isdigit()
