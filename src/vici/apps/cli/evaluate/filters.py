"""vici evaluate filters"""

from pathlib import Path
from typing import Annotated, Any

import typer

from vici.apps.cli.evaluate.figures import FailUnder, show
from vici.apps.cli.evaluate.metrics import filter_figures
from vici.apps.cli.evaluate.rows import read_rows
from vici.apps.cli.options import Json


def command(
    file: Annotated[Path, typer.Argument(help="Lines of JSON: query, filters and, if known, rest.")],
    goals: Annotated[
        Path | None,
        typer.Option(help="Column goal: shopping requests that name no price; whatever is read from them is wrong."),
    ] = None,
    as_json: Json = False,
    fail_under: FailUnder = None,
) -> None:
    """Measure how price limits are read from words: exact matches, precision, recall, F1, false positives.

    `filters` are price_min and price_max in whole units of `currency` (in small letters, absent when not named); `rest`
    are the words that remain.

    Examples:

        vici evaluate filters filters.jsonl --goals goals.csv.gz

        vici evaluate filters filters.jsonl --json --fail-under exact_match=0.95
    """
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    rests: list[bool] = []
    for row in read_rows(file, ("query", "filters")):
        rest, read = read_words(str(row["query"]))
        pairs.append((row["filters"], read))
        if "rest" in row:
            rests.append(rest == row["rest"])
        if row["filters"] != read or (rests and not rests[-1]):
            typer.echo(f"{row['query']!r}: expected {row['filters']}, read {read}, left {rest!r}", err=True)
    figures: dict[str, float | int | str] = {**filter_figures(pairs), "queries": len(pairs)}
    if rests:
        figures["rest_match"] = sum(rests) / len(rests)
    if goals:
        texts = [str(row["goal"]) for row in read_rows(goals, ("goal",))]
        wrong = [text for text in texts if read_words(text)[1]]
        for text in wrong:
            typer.echo(f"{text!r}: read {read_words(text)[1]}", err=True)
        figures |= {"false_positives": len(wrong) / len(texts), "goals": len(texts)}
    show(figures, as_json=as_json, fail_under=fail_under)


def read_words(query: str) -> tuple[str, dict[str, float | str]]:
    """What is left of the words, and the price filters read from them."""
    from vici.domains.search.rules.prices import read_prices, without

    prices = read_prices(query)
    read: dict[str, float | str] = {}
    for price in prices:
        read |= {"price_min": float(price.low)} if price.low is not None else {}
        read |= {"price_max": float(price.high)} if price.high is not None else {}
        read |= {"currency": price.currency.lower()} if price.currency else {}
    return without(query, [(price.start, price.end) for price in prices]), read
