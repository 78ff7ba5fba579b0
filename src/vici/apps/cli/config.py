"""vici config"""

import json
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr
from rich.console import Console
from rich.text import Text

from vici.apps.cli.options import Data, Json
from vici.settings import PREFIX, BadSettings, Settings, read_settings

HIDDEN = "••••••"


def command(data: Data = None, as_json: Json = False) -> None:
    """Show the settings in effect, secrets hidden.

    Examples:

        vici config

        VICI_DATABASE=postgresql://shop:secret@db/shop vici config --json
    """
    try:
        settings = read_settings(data=data)
    except BadSettings:
        if not as_json:
            _show({})
        raise
    shown = {name: visible(getattr(settings, name)) for name in Settings.model_fields}
    if as_json:
        json.dump(shown, sys.stdout, indent=2, ensure_ascii=False)
        print()
        return
    _show(shown)


def _show(values: Mapping[str, object]) -> None:
    """A line for each setting, its meaning below, so that neither is cut in a narrow window."""
    console = Console(highlight=False, soft_wrap=True)
    for name, field in Settings.model_fields.items():
        value = f" = {values[name]}" if name in values else ""
        console.print(Text.assemble((PREFIX + name.upper(), "bold"), value))
        console.print(Text(f"    {field.description}", "dim"))


def visible(value: object) -> object:
    """The value as it may be shown: no token, no password of a URL."""
    match value:
        case SecretStr():
            return HIDDEN
        case None | bool() | int():
            return value
        case tuple():
            return ",".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return without_password(str(value))


def without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return url
    if not password:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{password}@", f":{HIDDEN}@")))
