"""Which policy packs and which authority profile apply at a school, and which are shipped."""

from onroll.domain.packs.stack import Stack
from onroll.queries.packs.shipped import Shipped, shipped
from onroll.queries.packs.stacks import stack_of, stacks_of

__all__ = ["Shipped", "Stack", "shipped", "stack_of", "stacks_of"]
