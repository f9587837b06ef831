"""The register as it stands: versions, their steps, and what they come to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from onroll.domain.policy import Stage, Step, stage_of
from onroll.records.people.models import User
from onroll.records.policies.models import PolicyStep, PolicyVersion


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step of a version. A withdrawn one is shown struck through, with its reason."""

    id: int
    step: Step
    on: date
    by: str
    meeting_on: date | None
    minute: str
    next_due_on: date | None
    note: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_because: str


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version of the policy. `steps` are all, oldest first; what is worked out uses those that stand."""

    id: int
    version: str
    amendment: str
    pack_slug: str
    pack_version: str
    begun_on: date
    steps: tuple[StepSeen, ...]
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    @property
    def standing(self) -> tuple[StepSeen, ...]:
        """The steps that nobody took back."""
        return tuple(step for step in self.steps if step.withdrawn_at is None)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(step.step for step in self.standing)

    @property
    def reviewed(self) -> bool:
        """Whether its review is on record."""
        return self.last(Step.REVIEWED) is not None

    @property
    def approval(self) -> StepSeen | None:
        """Its approval, if it stands."""
        return self.last(Step.APPROVED)

    @property
    def published_on(self) -> date | None:
        """The day from which it is, or was, public."""
        step = self.last(Step.PUBLISHED)
        return step.on if step else None

    def last(self, wanted: Step) -> StepSeen | None:
        """The last standing step of one kind."""
        return next((step for step in reversed(self.standing) if step.step is wanted), None)


@dataclass(frozen=True, slots=True)
class Register:
    """All versions, the newest first."""

    versions: tuple[VersionSeen, ...]
    withdrawn: tuple[VersionSeen, ...] = ()

    @property
    def current(self) -> VersionSeen | None:
        """The version that was published last: the one in force."""
        published = [one for one in self.versions if one.stage is Stage.PUBLISHED]
        return max(published, key=lambda one: (one.published_on, one.id), default=None)

    @property
    def on_its_way(self) -> VersionSeen | None:
        """The version that is not published yet."""
        return next((one for one in self.versions if one.stage is not Stage.PUBLISHED), None)

    @property
    def next_due_on(self) -> date | None:
        """When the next review is due, by the last approval."""
        approvals = [one.approval for one in self.versions if one.approval]
        return max(approvals, key=lambda step: (step.on, step.id)).next_due_on if approvals else None

    def one(self, version_id: int) -> VersionSeen | None:
        """A standing version by its number."""
        return next((one for one in self.versions if one.id == version_id), None)


def register(school_id: int) -> Register:
    """Every version of a school's policy with its steps: two queries, however many."""
    rows = list(PolicyVersion.objects.filter(school_id=school_id).order_by("-happened_on", "-id"))
    steps = PolicyStep.objects.filter(policy__school_id=school_id).order_by("id")
    by_version: dict[int, list[StepSeen]] = defaultdict(list)
    for step in steps.annotate(by=_name_of("recorded_by_id"), withdrawer=_name_of("withdrawn_by_id")):
        by_version[step.policy_id].append(_step(step, step.by or "", step.withdrawer or ""))
    seen = [_version(row, by_version[row.pk]) for row in rows]
    return Register(
        tuple(one for one in seen if one.withdrawn_at is None),
        tuple(one for one in seen if one.withdrawn_at is not None),
    )


def stages(school_id: int) -> dict[int, Stage]:
    """Where each standing version is, by its number."""
    taken: dict[int, list[Step]] = {
        pk: []
        for pk in PolicyVersion.objects.filter(school_id=school_id, withdrawn_at=None).values_list(
            "pk", flat=True
        )
    }
    steps = PolicyStep.objects.filter(policy_id__in=taken, withdrawn_at=None).order_by("id")
    for policy_id, step in steps.values_list("policy_id", "step"):
        taken[policy_id].append(Step(step))
    return {pk: stage_of(steps) for pk, steps in taken.items()}


def _name_of(column: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(column)).values("name")[:1])


def _version(row: PolicyVersion, steps: list[StepSeen]) -> VersionSeen:
    return VersionSeen(
        id=row.pk,
        version=row.version,
        amendment=row.amendment,
        pack_slug=row.pack_slug,
        pack_version=row.pack_version,
        begun_on=row.happened_on,
        steps=tuple(steps),
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
    )


def _step(row: PolicyStep, by: str, withdrawn_by: str) -> StepSeen:
    return StepSeen(
        id=row.pk,
        step=Step(row.step),
        on=row.happened_on,
        by=by,
        meeting_on=row.meeting_on,
        minute=row.minute,
        next_due_on=row.next_due_on,
        note=row.note,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=withdrawn_by,
        withdrawn_because=row.withdrawn_because,
    )
