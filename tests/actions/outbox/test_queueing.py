"""A message is queued once for its key, and not about a pupil who has died."""

import pytest
from django.db import transaction

from onroll.actions.change import change
from onroll.actions.outbox.queueing import queue_message
from onroll.records.base import NoPen, pen
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Death
from tests.actions.test_change_at_once import at_once
from tests.support.cast import NOW, a_person, a_pupil, a_school

WHAT = {"kind": "digest", "subject": "3 things are due", "body": "3 things.", "school_id": None, "at": NOW}


def queued(**given) -> bool:
    with change(None, "x", NOW):
        return queue_message(**{**WHAT, "key": "k", "address": "a@example.org", **given})


@pytest.mark.django_db
def test_the_same_key_is_queued_once():
    assert (queued(), queued(), queued(key="other")) == (True, False, True)
    assert sorted(Message.objects.values_list("key", flat=True)) == ["k", "other"]


@pytest.mark.django_db
def test_a_subject_longer_than_its_line_is_cut_and_not_refused():
    assert queued(subject=f"3 things are due at {'Elm Grove ' * 15}School")
    subject = Message.objects.get().subject
    assert len(subject) <= 150
    assert subject.startswith("3 things are due at Elm Grove")
    assert subject.endswith("…")


@pytest.mark.django_db
def test_nothing_is_queued_about_a_pupil_who_has_died_until_that_is_taken_back():
    pupil = a_pupil(a_school())
    with pen():
        death = Death.objects.create(
            pupil=pupil, school=pupil.school, happened_on=NOW.date(), recorded_at=NOW
        )
    assert queued(pupil_id=pupil.pk) is False
    assert queued(key="somebody else") is True
    with pen():
        Death.objects.filter(pk=death.pk).update(withdrawn_at=NOW)
    assert queued(pupil_id=pupil.pk) is True


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["nobody", "both"])
def test_a_message_goes_to_a_person_or_to_an_address(to):
    person = a_person(None).pk if to == "both" else None
    with pytest.raises(ValueError, match="give one"):
        queued(to_id=person, address="a@example.org" if to == "both" else "")


@pytest.mark.django_db
def test_it_is_queued_inside_a_change_or_not_at_all():
    with pytest.raises(NoPen), transaction.atomic():
        queue_message(**WHAT, key="k", address="a@example.org")


@pytest.mark.django_db
def test_a_change_that_fails_queues_nothing():
    def failing():
        with change(None, "x", NOW):
            queue_message(**WHAT, key="k", address="a@example.org")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_queue_it_once():
    assert sorted(at_once(queued, queued)) == [False, True]
    assert Message.objects.count() == 1
