"""Add a school to a house, with the person who will look after it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.packs.using import use_shipped
from onroll.actions.people.invite import new_invitation
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.schools.models import LocalAuthority, School


@dataclass(frozen=True, slots=True)
class Added:
    """A new school, and the token of its first administrator's invitation (shown once)."""

    school_id: int
    urn: int
    token: str


def add_school(
    *,
    urn: int,
    dfe_number: str,
    name: str,
    authority_code: str,
    authority_name: str,
    admin_name: str,
    admin_email: str,
    at: datetime,
) -> Added:
    """Add a school, with the national layer of policy in use, and invite its first administrator.

    For the console: nobody has to be signed in.
    Refuses a URN that has not six digits, a DfE number whose first part is not the authority's code, and a school
    that is here already.
    """
    dfe_number = _dfe_number(dfe_number, authority_code)
    if not 100_000 <= urn <= 999_999:
        raise Refusal(Refused.INVALID, "A URN has six digits, like 123456.")
    if not name.strip() or not admin_name.strip():
        raise Refusal(Refused.INVALID, "Give the school's name and the administrator's name.")
    with change(None, "school-added", at) as entry:
        if School.objects.filter(urn=urn).exists() or School.objects.filter(dfe_number=dfe_number).exists():
            raise Refusal(Refused.CONFLICT, "A school with this URN or DfE number is here already.")
        authority, _ = LocalAuthority.objects.get_or_create(
            code=authority_code, defaults={"name": authority_name.strip()}
        )
        school = School.objects.create(urn=urn, dfe_number=dfe_number, name=name.strip(), authority=authority)
        sent = new_invitation(
            school.pk, name=admin_name, email=admin_email, grants=(Grant(Role.ADMINISTRATOR),), by=None, at=at
        )
        use_shipped(school.pk, ["england"], from_on=timezone.localdate(at), by_id=None, at=at)
        entry.school_id, entry.subject = school.pk, f"school:{school.pk}"
        entry.detail = {"urn": urn, "invitation": sent.id}
        return Added(school.pk, urn, sent.token)


def _dfe_number(text: str, authority_code: str) -> str:
    """Write a DfE number as 865/4000, whether it came as 8654000 or 865/4000."""
    match = re.fullmatch(r"(\d{3})\s*/?\s*(\d{4})", text.strip())
    if match is None:
        raise Refusal(Refused.INVALID, "A DfE number has seven digits, like 865/4000.")
    if match[1] != authority_code:
        raise Refusal(Refused.INVALID, "A DfE number begins with the three digits of the authority's code.")
    return f"{match[1]}/{match[2]}"
