"""For babies and children."""

from vici.demo.drawings.canvas import GROUND, INK, LEAF, METAL, PAPER, STEEL, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing

COLORS = ("#d9654f", "#eeb25e", "#5f9b6b", "#3f7fae", "#8a6bb0")


@drawing
def teddy(c: Canvas) -> None:
    c.ground(400, 420, 690)
    for x in (280, 520):
        c.circle(x, 190, 66, c.shade)
        c.circle(x, 190, 36, c.pale)
    c.ellipse(400, 540, 150, 146, c.round_body())
    c.ellipse(400, 560, 92, 98, c.pale)
    for x, degrees in ((240, 30), (560, -30)):
        with c.turned(degrees, x, 500):
            c.ellipse(x, 500, 52, 100, c.shade)
    for x in (290, 510):
        c.circle(x, 640, 66, c.shade)
        c.circle(x, 644, 34, c.pale)
    c.circle(400, 290, 160, c.body())
    c.ellipse(400, 340, 76, 60, c.pale)
    for x in (340, 460):
        c.circle(x, 270, 15, INK)
        c.circle(x - 4, 265, 5, WHITE)
    c.ellipse(400, 318, 24, 17, INK)
    c.line("M400 336V354Q380 372 364 358M400 354Q420 372 436 358", INK, 7)
    c.path("M330 430L400 450L470 430L460 480L400 460L340 480Z", "#d9654f")


@drawing
def bricks(c: Canvas) -> None:
    """To build with."""
    c.ground(400, 560, 660)
    for x, y, width, color in (
        (130, 540, 3, COLORS[3]),
        (440, 540, 2, COLORS[1]),
        (220, 420, 2, COLORS[0]),
        (410, 420, 2, c.base),
        (310, 300, 2, COLORS[2]),
    ):
        for knob in range(width):
            c.rect(x + 16 + 92 * knob, y - 24, 60, 32, mix(color, INK, 0.1), r=8)
        c.rect(x, y, 92 * width, 118, color, r=8)
        c.rect(x, y, 92 * width, 20, WHITE, r=8, opacity=0.2)


@drawing
def wooden_train(c: Canvas) -> None:
    c.ground(400, 660, 610)
    c.rect(100, 420, 230, 130, COLORS[1], r=16)
    c.rect(130, 350, 70, 80, COLORS[2], r=8)
    c.circle(262, 386, 42, COLORS[0])
    c.line("M330 520H380", WOOD, 16)
    c.rect(370, 440, 310, 110, c.body(), r=20)
    c.path("M370 300H510V450H370Z", c.deep)
    c.rect(396, 330, 88, 80, "#d8eaf3", r=10)
    c.rect(350, 280, 180, 30, c.base, r=12)
    c.rect(590, 350, 50, 100, WOOD, r=8)
    for x, y, r in ((620, 300, 30), (650, 250, 22), (630, 210, 15)):
        c.circle(x, y, r, WHITE, opacity=0.8)
    for x in (160, 270, 430, 530, 630):
        c.circle(x, 560, 46, WOOD)
        c.circle(x, 560, 18, mix(WOOD, INK, 0.3))


@drawing
def puzzle(c: Canvas) -> None:
    c.ground(400, 520, 650)
    for x, y, color in ((190, 190, c.base), (410, 190, COLORS[1]), (190, 410, COLORS[3]), (430, 430, COLORS[2])):
        c.rect(x, y, 210, 210, color, r=14)
    c.circle(404, 296, 40, c.base)
    c.circle(296, 408, 40, COLORS[3])
    c.circle(514, 400, 40, COLORS[1])
    c.circle(640, 540, 40, COLORS[2])
    c.circle(430, 540, 36, mix(COLORS[2], INK, 0.25))
    c.circle(190, 300, 36, mix(c.base, INK, 0.3))


@drawing
def baby_bottle(c: Canvas) -> None:
    c.ground(400, 260, 690)
    c.path("M370 130Q370 80 400 80T430 130Q470 150 470 200H330Q330 150 370 130Z", "#f0d9b8")
    c.rect(310, 196, 180, 76, c.base, r=20)
    c.path(
        "M320 272H480Q510 310 500 400Q490 440 510 480V640Q510 686 464 686H336Q290 686 290 640V480"
        "Q310 440 300 400Q290 310 320 272Z",
        "#e6f1f4",
    )
    c.path("M299 400H501Q490 440 510 480V640Q510 686 464 686H336Q290 686 290 640V480Q310 440 299 400Z", PAPER)
    for index in range(5):
        c.line(f"M440 {440 + 44 * index}H{480 if index % 2 else 490}", STEEL, 7)
    c.path("M380 540Q340 500 366 470Q390 470 400 490Q410 470 434 470Q460 500 400 556Z", c.pale)


@drawing
def stroller(c: Canvas) -> None:
    c.ground(400, 480, 700)
    c.line("M590 180L640 140M590 180L300 620M220 450L520 640", STEEL, 18)
    c.path("M400 420V170C530 170 600 290 600 420Z", c.shade)
    c.path("M400 420V170C470 200 500 300 500 420Z", c.light)
    c.path("M190 420H600Q590 560 470 560H320Q200 560 190 420Z", c.body())
    c.rect(180, 404, 430, 30, c.deep, r=15)
    for x in (300, 530):
        c.circle(x, 640, 56, INK)
        c.circle(x, 640, 34, METAL)
        c.circle(x, 640, 12, INK)


@drawing
def diapers(c: Canvas) -> None:
    c.ground(400, 480, 690)
    c.path("M200 160Q400 120 600 160L620 660Q400 700 180 660Z", c.body())
    c.path("M200 160Q400 120 600 160L596 220Q400 190 204 220Z", c.edge)
    c.circle(400, 420, 120, PAPER)
    c.circle(400, 420, 76, "#f3d3b6")
    for x in (374, 426):
        c.circle(x, 410, 8, INK)
    c.line("M378 440Q400 462 422 440", INK, 7)
    c.line("M390 346Q400 320 416 340", "#8a5a3c", 8)
    for x, y in ((240, 300), (560, 300), (250, 580), (550, 580)):
        c.circle(x, y, 20, c.trim, opacity=0.6)


@drawing
def toy_car(c: Canvas) -> None:
    """With its remote control's aerial."""
    c.ground(400, 620, 610)
    c.line("M560 330L620 160", INK, 7)
    c.circle(622, 154, 13, "#d9654f")
    c.path("M220 400L300 290Q310 276 330 276H500Q520 276 534 290L620 400Z", c.light)
    c.path("M260 396L322 308H400V396ZM420 308H500L576 396H420Z", "#cfe6ee")
    c.path("M110 440Q110 396 154 396H640Q700 400 700 460V520Q700 540 680 540H130Q110 540 110 520Z", c.body())
    c.rect(110, 470, 590, 20, c.trim, opacity=0.6)
    for x in (240, 570):
        c.circle(x, 540, 76, INK)
        c.circle(x, 540, 74, "none", stroke=STEEL, stroke_width=12, stroke_dasharray="12 10")
        c.circle(x, 540, 30, METAL)


@drawing
def doll_house(c: Canvas) -> None:
    c.ground(400, 520, 690)
    c.path("M400 110L640 300H160Z", c.base)
    c.rect(190, 300, 420, 386, PAPER)
    c.rect(190, 480, 420, 14, WOOD)
    c.rect(394, 300, 12, 386, WOOD)
    c.rect(230, 340, 110, 100, "#cfe6ee", r=8)
    c.line("M285 340V440M230 390H340", WOOD, 7)
    c.rect(450, 390, 120, 60, "#d98aa5", r=10)
    c.rect(450, 360, 40, 40, WHITE, r=8)
    c.path("M240 686V570Q240 530 285 530T330 570V686Z", c.deep)
    c.circle(314, 620, 7, "#eeb25e")
    c.rect(450, 560, 110, 70, WOOD, r=8)
    c.line("M470 630V680M540 630V680", WOOD, 12)
    c.circle(400, 230, 30, "#cfe6ee")


@drawing
def stacker(c: Canvas) -> None:
    """Rings for small hands."""
    c.ground(400, 440, 690)
    c.rect(386, 130, 28, 540, WOOD, r=14)
    c.circle(400, 140, 42, c.base)
    for index, (color, width) in enumerate(zip(COLORS, (170, 220, 270, 320, 370), strict=True)):
        c.rect(400 - width / 2, 196 + 88 * index, width, 80, color, r=40)
        c.rect(400 - width / 2 + 20, 208 + 88 * index, width - 40, 14, WHITE, r=7, opacity=0.3)
    c.rect(200, 640, 400, 46, WOOD, r=20)


@drawing
def board_game(c: Canvas) -> None:
    c.ground(400, 640, 620)
    c.path("M200 240H600L700 580H100Z", WOOD)
    c.path("M222 262H578L664 556H136Z", PAPER)
    for row in range(4):
        for column in range(6):
            if (row + column) % 2 == 0:
                left, right = 240 - 24 * row, 560 + 24 * row
                x = left + (right - left) * column / 6
                c.rect(x, 280 + 68 * row, (right - left) / 6 - 4, 60, mix(c.base, WHITE, 0.25), r=4)
    for x, y, color in ((300, 360, COLORS[0]), (470, 300, COLORS[3]), (520, 460, COLORS[2])):
        c.circle(x, y - 60, 24, color)
        c.path(f"M{x} {y - 54}L{x + 34} {y + 20}H{x - 34}Z", color)
    with c.turned(14, 290, 500):
        c.rect(250, 456, 84, 84, WHITE, r=16)
        for x, y in ((272, 478), (292, 498), (312, 518)):
            c.circle(x, y, 8, INK)


@drawing
def drum(c: Canvas) -> None:
    """A small lion-dance drum for the mid-autumn moon."""
    c.ground(400, 460)
    c.path("M180 330Q160 480 220 620H580Q640 480 620 330Z", c.round_body())
    c.line("M190 360L260 600L330 360L400 600L470 360L540 600L610 360", "#f2d46a", 9)
    c.ellipse(400, 320, 226, 66, "#f2d46a")
    c.ellipse(400, 312, 206, 56, PAPER)
    c.ellipse(400, 312, 60, 16, c.pale)
    c.line("M250 130L420 290M590 130L430 280", WOOD, 17)
    c.circle(424, 292, 17, COLORS[0])
    c.circle(432, 280, 17, COLORS[0])


@drawing
def high_chair(c: Canvas) -> None:
    c.ground(400, 420, 700)
    c.line("M300 460L230 690M500 460L570 690M330 460L310 690M470 460L490 690", WOOD, 22)
    c.line("M270 590H530", WOOD, 16)
    c.path("M290 140Q400 100 510 140L530 400H270Z", c.body())
    c.rect(250, 390, 300, 84, c.deep, r=30)
    c.rect(200, 350, 400, 46, PAPER, r=22)
    c.circle(330, 350, 30, LEAF)
    c.rect(430, 320, 70, 40, "#eeb25e", r=12)
    c.line("M360 230V330M440 230V330", c.edge, 12)


@drawing
def kite(c: Canvas) -> None:
    c.path("M400 90L610 300L400 540L190 300Z", c.body())
    c.path("M400 90L610 300L400 300ZM190 300H400V540Z", "#eeb25e")
    c.line("M400 90V540M190 300H610", WOOD, 7)
    c.line("M400 540Q330 600 400 640T380 740", INK, 5)
    for x, y in ((372, 596), (392, 660)):
        c.path(f"M{x} {y}L{x - 36} {y - 20}V{y + 20}ZM{x} {y}L{x + 36} {y - 20}V{y + 20}Z", COLORS[3])
    c.circle(400, GROUND - 350, 13, WOOD)
