"""Conversations as they are written down: what a shopper says, and what the reply has to be like."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationError

from vici.apps.cli.evaluate.rows import UnreadableFile
from vici.domains.catalog.api import ProductDraft
from vici.domains.knowledge.api import PutDocument
from vici.kit.dto import Dto


class Cards(Dto):
    """What the cards of a reply have to be, by facts of the catalogue."""

    least: int = 1
    most: int | None = None
    first: str | None = None
    """Id of the best one."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    category: str | None = None
    """Of all of them: this category or one below it."""
    brand: str | None = None
    named: str | None = None
    """Pattern that every name matches, letter case aside."""
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    reduced: bool = False
    """All below their original price."""
    option: str | None = None
    """A variant of each has this option value."""


class Expected(Dto):
    say: str | tuple[str, ...] | None = None
    """One message, or several sent in a burst."""
    press: str | None = None
    """The payload of a button of the last reply; the reply must have offered it unless `unoffered`."""
    unoffered: bool = False
    intent: str | tuple[str, ...] | None = None
    language: str | None = None
    actions: tuple[str, ...] = ()
    no_actions: tuple[str, ...] = ()
    cards: Cards | None = None
    no_cards: bool = False
    product: str | None = None
    """Id of the product it is about: the evidence holds it."""
    products: tuple[str, ...] = ()
    price_of: tuple[str, ...] = ()
    """The text gives the price of these as the catalogue has it."""
    variant: dict[str, str] = {}
    """Option values; the text tells whether this variant of `product` is there, and how many."""
    in_stock: bool | None = None
    """What the text says of `product` (or of its `variant`); checked against the stock."""
    cites: str | None = None
    """Slug of the page."""
    passage: str | None = None
    """Pattern that the cited passage matches."""
    mentions: tuple[str, ...] = ()
    """Patterns of facts that the text has to give, letter case aside."""
    never: tuple[str, ...] = ()
    """Patterns that may stand nowhere in the reply."""
    buttons: tuple[str, ...] = ()
    """Patterns, each matched by the payload of a button."""


class Plant(Dto):
    """What the shop holds for this conversation only; ten of each variant are there."""

    products: tuple[ProductDraft, ...] = ()
    documents: tuple[PutDocument, ...] = ()


class Script(Dto):
    name: str
    tags: tuple[str, ...] = ()
    plant: Plant = Plant()
    turns: Annotated[tuple[Expected, ...], Field(min_length=1)]


def read_scripts(places: Sequence[Path]) -> list[Script]:
    """All scripts of these files and folders, by file name. Refuses a file that is not what it should be, with the
    place."""
    files = [file for place in places for file in (sorted(place.glob("*.yaml")) if place.is_dir() else [place])]
    if not files:
        raise UnreadableFile(path=", ".join(map(str, places)), reason="there are no conversations (*.yaml)")
    return [script for file in files for script in _read(file)]


def _read(file: Path) -> list[Script]:
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(path=file, reason=error.strerror or "it cannot be read") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableFile(path=file, reason=f"it is not YAML ({error})") from None
    if not isinstance(content, list):
        raise UnreadableFile(path=file, reason="it holds no list of conversations")
    scripts: list[Script] = []
    for entry in content:  # pyright: ignore[reportUnknownVariableType] — checked by the model
        try:
            scripts.append(Script.model_validate(entry))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join(map(str, fault["loc"]))
            name = entry.get("name", "?") if isinstance(entry, dict) else "?"  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            raise UnreadableFile(path=file, reason=f"{name}: {where}: {fault['msg']}") from None
    return scripts
