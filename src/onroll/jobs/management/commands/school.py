from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from onroll.actions.schools.add import add_school
from onroll.domain.vocabulary import Refusal


class Command(BaseCommand):
    help = (
        "Add a school and invite its first administrator. Prints the link with which they join; "
        "it is e-mailed too, where an e-mail server is set. It works once, for seven days."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--urn", type=int, required=True, help="the school's URN, six digits")
        parser.add_argument("--dfe", required=True, help="its DfE number, like 865/4000")
        parser.add_argument("--name", required=True, help="its name, as people say it")
        parser.add_argument(
            "--authority-code", required=True, help="its local authority's code, three digits"
        )
        parser.add_argument("--authority-name", required=True, help="its local authority's name")
        parser.add_argument("--admin-name", required=True, help="who will look after Onroll there")
        parser.add_argument("--admin-email", required=True, help="the address that they will sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = add_school(
                urn=options["urn"],
                dfe_number=options["dfe"],
                name=options["name"],
                authority_code=options["authority_code"],
                authority_name=options["authority_name"],
                admin_name=options["admin_name"],
                admin_email=options["admin_email"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        link = settings.ONROLL_BASE_URL.rstrip("/") + reverse("join:show", args=[added.token])
        self.stdout.write(f"{options['name']} is added. Its first administrator joins here:\n\n{link}\n")
        self.stdout.write("Give the link to nobody else. It works once, for seven days.")
