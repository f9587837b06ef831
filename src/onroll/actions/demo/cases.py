"""Cases for the demonstration schools, written as if people had recorded them day by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onroll.actions.cases.arranging import arrange, arrangement_of
from onroll.actions.cases.opening import begin_case
from onroll.actions.demo.statements import issue
from onroll.actions.demo.stories import AT_SCHOOL, STORIES, Step, Story, Talk
from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.casework.moves import RULES
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import SchoolCalendar, school_year
from onroll.queries.calendars import calendar_of
from onroll.queries.case_team import Suggested, suggested_team
from onroll.records.attendance.models import Summary
from onroll.records.cases.models import Case, CaseMove, ContactMade, Note
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School

_LEADERS = (
    "9",
    "10",
)  # the years that the demonstration's Progress Leader looks after: most cases are theirs
_AT = time(15, 40)  # when the day's contacts are written down


def open_cases(school: School, number: int, *, on: date, at: datetime) -> int:
    """Open the cases of the `number`-th demonstration school (0 first); says how many. Call inside its change."""
    stories = STORIES[: AT_SCHOOL[number]] if number < len(AT_SCHOOL) else ()
    calendar = calendar_of(school.pk)
    away, well = _pupils(school, on), _well(school, on)
    chosen = ((story, next(well if story.away_in else away, None)) for story in stories)
    opened = [_Writer(pupil, calendar, on, at).write(story) for story, pupil in chosen if pupil is not None]
    refresh_cases([case.pk for case in opened], on=on, at=at)
    return len(opened)


def _pupils(school: School, on: date) -> Iterator[Pupil]:
    """Those with most absence for health reasons, the years of the Progress Leader first."""
    rows = Summary.objects.filter(school=school, year=school_year(on), nearness__gt=0)
    nearest = rows.order_by("-nearness", "pupil_id").select_related("pupil__year_group")[:60]
    found = [one.pupil for one in nearest]
    return iter(sorted(found, key=lambda pupil: not (pupil.year_group and pupil.year_group.code in _LEADERS)))


def _well(school: School, on: date) -> Iterator[Pupil]:
    """Pupils of the Progress Leader who have missed nothing for health reasons."""
    away = Summary.objects.filter(school=school, year=school_year(on), nearness__gt=0).values("pupil_id")
    rows = Pupil.objects.filter(school=school, year_group__code__in=_LEADERS).exclude(pk__in=away)
    return iter(rows.order_by("pk")[:1])


class _Writer:
    """Writes one story of one pupil, each record dated and recorded on its own day."""

    def __init__(self, pupil: Pupil, calendar: SchoolCalendar, on: date, at: datetime) -> None:
        self.pupil, self.calendar, self.on, self.at = pupil, calendar, on, at
        self.team = suggested_team(pupil.school_id, pupil.year_group_id)
        self.by_role = {one.role: one.user_id for one in reversed([one for one in self.team if one.usual])}

    def write(self, story: Story) -> Case:
        """The case with all that happened on it."""
        opened_on = self._ago(story.opened)
        case = begin_case(
            self.pupil,
            reason=story.reason,
            opened_on=opened_on,
            need=story.need,
            expected_from=self.on + timedelta(days=story.away_in) if story.away_in else None,
            team=[(one.user_id, one.role) for one in self.team if one.usual],
            by_id=self._who(Role.PROGRESS_LEADER),
            at=self._moment(opened_on),
        )
        for step in story.steps:
            self._move(case, step)
        for talk in story.talks:
            self._talk(case, talk)
        if story.stated:
            issue(
                case,
                on=self._ago(story.stated),
                moment=self._moment,
                team=self.by_role,
                whole=story.read_by_all,
            )
        if story.note:
            self._note(case, story.note, self._ago(3))
        return case

    def _move(self, case: Case, step: Step) -> None:
        rule, on = RULES[step.move], self._ago(step.ago)
        by_id, at = self._who(Role.PROGRESS_LEADER), self._moment(on)
        CaseMove.objects.create(
            case=case,
            move=step.move.value,
            from_state=case.state,
            to_state=rule.to_state.value,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=by_id,
            reason=step.reason,
            passed_over=[step.passed_over] if step.passed_over else [],
            passed_over_because=step.because,
        )
        case.state, case.closed_on = rule.to_state.value, None if rule.to_state.is_open else on
        case.version += 1
        case.save(update_fields=["state", "closed_on", "version"])
        stands = arrangement_of(case.pk)
        if rule.provider and (stands is None or stands.provider != rule.provider.value or step.provided_by):
            arrange(case, rule.provider, from_on=on, by_id=by_id, at=at, provided_by=step.provided_by)

    def _talk(self, case: Case, talk: Talk) -> None:
        by_id, on = self._who(talk.by), self._ago(talk.ago)
        if by_id is None:
            return
        ContactMade.objects.create(
            case=case,
            method=talk.method,
            made_by_id=by_id,
            with_parent=not talk.with_pupil and not talk.whom,
            with_whom=talk.whom,
            with_pupil=talk.with_pupil,
            two_way=talk.answered,
            said=talk.said,
            next_step=talk.next_step,
            happened_on=on,
            recorded_at=self._moment(self._ago(max(talk.ago - talk.late, 0))),
            recorded_by_id=by_id,
        )

    def _note(self, case: Case, text: str, on: date) -> None:
        by_id = self._who(Role.PROGRESS_LEADER)
        Note.objects.create(
            case=case, text=text, happened_on=on, recorded_at=self._moment(on), recorded_by_id=by_id
        )

    def _ago(self, days: int) -> date:
        """The date so many school days before today; as far back as the calendar goes."""
        dates = self.calendar.last_school_days(self.on, days + 1)
        return dates[0] if dates else self.on

    def _moment(self, on: date) -> datetime:
        """That afternoon, and never later than now."""
        return min(timezone.make_aware(datetime.combine(on, _AT)), self.at)

    def _who(self, role: Role) -> int | None:
        """Who of the team holds the role, else whoever stands nearest."""
        anybody: list[Suggested] = list(self.team)
        return self.by_role.get(role) or (anybody[0].user_id if anybody else None)
