"""What every test may ask for: a clock it can set, ids in a row, databases of every kind."""

import itertools
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import servers
from tests.measurement_data import NoMeasurementData
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.kit.ids import NewId
from vici.migrations import upgrade

DATABASES = ["sqlite", "postgresql", "mariadb"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-services",
        action="store_true",
        help="fail where a test would be skipped because something is not installed",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[_FOLDER] = Path(tempfile.mkdtemp(prefix="vici-tests-"))


def pytest_configure_node(node: object) -> None:
    node.workerinput["folder"] = str(node.config.stash[_FOLDER])  # type: ignore[attr-defined]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        servers.stop_all(session.config.stash[_FOLDER])


_FOLDER = pytest.StashKey[Path]()


def _folder(config: pytest.Config) -> Path:
    return Path(config.workerinput["folder"]) if hasattr(config, "workerinput") else config.stash[_FOLDER]  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[pytest.TestReport]:
    report = yield
    reason = call.excinfo.value if call.excinfo else None
    a_service_is_missing = report.skipped and not isinstance(reason, NoMeasurementData)
    if a_service_is_missing and item.config.getoption("--require-services"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but --require-services was given: {reason}"
    return report


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def new_id() -> NewId:
    """1, 2, 3 … as ids."""
    numbers = itertools.count(1)
    return lambda: f"id-{next(numbers):04}"


@pytest.fixture
def server_url(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The URL of a real server by its name; skips the test, with the reason, where it cannot be had."""

    def find(name: str) -> str:
        try:
            return servers.shared(name, _folder(request.config))
        except servers.Missing as reason:
            pytest.skip(str(reason))

    return find


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, server_url: Callable[[str], str], tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    return servers.fresh_database(server_url(request.param))


OpenDatabase = Callable[[Iterable[str]], "AsyncIterator[Database]"]


@pytest.fixture
async def empty_database(database_url: str, clock: ManualClock) -> AsyncIterator[Database]:
    database = open_database(database_url, clock)
    yield database
    await database.close()


@pytest.fixture
def branches() -> tuple[str, ...]:
    """The migration branches `database` is brought to; a test module overrides it with those it needs."""
    return ("events",)


@pytest.fixture
async def database(empty_database: Database, branches: tuple[str, ...]) -> Database:
    """A database of each kind with the tables of `branches`."""
    await empty_database.write(lambda connection: upgrade(connection, branches))
    return empty_database


@pytest.fixture
async def sqlite_database(tmp_path: Path, clock: ManualClock, branches: tuple[str, ...]) -> AsyncIterator[Database]:
    """SQLite alone, for what does not depend on the kind of database."""
    database = open_database(f"sqlite:///{tmp_path}/test.db", clock)
    await database.write(lambda connection: upgrade(connection, branches))
    yield database
    await database.close()
