"""Draws a product's picture: the kind of thing it is, in its colour."""

import shlex
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints
from zlib import crc32

from vici.demo.drawings.canvas import Canvas
from vici.demo.drawings.kinds import KINDS


class Picture(NamedTuple):
    kind: str
    color: str | None
    """Its name in the palette; none where the product's variants have colours of their own."""
    details: tuple[tuple[str, int | str], ...]


def picture_of(words: str) -> Picture:
    """From `phone lenses=3 color=black`. Raises `ValueError`, for people, when that is no picture."""
    kind, *pairs = shlex.split(words)
    if kind not in KINDS:
        raise ValueError(f"there is no drawing {kind!r}")
    color: str | None = None
    details: list[tuple[str, int | str]] = []
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name == "color":
            color = value
        else:
            details.append((name, _detail(kind, name, value)))
    return Picture(kind, color, tuple(details))


def _detail(kind: str, name: str, value: str) -> int | str:
    known = _details(kind)
    if name not in known:
        raise ValueError(f"the drawing {kind!r} has no {name!r}; it has {', '.join(known) or 'nothing to vary'}")
    if known[name] is int:
        return int(value)
    if get_origin(known[name]) is Literal and value not in get_args(known[name]):
        raise ValueError(f"{name} is one of {', '.join(map(repr, get_args(known[name])))}, not {value!r}")
    return value


@cache
def _details(kind: str) -> dict[str, Any]:
    """What the drawing may vary, and of which type it is."""
    hints = get_type_hints(KINDS[kind])
    return {name: hint for name, hint in hints.items() if name not in {"c", "return"}}


def drawn(picture: Picture, tone: str, seed: str) -> bytes:
    """The SVG in this colour (`#rrggbb`). The seed, one for all colours of a product, chooses what it stands before."""
    canvas = Canvas(tone, crc32(seed.encode()))
    KINDS[picture.kind](canvas, **dict(picture.details))
    return canvas.svg().encode()
