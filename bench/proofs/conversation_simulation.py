"""The conversations live through hundreds of seeded bad days, the real code under a virtual clock: workers are killed
and stopped at any await, the database goes away, the assistant is slow or fails, channels refuse, repeat and lie. Every
promise is checked after every transaction; with one of its guards taken away the same days break it.

A seed that fails is printed; `--seed N` lives through that day again.
"""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from bench.report import Report
from tests.simulation.conversations import Outcome, simulate
from tests.simulation.guards import GUARDS, SOMETIMES, taken_away


def run(options: list[str]) -> Report:
    parser = argparse.ArgumentParser(prog="make proof NAME=conversation-simulation ARGS=…", description=__doc__)
    parser.add_argument("--seeds", type=int, default=500, help="how many days (default 500)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--seed", type=int, default=None, help="this day only, and what happened on it")
    given = parser.parse_args(options)
    if given.seed is not None:
        return _one(given.seed)
    began = time.perf_counter()
    seen: Counter[str] = Counter()
    messages = turns = 0
    failing: list[int] = []
    seeds = range(given.first, given.first + given.seeds)
    with ProcessPoolExecutor() as pool:
        for seed, outcome in zip(seeds, pool.map(simulate, seeds, chunksize=4), strict=True):
            seen += outcome.seen
            messages, turns = messages + outcome.messages, turns + outcome.turns
            if outcome.violations:
                failing.append(seed)
                print(f"seed {seed}: {outcome.violations[0]}", file=sys.stderr)
    missing = [kind for kind in SOMETIMES if not seen[kind]]
    unnoticed = [name for name in GUARDS if not _breaks_without(name)]
    figures: dict[str, float | int | str | dict[str, float]] = {
        "seeds": given.seeds,
        "messages": messages,
        "turns": turns,
        "violations": len(failing),
        "failing_seeds": " ".join(map(str, failing)),
        "never_happened": ", ".join(missing),
        "guards_whose_loss_went_unnoticed": ", ".join(unnoticed),
        "seconds": round(time.perf_counter() - began, 1),
        "happened": dict(sorted(seen.items())),
    }
    return Report(passed=not failing and not missing and not unnoticed, figures=figures)


def _one(seed: int) -> Report:
    outcome = simulate(seed)
    for violation in outcome.violations:
        print(violation, file=sys.stderr)
    happened: dict[str, float] = dict(sorted(outcome.seen.items()))
    figures = {"seed": seed, "messages": outcome.messages, "turns": outcome.turns, "happened": happened}
    return Report(passed=not outcome.violations, figures=dict(figures))


def _breaks_without(guard: str) -> bool:
    def day(seed: int) -> Outcome:
        with taken_away(guard) as prepare:
            return simulate(seed, prepare)

    return any(day(seed).violations for seed in range(12))
