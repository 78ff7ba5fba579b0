"""The written conversations of this folder, held over the demo shop."""

from pathlib import Path

import pytest

from vici.apps.cli.evaluate.conversations import demo_shop
from vici.apps.cli.evaluate.holding import hold
from vici.apps.cli.evaluate.scripts import read_scripts


@pytest.mark.timeout(180)
async def test_every_conversation_goes_as_it_is_written() -> None:
    scripts = read_scripts([Path(__file__).parent])
    assert len(scripts) >= 150
    assert len({script.name for script in scripts}) == len(scripts)
    async with demo_shop() as shop:
        outcomes = [await hold(script, shop) for script in scripts]
    assert [f"{each.name}: {fault}" for each in outcomes for fault in each.faults] == []
    assert all(each.intents_right == each.intents for each in outcomes)
