"""What the health page says of each thing: a fact, and whether somebody should look at it."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from onroll.pages.wording import count_of, long_moment
from onroll.queries.system import Health


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is watched. `status` is a key of STATUSES."""

    name: str
    fact: str
    status: str
    todo: str = ""  # what to do when it is not well


_WAIT_FOR_WORKER = "Imports, seals and the nightly round wait for it. Start it: onroll worker."


def lines(health: Health) -> list[Line]:
    """Every thing that is watched, the gravest first within its kind."""
    return [
        _worker(health),
        _queue(health),
        _failed(health),
        _head(health),
        _looks(health),
        _sweep(health),
        _mail(health),
        _backup(health),
        *_room(health),
    ]


def _line(name: str, fact: str, todo: str) -> Line:
    return Line(name, fact, "look-at" if todo else "well", todo)


def _worker(health: Health) -> Line:
    fact = f"Last seen {long_moment(health.worker_at)}" if health.worker_at else "Never seen"
    todo = (
        "Imports, seals and the nightly round wait for it. Start it: onroll worker."
        if health.worker_is_silent
        else ""
    )
    return _line("Worker", fact, todo)


def _queue(health: Health) -> Line:
    fact = f"{count_of(health.waiting, 'piece of work,pieces of work')} waiting, {health.running} under way"
    if health.oldest_waiting_at:
        fact += f"; the oldest since {long_moment(health.oldest_waiting_at)}"
    stuck = health.worker_is_silent and health.waiting
    return _line("Queue", fact, "Nobody is doing this work. Start the worker." if stuck else "")


def _failed(health: Health) -> Line:
    if not health.failed:
        return _line("Failed work", "None in the last seven days", "")
    told = [
        f"{one.kind}, {count_of(one.times, 'time')}, last {long_moment(one.last_at)}" for one in health.failed
    ]
    return _line(
        "Failed work", "; ".join(told), "The import’s page says why. The server’s log has the moment."
    )


def _head(health: Health) -> Line:
    if health.head is None:
        return _line(
            "Ledger head", "Never written down", "The worker writes it each hour. Or run: onroll export-head."
        )
    fact = f"{count_of(health.head.rows, 'row')} written down {long_moment(health.head.at)}"
    fact += f"; the ledger has {count_of(health.ledger_rows, 'row')}"
    if not health.head_fits:
        return Line(
            "Ledger head",
            fact,
            "alarm",
            "It no longer has that row. Run onroll verify-ledger at once.",
        )
    return _line(
        "Ledger head", fact, "Older than a day. Is the worker running?" if health.head_is_old else ""
    )


def _looks(health: Health) -> Line:
    if not health.unsealed.count:
        return _line("Unsealed looks", "None", "")
    fact = f"{count_of(health.unsealed.count, 'look')}, the oldest {long_moment(health.unsealed.oldest_at)}"
    todo = "They should be sealed within minutes. Is the worker running?" if health.looks_wait else ""
    return _line("Unsealed looks", fact, todo)


def _mail(health: Health) -> Line:
    fact = f"{count_of(health.mail.waiting, 'message')} waiting"
    if health.mail.stopped:
        fact += f", {health.mail.stopped} stopped within a week"
        return _line("E-mail", fact, "The outbox of each school says why, and can try again.")
    late = "Some have waited for more than an hour. Is the worker running, and the e-mail server reached?"
    return _line("E-mail", fact, late if health.mail.late else "")


def _sweep(health: Health) -> Line:
    sweep = health.sweep
    fact = f"Last done {long_moment(sweep.at)}" if sweep.at else "Never done"
    if sweep.never and sweep.at:
        fact += f"; never done for {count_of(sweep.never, 'school')}"
    todo = (
        "It is done each night. Is the worker running? Or run: onroll sweep." if health.sweep_is_old else ""
    )
    return _line("Round of the duties", fact, todo)


def _backup(health: Health) -> Line:
    if health.backup is None:
        return _line("Last backup", "Never", "Run: onroll backup FILE, and keep the file elsewhere.")
    fact = f"{long_moment(health.backup.at)}, {filesizeformat(health.backup.size)}"
    return _line(
        "Last backup", fact, "Older than two days. Run: onroll backup FILE." if health.backup_is_old else ""
    )


def _room(health: Health) -> list[Line]:
    stored = f"{count_of(health.uploads, 'file')}, {filesizeformat(health.uploads_size)}"
    return [
        _line("Database", f"{health.database}, {filesizeformat(health.database_size)}", ""),
        _line("Uploads", stored, ""),
    ]
