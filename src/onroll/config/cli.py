"""`onroll`, the console command: our own commands first, Django's management commands behind them."""

import os
import sys

# What `onroll --help` shows, in the order of a school's first day.
COMMANDS = {
    "count": "count a register file against a calendar file; needs no database and no set-up",
    "packs": "check policy packs and authority profiles, compare two, list those shipped; needs no set-up",
    "run": "start Onroll on this machine with an invented demonstration school",
    "keys": "make the keys that Onroll needs and write them to the data folder",
    "setup": "prepare the database and the static files",
    "school": "add a school and its first administrator",
    "forget-second-step": "help an administrator who has lost theirs and whom nobody else can help",
    "serve": "start the web server",
    "worker": "start the worker that reads imports and does the nightly round",
    "recount": "count every register again and say what moved",
    "duties": "say what each duty of a case comes to, today or on another day",
    "sweep": "judge every duty of every open case and school again",
    "demo": "make invented schools, pupils and registers",
    "verify-ledger": "check that nothing in the ledger was altered, removed, inserted or cut off",
    "export-head": "write down the ledger's head, to be kept elsewhere",
    "backup": "write database and uploads into one file",
    "restore": "bring a backup back into an empty house",
    "rotate-keys": "put stored text and uploads under the newest data key",
    "docs": "draw the reference pages from the code (--check: fail when one is stale)",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = sys.argv[1:] if argv is None else argv
    if not args or args[0] in {"-h", "--help", "help"}:
        print(help_text())
        return 0
    if args[0] in {"-V", "--version"}:
        from importlib.metadata import version  # noqa: PLC0415

        print(f"onroll {version('onroll')}")
        return 0
    if args[0] == "count":  # without Django: a school can try it on its own export
        from onroll.jobs.count_command import main as count  # noqa: PLC0415

        return count(args[1:])
    if args[0] == "packs":  # likewise: whoever writes a pack checks it on their own machine
        from onroll.config.shipped import packs_folder  # noqa: PLC0415
        from onroll.jobs.packs_command import main as packs  # noqa: PLC0415

        return packs(args[1:], packs_folder())
    if args[0] == "keys":
        return _keys()
    if args[0] == "docs":
        return _docs(args[1:])
    os.umask(0o077)  # what we write holds children's records: nobody else on the machine reads it
    if args[0] in {"run", "demo"}:
        _prepare_demo()
    return _manage(args)


def _prepare_demo() -> None:
    """A demonstration makes its own keys and asks for no second factor; never so on a real server."""
    from pathlib import Path  # noqa: PLC0415

    from onroll.config.keys import make  # noqa: PLC0415

    os.environ.setdefault("ONROLL_DEMO", "yes")
    os.environ.setdefault("ONROLL_SECOND_FACTOR", "no")
    if not os.environ.get("ONROLL_SECRET_KEY"):
        make(Path(os.environ.get("ONROLL_DATA_DIR", "var")) / "keys.env")


def _docs(args: list[str]) -> int:
    os.environ.setdefault("ONROLL_ENV", "check")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from onroll.config.reference import main as draw  # noqa: PLC0415

    return draw(args)


def _keys() -> int:
    from pathlib import Path  # noqa: PLC0415

    from onroll.config.keys import make  # noqa: PLC0415

    path = Path(os.environ.get("ONROLL_DATA_DIR", "var")) / "keys.env"
    if make(path):
        print(
            f"Keys written to {path}. Keep a copy somewhere safe: without them nothing encrypted can be read."
        )
        return 0
    print(f"{path} is there already and was left as it is.", file=sys.stderr)
    return 1


def help_text() -> str:
    """The page that `onroll --help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {words}" for name, words in COMMANDS.items()]
    return "\n".join(
        [
            "Onroll: education for pupils with health needs who cannot attend school.",
            "",
            "Usage: onroll COMMAND [OPTIONS]        onroll COMMAND --help says more",
            "",
            *lines,
            "",
            "Django's own management commands (migrate, check, shell, ...) work too.",
        ]
    )


def _manage(args: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        # A module's name has no dash, a command's may: verify-ledger is verify_ledger.py.
        execute_from_command_line(["onroll", args[0].replace("-", "_"), *args[1:]])
    except ImproperlyConfigured as wrong:
        print(f"onroll: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
