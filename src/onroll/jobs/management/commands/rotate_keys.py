from typing import Any

from django.utils import timezone

from onroll.actions.safe_keeping.rotating import rotate_keys
from onroll.domain.vocabulary import Refusal
from onroll.jobs.console import HouseCommand


class Command(HouseCommand):
    help = (
        "Put stored text and uploads under the newest key of ONROLL_DATA_KEYS, beside people who go on working. "
        "May be stopped and run again. Exit status: 0 done, 1 something is under a key that is not here."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rotate_keys(at=timezone.now(), note=lambda words: None)
        except Refusal as refusal:
            self.fail(refusal.message)
        self.say(
            f"{done.texts:,} texts, {done.second_steps:,} second steps and {done.files:,} uploads were put under the "
            "newest key. Nothing is under an older key now."
        )
        self.note("Backups made before need the older keys: keep those as long as you keep such a backup.")
