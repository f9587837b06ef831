"""Compulsory school age in England: between which dates a child must be educated.

From the prescribed day (31 August, 31 December or 31 March) on or after the fifth birthday, until the last
Friday of June in the school year in which the pupil turns 16. Here that year runs from 1 September to
31 August: a pupil who turns 16 in August leaves with the year group they have been in.
"""

from datetime import date, timedelta

from onroll.domain.register.windows import Window

_PRESCRIBED = ((3, 31), (8, 31), (12, 31))
_FRIDAY = 4


def begins_on(born: date) -> date:
    """The prescribed day on or after the fifth birthday."""
    fifth = _birthday(born, 5)
    days = [date(fifth.year, month, day) for month, day in _PRESCRIBED]
    return next(day for day in days if day >= fifth)


def ends_on(born: date) -> date:
    """The last Friday of June in the school year (September to August) of the sixteenth birthday."""
    sixteenth = _birthday(born, 16)
    summer = sixteenth.year + (sixteenth.month >= 9)
    last_of_june = date(summer, 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - _FRIDAY) % 7)


def compulsory_age(born: date) -> Window:
    """The dates, both included, on which the child is of compulsory school age."""
    return Window(begins_on(born), ends_on(born))


def _birthday(born: date, age: int) -> date:
    """The day an age is reached; someone born on 29 February reaches it on 1 March of a short year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
