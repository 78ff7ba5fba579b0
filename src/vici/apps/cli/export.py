"""vici export"""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from vici.apps.cli.options import Data, Json
from vici.flows.export_catalog import ExportReport, export_catalog
from vici.settings import read_settings


def command(
    file: Annotated[Path, typer.Argument(help="The file to write; .csv, .jsonl or .parquet says what it will be.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the whole catalogue, drafts and stock included, to a file that `vici import` takes back.

    Examples:

        vici export products.csv

        vici export backup.parquet --data my-shop --json
    """
    settings = read_settings(data=data)

    async def run() -> ExportReport:
        from vici.wiring import open_existing_shop

        columns = (SpinnerColumn(), TextColumn("{task.description}"))
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("reading")

            def on_progress(done: ExportReport) -> None:
                bar.update(task, description=f"{done.products:,} products")

            async with open_existing_shop(settings) as shop:
                return await export_catalog(shop.catalog, shop.inventory, file, on_progress)

    report = asyncio.run(run())
    if as_json:
        print(json.dumps(asdict(report) | {"file": str(file)}))
    else:
        told = f"{report.products:,} products in {report.rows:,} rows: {file}"
        Console(highlight=False).print(told, markup=False, soft_wrap=True)
