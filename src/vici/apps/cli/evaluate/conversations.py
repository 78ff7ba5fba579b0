"""vici evaluate conversations"""

import asyncio
import statistics
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from vici.apps.cli.evaluate.figures import FailUnder, show
from vici.apps.cli.options import Json
from vici.settings import read_settings

if TYPE_CHECKING:
    from vici.wiring import Shop

DEFAULT = Path("tests") / "conversations"


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(help="YAML files, or folders of them.", show_default=str(DEFAULT))
    ] = None,
    as_json: Json = False,
    fail_under: FailUnder = None,
) -> None:
    """Hold written conversations with the assistant over the demo shop, and check what they expect.

    Besides what is written, every reply is checked twice. `grounded`: the assistant's own check of its text, and cards,
    evidence and citations against the catalogue, the stock and the pages. `true_figures`: the prices and stock counts
    in its text against catalogue and stock, by a simple check that shares no code with the assistant's.

    Examples:

        vici evaluate conversations

        vici evaluate conversations tests/conversations/products.yaml --json --fail-under passed=1
    """
    from vici.apps.cli.evaluate.holding import hold
    from vici.apps.cli.evaluate.scripts import read_scripts

    scripts = read_scripts(files or [DEFAULT])

    async def run() -> dict[str, float | int | str]:
        async with demo_shop() as shop:
            outcomes = [await hold(script, shop) for script in scripts]
        for outcome in outcomes:
            for fault in outcome.faults:
                Console(stderr=True).print(f"{outcome.name}: {fault}", highlight=False, markup=False, soft_wrap=True)
        times = sorted(time for outcome in outcomes for time in outcome.milliseconds)
        turns = len(times)
        return {
            "passed": sum(not outcome.faults for outcome in outcomes) / len(outcomes),
            "intents": sum(outcome.intents_right for outcome in outcomes)
            / max(1, sum(outcome.intents for outcome in outcomes)),
            "grounded": sum(outcome.grounded for outcome in outcomes) / turns,
            "true_figures": sum(outcome.true_figures for outcome in outcomes) / turns,
            "conversations": len(outcomes),
            "turns": turns,
            "reply_ms_p50": statistics.median(times),
            "reply_ms_p99": times[int(turns * 0.99)],
        }

    show(asyncio.run(run()), as_json=as_json, fail_under=fail_under)


@asynccontextmanager
async def demo_shop() -> "AsyncGenerator[Shop]":
    """The demo shop, built afresh in a folder that goes with it."""
    from vici.demo.build import build_demo
    from vici.wiring import open_shop

    with tempfile.TemporaryDirectory(prefix="vici-evaluate-") as folder:
        async with open_shop(read_settings(data=Path(folder))) as shop:
            await build_demo(shop)
            await shop.settled()
            yield shop
