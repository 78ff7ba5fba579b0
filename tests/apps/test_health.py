"""What readiness and the doctor say of a shop whose parts fail."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from vici.apps.http import health
from vici.apps.http.health import readiness
from vici.infra.database.port import DatabaseUnavailable
from vici.settings import Settings
from vici.wiring import SERVICES, examine


async def well(*_: object) -> None:
    return None


async def unavailable(*_: object) -> None:
    raise DatabaseUnavailable(reason="no such database")


async def broken(*_: object) -> None:
    raise ZeroDivisionError("secret details")


async def silent(*_: object) -> None:
    await asyncio.Event().wait()


async def test_each_part_is_named_with_what_is_wrong_with_it_whatever_it_raises(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "WAIT_SECONDS", 0.05)
    shop = SimpleNamespace(
        databases={"catalog": SimpleNamespace(read=unavailable), "inventory": SimpleNamespace(read=well)},
        bus=SimpleNamespace(lag=broken),
        blobs=SimpleNamespace(get=silent),
        catalog=SimpleNamespace(shops=well),
        search=SimpleNamespace(search=well),
    )
    with capture_logs() as logged:
        parts = await readiness(shop)()
    assert parts == {
        "database.catalog": str(DatabaseUnavailable(reason="no such database")),
        "database.inventory": "ok",
        "events": "failed: ZeroDivisionError",
        "blobs": "did not answer within 0.05 s",
        "catalog": "ok",
        "search": "ok",
    }
    assert [(line["event"], line["part"]) for line in logged] == [("health.part_failed", "events")]


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
async def test_the_doctor_names_every_part_of_a_shop_whose_database_is_not_there(
    kind: str, server_url: Callable[[str], str], tmp_path: Path
) -> None:
    findings = await examine(Settings(database=f"{server_url(kind)}/nowhere", data=tmp_path))
    problems = {finding.part: finding.problem or "" for finding in findings}
    assert all("nowhere" in problems[f"database {service}"] for service in SERVICES)
    assert {"events", "blobs", "search"} <= problems.keys()
