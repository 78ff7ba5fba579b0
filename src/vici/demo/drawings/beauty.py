"""Care for skin, hair and face."""

from vici.demo.drawings.canvas import GLASS, GOLD, INK, LEAF, METAL, PAPER, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def dropper(c: Canvas) -> None:
    """A serum."""
    c.ground(400, 280, 690)
    c.path("M370 110Q370 84 400 84T430 110V200H370Z", INK)
    c.rect(350, 196, 100, 74, GOLD, r=10)
    c.path(
        "M350 270H450V300Q510 320 510 380V640Q510 686 464 686H336Q290 686 290 640V380Q290 320 350 300Z",
        c.round_body(),
        opacity=0.92,
    )
    c.rect(397, 270, 6, 300, WHITE, opacity=0.5)
    c.rect(320, 430, 160, 190, PAPER, r=8)
    c.line("M350 470H450M350 500H420", c.deep, 9)
    c.path("M400 530Q424 562 400 584T400 530Z", c.base)


@drawing
def pump_bottle(c: Canvas) -> None:
    c.ground(400, 300, 690)
    c.path("M390 130H480Q510 130 510 160L480 170H390Z", c.deep)
    c.rect(378, 130, 44, 90, c.deep, r=8)
    c.rect(350, 210, 100, 60, METAL, r=10)
    c.rect(280, 264, 240, 422, c.round_body(), r=50)
    c.rect(310, 380, 180, 220, PAPER, r=8)
    c.path("M400 410Q450 460 400 510Q350 460 400 410Z", c.base)
    c.line("M350 540H450M366 566H434", STEEL, 8)


@drawing
def tube(c: Canvas) -> None:
    """Cream or cleanser in a tube that stands on its cap."""
    c.ground(400, 240, 690)
    c.path("M270 100H530L496 600H304Z", c.round_body())
    c.rect(266, 90, 268, 30, c.edge, r=6)
    c.path("M310 596H490L482 686H318Z", c.deep)
    c.circle(400, 290, 60, c.trim, opacity=0.35)
    c.path("M400 246Q440 290 400 336Q360 290 400 246Z", PAPER)
    c.line("M340 420H460M356 456H444M372 492H428", PAPER if c.trim != PAPER else INK, 9, opacity=0.8)


@drawing
def jar(c: Canvas) -> None:
    """Cream."""
    c.ground(400, 460, 650)
    c.rect(190, 340, 420, 306, c.round_body(), r=60)
    c.rect(176, 240, 448, 130, c.deep, r=30)
    c.rect(176, 236, 448, 120, c.light, r=30)
    c.line("M200 330H600", c.edge, 4, opacity=0.6)
    c.rect(280, 430, 240, 130, PAPER, r=10)
    c.line("M330 470H470M350 500H450M370 530H430", c.deep, 9)


@drawing
def lipstick(c: Canvas) -> None:
    c.ground(420, 420, 690)
    c.path("M320 320V200Q330 130 420 120V320Z", c.round_body())
    c.rect(304, 316, 132, 120, GOLD, r=6)
    c.rect(318, 316, 24, 120, mix(GOLD, WHITE, 0.5))
    c.rect(286, 430, 168, 256, INK, r=12)
    c.rect(304, 450, 22, 210, WHITE, r=10, opacity=0.15)
    with c.turned(78, 580, 610):
        c.rect(520, 520, 128, 220, INK, r=14)
        c.rect(520, 520, 128, 24, GOLD)


@drawing
def perfume(c: Canvas) -> None:
    c.ground(400, 400, 690)
    c.rect(350, 110, 100, 110, GOLD, r=12)
    c.rect(366, 214, 68, 50, METAL)
    c.path("M250 300Q250 256 294 256H506Q550 256 550 300V640Q550 684 506 684H294Q250 684 250 640Z", GLASS)
    c.path("M274 380H526V630Q526 660 496 660H304Q274 660 274 630Z", c.body())
    c.rect(320, 450, 160, 110, PAPER, r=6)
    c.line("M350 490H450M370 520H430", INK, 7)
    c.path("M270 290L340 276L290 640L270 620Z", WHITE, opacity=0.4)


@drawing
def sheet_mask(c: Canvas) -> None:
    c.ground(400, 440, 690)
    with c.turned(-5):
        c.rect(220, 120, 330, 530, c.deep, r=14)
        c.rect(220, 116, 330, 526, c.body(), r=14)
        c.line("M228 150H542", c.edge, 4, stroke_dasharray="5 8")
        c.path(
            "M385 210C480 210 500 290 490 370C480 450 440 510 385 510S290 450 280 370C270 290 290 210 385 210Z", PAPER
        )
        for x in (342, 428):
            c.ellipse(x, 330, 26, 14, c.base)
        c.path("M376 360L368 410H402L394 360Z", c.pale)
        c.ellipse(385, 450, 34, 13, c.base)
        c.line("M320 570H450M345 600H425", c.trim, 9)


@drawing
def palette(c: Canvas) -> None:
    """Eye shadows."""
    c.ground(400, 560, 660)
    c.path("M150 130H650L664 350H136Z", INK)
    c.path("M176 152H624L634 330H166Z", c.fade("#eef4f6", "#c2d3db"))
    c.rect(120, 350, 560, 300, c.deep, r=20)
    for row in range(2):
        for column in range(4):
            share = (column + 4 * row) / 9
            color = mix(c.base, WHITE, 0.6 - share) if share < 0.6 else mix(c.base, INK, share - 0.5)
            c.rect(150 + 128 * column, 380 + 126 * row, 112, 108, color, r=14)
            c.line(f"M{172 + 128 * column} {402 + 126 * row}l40 0", WHITE, 8, opacity=0.35)


@drawing
def compact(c: Canvas) -> None:
    """Powder or cushion, open."""
    c.ground(400, 460, 680)
    c.circle(400, 270, 190, c.deep)
    c.circle(400, 270, 164, c.fade("#f1f6f8", "#bfd2dc"))
    c.line("M320 300L440 170M380 340L490 220", WHITE, 14, opacity=0.8)
    c.ellipse(400, 540, 230, 132, c.deep)
    c.ellipse(400, 524, 230, 132, c.body())
    c.ellipse(400, 516, 184, 100, "#ecc7a6")
    c.ellipse(440, 504, 100, 54, PAPER)
    c.rect(380, 484, 120, 20, c.base, r=10)


@drawing
def mascara(c: Canvas) -> None:
    c.ground(400, 420, 690)
    with c.turned(16, 300, 400):
        c.rect(258, 290, 96, 380, c.round_body(), r=24)
        c.rect(276, 230, 60, 70, GOLD, r=8)
    with c.turned(-18, 500, 400):
        c.rect(452, 400, 96, 280, c.round_body(), r=24)
        c.rect(466, 360, 68, 44, GOLD, r=6)
        c.rect(495, 190, 10, 180, INK)
        for index in range(10):
            c.line(f"M{482 - index % 2 * 4} {150 + 14 * index}H{518 + index % 2 * 4}", INK, 9)


@drawing
def brushes(c: Canvas) -> None:
    c.ground(400, 440, 690)
    for degrees, width, tuft in ((-18, 60, 110), (-4, 84, 130), (10, 46, 90), (24, 30, 70)):
        with c.turned(degrees, 400, 640):
            c.path(f"M{400 - width / 2:g} 270Q400 {270 - 2 * tuft} {400 + width / 2:g} 270Z", "#7a4d3c")
            c.path(
                f"M{400 - width / 2:g} 270Q400 {270 - 2 * tuft} {400 + width / 2:g} 270L400 250Z", c.pale, opacity=0.5
            )
            c.path(f"M{400 - width / 2:g} 266H{400 + width / 2:g}L414 340H386Z", GOLD)
            c.rect(387, 336, 26, 220, c.base, r=10)
    c.path("M280 470H520L500 650Q496 686 462 686H338Q304 686 300 650Z", c.body())
    c.rect(274, 460, 252, 30, c.deep, r=12)


@drawing
def shampoo(c: Canvas) -> None:
    c.ground(380, 420, 690)
    for x, height, fill in ((220, 420, c.round_body()), (430, 350, c.shade)):
        top = 686 - height
        c.rect(x + 50, top - 74, 80, 80, c.deep, r=12)
        c.rect(x, top, 180, height, fill, r=46)
        c.rect(x + 24, top + 110, 132, 150, PAPER, r=8)
        c.path(
            f"M{x + 90} {top + 130}Q{x + 130} {top + 165} {x + 90} {top + 206}"
            f"Q{x + 50} {top + 165} {x + 90} {top + 130}Z",
            LEAF,
        )
        c.line(f"M{x + 56} {top + 232}H{x + 124}", STEEL, 8)


@drawing
def soap(c: Canvas) -> None:
    c.ground(400, 540, 630)
    c.path("M160 460L480 410L660 500L330 570Z", c.light)
    c.path("M160 460L330 570V640L160 530ZM330 570L660 500V566L330 640Z", c.base)
    c.path("M200 330L480 280L620 350L340 410Z", PAPER)
    c.path("M200 330L340 410V480L200 396ZM340 410L620 350V416L340 480Z", c.pale)
    c.path("M400 320Q450 310 470 350Q410 370 400 320Z", LEAF)
    for x, y, r in ((600, 250, 34), (650, 310, 20), (550, 210, 18), (180, 250, 22)):
        c.circle(x, y, r, WHITE, opacity=0.65)
        c.circle(x - r * 0.3, y - r * 0.3, r * 0.25, WHITE)


@drawing
def electric_toothbrush(c: Canvas) -> None:
    c.ground(400, 260, 690)
    c.rect(330, 652, 140, 36, c.deep, r=16)
    c.rect(352, 340, 96, 326, c.round_body(), r=40)
    c.path("M380 344L388 190H412L420 344Z", c.pale)
    c.rect(382, 120, 36, 84, PAPER, r=16)
    for index in range(4):
        c.rect(412, 128 + 18 * index, 32, 13, "#7db9d3" if index % 2 else c.base, r=5)
    c.circle(400, 430, 22, c.trim)
    for index in range(3):
        c.circle(400, 490 + 26 * index, 6, "#8fe0a9")


@drawing
def nail_polish(c: Canvas) -> None:
    c.ground(400, 440, 680)
    for x, y, fill in ((190, 400, c.light), (330, 360, c.base), (480, 400, c.deep)):
        c.rect(x + 30, y - 180, 70, 190, INK, r=16)
        c.rect(x, y, 130, 276, fill, r=34)
        c.rect(x + 18, y + 30, 18, 200, WHITE, r=9, opacity=0.35)


@drawing
def shaver(c: Canvas) -> None:
    c.ground(400, 260, 690)
    c.path("M330 330H470L490 620Q494 684 440 684H360Q306 684 310 620Z", c.round_body())
    c.path("M300 220Q400 150 500 220Q520 300 470 340H330Q280 300 300 220Z", INK)
    for x, y in ((352, 240), (448, 240), (400, 298)):
        c.circle(x, y, 42, METAL)
        c.circle(x, y, 30, "none", stroke=STEEL, stroke_width=6, stroke_dasharray="4 4")
        c.circle(x, y, 14, STEEL)
    c.rect(380, 420, 40, 76, INK, r=20)
    c.circle(400, 440, 9, "#8fe0a9")
    c.line("M350 540H450M356 570H444M362 600H438", c.edge, 6, opacity=0.6)
