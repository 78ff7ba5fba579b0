"""What goes inside a computer, and what data is carried on."""

from vici.demo.drawings.canvas import GOLD, INK, METAL, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing

BOARD = "#2f6b55"


@drawing
def ram(c: Canvas, *, sticks: int = 1, small: int = 0) -> None:
    """A memory module with its heat spreader; small ones, for laptops, have bare chips."""
    c.ground(400, 600, 600)
    left, width = (210, 380) if small else (110, 580)
    for stick in reversed(range(sticks)):
        with c.moved(30 * stick, -70 * stick):
            c.rect(left, 330, width, 190, BOARD, r=8)
            c.rect(left + 14, 500, width - 28, 34, GOLD, r=3)
            c.line(f"M{left + 20} 517H{left + width - 20}", "#8a6320", 30, stroke_dasharray="3 11", cap="butt")
            c.rect(left + width * 0.42, 496, 16, 44, "#e9e2d5")
            if small:
                for index in range(4):
                    c.rect(left + 26 + 86 * index, 366, 66, 92, INK, r=6)
                c.rect(left + 26, 344, width - 52, 12, c.base, r=4)
            else:
                c.path(
                    f"M{left - 8} 318H{left + 190}L{left + 230} 292H{left + width - 170}L{left + width - 130} 318"
                    f"H{left + width + 8}V470Q{left + width + 8} 484 {left + width - 6} 484H{left + 6}"
                    f"Q{left - 8} 484 {left - 8} 470Z",
                    c.body(),
                )
                c.line(
                    f"M{left + 40} 380H{left + width - 40}M{left + 90} 420H{left + width - 120}",
                    c.trim,
                    10,
                    opacity=0.6,
                )


@drawing
def ssd_m2(c: Canvas) -> None:
    """The bare stick."""
    c.ground(400, 600, 570)
    with c.turned(-10):
        c.rect(104, 330, 592, 150, mix(BOARD, INK, 0.45), r=8)
        c.rect(80, 346, 34, 118, GOLD, r=4)
        c.rect(76, 416, 40, 14, "#e9e2d5")
        c.circle(696, 405, 18, "#e9e2d5")
        c.rect(140, 346, 400, 118, c.body(), r=6)
        c.rect(160, 366, 130, 16, c.trim, r=6)
        c.rect(160, 396, 230, 10, c.trim, r=5, opacity=0.6)
        c.rect(160, 420, 190, 10, c.trim, r=5, opacity=0.6)
        c.rect(566, 360, 84, 90, INK, r=6)


@drawing
def ssd_25(c: Canvas) -> None:
    c.ground(400, 440, 650)
    with c.turned(-5):
        c.rect(206, 150, 388, 490, c.deep, r=24)
        c.rect(206, 142, 388, 486, c.body(), r=24)
        c.rect(246, 190, 308, 190, c.trim, r=12, opacity=0.35)
        c.rect(270, 220, 150, 22, WHITE, r=8, opacity=0.85)
        c.rect(270, 260, 220, 12, WHITE, r=6, opacity=0.6)
        c.rect(250, 612, 190, 22, GOLD, r=3)
        for x, y in ((236, 172), (564, 172), (236, 598), (564, 598)):
            c.circle(x, y, 9, c.deep)


@drawing
def hard_disk(c: Canvas) -> None:
    c.ground(400, 420, 690)
    c.rect(226, 110, 348, 570, STEEL, r=20)
    c.rect(236, 120, 328, 550, c.fade("#e3e7ec", "#b3bac5"), r=14)
    c.circle(400, 318, 140, c.fade("#f4f6f8", "#9aa3b1", across=True))
    c.circle(400, 318, 52, METAL)
    c.circle(400, 318, 20, STEEL)
    c.line("M520 470L420 350", STEEL, 18)
    c.circle(522, 474, 30, "#70798a")
    c.rect(270, 526, 260, 110, c.base, r=8)
    c.rect(292, 548, 140, 18, c.trim, r=6)
    c.rect(292, 584, 210, 10, c.trim, r=5, opacity=0.7)
    c.rect(292, 608, 170, 10, c.trim, r=5, opacity=0.7)


@drawing
def portable_drive(c: Canvas) -> None:
    c.ground(400, 420, 690)
    c.line("M400 620V700Q400 740 480 740H640", c.deep, 16)
    c.rect(262, 130, 276, 500, c.deep, r=56)
    c.rect(262, 122, 276, 496, c.body(), r=54)
    c.path("M262 380Q340 320 400 360T538 320V560Q538 618 484 618H316Q262 618 262 560Z", WHITE, opacity=0.13)
    c.rect(366, 588, 68, 16, INK, r=8)
    c.circle(470, 180, 9, "#9fd6ff")


@drawing
def usb_stick(c: Canvas) -> None:
    c.ground(400, 460, 590)
    with c.turned(-24):
        c.rect(520, 340, 150, 120, METAL, r=8)
        c.rect(540, 364, 36, 24, STEEL, r=4)
        c.rect(540, 412, 36, 24, STEEL, r=4)
        c.rect(150, 316, 390, 168, c.body(), r=44)
        c.circle(206, 400, 24, c.deep)
        c.circle(206, 400, 13, "#f1ece2")
        c.rect(290, 376, 190, 18, c.trim, r=9, opacity=0.7)
        c.rect(290, 410, 120, 14, c.trim, r=7, opacity=0.5)


@drawing
def memory_card(c: Canvas, *, small: int = 0) -> None:
    """SD, or small: microSD lying on its adapter."""
    c.ground(400, 400, 690)
    c.path("M240 180Q240 140 280 140H500L560 200V640Q560 676 524 676H276Q240 676 240 640Z", INK if small else c.base)
    c.path(
        "M252 188Q252 152 284 152H496L548 206V636Q548 664 520 664H280Q252 664 252 636Z",
        "#343a4c" if small else c.body(),
    )
    if small:
        c.path("M320 320Q320 300 340 300H440L480 340V520Q480 540 460 540H340Q320 540 320 520Z", c.body())
        c.rect(346, 400, 108, 22, c.trim, r=8)
        c.rect(346, 440, 80, 12, c.trim, r=6, opacity=0.7)
    else:
        c.rect(284, 330, 232, 270, WHITE, r=12, opacity=0.88)
        c.rect(308, 362, 130, 26, c.deep, r=8)
        c.rect(308, 410, 180, 12, STEEL, r=6)
        c.rect(308, 540, 100, 34, c.base, r=8)
        for index in range(6):
            c.rect(284 + 34 * index, 176, 20, 66, GOLD, r=4)


@drawing
def processor(c: Canvas) -> None:
    c.ground(400, 460, 640)
    c.rect(178, 160, 444, 444, BOARD, r=14)
    c.line("M194 176H606M194 588H606", GOLD, 12, stroke_dasharray="4 12", cap="butt")
    c.line("M192 190V574M608 190V574", GOLD, 12, stroke_dasharray="4 12", cap="butt")
    c.path("M252 220H548L564 236V528L548 544H252L236 528V236Z", c.fade("#eef0f3", "#b4bcc8"))
    c.rect(276, 262, 248, 70, c.base, r=8)
    c.rect(300, 286, 130, 22, c.trim, r=8)
    for y, width in ((372, 220), (402, 170), (432, 200)):
        c.rect(290, y, width, 12, "#8d96a4", r=6)
    c.path("M196 604L226 604L196 574Z", GOLD)


@drawing
def graphics_card(c: Canvas, *, fans: int = 2) -> None:
    c.ground(420, 640, 600)
    c.rect(84, 250, 34, 320, METAL, r=6)
    c.rect(230, 520, 330, 34, GOLD, r=3)
    c.path("M110 300Q110 270 140 270H690Q724 270 724 304V470L690 530H140Q110 530 110 500Z", c.body())
    c.path("M110 300Q110 270 140 270H690Q724 270 724 304V318H110Z", WHITE, opacity=0.12)
    step = 540 / fans
    radius = 104 if fans < 3 else 84
    for index in range(fans):
        x = round(148 + step * (index + 0.5))
        c.circle(x, 402, radius, mix(c.deep, INK, 0.6))
        for blade in range(9):
            with c.turned(40 * blade, x, 402):
                c.path(
                    f"M{x} 402Q{x + radius * 0.5:g} {402 - radius * 0.4:g} {x + radius * 0.1:g} {402 - radius * 0.9:g}"
                    f"Q{x - radius * 0.2:g} {402 - radius * 0.4:g} {x} 402Z",
                    STEEL,
                    opacity=0.55,
                )
        c.circle(x, 402, 24, c.base)


@drawing
def mainboard(c: Canvas) -> None:
    c.ground(400, 520, 690)
    c.rect(160, 120, 480, 560, mix(c.base, INK, 0.2), r=16)
    c.rect(190, 150, 90, 190, c.trim, r=10, opacity=0.35)
    c.rect(310, 210, 170, 170, METAL, r=8)
    c.rect(334, 234, 122, 122, "#e9ecf0", r=6)
    for x in (520, 550, 580, 610):
        c.rect(x - 8, 160, 14, 290, INK if x % 60 else STEEL, r=5)
    for y in (450, 520, 590):
        c.rect(190, y, 300, 24, INK if y != 520 else METAL, r=5)
    c.rect(520, 520, 96, 96, c.trim, r=12, opacity=0.5)
    c.line("M280 300H310M480 330H520M400 380V450M500 560H520M300 150V200", GOLD, 5, opacity=0.8)


@drawing
def power_supply(c: Canvas) -> None:
    c.ground(400, 500, 660)
    c.line("M600 560Q700 560 690 660M600 530Q740 520 740 640", INK, 16)
    c.rect(170, 200, 440, 440, c.round_body(), r=20)
    c.circle(390, 420, 172, mix(c.deep, INK, 0.5))
    for radius in (150, 112, 74):
        c.circle(390, 420, radius, "none", stroke=STEEL, stroke_width=8)
    c.line("M390 248V592M218 420H562", STEEL, 8)
    c.circle(390, 420, 36, c.base)


@drawing
def cooler(c: Canvas) -> None:
    """A fan on a stack of fins."""
    c.ground(400, 400, 680)
    for index in range(9):
        c.rect(220, 190 + 46 * index, 360, 26, METAL if index % 2 else STEEL, r=4)
    for x in (260, 320, 480, 540):
        c.rect(x - 9, 160, 18, 500, "#c98d5e", r=9)
    c.rect(216, 210, 368, 368, c.body(), r=30)
    c.circle(400, 394, 160, mix(c.deep, INK, 0.55))
    for blade in range(7):
        with c.turned(360 / 7 * blade, 400, 394):
            c.path("M400 394Q470 330 430 246Q372 310 400 394Z", c.light, opacity=0.85)
    c.circle(400, 394, 40, c.base)
