"""People who sign in, the roles they hold, and the invitations that let them in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from onroll.domain.permissions import ROLES, Role
from onroll.records.base import Record
from onroll.records.schools.models import School, YearGroup


class UserManager(BaseUserManager["User"]):
    """Creates accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. The row is the sign-in library's to write; roles are Appointments."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Privacy(Record.Privacy):
        open = frozenset(
            {"id", "is_active", "joined_at", "last_login", "is_superuser", "groups", "user_permissions"}
        )
        personal = frozenset({"email", "name", "password"})

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_full_name(self) -> str:
        """The name that pages show."""
        return self.name


class Appointment(Record):
    """One role that a person holds at one school, from a moment until it is ended."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    school = models.ForeignKey(School, models.PROTECT, related_name="appointments")
    role = models.CharField(
        max_length=24, choices=[(role.value, facts.title) for role, facts in ROLES.items()]
    )
    # No year group means every pupil of the school.
    year_groups = models.ManyToManyField(YearGroup, blank=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "role", "year_groups", "began_at", "ended_at"})
        personal = frozenset({"user"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "school", "role"], condition=Q(ended_at=None), name="appointment_held_once"
            ),
        )

    @property
    def as_role(self) -> Role:
        """The role as the domain knows it."""
        return Role(self.role)


class Invitation(Record):
    """An administrator's word that somebody may join: used once, within its time."""

    school = models.ForeignKey(School, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)  # [{"role": ..., "year_groups": [ids]}]
    token_digest = models.CharField(
        max_length=64, unique=True
    )  # SHA-256; the token itself is only in the link
    # Null: the console, which adds a school and invites its first administrator.
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "school", "roles", "token_digest", "invited_at", "expires_at", "accepted_at", "withdrawn_at",
        })  # fmt: skip
        personal = frozenset({"email", "name", "invited_by"})
