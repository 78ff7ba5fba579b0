"""Phones, tablets and what one wears."""

from typing import Literal

from vici.demo.drawings.canvas import GLASS, INK, METAL, PAPER, SCREEN, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


def _lens(c: Canvas, x: float, y: float, r: float = 30) -> None:
    c.circle(x, y, r, INK)
    c.circle(x, y, r * 0.68, "#2e3a55")
    c.circle(x, y, r * 0.36, "#141826")
    c.circle(x - r * 0.24, y - r * 0.26, r * 0.15, WHITE, opacity=0.85)


def _cameras(c: Canvas, lenses: int, layout: str) -> None:
    """On the back of a phone whose upper left corner is at (150, 130)."""
    if layout == "square":
        c.rect(172, 152, 150, 152, c.shade, r=42)
        spots = [(214, 194), (280, 262), (214, 262)] if lenses > 2 else [(216, 196), (278, 260)]
        for x, y in spots[:lenses]:
            _lens(c, x, y)
        c.circle(282, 192, 10, "#fff4d6")
    elif layout == "bar":
        c.rect(150, 196, 262, 88, c.deep)
        for index in range(lenses):
            _lens(c, 200 + 66 * index, 240, 27)
        c.circle(384, 240, 8, "#fff4d6")
    elif layout == "circle":
        c.circle(281, 246, 92, c.deep)
        c.circle(281, 246, 84, mix(c.deep, INK, 0.4))
        for x, y in [(247, 214), (315, 214), (247, 280), (315, 280)][:lenses]:
            _lens(c, x, y, 26)
    else:
        for index in range(lenses):
            _lens(c, 210, 196 + 74 * index, 29)
        c.circle(262, 172, 9, "#fff4d6")


@drawing
def phone(c: Canvas, *, lenses: int = 2, layout: Literal["square", "column", "bar", "circle"] = "square") -> None:
    """Its back before its front."""
    c.ground(400, 500, 688)
    with c.turned(5, 520, 420):
        c.rect(392, 150, 256, 524, c.deep, r=46)
        c.rect(403, 161, 234, 502, INK, r=38)
        c.rect(408, 166, 224, 492, c.wallpaper(), r=34)
        c.path("M408 500Q480 420 560 470T632 430V624Q632 658 598 658H442Q408 658 408 624Z", WHITE, opacity=0.22)
        c.rect(488, 182, 64, 18, INK, r=9)
    with c.turned(-3, 280, 400):
        c.rect(146, 126, 270, 544, c.edge, r=50)
        c.rect(150, 130, 262, 536, c.body(), r=46)
        c.path("M150 176Q150 130 196 130H330L150 470Z", WHITE, opacity=0.1)
        _cameras(c, lenses, layout)


@drawing
def flip_phone(c: Canvas) -> None:
    """Half open, standing as a tent."""
    c.ground(400, 520)
    c.path("M400 190L566 640Q572 656 590 656H628Q650 656 642 634L470 186Z", c.deep)
    c.path(
        "M404 196L232 628Q224 650 246 650H420Q436 650 442 634L560 330Q566 316 556 300L486 192"
        "Q478 180 464 180H428Q410 180 404 196Z",
        c.shade,
    )
    c.path(
        "M390 186L210 632Q202 654 224 654H404Q424 654 432 634L540 330L470 186Q464 174 450 174H408Q396 174 390 186Z",
        c.body(),
    )
    c.path("M396 236L330 398H466L500 316Q504 306 498 294L472 240Q468 230 458 230H406Q400 230 396 236Z", SCREEN)
    for x, y in ((418, 268), (400, 316)):
        _lens(c, x, y, 20)


@drawing
def fold_phone(c: Canvas) -> None:
    """Open like a book."""
    c.ground(400, 540, 690)
    c.path("M400 150L640 178Q662 180 662 202V618Q662 640 640 642L400 670Z", c.deep)
    c.path(
        "M400 164L630 190Q648 192 648 208V610Q648 628 630 630L400 656Z",
        c.wallpaper(),
    )
    c.path("M400 150L160 178Q138 180 138 202V618Q138 640 160 642L400 670Z", c.edge)
    c.path(
        "M400 164L170 190Q152 192 152 208V610Q152 628 170 630L400 656Z",
        c.fade(mix(c.accent, WHITE, 0.8), mix(c.accent, WHITE, 0.2)),
    )
    c.path("M152 470Q270 380 400 450T648 400V610Q648 628 630 630L400 656L170 630Q152 628 152 610Z", WHITE, opacity=0.25)
    c.rect(396, 152, 8, 516, INK, opacity=0.18)
    c.circle(560, 212, 10, INK)


@drawing
def feature_phone(c: Canvas) -> None:
    c.ground(400, 260, 690)
    c.rect(282, 110, 236, 572, c.round_body(), r=52)
    c.rect(306, 150, 188, 210, INK, r=18)
    c.rect(318, 162, 164, 186, c.fade("#bfe0ea", "#7fb2cf"), r=10)
    c.path("M318 300Q370 250 410 290T482 270V338Q482 348 472 348H328Q318 348 318 338Z", "#5d93b8")
    c.rect(340, 386, 120, 58, c.trim, r=29, opacity=0.55)
    for row in range(4):
        for column in range(3):
            c.rect(312 + 62 * column, 466 + 48 * row, 52, 34, c.trim, r=14, opacity=0.75)


@drawing
def tablet(c: Canvas, *, pencil: int = 0) -> None:
    c.ground(400, 560, 680)
    with c.turned(-4):
        c.rect(150, 178, 500, 400, c.edge, r=36)
        c.rect(154, 182, 492, 392, c.body(), r=33)
        c.circle(206, 232, 26, INK)
        c.circle(206, 232, 13, "#3a4765")
    c.rect(196, 232, 480, 384, INK, r=34)
    c.rect(214, 250, 444, 348, c.wallpaper(), r=18)
    c.path("M214 500Q320 400 430 470T658 410V580Q658 598 640 598H232Q214 598 214 580Z", WHITE, opacity=0.28)
    c.circle(560, 330, 40, WHITE, opacity=0.4)
    if pencil:
        with c.turned(38, 640, 500):
            c.rect(628, 300, 24, 330, WHITE, r=10)
            c.rect(628, 300, 24, 44, "#dfe3ea", r=10)
            c.path("M628 624H652L640 664Z", "#d4d9e2")


@drawing
def ereader(c: Canvas) -> None:
    c.ground(400, 340, 690)
    c.rect(226, 110, 348, 576, c.round_body(), r=34)
    c.rect(258, 146, 284, 440, "#eceae3", r=8)
    for index, width in enumerate((150, 228, 220, 232, 214, 228, 120, 0, 226, 218, 230, 180)):
        if width:
            c.rect(286, 184 + 32 * index, width, 10, "#77797c" if index else "#3a3b3e", r=5)
    c.rect(360, 624, 80, 16, c.trim, r=8, opacity=0.5)


@drawing
def phone_case(c: Canvas, *, clear: int = 0) -> None:
    """Empty, seen from inside: nobody takes it for a phone."""
    c.ground(400, 330, 700)
    c.rect(246, 104, 308, 588, c.deep if not clear else "#b9d3dd", r=64, opacity=1 if not clear else 0.8)
    c.rect(262, 120, 276, 556, c.body() if not clear else "#e8f3f6", r=52, opacity=1 if not clear else 0.85)
    c.rect(284, 142, 232, 512, c.shade if not clear else WHITE, r=36, opacity=0.55)
    c.rect(294, 152, 140, 142, PAPER, r=44)
    c.rect(302, 160, 124, 126, c.deep if not clear else "#b9d3dd", r=38, opacity=0.35)
    c.circle(400, 440, 84, "none", stroke=c.trim if not clear else STEEL, stroke_width=10, opacity=0.6)
    c.line("M400 546V592", c.trim if not clear else STEEL, 10, opacity=0.6)
    c.path("M262 172Q262 120 314 120H372L262 420Z", WHITE, opacity=0.16)


@drawing
def screen_glass(c: Canvas) -> None:
    c.ground(400, 420, 690)
    with c.turned(-8):
        c.rect(240, 140, 270, 530, c.deep, r=44)
        c.rect(252, 152, 246, 506, c.wallpaper(), r=34)
    with c.turned(4):
        c.rect(316, 130, 264, 524, GLASS, r=42, opacity=0.72, stroke=WHITE, stroke_width=6)
        c.rect(424, 154, 50, 16, INK, r=8, opacity=0.5)
        c.line("M350 420L500 190M392 470L540 240", WHITE, 16, opacity=0.7)


@drawing
def watch(c: Canvas, *, face: Literal["square", "round"] = "square") -> None:
    """A smart one."""
    c.path("M316 96H484L506 270H294Z", c.fade(c.base, c.shade))
    c.path("M316 704H484L506 530H294Z", c.fade(c.shade, c.base))
    for y in (606, 634, 662):
        c.ellipse(400, y, 9, 6, c.deep)
    if face == "round":
        c.circle(400, 400, 176, STEEL)
        c.circle(400, 400, 166, METAL)
        c.circle(400, 400, 146, INK)
        c.circle(400, 400, 116, "none", stroke="#38425f", stroke_width=18)
        c.line("M400 284A116 116 0 0 1 500 458", "#7fd1a8", 18)
        c.rect(572, 380, 24, 40, STEEL, r=8)
    else:
        c.rect(244, 218, 312, 364, STEEL, r=88)
        c.rect(252, 226, 296, 348, METAL, r=82)
        c.rect(268, 242, 264, 316, INK, r=68)
        c.rect(556, 340, 20, 70, STEEL, r=8)
        c.circle(400, 470, 56, "none", stroke="#38425f", stroke_width=18)
        c.line("M400 414A56 56 0 1 1 352 498", "#f08a72", 18)
    c.line("M400 400V330M400 400L446 424" if face == "round" else "M400 372V300M400 372L438 392", WHITE, 14)
    c.circle(400, 400 if face == "round" else 372, 10, WHITE)


@drawing
def band(c: Canvas) -> None:
    """A fitness band."""
    c.ground(400, 300, 690)
    c.path("M330 110Q400 84 470 110L482 300H318Z", c.fade(c.light, c.base))
    c.path("M318 500H482L470 680Q400 706 330 680Z", c.fade(c.base, c.shade))
    for y in (590, 622, 654):
        c.circle(400, y, 9, c.deep)
    c.rect(300, 250, 200, 300, c.deep, r=92)
    c.rect(316, 266, 168, 268, INK, r=78)
    c.rect(376, 320, 48, 14, WHITE, r=7)
    c.line("M350 420H376L390 392L410 446L424 420H450", "#7fd1a8", 12)
    c.rect(360, 472, 80, 14, "#38425f", r=7)


@drawing
def analog_watch(c: Canvas, *, dial: str = "#f7f4ec") -> None:
    """With hands, on a strap of the colour."""
    c.path("M330 90H470L490 280H310Z", c.fade(c.base, c.shade))
    c.path("M330 710H470L490 520H310Z", c.fade(c.shade, c.base))
    c.line(
        "M346 110L338 250M454 110L462 250M346 690L338 550M454 690L462 550",
        c.trim,
        4,
        stroke_dasharray="10 12",
        opacity=0.7,
    )
    c.circle(400, 400, 172, "#b98f4d")
    c.circle(400, 400, 162, "#e0bd7c")
    c.circle(400, 400, 144, dial)
    for hour in range(12):
        with c.turned(30 * hour):
            c.rect(396, 268, 8, 26 if hour % 3 == 0 else 14, "#5b4a32", r=4)
    c.line("M400 400L344 344M400 400L462 330", "#3c3226", 9)
    c.line("M400 430L420 290", "#c2553f", 4)
    c.circle(400, 400, 10, "#3c3226")
    c.rect(570, 386, 26, 28, "#b98f4d", r=7)


@drawing
def smart_ring(c: Canvas) -> None:
    c.ground(400, 360, 640)
    c.ellipse(424, 412, 172, 176, "none", stroke=c.deep, stroke_width=44)
    c.ellipse(394, 414, 176, 178, "none", stroke=c.round_body(), stroke_width=52)
    c.line("M226 350Q250 262 326 236", WHITE, 14, opacity=0.55)
    for y in (380, 420, 460):
        c.ellipse(578, y, 7, 13, "#6fd39c")
