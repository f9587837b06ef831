"""One evaluator for each duty: facts, the duty as its pack has it, the pack and the day in; what it comes to, out."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from onroll.domain.duties.evaluators.parents_first_contact import parents_first_contact
from onroll.domain.duties.finding import Judged
from onroll.domain.packs.pack import Duty, Pack

Evaluator = Callable[[Any, Duty, Pack, date], Judged]

# The key is what a pack's `evaluator` names. Drawn into docs/reference/duties.md.
EVALUATORS: Mapping[str, Evaluator] = MappingProxyType({
    "parents-first-contact": parents_first_contact,
})  # fmt: skip
