"""Writes the reference pages from the code; `test_reference.py` checks that they are what this writes."""

import asyncio
import importlib
import json
import pkgutil
import tempfile
from pathlib import Path
from typing import Any

import click
import typer.main
from pydantic import SecretStr

import vici.domains
from vici.apps.cli.config import without_password
from vici.infra.events.port import Event
from vici.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"


def pages() -> dict[str, str]:
    """Each page by its file name."""
    return {"settings.md": settings(), "commands.md": commands(), "events.md": events(), "openapi.json": openapi()}


def openapi() -> str:
    """The description of the HTTP API that a running shop gives at `/openapi.json`."""
    from vici.apps.http.shop import shop_app
    from vici.wiring import Work, open_shop

    async def describe() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            async with open_shop(Settings(data=Path(folder)), work=Work.NOTHING) as shop:
                return shop_app(shop, SecretStr("any")).openapi()

    return json.dumps(asyncio.run(describe()), indent=1, ensure_ascii=False) + "\n"


def settings() -> str:
    lines = [
        "# Settings",
        "",
        "Environment variables. In a URL, `{data}` is the data folder and `{service}` a domain's name. `vici config`",
        "shows what is in effect; a variable that starts with `VICI_` and is none of these is refused.",
        "",
        "| Variable | Default | What it decides |",
        "| --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = field.default
        written = ",".join(default) if isinstance(default, tuple) else "" if default is None else str(default)
        shown = f"`{without_password(written)}`" if written else "—"
        lines.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    from vici.apps.cli.main import app

    told = (
        '`vici` is `.venv/bin/vici`, or just that after `export PATH="$PWD/.venv/bin:$PATH"` in the project\'s folder.'
    )
    lines = ["# Commands", "", told, ""]
    root = typer.main.get_command(app)
    for name, command in _commands("vici", root):
        context = click.Context(command, info_name=name)
        lines += [f"## `{name}`", ""]
        told, _, examples = (command.help or "").partition("Examples:\n\n")
        for paragraph in told.strip().split("\n\n"):
            lines += [" ".join(paragraph.split()), ""]
        if examples:
            lines += ["Examples:", ""]
            lines += [line for each in examples.strip().split("\n\n") for line in (f"    {each.strip()}", "")]
        options = [parameter.get_help_record(context) for parameter in command.params if parameter.name != "help"]
        rows = [(click.unstyle(record[0]), " ".join(click.unstyle(record[1]).split())) for record in options if record]
        if rows:
            lines += [
                "| Option | |",
                "| --- | --- |",
                *(f"| `{left}` | {right.replace('|', '∣')} |" for left, right in rows),
                "",
            ]
    return "\n".join(lines)


def _commands(name: str, command: click.Command) -> list[tuple[str, click.Command]]:
    if isinstance(command, click.Group) or hasattr(command, "commands"):
        inner: dict[str, click.Command] = command.commands  # type: ignore[attr-defined]
        return [found for word, each in inner.items() for found in _commands(f"{name} {word}", each)]
    return [(name, command)]


def all_events() -> list[type[Event]]:
    """Every event of every domain."""
    for domain in pkgutil.iter_modules(vici.domains.__path__):
        if (Path(vici.domains.__path__[0]) / domain.name / "events.py").exists():
            importlib.import_module(f"vici.domains.{domain.name}.events")
    return sorted(
        (each for each in Event.__subclasses__() if each.__module__.startswith("vici.")), key=lambda each: each.topic
    )


def events() -> str:
    lines = [
        "# Events",
        "",
        "What the domains announce. A topic never changes its meaning; a change that readers would notice gets a new",
        "version. Every event has an `event_id` and `occurred_at`.",
        "",
    ]
    for event in all_events():
        lines += [
            f"## `{event.topic}`",
            "",
            " ".join((event.__doc__ or "").split()),
            "",
            "| Field | Type |",
            "| --- | --- |",
        ]
        for name, field in schema(event).items():
            lines.append(f"| `{name}` | {field} |")
        lines.append("")
    return "\n".join(lines)


def schema(event: type[Event]) -> dict[str, str]:
    """The event's own fields with their JSON types."""
    properties: dict[str, Any] = event.model_json_schema()["properties"]
    return {name: _type(each) for name, each in properties.items() if name not in ("event_id", "occurred_at")}


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(each) for each in field["anyOf"])
    if "enum" in field:
        return " or ".join(json.dumps(each) for each in field["enum"])
    if "const" in field:
        return json.dumps(field["const"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("type", "object"))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, text in pages().items():
        (FOLDER / file_name).write_text(text)
