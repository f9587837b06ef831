"""The words that schools' systems put above the columns of a roll, as `plain` leaves them, the likeliest first."""

from collections.abc import Mapping
from types import MappingProxyType

from onroll.domain.roll.targets import Field, Part

FIELDS: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        Field.UPN: ("upn", "unique pupil number", "pupil upn", "student upn", "current upn", "permanent upn"),
        Field.FORMER_UPN: (
            *(
                "former upn",
                "previous upn",
                "old upn",
                "temporary upn",
                "upn former",
                "formerupn",
                "past upn",
            ),
        ),
        Field.ADMISSION: (
            *("admission number", "admission no", "adno", "adm no", "adm number", "admno", "admissionnumber"),
            *("admission num", "pan", "pupil number", "pupil no", "student number", "student no"),
            *("pupil id", "student id", "mis id"),
        ),
        Field.SURNAME: (
            *("legal surname", "surname", "legal last name", "last name", "family name", "lastname"),
            *("pupil surname", "student surname", "preferred surname", "preferred last name"),
        ),
        Field.FORENAME: (
            *("legal forename", "forename", "legal first name", "first name", "given name", "firstname"),
            *("forenames", "first names", "given names", "pupil forename", "student forename"),
        ),
        Field.NAME: ("pupil name", "student name", "name", "full name", "pupil", "student", "legal name"),
        Field.KNOWN_AS: (
            *("known as", "preferred forename", "preferred first name", "preferred name", "chosen name"),
            *("chosen forename", "chosen first name", "known name", "knownas", "preferred", "chosen"),
            *("called", "calling name", "preferredforename", "usual name", "usual forename"),
        ),
        Field.BORN_ON: ("date of birth", "dob", "birth date", "birthdate", "d o b", "born", "dateofbirth"),
        Field.YEAR_GROUP: (
            *(
                "year group",
                "year",
                "nc year",
                "yr",
                "national curriculum year",
                "curriculum year",
                "yeargroup",
            ),
            *("nc year actual", "actual nc year", "year taught in", "year code", "nc year group"),
        ),
        Field.TUTOR_GROUP: (
            *(
                "tutor group",
                "reg group",
                "registration group",
                "registration form",
                "form group",
                "reg form",
            ),
            *("reg", "registration", "form", "tutor", "class", "tutorgroup", "house tutor group"),
        ),
        Field.SEN: (
            *(
                "sen status",
                "sen",
                "send status",
                "sen stage",
                "sen provision",
                "send",
                "sen code",
                "senstatus",
            ),
            *("special educational needs", "sen support", "sen provision code", "current sen status"),
        ),
        Field.EHCP: (
            *("ehcp", "ehc plan", "has ehcp", "ehcp y n", "has ehc plan", "education health and care plan"),
            *("ehc plan y n", "has an ehcp"),
        ),
        Field.JOINED_ON: (
            *("admission date", "date of admission", "enrolment date", "doa", "start date", "entry date"),
            *("date of entry", "joined", "joining date", "admissiondate", "date admitted", "on roll from"),
            *("enrolment start date", "school start date", "date joined"),
        ),
        Field.LEFT_ON: (
            *("leaving date", "date of leaving", "dol", "end date", "date left", "left", "leavingdate"),
            *("leave date", "leaver date", "on roll to", "enrolment end date", "school end date"),
        ),
    }
)

PARTS: Mapping[Part, tuple[str, ...]] = MappingProxyType(
    {
        Part.NAME: ("name", "full name", "salutation", "fullname"),
        Part.FORENAME: ("forename", "first name", "given name"),
        Part.SURNAME: ("surname", "last name", "family name"),
        Part.RELATIONSHIP: (
            *(
                "relationship",
                "relation",
                "relationship to pupil",
                "relationship to student",
                "relation type",
            ),
            *("relationship to child", "type", "relationship type"),
        ),
        Part.RESPONSIBILITY: (
            *("parental responsibility", "pr", "has parental responsibility", "parental responsibilities"),
            *("responsibility", "parental resp", "has pr", "parental responsibility y n", "pr y n"),
        ),
        Part.LIVES_WITH: (
            *("lives with", "lives with pupil", "lives with student", "lives with child", "resident"),
            *(
                "same address",
                "lives at same address",
                "pupil lives with",
                "shares address",
                "lives with y n",
            ),
        ),
        Part.PHONE: (
            *(
                "mobile",
                "mobile phone",
                "mobile number",
                "phone",
                "telephone",
                "phone number",
                "tel",
                "tel no",
            ),
            *("telephone number", "main phone", "main telephone", "home phone", "home telephone", "phone no"),
            *("primary phone", "contact number", "mobile telephone", "daytime phone"),
        ),
        Part.EMAIL: ("email", "e mail", "email address", "e mail address", "main email", "primary email"),
        Part.PRIORITY: ("priority", "contact priority", "order", "contact order", "call order", "rank"),
    }
)

CONTACT_WORDS = frozenset(
    {"contact", "contacts", "parent", "carer", "guardian", "parental contact", "emergency", "family"}
)
"""Words before or after the fact that say a column is about a contact."""

CLEARLY_CONTACTS = frozenset(
    {
        *(word for word in PARTS[Part.RELATIONSHIP] if word != "type"),
        *(word for word in PARTS[Part.RESPONSIBILITY] if word != "responsibility"),
        *PARTS[Part.LIVES_WITH],
    }
)
"""Headings that mean a contact even when nothing says so."""
