"""vici migrate"""

import asyncio

from rich.console import Console

from vici.apps.cli.options import Data
from vici.settings import read_settings


def command(data: Data = None) -> None:
    """Bring the databases to this version's schema. SQLite needs no such step: `serve` does it.

    Examples:

        vici migrate

        VICI_DATABASE=postgresql://shop:secret@db/shop vici migrate
    """
    from vici.wiring import migrate

    asyncio.run(migrate(read_settings(data=data)))
    Console(stderr=True).print("The databases are at this version's schema.")
