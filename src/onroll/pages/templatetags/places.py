"""What this place calls roles and things, from the packs in use."""

from django import template

from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role

register = template.Library()


@register.filter
def role_words(stack: Stack, role: Role | str) -> str:
    """{{ stack|role_words:"clerk" }}: what this place calls a role."""
    return stack.role(Role(role))


@register.filter
def term_words(stack: Stack, key: str) -> str:
    """{{ stack|term_words:"mep" }}: what this place calls a thing."""
    return stack.term(key)
