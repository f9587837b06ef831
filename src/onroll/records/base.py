"""What every record shares: it can only be written with the pen in hand, and it knows its privacy."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.signals import m2m_changed

M = TypeVar("M", bound=models.Model, covariant=True)
_PEN: ContextVar[bool] = ContextVar("onroll_pen", default=False)


class NoPen(RuntimeError):
    """A record was written outside `change()`; that is a bug in the caller, never a user's doing."""


@contextmanager
def pen() -> Iterator[None]:
    """Allow records to be written. Only `actions.change`, restore and test set-up take the pen."""
    token = _PEN.set(True)
    try:
        yield
    finally:
        _PEN.reset(token)


def need_pen(what: str) -> None:
    """Refuse to write without the pen."""
    if not _PEN.get():
        raise NoPen(f"{what} was written outside change(); write it in an action.")


class RecordQuerySet(models.QuerySet[M]):
    """Bulk writes need the pen as single ones do."""

    def update(self, **values: Any) -> int:
        need_pen(self.model.__name__)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        need_pen(self.model.__name__)
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        need_pen(self.model.__name__)
        return super().bulk_create(objs, *args, **options)


class Record(models.Model):
    """A fact that the school keeps. `Privacy` names every field once, by how it must be treated.

    open: says nothing about a person. personal: identifies a person or says something of them.
    special: about a child's health; encrypted when it is free text.
    """

    objects = RecordQuerySet.as_manager()

    class Privacy:
        open: ClassVar[frozenset[str]] = frozenset()
        personal: ClassVar[frozenset[str]] = frozenset()
        special: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        need_pen(type(self).__name__)
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        need_pen(type(self).__name__)
        return super().delete(*args, **options)


def _need_pen_to_join(sender: type[models.Model], instance: models.Model, action: str, **_: Any) -> None:
    """What joins two records (the year groups of an appointment) is written by neither's `save`."""
    if action.startswith("pre_") and isinstance(instance, Record):
        need_pen(sender.__name__)


m2m_changed.connect(_need_pen_to_join, dispatch_uid="need_pen_to_join")
