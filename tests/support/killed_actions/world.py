"""What every action finds: a school that keeps a policy, its people, a case; and the table of set-ups."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from onroll.actions.duties import sweep
from onroll.actions.duties.asking import REFRESH_SCHOOL
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor
from onroll.records.work.models import Work
from tests.support import cast
from tests.support.circles import Round, a_round
from tests.support.policy import with_policy
from tests.support.told import Told, a_relative

TODAY = cast.NOW.date()
AT = {"on": TODAY, "at": cast.NOW}
Act = Callable[[], object]
SETUPS: dict[str, Callable[["World"], Act]] = {}


def killed(*names: str) -> Callable[[Callable[["World"], Act]], Callable[["World"], Act]]:
    """Register the set-up of an action, named "folder/module.function"."""

    def register(setup: Callable[["World"], Act]) -> Callable[["World"], Act]:
        for name in names:
            SETUPS[name] = setup
        return setup

    return register


@dataclass
class World:
    """A school that keeps the shipped policy, its head and its people, and a case with a team and a family."""

    told: Told = field(init=False)
    outdated: bool = False  # whether the act is to find duties that nobody judged yet

    def __post_init__(self) -> None:
        school = with_policy(cast.a_school())
        self.dee = cast.a_person(school, Role.DEPUTY_HEAD, name="Dee Watts")
        self.hedy = cast.a_person(school, Role.HEADTEACHER, name="Hedy Marsh")
        self.keeper = cast.a_person(school, Role.ADMINISTRATOR, name="Kim Ash")
        amina = cast.a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf")
        ada = cast.a_person(school, Role.SAFEGUARDING_LEAD, name="Ada Moss")
        case = cast.a_case(cast.a_pupil(school, "Quillon", "Zanderby"))
        cast.a_member(case, amina, deputy=ada)
        self.told = Told(school, case, amina, ada, a_relative(case))

    @cached_property
    def head(self) -> Actor:
        return cast.actor(self.hedy)

    @property
    def by(self) -> Actor:
        return self.told.by

    @property
    def school(self) -> int:
        return self.told.school.pk

    @property
    def ids(self) -> tuple[int, int]:
        return self.school, self.told.case.pk

    @cached_property
    def round(self) -> Round:
        """One of everybody round the child."""
        return a_round(self.told.case, self.told.amina, self.told.ada)

    def refreshed(self) -> None:
        """Judge everything now, unless the act is to do that."""
        if not self.outdated:
            sweep.sweep_school(self.school, **AT)

    def worker_does_what_is_asked(self) -> None:
        """Judge the school again if the act asked the worker for it, as at its own day."""
        if Work.objects.filter(kind=REFRESH_SCHOOL, subject_id=self.school, state="waiting").exists():
            sweep.sweep_school(self.school, **AT)
