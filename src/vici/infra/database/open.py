"""Chooses the database from a URL."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from vici.infra.database.port import Database, DatabaseUnavailable
from vici.kit.clock import Clock

_DRIVERS = {
    "postgresql": ("postgresql+asyncpg", "asyncpg", "postgres"),
    "mysql": ("mysql+asyncmy", "asyncmy", "mysql"),
    "mariadb": ("mariadb+asyncmy", "asyncmy", "mysql"),
}


def open_database(url: str, clock: Clock) -> Database:
    """`sqlite:///file.db[?synchronous=NORMAL]`, `postgresql://user:password@host/name`, `mysql://…` or `mariadb://…`.

    Only SQLite takes time from `clock`; a server has its own.
    """
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and separator:
        from vici.infra.database.sqlite import SqliteDatabase

        parts = urlsplit(url)
        path = Path(parts.path.removeprefix("/"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailable(reason=f"{path.parent}: {error.strerror}") from None
        return SqliteDatabase(path, clock, parse_qs(parts.query).get("synchronous", ["FULL"])[0])
    if scheme in _DRIVERS and separator:
        dialect, driver, extra = _DRIVERS[scheme]
        if find_spec(driver) is None:
            raise DatabaseUnavailable(reason=f"{scheme}:// needs the extra: pip install 'vici[{extra}]'")
        from vici.infra.database.server import ServerDatabase

        return ServerDatabase(f"{dialect}://{rest}")
    raise DatabaseUnavailable(
        reason=f"VICI_DATABASE: {scheme!r} is not known; use sqlite, postgresql, mysql or mariadb"
    )
