"""vici dead-letters"""

import asyncio
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vici.apps.cli.options import Data, Json
from vici.settings import read_settings

SHOWN_MAX = 1000


def command(
    redrive: Annotated[list[int] | None, typer.Option(metavar="ID", help="Try this one again. Repeatable.")] = None,
    drop: Annotated[list[int] | None, typer.Option(metavar="ID", help="Forget this one. Repeatable.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List the events that were given up after many attempts; try them again, or forget them.

    Examples:

        vici dead-letters

        vici dead-letters --redrive 12 --redrive 13
    """
    from vici.wiring import open_existing_shop

    settings = read_settings(data=data)

    async def run() -> None:
        async with open_existing_shop(settings) as shop:
            redriven = await shop.bus.redrive(redrive) if redrive else 0
            dropped = await shop.bus.drop(drop) if drop else 0
            letters = await shop.bus.dead_letters(limit=SHOWN_MAX)
        if as_json:
            left = [letter.model_dump(mode="json") for letter in letters]
            print(json.dumps({"redriven": redriven, "dropped": dropped, "dead_letters": left}, indent=2))
            return
        console = Console(highlight=False)
        if redrive:
            console.print(f"{redriven} of {len(redrive)} will be tried again by the running shop.")
        if drop:
            console.print(f"{dropped} of {len(drop)} were forgotten.")
        if not letters:
            console.print("There are no dead letters.")
            return
        table = Table("Id", "Group", "Topic", "Key", "Attempts", "Died at", "Error", box=None, pad_edge=False)
        for each in letters:
            died_at = f"{each.died_at:%Y-%m-%d %H:%M}Z"
            table.add_row(
                str(each.letter_id), each.group, each.topic, each.key, str(each.attempts), died_at, each.error
            )
        console.print(table)

    asyncio.run(run())
