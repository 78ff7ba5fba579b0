"""vici images import"""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vici.apps.cli.options import Data, Json
from vici.flows.image_files import ImagesReport, import_images, names_in
from vici.settings import read_settings


def command(
    folder: Annotated[Path, typer.Argument(help="The folder with .png, .jpg, .webp, .gif and .svg files.")],
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Put the pictures of a folder, and of the folders in it, into the shop.

    The file tea/1.jpg is shown at /images/tea/1.jpg: that is what `image_url` of the product says. A picture that is
    there under the same name is replaced. What is no picture, or too large, is told, and the command exits 1.

    Examples:

        vici images import photos --data my-shop

        vici images import photos --dry-run --json
    """
    settings = read_settings(data=data)
    names = names_in(folder)

    async def run() -> ImagesReport:
        from vici.apps.cli.opened import opened

        async with opened(settings, dry_run=dry_run) as shop:
            return await import_images(shop.blobs, folder, names, dry_run=dry_run)

    report = asyncio.run(run())
    if as_json:
        facts = asdict(report) | {"rejected": [each._asdict() for each in report.rejected]}
        print(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        for file, reason in report.rejected:
            console.print(f"{file}: {reason}.", markup=False, soft_wrap=True)
        for file, address in report.addresses.items():
            if address != f"/images/{file}":
                console.print(f"{file} is called {address}", markup=False, soft_wrap=True)
        put = "would be put" if dry_run else "put"
        told = f"{len(report.addresses)} pictures {put} at /images/, {len(report.rejected)} rejected."
        console.print(told, markup=False, soft_wrap=True)
    if report.rejected:
        raise typer.Exit(1)
