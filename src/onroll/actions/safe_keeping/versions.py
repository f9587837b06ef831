"""Which migrations a house has: a backup comes back only into a house that is as old or younger."""

from importlib.metadata import version

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from onroll.actions.safe_keeping.archive import Manifest, unusable

Migrations = dict[str, list[str]]


def onroll() -> str:
    """The version of Onroll that is running."""
    return version("onroll")


def applied() -> Migrations:
    """The migrations that the database has, by app."""
    found: Migrations = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def refuse_if_younger(manifest: Manifest) -> None:
    """Refuse a backup that knows migrations which this house does not have."""
    here = applied()
    unknown = [
        f"{app} {name}"
        for app, names in manifest.migrations.items()
        for name in names
        if name not in here.get(app, [])
    ]
    if unknown:
        raise unusable(
            f"The backup was made by Onroll {manifest.version}, which is newer than this house: it knows "
            f"{', '.join(unknown)}. Update Onroll and run `onroll setup` here, then restore. Nothing was changed."
        )


def is_older(manifest: Manifest) -> bool:
    """Say whether this house has migrations that the backup did not know."""
    return any(
        name not in manifest.migrations.get(app, []) for app, names in applied().items() for name in names
    )


def go_back_to(migrations: Migrations) -> Apps:
    """Undo the migrations of an empty house that a backup did not know; return the models as they then are."""
    executor = MigrationExecutor(connection)
    return executor.migrate(_targets(executor, migrations)).apps


def go_forward() -> None:
    """Bring the house, rows and all, to the newest migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _targets(executor: MigrationExecutor, wanted: Migrations) -> list[tuple[str, str | None]]:
    targets: list[tuple[str, str | None]] = []
    for app, names in applied().items():
        keep = wanted.get(app, [])
        if set(names) <= set(keep):
            continue
        children = executor.loader.graph.node_map
        ends = [
            name
            for name in keep
            if not any(child.key[0] == app and child.key[1] in keep for child in children[app, name].children)
        ]
        targets += [(app, name) for name in ends] or [(app, None)]
    return targets
