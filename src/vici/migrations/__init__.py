"""The schema, one Alembic branch per domain, so that a domain can live in a database of its own.

A revision is the file `versions/<branch>/<number>_<what>.py` and is called `<branch>_<number>`; the highest number is
the head.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

_HERE = Path(__file__).parent
_VERSIONS = _HERE / "versions"


def heads(branches: Iterable[str]) -> set[str]:
    """The revisions these branches should be at. Read from the file names: loading Alembic would double the start-up
    time."""
    latest: set[str] = set()
    for branch in branches:
        numbers = sorted(path.name[:4] for path in (_VERSIONS / branch).glob("[0-9][0-9][0-9][0-9]_*.py"))
        if not numbers:
            raise LookupError(f"no migrations for {branch!r} in {_VERSIONS}")
        latest.add(f"{branch}_{numbers[-1]}")
    return latest


def pending(connection: Connection, branches: Iterable[str]) -> set[str]:
    """The heads this database has not reached."""
    wanted = heads(branches)
    if not inspect(connection).has_table("alembic_version"):
        return wanted
    return wanted - set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def upgrade(connection: Connection, branches: Iterable[str]) -> None:
    """Bring these branches to their heads. Safe to repeat, and to run from two processes at once: the second waits,
    then finds nothing to do."""
    branches = sorted(branches)
    if not pending(connection, branches):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations", "\n".join(str(path) for path in sorted(_VERSIONS.iterdir()) if path.is_dir())
    )
    config.attributes["connection"] = connection
    with _alone(connection):
        for branch in branches:
            command.upgrade(config, f"{branch}@head")


@contextmanager
def _alone(connection: Connection) -> Generator[None]:
    """Two processes of a new version may start together; on SQLite the writer's lock is already held here."""
    mysql = connection.dialect.name in ("mysql", "mariadb")
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('vici-migrations'))"))
    elif mysql:
        connection.execute(text("SELECT GET_LOCK('vici-migrations', 60)"))
    try:
        yield
    finally:
        if mysql:
            connection.execute(text("SELECT RELEASE_LOCK('vici-migrations')"))
