"""Puts the commands together, and turns what went wrong into one line and an exit code."""

import os
import sys
import traceback

import typer

from vici.apps.cli import chat, config, dead_letters, demo, doctor, export, import_, migrate, search, serve
from vici.apps.cli.evaluate import conversations, docs, filters, intents
from vici.apps.cli.evaluate import search as evaluate_search
from vici.kit.errors import Refusal

app = typer.Typer(
    name="vici",
    help="A shop and its assistant. `vici serve` is all it takes; `vici COMMAND --help` shows examples.",
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
app.command("serve")(serve.command)
app.command("demo")(demo.command)
app.command("import")(import_.command)
app.command("export")(export.command)
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
