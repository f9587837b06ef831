"""What a person says of a pupil's family or of a professional, and the rules that it must keep."""

from dataclasses import dataclass
from enum import StrEnum


class MayBeTold(StrEnum):
    """How much of the case a parent or relative may be told. The value is stored."""

    EVERYTHING = "everything"
    EDUCATION = "education"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """What people read."""
        return {
            MayBeTold.EVERYTHING: "Everything",
            MayBeTold.EDUCATION: "Education only, nothing about health",
            MayBeTold.NOTHING: "Nothing",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeGiven:
    """A parent, carer or other relative."""

    name: str
    relationship: str = ""
    parental_responsibility: bool = False
    lives_with_pupil: bool = False
    phone: str = ""
    email: str = ""
    address: str = ""
    how_to_reach: str = ""
    interpreter: str = ""
    do_not_contact: bool = False
    do_not_contact_because: str = ""
    may_be_told: str = MayBeTold.EVERYTHING.value
    may_be_told_because: str = ""
    priority: int = 1

    def problems(self) -> dict[str, str]:
        """What to mend, by field; nothing when all is well. A limit needs its reason: it is kept from somebody."""
        found = {}
        if not self.name.strip():
            found["name"] = "Enter a name"
        if self.do_not_contact and not self.do_not_contact_because.strip():
            found["do_not_contact_because"] = "Enter why this person must not be contacted"
        if self.may_be_told not in list(MayBeTold):
            found["may_be_told"] = "Choose what this person may be told"
        elif self.may_be_told != MayBeTold.EVERYTHING and not self.may_be_told_because.strip():
            found["may_be_told_because"] = "Enter why this person may not be told everything"
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalGiven:
    """Somebody outside the school who works with the child. `role` None: the writer may not see it, it stays."""

    agency: str
    name: str = ""
    role: str | None = ""
    phone: str = ""
    email: str = ""

    def problems(self) -> dict[str, str]:
        """What to mend, by field; nothing when all is well."""
        return {} if self.agency.strip() else {"agency": "Enter the agency or service"}
