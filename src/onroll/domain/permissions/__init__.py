"""Roles, and what each may do, as data. The reference page is drawn from these tables."""

from onroll.domain.permissions.roles import ROLES, Role, RoleFacts
from onroll.domain.permissions.table import Permission

__all__ = ["ROLES", "Permission", "Role", "RoleFacts"]
