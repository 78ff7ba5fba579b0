"""vici demo"""

import asyncio
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from vici.apps.cli.options import Data
from vici.settings import read_settings

if TYPE_CHECKING:
    from vici.wiring import Shop


def command(data: Data = None) -> None:
    """Build the demo shop, or rebuild it: its products, stock, pictures and pages become what they were; others stay.

    Examples:

        vici demo

        vici demo --data /tmp/try
    """
    settings = read_settings(data=data)

    async def run() -> None:
        from vici.wiring import Work, open_shop

        async with open_shop(settings, work=Work.INDEXING) as shop:
            await build(shop)

    asyncio.run(run())


async def build(shop: "Shop") -> None:
    """Build it with a progress bar, and wait until it can be searched."""
    from vici.demo.build import build_demo

    columns = (
        TextColumn("Building the demo shop"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        await build_demo(shop, progress)
        bar.update(task, description="indexing")
        await shop.settled()
