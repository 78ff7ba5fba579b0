"""vici pages import, vici pages export"""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vici.apps.cli.options import Data, Json
from vici.flows.page_files import PagesReport, export_pages, import_pages, read_pages
from vici.settings import read_settings


def import_command(
    folder: Annotated[Path, typer.Argument(help="The folder with files such as delivery.vi.md and delivery.en.md.")],
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Put the shop's own pages in: delivery, returns, warranty. The assistant quotes them word for word.

    Each Markdown file is a page in one language; its first line is the title. New pages are created, those that are
    there are brought up to date, the same again changes nothing. A file that cannot be taken is told with the reason,
    and the command exits 1.

    Examples:

        vici pages import my-pages --data my-shop

        vici pages import my-pages --dry-run --json
    """
    settings = read_settings(data=data)
    found = list(read_pages(folder))

    async def run() -> PagesReport:
        from vici.apps.cli.opened import opened

        async with opened(settings, dry_run=dry_run) as shop:
            return await import_pages(shop.knowledge, found, dry_run=dry_run)

    report = asyncio.run(run())
    if as_json:
        facts = asdict(report) | {"rejected": [each._asdict() for each in report.rejected]}
        print(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        _tell(report)
    if report.rejected:
        raise typer.Exit(1)


def export_command(
    folder: Annotated[Path, typer.Argument(help="The folder to write the files into; made where there is none.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the shop's pages to Markdown files that `vici pages import` takes back.

    Examples:

        vici pages export my-pages --data my-shop
    """
    settings = read_settings(data=data)

    async def run() -> list[str]:
        from vici.wiring import open_existing_shop

        async with open_existing_shop(settings) as shop:
            return await export_pages(shop.knowledge, folder)

    names = asyncio.run(run())
    if as_json:
        print(json.dumps({"folder": str(folder), "files": names}, ensure_ascii=False))
    else:
        print(f"{len(names)} pages: {folder}")


def _tell(report: PagesReport) -> None:
    console = Console(highlight=False)
    for file, reason in report.rejected:
        console.print(f"{file}: {reason}.", markup=False, soft_wrap=True)
    would = "would be " if report.dry_run else ""
    for told, names in ((f"{would}created", report.created), (f"{would}updated", report.updated)):
        if names:
            console.print(f"{len(names)} {told}: {', '.join(names)}", markup=False, soft_wrap=True)
    console.print(f"{len(report.unchanged)} unchanged, {len(report.rejected)} rejected.")
