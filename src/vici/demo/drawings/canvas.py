"""What every drawing is made of: a square, one colour in several tones, and a few plain shapes."""

import colorsys
import re
from collections.abc import Generator
from contextlib import contextmanager
from html import escape

SIDE = 800
"""Of the square, in units of the picture; the ground stands at `GROUND`."""
GROUND = 650

INK = "#1c2030"
METAL = "#c3c9d2"
STEEL = "#8d96a4"
GLASS = "#cfe6ee"
SCREEN = "#232a3d"
WHITE = "#ffffff"
PAPER = "#fbf8f1"
WOOD = "#c99e6d"
GOLD = "#d9a94e"
LEAF = "#5f9b6b"

# A pale ground, the deeper disc on it, and an accent to set against both: what a screen shows. Neighbours in a list
# take different ones, so that a page of black phones is not grey.
BACKDROPS = (
    ("#f3ece2", "#e8dccb", "#4f7fb5"),
    ("#e6eef5", "#d3e1ee", "#d98a5f"),
    ("#e7f0ea", "#d3e4d9", "#8a6fb8"),
    ("#f6e8e6", "#efd7d3", "#3f9090"),
    ("#edeaf5", "#dcd6ec", "#5f9b6b"),
    ("#f7efd9", "#efe2bd", "#c4607a"),
    ("#e3f0f0", "#cbe3e3", "#5a6fc0"),
)

Number = int | float
Attribute = Number | str | None


def mix(one: str, other: str, share: float) -> str:
    """`one` with this share (0 to 1) of `other`."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def lightness(color: str) -> float:
    """How bright the eye takes it to be, 0 to 1."""
    red, green, blue = _channels(color)
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _hue_distance(one: str, other: str) -> float:
    """0 for the same hue to 0.5 for the opposite one; greys are far from everything."""
    (hue, _, strength), (other_hue, _, _) = (
        colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(color))) for color in (one, other)
    )
    if strength < 0.15:
        return 0.5
    apart = abs(hue - other_hue)
    return min(apart, 1 - apart)


def mirrored(half: str) -> str:
    """A closed outline from its left half, which starts and ends on the middle line x=400. Takes M, L, C and Q with
    absolute coordinates."""
    steps: list[tuple[str, list[tuple[float, float]]]] = []
    for command, numbers in re.findall(r"([MLCQ])([^MLCQ]*)", half):
        values = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        steps.append((command, list(zip(values[::2], values[1::2], strict=True))))
    back: list[str] = []
    for index in range(len(steps) - 1, 0, -1):
        command, points = steps[index]
        route = [*points[-2::-1], steps[index - 1][1][-1]]
        back.append(command + " ".join(f"{SIDE - x:g} {y:g}" for x, y in route))
    return half + "".join(back) + "Z"


class Canvas:
    """One picture being drawn. `base` is its colour; `light`, `pale`, `shade` and `deep` are tones of that."""

    def __init__(self, color: str, backdrop: int) -> None:
        self.base = color
        self.light = mix(color, WHITE, 0.28)
        self.pale = mix(color, WHITE, 0.62)
        # Nearly white things need darker shade to have a form; nearly black ones need their lights.
        dark = lightness(color) < 0.3
        self.shade = mix(color, INK, 0.16 if lightness(color) < 0.8 else 0.1)
        self.deep = mix(color, INK, 0.36 if lightness(color) < 0.8 else 0.24)
        self.edge = mix(color, WHITE, 0.22) if dark else self.deep
        """Tells apart two parts of the same colour."""
        self.trim = mix(color, WHITE, 0.5) if lightness(color) < 0.6 else mix(color, INK, 0.55)
        """Small details that must be seen on the colour."""
        self._ground, self._disc, self.accent = self._backdrop(color, backdrop)
        self._shapes: list[str] = []
        self._defs: list[str] = []

    @staticmethod
    def _backdrop(color: str, wanted: int) -> tuple[str, str, str]:
        """The wanted one, or the next that the colour stands out from."""
        for step in range(len(BACKDROPS)):
            backdrop = BACKDROPS[(wanted + step) % len(BACKDROPS)]
            disc = backdrop[1]
            if abs(lightness(color) - lightness(disc)) > 0.25 or _hue_distance(color, disc) > 0.14:
                return backdrop
        return BACKDROPS[wanted % len(BACKDROPS)]

    def rect(self, x: Number, y: Number, w: Number, h: Number, fill: str, r: Number = 0, **more: Attribute) -> None:
        self._add("rect", x=x, y=y, width=w, height=h, rx=r or None, fill=fill, **more)

    def circle(self, cx: Number, cy: Number, r: Number, fill: str, **more: Attribute) -> None:
        self._add("circle", cx=cx, cy=cy, r=r, fill=fill, **more)

    def ellipse(self, cx: Number, cy: Number, rx: Number, ry: Number, fill: str, **more: Attribute) -> None:
        self._add("ellipse", cx=cx, cy=cy, rx=rx, ry=ry, fill=fill, **more)

    def path(self, d: str, fill: str, **more: Attribute) -> None:
        self._add("path", d=d, fill=fill, **more)

    def line(self, d: str, color: str, width: Number, *, cap: str = "round", **more: Attribute) -> None:
        """A stroke along the path."""
        self._add(
            "path",
            d=d,
            fill="none",
            stroke=color,
            stroke_width=width,
            stroke_linecap=cap,
            stroke_linejoin="round",
            **more,
        )

    def text(self, x: Number, y: Number, size: Number, words: str, fill: str, **more: Attribute) -> None:
        attributes = _written(
            x=x,
            y=y,
            font_size=size,
            fill=fill,
            text_anchor="middle",
            font_family="Georgia,'Times New Roman',serif",
            **more,
        )
        self._shapes.append(f"<text{attributes}>{escape(words)}</text>")

    def ground(self, cx: Number, width: Number, y: Number = GROUND) -> None:
        """The soft shadow under what stands there."""
        self.ellipse(cx, y, width / 2, 20, INK, opacity=0.07)
        self.ellipse(cx, y - 2, width * 0.42, 11, INK, opacity=0.12)

    def fade(self, top: str, bottom: str, *, across: bool = False) -> str:
        """A fill that runs from one colour to the other, downwards or to the right."""
        name = f"f{len(self._defs)}"
        way = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self._defs.append(
            f'<linearGradient id="{name}" x1="0" y1="0" {way}>'
            f'<stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient>'
        )
        return f"url(#{name})"

    def body(self) -> str:
        """The fill of a large part: the colour, lit from above."""
        return self.fade(
            self.light if lightness(self.base) < 0.85 else self.base,
            self.shade if lightness(self.base) >= 0.85 else self.base,
        )

    def round_body(self) -> str:
        """The fill of something round that stands: lit from the left."""
        return self.fade(
            mix(self.base, WHITE, 0.2), mix(self.base, INK, 0.2 if lightness(self.base) < 0.8 else 0.13), across=True
        )

    def wallpaper(self) -> str:
        """The fill of a screen that is on."""
        return self.fade(mix(self.accent, WHITE, 0.66), mix(self.accent, "#2a2f5c", 0.3))

    @contextmanager
    def turned(self, degrees: Number, cx: Number = 400, cy: Number = 400) -> Generator[None]:
        """What is drawn inside is turned around this point."""
        self._shapes.append(f'<g transform="rotate({degrees:g} {cx:g} {cy:g})">')
        yield
        self._shapes.append("</g>")

    @contextmanager
    def moved(self, x: Number, y: Number, scale: Number = 1, *, flipped: bool = False) -> Generator[None]:
        """What is drawn inside is moved, and made smaller or larger around the origin; flipped left to right too."""
        size = f"{-scale if flipped else scale:g} {scale:g}"
        self._shapes.append(f'<g transform="translate({x:g} {y:g}) scale({size})">')
        yield
        self._shapes.append("</g>")

    def svg(self) -> str:
        defs = f"<defs>{''.join(self._defs)}</defs>" if self._defs else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{defs}'
            f'<rect width="{SIDE}" height="{SIDE}" fill="{self._ground}"/>'
            f'<circle cx="400" cy="390" r="310" fill="{self._disc}"/>'
            f"{''.join(self._shapes)}</svg>\n"
        )

    def _add(self, element: str, **attributes: Attribute) -> None:
        self._shapes.append(f"<{element}{_written(**attributes)}/>")


def _written(**attributes: Attribute) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{value if isinstance(value, str) else f"{value:g}"}"'
        for name, value in attributes.items()
        if value is not None
    )
