"""vici doctor"""

import asyncio
import json
from dataclasses import asdict

import typer
from rich.console import Console

from vici.apps.cli.config import without_password
from vici.apps.cli.options import Data, Json
from vici.settings import read_settings


def command(data: Data = None, as_json: Json = False) -> None:
    """Open every part the settings name, and say what is wrong and what to do. Exits 1 when something is.

    Examples:

        vici doctor

        VICI_DATABASE=postgresql://shop:secret@db/shop vici doctor --json
    """
    from vici.wiring import examine

    findings = asyncio.run(examine(read_settings(data=data)))
    if as_json:
        print(json.dumps([asdict(each) | {"where": without_password(each.where)} for each in findings], indent=2))
    else:
        console = Console(highlight=False)
        for each in findings:
            mark = "[red]✗[/red]" if each.problem else "[green]✓[/green]"
            console.print(f"{mark} {each.part:<22} [dim]{each.setting}={without_password(each.where)}[/dim]")
            if each.problem:
                console.print(f"  {each.problem}", soft_wrap=True)
    if any(each.problem for each in findings):
        raise typer.Exit(1)
