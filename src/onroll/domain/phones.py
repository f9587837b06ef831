"""Telephone numbers as people write them: what to dial, and when two are the same."""

import re

_NATIONAL = 10  # figures of a number in the United Kingdom after its 0 or +44


def dialled(phone: str) -> str:
    """The first number in a text, as a telephone dials it: figures and a leading plus; empty for none."""
    found = re.search(r"\+?\d[\d\s()./-]{4,}\d", phone)
    if found is None:
        return ""
    plain = re.sub(r"[^\d+]", "", found[0].replace("(0)", ""))
    return plain if len(plain.lstrip("+")) <= 15 else ""


def tail(phone: str) -> str:
    """The figures by which two numbers are the same, however they are written; empty for what is no full number."""
    figures = dialled(phone).lstrip("+")
    return figures[-_NATIONAL:] if len(figures) >= _NATIONAL else ""
