"""vici evaluate intents"""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from vici.apps.cli.evaluate.figures import FailUnder, show
from vici.apps.cli.evaluate.rows import UnreadableFile, read_rows
from vici.apps.cli.options import Json

# The label of texts that belong to no intent: never learnt, only tested.
OUT_OF_SCOPE = "oos"

Labelled = Sequence[tuple[str, str]]


def command(
    file: Annotated[Path, typer.Argument(help="Columns text, intent. The intent `oos` marks texts that fit none.")],
    shots: Annotated[int, typer.Option(min=1, help="Examples of each intent to learn from.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the first choice of examples; the next ones follow it.")] = 1,
    seeds: Annotated[int, typer.Option(min=1, help="How many choices of examples to average over.")] = 3,
    as_json: Json = False,
    fail_under: FailUnder = None,
) -> None:
    """Measure how intents are learnt from a few examples: macro-F1 on all the texts that were not learnt.

    With texts that fit no intent, also how well those are told apart (AUROC).

    Examples:

        vici evaluate intents intents.csv.gz

        vici evaluate intents intents.csv --shots 10 --json --fail-under macro_f1=0.9
    """
    rows = [(str(row["text"]), str(row["intent"])) for row in read_rows(file, ("text", "intent"))]
    runs = [_run(rows, shots, each) for each in range(seed, seed + seeds)]
    if not runs[0]:
        raise UnreadableFile(
            path=file, reason=f"no intent has more than {shots} texts, so nothing is left to test with"
        )
    figures: dict[str, float | int | str] = {name: sum(run[name] for run in runs) / seeds for name in runs[0]}
    figures["macro_f1_lowest"] = min(run["macro_f1"] for run in runs)
    figures["macro_f1_highest"] = max(run["macro_f1"] for run in runs)
    figures["intents"] = len({intent for _, intent in rows} - {OUT_OF_SCOPE})
    figures["shots"] = shots
    figures["seeds"] = seeds
    show(figures, as_json=as_json, fail_under=fail_under)


def split(rows: Labelled, shots: int, seed: int) -> tuple[Labelled, Labelled]:
    """So many examples of each intent to learn from, chosen by the seed; the rest to test with."""
    texts: dict[str, list[str]] = defaultdict(list)
    for text, intent in rows:
        texts[intent].append(text)
    chance = random.Random(seed)
    learnt: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    for intent in sorted(texts):
        shuffled = chance.sample(texts[intent], len(texts[intent]))
        cut = 0 if intent == OUT_OF_SCOPE else shots
        learnt += [(text, intent) for text in shuffled[:cut]]
        rest += [(text, intent) for text in shuffled[cut:]]
    return learnt, rest


def _run(rows: Labelled, shots: int, seed: int) -> dict[str, float]:
    from vici.domains.assistant.understanding.classifier import learn

    metrics: Any = import_module("sklearn.metrics")  # untyped
    learnt, rest = split(rows, shots, seed)
    if not any(intent != OUT_OF_SCOPE for _, intent in rest):
        return {}
    start = time.perf_counter()
    classifier = learn(learnt)
    trained = time.perf_counter()
    guesses = [classifier.guess(text) for text, _ in rest]
    done = time.perf_counter()
    within = [
        (intent, guess.intent) for (_, intent), guess in zip(rest, guesses, strict=True) if intent != OUT_OF_SCOPE
    ]
    gold, said = zip(*within, strict=True)
    figures = {
        "macro_f1": float(metrics.f1_score(gold, said, average="macro", labels=sorted(set(gold)))),
        "accuracy": sum(intent == guess for intent, guess in within) / len(within),
    }
    if len(within) < len(rest):
        figures["oos_auroc"] = float(
            metrics.roc_auc_score(
                [intent != OUT_OF_SCOPE for _, intent in rest], [guess.familiarity for guess in guesses]
            )
        )
    return figures | {
        "tested": float(len(rest)),
        "learn_seconds": trained - start,
        "guess_ms": 1000 * (done - trained) / len(rest),
    }
