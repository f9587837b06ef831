"""Whether a password is good enough for this house."""

from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from onroll.records.people.models import User


def password_problems(password: str, *, name: str, email: str) -> list[str]:
    """Say in words what is wrong with a password for this person; an empty list when nothing is."""
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as wrong:
        return list(wrong.messages)
    return []


def password_rules() -> list[str]:
    """The rules that a password is held to, as sentences."""
    return [str(text) for text in password_validators_help_texts()]
