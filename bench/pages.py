"""What a page costs the server: processor time per request, queries and bytes, at a school and at an authority."""

import gzip
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from bench.clock import table
from bench.house import House, Server, house

SIZES = (("one school, 1,200 pupils", 1, 1200), ("240 schools, 70,000 pupils", 240, 70_000))
PAGES = (
    ("Today", "/s/990001/today/"),
    ("Watch", "/s/990001/watch/"),
    ("Watch, reached", "/s/990001/watch/?only=reached"),
    ("one pupil", "/s/990001/pupils/{pupil}/"),
    ("every session of one pupil", "/s/990001/pupils/{pupil}/sessions/"),
    ("search by name", "/s/990001/pupils/?q=sian"),
)

# Runs inside the house: a signed-in session, the pupil to open, and per page the costs one by one.
_INSIDE = """
import json, time
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from onroll.records.attendance.models import Summary
user = get_user_model().objects.get(email="deputy-head@demo.example")
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
first = Summary.objects.filter(school__urn=990001).order_by("-nearness", "pupil_id").first()
found = {"session": client.cookies["sessionid"].value, "pupil": first.pupil_id, "pages": {}}
for name, path in PAGES:
    path = path.format(pupil=first.pupil_id)
    client.get(path), client.get(path)
    queries = []
    with connection.execute_wrapper(lambda run, *a: (queries.append(1), run(*a))[1]):
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    costs = []
    for _ in range(40):
        began = time.process_time()
        client.get(path)
        costs.append((time.process_time() - began) * 1000)
    found["pages"][name] = {"costs": sorted(costs), "queries": len(queries), "bytes": len(answer.content)}
print(json.dumps(found))
"""


def measure(port: int = 8173) -> str:
    """Measure both sizes; return the tables."""
    parts = []
    for title, schools, pupils in SIZES:
        with house("pages", port=port) as here:
            began = time.perf_counter()
            here.onroll("demo", "--schools", str(schools), "--pupils", str(pupils), "--seed", "3")
            made = time.perf_counter() - began
            found = json.loads(here.python(f"PAGES = {PAGES!r}\n{_INSIDE}"))
            rows, memory = _served(here, found)
            parts.append(
                f"### {title}\n\nGenerated in {made:.0f} s. Two web workers take {memory:.0f} MB together.\n\n"
                + table(
                    ["page", "CPU p50", "CPU p95", "CPU at 8 users, mean", "queries", "HTML", "compressed"], rows
                )
            )
    return "\n\n".join(parts)


def _served(here: House, found: dict[str, object]) -> tuple[list[list[object]], float]:
    rows = []
    with here.serving() as server:
        for name, path in PAGES:
            one = found["pages"][name]
            address = path.format(pupil=found["pupil"])
            mean = _eight(server, address, str(found["session"]))
            costs = one["costs"]
            rows.append([
                name,
                f"{statistics.median(costs):.1f} ms",
                f"{costs[int(len(costs) * 0.95)]:.1f} ms",
                f"{mean:.1f} ms",
                one["queries"],
                f"{one['bytes'] / 1000:.0f} kB",
                f"{len(gzip.compress(_get(server.port, address, str(found['session'])))) / 1000:.1f} kB",
            ])
        memory = server.memory_mb()
    return rows, memory


def _eight(server: Server, path: str, session: str, requests: int = 160) -> float:
    """Mean processor milliseconds per request with eight people asking at once."""
    _get(server.port, path, session)
    began = server.cpu()
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: _get(server.port, path, session), range(requests)))
    return (server.cpu() - began) / requests * 1000


def _get(port: int, path: str, session: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body
