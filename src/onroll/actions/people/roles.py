"""Change which roles somebody holds at a school."""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.duties.asking import ask_refresh
from onroll.actions.people.doors import appoint, check_grants, check_version, school_to_staff, told
from onroll.domain.people import Grant, roles_problem, widens
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.appointments import administrators, grant_of, held


def change_roles(
    actor: Actor, school_id: int, person_id: int, *, grants: tuple[Grant, ...], seen: str, at: datetime
) -> None:
    """Make these the roles that somebody holds at the school. `seen` is the version that the page showed.

    Roles that stay as they are go on; the others end and begin at `at`, so that the past can be told.
    """
    with change(actor.id, "roles-changed", at, school_id=school_id) as entry:
        school_to_staff(actor, school_id)
        before = held(school_id, person_id)
        if not before:
            raise not_found()
        check_version(before, seen)
        check_grants(school_id, grants)
        problem = roles_problem(
            before={one.as_role for one in before},
            after={grant.role for grant in grants},
            own=person_id == actor.id,
            administrators=administrators(school_id),
            widened=widens([grant_of(one) for one in before], grants),
        )
        if problem:
            raise Refusal(Refused.CONFLICT, problem)
        ending = [one for one in before if grant_of(one) not in grants]
        staying = {grant_of(one) for one in before}
        beginning = tuple(grant for grant in grants if grant not in staying)
        for one in ending:
            one.ended_at = at
            one.save(update_fields=["ended_at"])
        appoint(school_id, person_id, beginning, at=at)
        entry.subject = f"user:{person_id}"
        entry.detail = {"ended": told([grant_of(one) for one in ending]), "began": told(beginning)}
        entry.nothing_changed = not ending and not beginning
        if not entry.nothing_changed:
            ask_refresh(school_id, by_id=actor.id, at=at)  # duties may have passed to somebody else
