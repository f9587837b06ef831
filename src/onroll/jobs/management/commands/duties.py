import json
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from onroll.jobs.console import HouseCommand
from onroll.jobs.options import a_day
from onroll.queries import findings
from onroll.queries.findings import FindingSeen


class Command(HouseCommand):
    help = (
        "Say what each duty of a case comes to on a day. A day in the past is judged by what was known at its end; "
        "--known-now judges it by what is known now."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("case", type=int, help="the number of the case, as in its address")
        parser.add_argument(
            "--as-of", type=a_day, metavar="DATE", help="the day, as 2026-11-23; today without it"
        )
        known = parser.add_mutually_exclusive_group()
        known.add_argument(
            "--known-then", action="store_true", help="by what was known at the end of that day"
        )
        known.add_argument("--known-now", action="store_true", help="by what is known now")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        on = options["as_of"] or today
        school_id = findings.school_of_case(options["case"])
        if school_id is None:
            self.fail("There is no case of this number.")
        known_at = None if options["known_now"] or on >= today else _end_of(on)
        found = findings.worked_out(school_id, options["case"], on, known_at)
        if not found:
            known = "was known then" if known_at else "is known now"
            self.note(f"By what {known} there was no duty to judge on {on.isoformat()}.")
        if options["format"] == "json":
            self.say(json.dumps([_as_json(one) for one in found], indent=2, ensure_ascii=False))
            return
        for one in found:
            self.say(_as_text(one))


def _end_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.max))


def _as_json(one: FindingSeen) -> dict[str, str | None]:
    return {
        "duty": one.duty,
        "paragraph": one.paragraph,
        "status": one.status.value,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "holder": one.holder.value,
        "reason": one.reason,
        "pack": one.pack,
        "version": one.version,
    }


def _as_text(one: FindingSeen) -> str:
    due = f", due on {one.due_on.isoformat()}" if one.due_on else ""
    return f"{one.status.value:<16} {one.paragraph:<8} {one.duty} ({one.holder_words}{due})\n{'':<26}{one.reason}"
