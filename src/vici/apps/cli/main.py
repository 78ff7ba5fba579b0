"""Puts the commands together, and turns what went wrong into one line and an exit code."""

import os
import sys
import traceback
from importlib.metadata import version
from typing import Annotated

import typer

from vici.apps.cli import (
    chat,
    config,
    dead_letters,
    demo,
    doctor,
    export,
    images,
    import_,
    migrate,
    pages,
    search,
    serve,
)
from vici.apps.cli.evaluate import conversations, docs, filters, intents
from vici.apps.cli.evaluate import search as evaluate_search
from vici.kit.errors import Refusal

app = typer.Typer(
    name="vici",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
evaluate = typer.Typer(
    help="Measure the shop on data: search, filters, intents, docs, conversations.", no_args_is_help=True
)
evaluate.command("search")(evaluate_search.command)
evaluate.command("filters")(filters.command)
evaluate.command("intents")(intents.command)
evaluate.command("docs")(docs.command)
evaluate.command("conversations")(conversations.command)


def _version(asked: bool) -> None:
    if asked:
        print(f"vici {version('vici')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and nothing else.")
    ] = False,
) -> None:
    """A shop and its assistant. `vici serve` is all it takes; `vici COMMAND --help` shows examples."""


shop_pages = typer.Typer(help="The shop's own pages: delivery, returns, warranty.", no_args_is_help=True)
shop_pages.command("import")(pages.import_command)
shop_pages.command("export")(pages.export_command)
pictures = typer.Typer(help="The shop's pictures.", no_args_is_help=True)
pictures.callback()(lambda: None)  # else its only command would have no name
pictures.command("import")(images.command)
app.command("serve")(serve.command)
app.command("demo")(demo.command)
app.command("import")(import_.command)
app.command("export")(export.command)
app.add_typer(shop_pages, name="pages")
app.add_typer(pictures, name="images")
app.command("search")(search.command)
app.command("chat")(chat.command)
app.add_typer(evaluate, name="evaluate")
app.command("config")(config.command)
app.command("doctor")(doctor.command)
app.command("migrate")(migrate.command)
app.command("dead-letters")(dead_letters.command)


def main() -> None:
    """Run the command that was named. Exits 0 when it did what was asked, 1 when it could not, 2 when misspelt."""
    try:
        app()
    except Refusal as refusal:
        _end(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `vici search … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as fault:  # the last boundary: people get one line, whoever looks into it gets everything
        if os.environ.get("VICI_LOG_LEVEL") == "DEBUG":
            traceback.print_exc()
        _end(f"something went wrong: {fault!r}. VICI_LOG_LEVEL=DEBUG shows where.")


def _end(line: str) -> None:
    print(f"vici: {line}", file=sys.stderr)
    sys.exit(1)
