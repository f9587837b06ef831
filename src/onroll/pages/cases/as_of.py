"""The control that shows a case on another day: an address with `on=2027-01-12&known=then`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onroll.pages.cases.forms import AsOfForm
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import long_date
from onroll.queries.case_page import AsOf

_THEN, _NOW = "then", "now"


@dataclass(frozen=True, slots=True)
class Control:
    """The control as a page shows it. `as_of` None: the case is shown as it is today."""

    as_of: AsOf | None
    form: AsOfForm
    today_href: str = ""
    other_href: str = ""  # the same day, seen the other way

    @property
    def known(self) -> str:
        """Which of the two ways it is seen."""
        if self.as_of is None:
            return ""
        return "With what is known now" if self.as_of.known_at is None else "As it was known then"

    @property
    def other(self) -> str:
        """What the other way is called."""
        known_then = self.as_of is not None and self.as_of.known_at is not None
        return "Show it with what is known now" if known_then else "Show it as it was known then"

    @property
    def day(self) -> str:
        """The day in words."""
        return long_date(self.as_of.on) if self.as_of else ""


def control(request: OnrollRequest, today: date) -> Control:
    """What the address asks for; the day stands whole (`on`), or in the parts that the form sends.

    A day that cannot be shown leaves the case as it is today, with the form saying what is wrong.
    """
    asked = request.GET
    if not any(name in asked for name in ("on", "on_day")):
        return Control(None, AsOfForm(initial={"known": _THEN}, today=today))
    known = _NOW if asked.get("known") == _NOW else _THEN
    on = _whole(asked.get("on", ""))
    parts = {"on_day": on.day, "on_month": on.month, "on_year": on.year} if on else asked.dict()
    form = AsOfForm({**parts, "known": known}, today=today)
    if not form.is_valid():
        return Control(None, form)
    on = form.cleaned_data["on"]
    other = _THEN if known == _NOW else _NOW
    return Control(
        AsOf(on, None if known == _NOW else _end_of(on)),
        form,
        today_href=request.path,
        other_href=f"{request.path}?on={on.isoformat()}&known={other}",
    )


def _whole(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _end_of(on: date) -> datetime:
    """The last moment of a day in school time: what was recorded that day was known that day."""
    tomorrow = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    return tomorrow - timedelta(microseconds=1)
