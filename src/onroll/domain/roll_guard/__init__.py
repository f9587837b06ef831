"""The roll guard: on which grounds a name may come off the admission register, and what speaks for and against.

It lists reasons. It never decides: a person proposes, and the headteacher decides.
"""

from onroll.domain.roll_guard.grounds import GROUNDS, NOT_A_GROUND, REGULATIONS, Ground
from onroll.domain.roll_guard.reasons import Proposed, Reason, Weight, may_be_agreed, reasons_on
from onroll.domain.roll_guard.run import NEEDED_DAYS, Run, absent_run

__all__ = [
    "GROUNDS", "NEEDED_DAYS", "NOT_A_GROUND", "REGULATIONS", "Ground", "Proposed", "Reason", "Run", "Weight",
    "absent_run", "may_be_agreed", "reasons_on",
]  # fmt: skip
