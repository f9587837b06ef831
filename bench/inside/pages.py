"""What each page costs this process: processor and clock a request, queries and bytes. A signed-in deputy head asks."""

import sys
import time
from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

from bench.inside.start import asked, found
from onroll.records.attendance.models import Summary

WARM = 3


class Reader:
    """Somebody signed in at the first school, and the pupil at the top of Watch."""

    def __init__(self) -> None:
        user = get_user_model().objects.get(email="deputy-head@demo.example")
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        near = Summary.objects.filter(school__urn=990001).order_by("-nearness", "pupil_id")
        self.pupil = near[0].pupil_id

    def page(self, path: str) -> int:
        """Ask for a page and return its bytes."""
        return _bytes(path, self.client.get(path.format(pupil=self.pupil)))

    def find(self, path: str) -> int:
        """Search for pupils by two letters of a name."""
        return _bytes(path, self.client.post(path, {"q": "si"}))

    def save(self, path: str) -> int:
        """Take the pupil off Watch and see the page after."""
        answer = self.client.post(path.format(pupil=self.pupil), {"reason": "Invented colds"})
        if answer.status_code != 302:
            raise AssertionError(f"{path} answered {answer.status_code}")
        return self.page(answer["Location"])

    def put_back(self, path: str) -> None:
        """Undo `save`."""
        self.client.post(path.format(pupil=self.pupil) + "back/")


def _bytes(path: str, answer: HttpResponse) -> int:
    if answer.status_code != 200:
        raise AssertionError(f"{path} answered {answer.status_code}")
    return len(answer.content)


def measured(call: Callable[[], int], after: Callable[[], None], times: int) -> dict[str, object]:
    """Call so many times; each one's cost in milliseconds."""
    for _ in range(WARM):
        call()
        after()
    with asked() as counts:
        size = call()
    after()
    cpus, walls = [], []
    for _ in range(times):
        cpu, wall = time.thread_time(), time.perf_counter()
        call()
        cpus.append(1000 * (time.thread_time() - cpu))
        walls.append(1000 * (time.perf_counter() - wall))
        after()
    return {"cpu": cpus, "wall": walls, "queries": counts["queries"], "bytes": size}


def _nothing() -> None:
    """Nothing is to be undone."""


if __name__ == "__main__":
    times, reader, pages = int(sys.argv[1]), Reader(), {}
    for path in sys.argv[2:]:
        how, _, to = path.rpartition(":")
        call = {"": reader.page, "find": reader.find, "post": reader.save}[how]
        after = partial(reader.put_back, to) if how == "post" else _nothing
        pages[path] = measured(partial(call, to), after, times)
    found({"pupil": reader.pupil, "session": reader.client.cookies["sessionid"].value, "pages": pages})
