"""The conversations' promises, kept through bad days; and broken at once when one of their guards is taken away."""

from collections import Counter

import pytest

from tests.simulation.conversations import simulate
from tests.simulation.guards import GUARDS, SOMETIMES, taken_away

DAYS = 24


def test_no_promise_is_broken_on_bad_days_however_bad_they_are() -> None:
    seen: Counter[str] = Counter()
    for seed in range(DAYS):
        outcome = simulate(seed)
        assert outcome.violations == [], f"make proof NAME=conversation-simulation ARGS='--seed {seed}'"
        seen += outcome.seen
    assert [kind for kind in SOMETIMES if not seen[kind]] == []


def test_a_seed_gives_the_same_day_again() -> None:
    assert simulate(7) == simulate(7)


@pytest.mark.parametrize("guard", GUARDS)
def test_without_one_of_its_guards_it_breaks_its_promises(guard: str) -> None:
    with taken_away(guard) as prepare:
        assert any(simulate(seed, prepare).violations for seed in range(12))
