"""What charges the rest."""

from vici.demo.drawings.canvas import INK, METAL, STEEL, WHITE, Canvas
from vici.demo.drawings.kinds import drawing


@drawing
def charger(c: Canvas, *, ports: int = 2) -> None:
    """The plug that goes into the wall."""
    c.ground(400, 400, 670)
    for x in (340, 430):
        c.rect(x, 110, 30, 130, METAL, r=10)
    c.rect(230, 220, 340, 440, c.deep, r=64)
    c.rect(230, 214, 340, 436, c.round_body(), r=62)
    c.rect(262, 250, 276, 60, WHITE, r=26, opacity=0.14)
    for index in range(ports):
        y = 420 + 76 * index if ports < 3 else 370 + 70 * index
        c.rect(340, y, 120, 38, c.edge, r=19)
        c.rect(352, y + 8, 96, 22, INK, r=11)


@drawing
def cable(c: Canvas) -> None:
    c.ground(400, 520, 690)
    way = "M210 520C90 470 120 300 270 320S470 470 560 400S560 220 440 240S300 420 400 520S600 560 600 500"
    c.line(way, c.deep, 30)
    c.line(way, c.base, 21)
    for x, y, degrees in ((214, 512, 214), (600, 500, 182)):
        with c.turned(degrees, x, y):
            c.rect(x - 32, y - 106, 64, 106, c.light, r=16)
            c.rect(x - 32, y - 36, 64, 40, c.shade, r=14)
            c.rect(x - 22, y - 156, 44, 56, METAL, r=12)
            c.rect(x - 12, y - 146, 24, 8, STEEL, r=4)


@drawing
def power_bank(c: Canvas) -> None:
    c.ground(400, 380, 700)
    c.rect(252, 116, 296, 580, c.deep, r=54)
    c.rect(252, 110, 296, 578, c.round_body(), r=52)
    c.rect(296, 150, 208, 60, INK, r=18)
    for index in range(4):
        c.circle(330 + 46 * index, 180, 10, "#8fe0a9" if index < 3 else "#4a536c")
    c.path("M418 330L352 452H400L384 550L456 420H404Z", c.trim, opacity=0.7)
    c.path("M252 162Q252 110 304 110H360L252 420Z", WHITE, opacity=0.13)


@drawing
def wireless_charger(c: Canvas) -> None:
    c.ground(400, 460, 660)
    c.path("M290 640Q290 600 340 600H470Q510 600 510 640Q510 656 494 656H306Q290 656 290 640Z", c.deep)
    c.path("M420 300H470L500 620H440Z", c.shade)
    c.circle(390, 330, 190, c.deep)
    c.circle(384, 326, 188, c.body())
    c.circle(384, 326, 136, "none", stroke=c.trim, stroke_width=9, opacity=0.7)
    c.path("M404 238L326 348H380L364 420L446 306H392Z", c.trim, opacity=0.85)


@drawing
def car_charger(c: Canvas) -> None:
    c.ground(400, 240, 700)
    c.rect(270, 110, 260, 250, c.round_body(), r=64)
    c.rect(310, 150, 180, 46, INK, r=16)
    c.rect(340, 164, 120, 18, "#6fd3ff", r=9)
    c.circle(352, 262, 30, INK)
    c.rect(410, 244, 76, 38, INK, r=19)
    c.path("M300 350H500L480 610Q476 640 450 640H350Q324 640 320 610Z", c.deep)
    c.rect(366, 636, 68, 56, METAL, r=20)
    for x in (296, 476):
        c.rect(x, 430, 28, 90, METAL, r=12)


@drawing
def phone_mount(c: Canvas) -> None:
    """A holder; the phone in it is only hinted at."""
    c.ground(400, 360, 690)
    c.rect(270, 640, 260, 44, c.deep, r=22)
    c.line("M400 650V430", c.base, 38)
    c.circle(400, 520, 32, c.deep)
    c.circle(400, 520, 14, METAL)
    c.rect(286, 96, 228, 420, WHITE, r=34, opacity=0.6, stroke=STEEL, stroke_width=5, stroke_dasharray="14 12")
    c.rect(276, 270, 248, 76, c.body(), r=26)
    c.rect(256, 230, 36, 150, c.deep, r=18)
    c.rect(508, 230, 36, 150, c.deep, r=18)
    c.rect(340, 500, 120, 28, c.deep, r=14)


@drawing
def power_strip(c: Canvas) -> None:
    c.ground(400, 620, 560)
    c.line("M690 420Q760 420 750 330T660 240", c.deep, 20)
    c.rect(80, 310, 620, 220, c.deep, r=44)
    c.rect(80, 302, 620, 216, c.body(), r=44)
    for index in range(4):
        x = 170 + 108 * index
        c.circle(x, 410, 42, c.shade)
        c.circle(x - 14, 410, 8, INK)
        c.circle(x + 14, 410, 8, INK)
    c.rect(570, 366, 90, 34, "#e0705a", r=12)
    for y in (424, 458):
        c.rect(580, y, 70, 20, INK, r=10)


@drawing
def battery(c: Canvas) -> None:
    c.ground(400, 420, 690)
    for x in (240, 420):
        c.rect(x + 44, 136, 52, 40, METAL, r=10)
        c.rect(x, 166, 140, 516, c.round_body(), r=22)
        c.rect(x, 166, 140, 130, INK, r=22)
        c.rect(x, 270, 140, 26, INK)
        c.path(f"M{x + 80} 380L{x + 36} 480H{x + 66}L{x + 56} 560L{x + 106} 450H{x + 74}Z", c.trim)
