from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onroll.actions.people.second_step import forget_second_step_of
from onroll.domain.vocabulary import Refusal


class Command(BaseCommand):
    help = (
        "Forget the second step of one person, and end their sessions: for an administrator who has lost theirs "
        "and whom no other administrator can help. They set up a new one at the next sign-in."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the address that they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            forget_second_step_of(options["email"], at=timezone.now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write("Forgotten. They set up a new second step at the next sign-in.")
