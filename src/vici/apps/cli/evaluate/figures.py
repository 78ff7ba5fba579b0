"""Prints what was measured, and fails where it is less than was asked for."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vici.kit.errors import Refusal, Why

FailUnder = Annotated[
    list[str] | None,
    typer.Option("--fail-under", help="Exit with 1 when a figure is lower: `mrr=0.94`. May be repeated."),
]


class BadThreshold(Refusal):
    code = "evaluate.bad_threshold"
    why = Why.INVALID
    message = "--fail-under {given!r}: write it as name=number; the figures are {names}."


def show(figures: Mapping[str, float | int | str], *, as_json: bool, fail_under: Sequence[str] | None) -> None:
    """Print the figures, as a table or as one line of JSON. Ends the command with 1 when one is below its threshold."""
    floors = [_floor(each, figures) for each in fail_under or ()]
    if as_json:
        print(json.dumps(dict(figures), ensure_ascii=False))
    else:
        table = Table(box=None, show_header=False, pad_edge=False)
        for name, value in figures.items():
            table.add_row(name, f"{value:.4f}" if isinstance(value, float) else str(value))
        Console().print(table)
    missed = [(name, floor) for name, floor in floors if not _number(figures[name]) >= floor]
    for name, floor in missed:
        typer.echo(f"vici: {name} is {_number(figures[name]):.4f}, below {floor:g}", err=True)
    if missed:
        raise typer.Exit(1)


def _floor(given: str, figures: Mapping[str, float | int | str]) -> tuple[str, float]:
    name, separator, number = given.partition("=")
    try:
        if separator and name in figures:
            _number(figures[name])
            return name, float(number)
    except ValueError:
        pass
    raise BadThreshold(given=given, names=", ".join(figures))


def _number(value: float | int | str) -> float:
    return float(value)
