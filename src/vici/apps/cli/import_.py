"""vici import"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from vici.apps.cli.options import Data, Json
from vici.flows.import_catalog import (
    ColumnMapping,
    Fault,
    ImportOptions,
    ImportReport,
    Query,
    Reading,
    Rejected,
    import_catalog,
    open_file,
    read_mapping,
    rejections_to,
)
from vici.flows.import_catalog import Progress as Imported
from vici.infra.telemetry.logs import configure_logs
from vici.settings import read_settings

FAULTS_SHOWN = 20


def command(
    source: Annotated[
        str, typer.Argument(help="A .csv, .tsv, .jsonl or .parquet file, or postgresql://user:password@host/database.")
    ],
    data: Data = None,
    query: Annotated[
        str | None, typer.Option("--query", help="With postgresql://: the SELECT whose rows are products.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="YAML file that says which column is what.")] = None,
    attributes_from_rest: Annotated[
        bool, typer.Option("--attributes-from-rest", help="Columns nobody knows become attributes.")
    ] = False,
    language: Annotated[
        str | None,
        typer.Option("--lang", help="Of the texts in rows that name none, such as vi or en; guessed when absent."),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option("--currency", help="Of the prices in rows that name none; VICI_CURRENCY when absent."),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="The source names all its shops sell: discontinue what it leaves out."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write everything that was rejected to this .csv or .jsonl file.")
    ] = None,
    allow_rejected: Annotated[
        bool, typer.Option("--allow-rejected", help="Exit 0 even when something was rejected.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a catalogue into the shop: products that are new are created, those that exist are brought up to date.

    Importing the same again changes nothing, so after any interruption simply run the same command again. What cannot
    be taken is told with its row, its column and what to do; the rest is imported, and the command exits 1.

    Examples:

        vici import products.csv --data my-shop

        vici import feed.parquet --dry-run --report rejected.csv

        vici import export.csv --mapping columns.yaml --attributes-from-rest

        vici import postgresql://reader@db/shop --query "SELECT * FROM products" --json
    """
    settings = read_settings(data=data, currency=currency)
    if source.startswith(("postgresql://", "postgres://")) != (query is not None):
        raise typer.BadParameter("--query goes with postgresql://…, and postgresql://… with --query")
    if language is not None and not (len(language) == 2 and language.isascii() and language.islower()):
        raise typer.BadParameter("--lang takes two small letters such as vi or en")
    chosen = Path(source) if query is None else Query(source, query)
    names: tuple[str, ...] | None = None
    if isinstance(chosen, Path):
        # Before a folder is made for a shop that a misspelt name would leave empty.
        with open_file(chosen) as file:
            names = file.columns
    columns = ColumnMapping() if mapping is None else read_mapping(mapping, names)
    options = ImportOptions(
        Reading(columns, attributes_from_rest, language, settings.currency),
        dry_run=dry_run,
        complete=complete,
        main_shop_name=settings.shop_name,
        rename_main_shop="shop_name" in settings.model_fields_set,
    )
    sources = [file for file in (chosen, mapping) if isinstance(file, Path)]
    configure_logs(settings.log_level)
    shown: list[tuple[str, Fault]] = []

    async def run() -> tuple[ImportReport, float, float]:
        from vici.apps.cli.opened import opened
        from vici.wiring import Work

        async with AsyncExitStack() as stack:
            write_down = stack.enter_context(rejections_to(report, sources)) if report else None
            bar = stack.enter_context(_bar())
            task = bar.add_task("opening", total=1.0, rate="")
            shop = await stack.enter_async_context(opened(settings, dry_run=dry_run, work=Work.INDEXING))
            started = time.monotonic()

            def on_progress(imported: Imported) -> None:
                rate = f"{imported.rows:,} rows, {imported.rows / (time.monotonic() - started):,.0f}/s"
                rate += f", {imported.rejected:,} rejected" if imported.rejected else ""
                total = None if imported.share is None else 1.0
                bar.update(task, description="importing", rate=rate, total=total, completed=imported.share)

            def on_rejected(rejected: Rejected) -> None:
                shown.extend((rejected.product_id, fault) for fault in rejected.faults[: FAULTS_SHOWN - len(shown)])
                if write_down:
                    write_down(rejected)

            made = await import_catalog(shop.catalog, shop.inventory, chosen, options, on_progress, on_rejected)
            written = time.monotonic()
            if not dry_run:
                bar.update(task, description="indexing")
                await shop.settled()
            return made, written - started, time.monotonic() - started

    made, seconds_written, seconds = asyncio.run(run())
    if as_json:
        facts = asdict(made) | {
            "seconds_until_written": round(seconds_written, 3),
            "seconds_until_searchable": round(seconds, 3),
            "rows_per_second": round(made.rows / max(seconds_written, 1e-9), 1),
            "first_faults": [{"product_id": product_id} | fault._asdict() for product_id, fault in shown],
        }
        json.dump(facts, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        _tell(made, seconds, shown, report)
    if made.rejected and not allow_rejected:
        raise typer.Exit(1)


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _tell(made: ImportReport, seconds: float, shown: list[tuple[str, Fault]], report: Path | None) -> None:
    console = Console(highlight=False)
    if shown:
        table = Table("Row", "Product", "Column", "Value", "What to do", box=None, pad_edge=False)
        for product_id, fault in shown:
            table.add_row(str(fault.row), *map(_plain, (product_id, fault.column, fault.value, fault.reason)))
        console.print(table)
        where = f"all of it is in {report}" if report else "--report FILE.csv lists all of it"
        console.print(f"{made.rejected:,} rejected; {where}.\n", markup=False, soft_wrap=True)
    would = "would be " if made.dry_run else ""
    parts = [f"{made.created:,} {would}created", f"{made.updated:,} {would}updated", f"{made.unchanged:,} unchanged"]
    if made.discontinued:
        parts.append(f"{made.discontinued:,} {would}discontinued")
    if made.levels_changed:
        parts.append(f"stock of {made.levels_changed:,} variants changed")
    console.print(f"{made.rows:,} rows in {seconds:.1f} s: {', '.join(parts)}.", markup=False, soft_wrap=True)
    if made.recognised_columns:
        names = ", ".join(f"{theirs} = {ours}" for theirs, ours in made.recognised_columns.items())
        console.print(f"Recognised columns: {names}.", markup=False, soft_wrap=True)
    if made.ignored_columns:
        names = ", ".join(made.ignored_columns)
        console.print(
            f"Ignored columns: {names} (--attributes-from-rest keeps them as attributes).", markup=False, soft_wrap=True
        )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
