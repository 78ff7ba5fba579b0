"""Readiness: every part the shop needs, asked for something small."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from sqlalchemy import text

from vici.domains.catalog.api import Everything
from vici.domains.search.api import SearchProducts
from vici.kit.errors import Refusal
from vici.wiring import Shop

_log = structlog.get_logger(__name__)

WAIT_SECONDS = 2.0


def readiness(shop: Shop) -> Callable[[], Awaitable[Mapping[str, str]]]:
    """Asks every dependency; each answers `ok`, or what is wrong with it."""
    parts: dict[str, Callable[[], Awaitable[object]]] = {
        **{
            f"database.{service}": lambda database=database: database.read(lambda c: c.scalar(text("SELECT 1")))
            for service, database in shop.databases.items()
        },
        "events": shop.bus.lag,
        "blobs": lambda: shop.blobs.get("health"),
        "catalog": lambda: shop.catalog.shops(Everything()),
        "search": lambda: shop.search.search(SearchProducts(limit=1)),
    }

    async def check() -> Mapping[str, str]:
        return dict(zip(parts, await asyncio.gather(*(_ask(*part) for part in parts.items())), strict=True))

    return check


async def _ask(name: str, part: Callable[[], Awaitable[object]]) -> str:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await part()
    except TimeoutError:
        return f"did not answer within {WAIT_SECONDS:g} s"
    except Refusal as refusal:
        return str(refusal)
    except Exception as fault:  # the answer names the part; what happened is for whoever reads the log
        _log.exception("health.part_failed", part=name)
        return f"failed: {type(fault).__name__}"
    return "ok"
