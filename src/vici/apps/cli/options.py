"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Option("--data", help="The shop's data folder.", envvar="VICI_DATA", show_default="data")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
