"""Books and what one writes with."""

from collections.abc import Callable
from typing import Literal

from vici.demo.drawings.canvas import GOLD, INK, LEAF, METAL, PAPER, STEEL, WHITE, WOOD, Canvas, lightness, mix
from vici.demo.drawings.kinds import drawing

Art = Literal["sun", "waves", "leaf", "city", "moon", "mountains", "cup", "blocks", "path", "star"]


def _lines(title: str, width: int) -> list[str]:
    """The title broken between words into lines of about this many letters."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@drawing
def book(c: Canvas, *, title: str = "", author: str = "", art: Art = "sun") -> None:
    """A cover with its title, in colours chosen to be read."""
    c.ground(410, 420, 700)
    c.rect(236, 104, 356, 590, "#e8e0d0", r=6)
    c.line("M590 116V684M584 116V688", "#cfc4ae", 3)
    c.path("M214 110Q214 96 228 96H578V680H228Q214 680 214 666Z", c.body())
    c.rect(214, 96, 26, 584, c.shade, r=8)
    ink = PAPER if lightness(c.base) < 0.62 else mix(c.base, INK, 0.75)
    c.rect(258, 124, 302, 528, "none", stroke=ink, stroke_width=3, opacity=0.45)
    _ART[art](c, ink)
    lines = _lines(title, 13)
    size = 46 if max(map(len, lines)) <= 11 else 39
    for index, line in enumerate(lines):
        c.text(408, 194 + (size + 10) * index, size, line, ink, font_weight="bold")
    c.text(408, 628, 24, author, ink)


def _sun(c: Canvas, ink: str) -> None:
    c.circle(408, 470, 84, "#eeb25e")
    c.line("M290 530H526M310 556H506M340 582H476", ink, 5, opacity=0.7)


def _waves(c: Canvas, ink: str) -> None:
    for row in range(4):
        c.line(f"M286 {430 + 40 * row}q31 -36 61 0t61 0t61 0t61 0", ink, 8, opacity=0.85 - 0.15 * row)


def _leaf(c: Canvas, ink: str) -> None:
    c.path("M408 590Q300 520 350 400Q400 390 408 470Q420 380 480 390Q520 500 408 590Z", LEAF)
    c.line("M408 590V450M408 540L370 500M408 520L444 480", ink, 5)


def _city(c: Canvas, ink: str) -> None:
    for x, top, width in ((286, 480, 46), (336, 430, 40), (380, 500, 56), (440, 410, 44), (488, 470, 44)):
        c.rect(x, top, width, 590 - top, ink, opacity=0.85)
        c.line(f"M{x + 14} {top + 20}V580M{x + 28} {top + 20}V580", "#eeb25e", 6, stroke_dasharray="8 12", cap="butt")


def _moon(c: Canvas, ink: str) -> None:
    c.path("M440 380A100 100 0 1 0 500 540A84 84 0 0 1 440 380Z", "#f2d48a")
    for x, y in ((500, 420), (320, 420), (470, 470), (300, 560)):
        c.circle(x, y, 5, ink)


def _mountains(c: Canvas, ink: str) -> None:
    c.path("M272 590L370 420L430 510L470 450L546 590Z", ink, opacity=0.85)
    c.path("M370 420L344 466L370 480L396 460Z", c.base)
    c.circle(490, 410, 26, "#eeb25e")


def _cup(c: Canvas, ink: str) -> None:
    c.path("M320 470H480L466 560Q460 584 430 584H370Q340 584 334 560Z", ink)
    c.line("M480 490Q530 490 516 526T470 548", ink, 11)
    c.line("M370 440q-16 -20 0 -38M408 440q-16 -20 0 -38M446 440q-16 -20 0 -38", ink, 6, opacity=0.8)


def _blocks(c: Canvas, ink: str) -> None:
    for x, y, color in (
        (300, 420, "#eeb25e"),
        (380, 420, ink),
        (460, 420, "#e0705a"),
        (300, 500, ink),
        (380, 500, "#7fb8b0"),
        (460, 500, "#eeb25e"),
    ):
        c.rect(x, y, 68, 68, color, r=8, opacity=0.9)


def _path(c: Canvas, ink: str) -> None:
    c.path("M380 590Q300 530 400 490T410 400L420 400Q500 470 440 500T470 590Z", ink, opacity=0.85)
    c.circle(340, 430, 30, LEAF)
    c.circle(490, 540, 34, LEAF)
    c.circle(470, 410, 18, "#eeb25e")


def _star(c: Canvas, ink: str) -> None:
    c.path("M408 390L434 460L508 464L450 510L470 582L408 540L346 582L366 510L308 464L382 460Z", "#eeb25e")
    c.circle(320, 420, 6, ink)
    c.circle(500, 410, 6, ink)
    c.circle(510, 560, 6, ink)


_ART: dict[Art, Callable[[Canvas, str], None]] = {
    "sun": _sun,
    "waves": _waves,
    "leaf": _leaf,
    "city": _city,
    "moon": _moon,
    "mountains": _mountains,
    "cup": _cup,
    "blocks": _blocks,
    "path": _path,
    "star": _star,
}


@drawing
def notebook(c: Canvas, *, style: Literal["band", "rings"] = "band") -> None:
    c.ground(410, 400, 700)
    with c.turned(-4):
        c.rect(250, 116, 340, 570, "#efe7d6", r=16)
        c.rect(226, 106, 350, 574, c.body(), r=18)
        c.rect(226, 106, 44, 574, c.shade, r=18)
        if style == "band":
            c.rect(506, 106, 18, 574, c.deep)
            c.line("M330 680V726", "#d9654f", 12, cap="butt")
        else:
            for index in range(9):
                c.rect(196, 136 + 62 * index, 60, 16, METAL, r=8)
        c.rect(320, 230, 150, 90, PAPER, r=8, opacity=0.9)
        c.line("M344 262H446M344 290H416", STEEL, 7)


@drawing
def pen(c: Canvas, *, style: Literal["ball", "fountain"] = "ball") -> None:
    c.ground(400, 520, 650)
    with c.turned(42):
        c.rect(366, 90, 68, 420, c.round_body(), r=30)
        c.rect(366, 330, 68, 18, GOLD)
        c.rect(426, 110, 16, 170, GOLD, r=8)
        if style == "fountain":
            c.path("M372 510H428L410 590H390Z", INK)
            c.path("M388 586H412L420 640L400 720L380 640Z", GOLD)
            c.line("M400 640V716", INK, 3)
            c.circle(400, 640, 6, INK)
        else:
            c.path("M372 508H428L408 670H392Z", METAL)
            c.path("M392 668H408L400 700Z", INK)
            c.rect(384, 66, 32, 34, GOLD, r=10)


@drawing
def pencils(c: Canvas) -> None:
    """Coloured ones in their tin."""
    c.ground(400, 480, 700)
    colors = ("#d9654f", "#eeb25e", "#f2d46a", "#5f9b6b", "#5aa6b5", "#3f6fae", "#8a6bb0", "#d98aa5")
    for index, color in enumerate(colors):
        x, top = 196 + 51 * index, 150 + (index * 37) % 60
        c.rect(x, top + 70, 46, 300, color)
        c.path(f"M{x} {top + 72}L{x + 23} {top}L{x + 46} {top + 72}Q{x + 23} {top + 90} {x} {top + 72}Z", "#ecd1a6")
        c.path(f"M{x + 15} {top + 24}L{x + 23} {top}L{x + 31} {top + 24}Z", color)
    c.rect(170, 430, 460, 256, c.body(), r=20)
    c.path("M170 560Q280 500 400 560T630 540V666Q630 686 610 686H190Q170 686 170 666Z", c.shade)
    c.circle(280, 500, 26, "#f2d46a")


@drawing
def planner(c: Canvas) -> None:
    """A calendar for the desk."""
    c.ground(400, 560, 660)
    c.path("M200 170H600L680 640H120Z", c.deep)
    c.path("M180 180H580L640 620H120Z", PAPER)
    c.path("M180 180H580L594 280H168Z", c.base)
    for index in range(8):
        c.rect(208 + 48 * index, 150, 14, 60, METAL, r=7)
    for row in range(4):
        for column in range(6):
            c.rect(
                186 + 66 * column + (column - 3) * row * 4,
                320 + 70 * row,
                44,
                40,
                c.base if (row, column) == (1, 3) else "#e3dccb",
                r=8,
            )


@drawing
def stapler(c: Canvas) -> None:
    c.ground(400, 600, 600)
    c.path("M110 560H690V580Q690 600 670 600H130Q110 600 110 580Z", c.deep)
    c.path("M150 500L660 400Q690 396 690 430V470L150 530Z", METAL)
    c.path("M110 470Q110 360 200 340L640 280Q700 276 700 330V420L150 520Q110 520 110 470Z", c.body())
    c.line("M140 440Q160 390 220 380L600 328", c.light, 16)


@drawing
def calculator(c: Canvas) -> None:
    c.ground(400, 340, 700)
    c.rect(246, 96, 308, 596, c.round_body(), r=34)
    c.rect(276, 130, 248, 120, "#c9dcc4", r=12)
    c.line("M420 220H500", INK, 14)
    for row in range(5):
        for column in range(4):
            c.rect(
                278 + 64 * column,
                288 + 76 * row,
                52,
                56,
                "#e0a04c" if column == 3 else c.trim,
                r=12,
                opacity=1 if column == 3 else 0.75,
            )


@drawing
def watercolors(c: Canvas) -> None:
    c.ground(400, 600, 640)
    c.rect(120, 160, 560, 210, PAPER, r=20)
    c.line("M180 300Q240 200 320 280T460 240T620 300", "#7db9d3", 34, opacity=0.8)
    c.rect(110, 360, 580, 270, c.deep, r=26)
    colors = (
        "#d9654f",
        "#eeb25e",
        "#f2d46a",
        "#8fbf6b",
        "#5f9b6b",
        "#5aa6b5",
        "#3f6fae",
        "#8a6bb0",
        "#d98aa5",
        "#8a5a3c",
        "#4a4f5c",
        "#f1ece2",
    )
    for index, color in enumerate(colors):
        c.rect(140 + 90 * (index % 6), 392 + 110 * (index // 6), 72, 90, WHITE, r=10)
        c.circle(176 + 90 * (index % 6), 437 + 110 * (index // 6), 28, color)
    with c.turned(-30, 560, 330):
        c.rect(400, 300, 330, 18, WOOD, r=9)
        c.rect(380, 298, 60, 22, METAL, r=4)
        c.path("M384 296Q320 290 300 309Q320 330 384 322Z", "#3f6fae")


@drawing
def sticky_notes(c: Canvas) -> None:
    c.ground(400, 500, 650)
    for x, y, degrees, color in ((380, 190, 8, c.light), (190, 230, -7, "#9fd0c6"), (290, 340, 3, c.base)):
        with c.turned(degrees, x + 120, y + 120):
            c.path(f"M{x} {y}H{x + 250}V{y + 200}L{x + 200} {y + 250}H{x}Z", color)
            c.path(f"M{x + 250} {y + 200}H{x + 200}V{y + 250}Z", mix(color, INK, 0.2))
            c.line(f"M{x + 36} {y + 70}H{x + 200}M{x + 36} {y + 110}H{x + 170}", mix(color, INK, 0.5), 9)
