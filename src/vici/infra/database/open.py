"""Chooses the database from a URL."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

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

        return ServerDatabase(_address(scheme, f"{dialect}://{rest}"))
    raise DatabaseUnavailable(
        reason=f"VICI_DATABASE: {scheme!r} is not known; use sqlite, postgresql, mysql or mariadb"
    )


def _address(scheme: str, url: str) -> URL:
    try:
        address = make_url(url)
    except (ValueError, ArgumentError):
        address = None
    if address is None or not 0 <= (address.port or 0) < 2**16:
        # Never quotes the address: the password is in it.
        raise DatabaseUnavailable(
            reason=f"VICI_DATABASE: the address cannot be read; write {scheme}://user:password@host:port/name with a "
            "number for the port, and signs like @ : / in the password as %40 %3A %2F"
        )
    return address
