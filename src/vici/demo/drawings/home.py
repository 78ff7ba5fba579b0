"""What makes a room."""

from typing import Literal

from vici.demo.drawings.canvas import GROUND, INK, LEAF, METAL, PAPER, STEEL, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing

DARK_WOOD = mix(WOOD, INK, 0.3)


@drawing
def floor_lamp(c: Canvas) -> None:
    c.ground(400, 280, 700)
    c.path("M290 280L180 470H620L510 280Z", "#fff2cc", opacity=0.6)
    c.rect(392, 280, 16, 400, DARK_WOOD, r=8)
    c.ellipse(400, 684, 100, 20, DARK_WOOD)
    c.path("M310 110H490L550 300H250Z", c.round_body())
    c.ellipse(400, 300, 150, 22, "#fff2cc")


@drawing
def desk_lamp(c: Canvas) -> None:
    c.ground(400, 340, 690)
    c.path("M470 260L330 690H700Z", "#fff2cc", opacity=0.45)
    c.line("M300 660L220 400L420 220", c.edge, 22)
    c.circle(220, 400, 26, c.deep)
    c.path("M190 690Q190 650 240 650H370Q420 650 420 690Z", c.base)
    with c.turned(36, 460, 240):
        c.path("M390 180Q400 140 450 140H480Q530 140 540 180L570 290H360Z", c.body())
        c.ellipse(465, 290, 105, 18, "#ffe9ae")


@drawing
def lantern(c: Canvas) -> None:
    """A lampshade of woven bamboo or paper, hung up."""
    c.rect(397, 60, 6, 100, INK)
    c.rect(356, 150, 88, 20, DARK_WOOD, r=8)
    c.ellipse(400, 370, 220, 206, c.round_body())
    for share in (0.78, 0.45, 0.12):
        c.ellipse(400, 370, 220 * share, 206, "none", stroke=c.edge, stroke_width=5, opacity=0.6)
    c.line("M190 310Q400 350 610 310M182 390Q400 440 618 390M220 480Q400 530 580 480", c.edge, 5, opacity=0.5)
    c.rect(356, 566, 88, 18, DARK_WOOD, r=8)
    c.line("M400 584V640M400 640V720M386 640V710M414 640V710", "#c2553f", 7)


@drawing
def sofa(c: Canvas) -> None:
    c.ground(400, 660)
    for x in (160, 610):
        c.rect(x, 590, 26, 56, DARK_WOOD, r=6)
    c.rect(140, 250, 520, 270, c.body(), r=60)
    c.rect(396, 270, 8, 190, c.edge, opacity=0.5)
    c.rect(150, 420, 250, 110, c.light, r=34)
    c.rect(400, 420, 250, 110, c.light, r=34)
    c.rect(80, 350, 110, 250, c.shade, r=50)
    c.rect(610, 350, 110, 250, c.shade, r=50)
    c.rect(140, 520, 520, 80, c.deep, r=24)
    with c.turned(-10, 260, 370):
        c.rect(204, 310, 124, 116, c.trim, r=24)


@drawing
def armchair(c: Canvas) -> None:
    c.ground(400, 440)
    c.line("M270 560L240 644M530 560L560 644", DARK_WOOD, 24)
    c.path("M250 250C250 150 320 120 400 120S550 150 550 250V480H250Z", c.body())
    c.path(
        "M180 400Q180 340 230 340T280 400V470H520V400Q520 340 570 340T620 400V540Q620 580 580 580H220Q180 580 180 540Z",
        c.shade,
    )
    c.rect(264, 440, 272, 84, c.light, r=34)
    for x, y in ((340, 240), (460, 240), (400, 310)):
        c.circle(x, y, 9, c.edge)


@drawing
def chair(c: Canvas) -> None:
    c.ground(400, 380, 690)
    c.line("M276 470L246 680M524 470L554 680M330 470L322 650M470 470L478 650", DARK_WOOD, 22)
    c.path("M276 130Q400 90 524 130L512 250Q400 220 288 250Z", c.base)
    c.line("M290 240L280 420M510 240L520 420M360 240V420M440 240V420", WOOD, 16)
    c.path("M240 410H560Q580 410 580 436T556 474H244Q220 474 220 440T240 410Z", c.body())


@drawing
def office_chair(c: Canvas) -> None:
    c.ground(400, 420, 700)
    c.line("M400 540V630M400 630L260 684M400 630L540 684M400 630V694", STEEL, 20)
    for x, y in ((260, 690), (540, 690), (400, 700)):
        c.circle(x, y, 16, INK)
    c.path("M280 120Q400 80 520 120Q560 280 526 430H274Q240 280 280 120Z", c.edge)
    c.path("M300 140Q400 106 500 140Q532 280 506 410H294Q268 280 300 140Z", c.base, opacity=0.85)
    for y in (190, 240, 290, 340):
        c.line(f"M300 {y}Q400 {y + 22} 500 {y}", c.light, 4, opacity=0.7)
    c.rect(236, 456, 328, 84, c.deep, r=38)
    for x in (190, 564):
        c.rect(x, 380, 46, 22, INK, r=11)
        c.rect(x + 14, 396, 18, 90, STEEL)


@drawing
def table(c: Canvas, *, shape: Literal["long", "round"] = "long") -> None:
    if shape == "round":
        c.ground(400, 480)
        c.line("M270 430L220 640M530 430L580 640M400 440V630", c.deep, 22)
        c.ellipse(400, 420, 290, 76, c.deep)
        c.ellipse(400, 402, 290, 76, c.body())
        c.ellipse(350, 390, 46, 14, PAPER)
        c.path("M306 340H394L384 388Q350 402 316 388Z", PAPER)
        return
    c.ground(400, 620)
    c.path("M140 420H190L176 640H146ZM610 420H660L654 640H624Z", c.shade)
    c.path("M100 350H700L724 400H76Z", c.light)
    c.rect(76, 396, 648, 40, c.body(), r=8)
    c.rect(420, 436, 190, 60, c.shade, r=6)
    c.rect(490, 458, 50, 12, METAL, r=6)
    c.rect(180, 250, 30, 110, "#c2553f", r=4)
    c.rect(212, 236, 36, 124, "#3f6fae", r=4)
    c.rect(250, 262, 26, 98, "#e2b65c", r=4)


@drawing
def shelf(c: Canvas) -> None:
    c.ground(400, 420, 700)
    c.rect(220, 100, 360, 594, c.deep, r=10)
    c.rect(236, 116, 328, 562, c.pale)
    for y in (250, 390, 530):
        c.rect(228, y, 344, 16, c.base)
    for x, top, color in ((256, 150, "#c2553f"), (290, 166, "#3f6fae"), (322, 156, "#e2b65c"), (360, 172, LEAF)):
        c.rect(x, top, 28, 250 - top, color, r=3)
    c.circle(500, 210, 38, "#e8dccb")
    c.path("M460 330H540L530 390H470Z", "#c07a55")
    c.path("M500 330Q450 290 462 262Q490 280 500 330Q510 280 540 266Q550 300 500 330Z", LEAF)
    c.rect(270, 340, 150, 50, "#d9c6ac", r=8)
    c.rect(270, 440, 130, 90, "#8aa7b5", r=8)
    c.rect(430, 470, 110, 60, "#d98a75", r=8)
    c.rect(236, 546, 328, 132, c.base)
    c.rect(396, 546, 8, 132, c.deep)
    for x in (378, 414):
        c.circle(x, 612, 8, METAL)


@drawing
def bed_linen(c: Canvas) -> None:
    c.ground(400, 660, 640)
    c.rect(110, 250, 580, 220, DARK_WOOD, r=26)
    c.rect(90, 480, 620, 140, PAPER, r=30)
    for x in (150, 420):
        c.rect(x, 340, 230, 140, c.light, r=50)
        c.line(f"M{x + 30} 380Q{x + 60} 400 {x + 40} 440", c.edge, 5, opacity=0.5)
    c.path("M80 500Q80 450 130 450H670Q720 450 720 500V600Q720 630 690 630H110Q80 630 80 600Z", c.body())
    c.path("M80 500Q80 450 130 450H670Q720 450 720 500V520H80Z", c.pale)
    c.line("M200 540Q240 590 220 630M400 530Q420 580 400 630M600 540Q570 590 590 630", c.edge, 6, opacity=0.5)


@drawing
def pillow(c: Canvas) -> None:
    c.ground(400, 560, 600)
    with c.turned(-6):
        c.path(
            "M150 300Q120 230 190 240Q400 210 610 240Q680 230 650 300Q680 400 650 520Q680 590 610 580"
            "Q400 600 190 580Q120 590 150 520Q120 400 150 300Z",
            c.body(),
        )
        c.line("M196 290Q230 330 224 380M604 290Q570 330 576 380M196 530Q240 500 300 500", c.edge, 7, opacity=0.5)
        c.line("M200 560Q400 580 600 560", c.edge, 5, stroke_dasharray="4 12")


@drawing
def cushion(c: Canvas) -> None:
    """With a pattern."""
    c.ground(400, 480, 670)
    with c.turned(5):
        c.path(
            "M190 200Q160 150 220 170Q400 140 580 170Q640 150 610 200Q640 400 610 600Q640 650 580 640"
            "Q400 660 220 640Q160 650 190 600Q160 400 190 200Z",
            c.body(),
        )
        for row in range(3):
            for column in range(3):
                x, y = 280 + 120 * column, 290 + 120 * row
                c.path(
                    f"M{x} {y - 44}Q{x + 14} {y - 14} {x + 44} {y}Q{x + 14} {y + 14} {x} {y + 44}"
                    f"Q{x - 14} {y + 14} {x - 44} {y}Q{x - 14} {y - 14} {x} {y - 44}Z",
                    c.trim,
                    opacity=0.7,
                )


@drawing
def blanket(c: Canvas) -> None:
    """Folded, with tassels."""
    c.ground(400, 560)
    for index, fill in enumerate((c.shade, c.base, c.light)):
        c.rect(140, 540 - 110 * index, 520, 104, fill, r=46)
        c.line(f"M180 {592 - 110 * index}H620", c.trim, 8, stroke_dasharray="26 18", opacity=0.6)
    c.path("M420 310H560V640H420Z", c.deep, opacity=0.35)
    for x in range(428, 560, 22):
        c.line(f"M{x} 636V680", c.trim, 8)


@drawing
def towel(c: Canvas) -> None:
    """On a bar."""
    c.rect(120, 190, 560, 20, STEEL, r=10)
    for x in (120, 660):
        c.circle(x + 10, 200, 24, METAL)
    c.path("M230 196H450V660Q340 680 230 660Z", c.round_body())
    c.path("M230 560H450V600H230ZM230 616H450V628H230Z", c.trim, opacity=0.55)
    c.path("M450 196H590V500Q520 514 450 500Z", c.fade(c.shade, c.deep, across=True))
    c.path("M450 430H590V456H450Z", c.trim, opacity=0.45)


@drawing
def rug(c: Canvas) -> None:
    c.ground(400, 660, 600)
    c.path("M210 220H590L700 580H100Z", c.base)
    c.line("M240 256H560L640 544H160Z", c.trim, 12, opacity=0.8)
    c.path("M400 290L540 400L400 510L260 400Z", c.trim, opacity=0.75)
    c.path("M400 340L470 400L400 460L330 400Z", c.deep)
    for index in range(13):
        c.line(f"M{110 + 48.5 * index:g} 582v34", c.trim, 7)
        c.line(f"M{214 + 31 * index} 218v-26", c.trim, 6)


@drawing
def curtain(c: Canvas) -> None:
    c.rect(90, 110, 620, 16, DARK_WOOD, r=8)
    for x in (90, 710):
        c.circle(x, 118, 20, DARK_WOOD)
    c.rect(240, 140, 320, 520, "#d8eaf3")
    c.path("M240 480Q330 420 400 480T560 450V660H240Z", "#b9d8c4")
    c.rect(396, 140, 8, 520, WHITE)
    for flipped in (False, True):
        with c.moved(800 if flipped else 0, 0, flipped=flipped):
            c.path(
                "M120 126H330Q320 330 210 420Q270 520 250 690H110Q130 400 120 126Z",
                c.fade(c.light, c.shade, across=True),
            )
            c.line(
                "M170 130Q176 330 160 690M225 130Q222 300 190 410M280 130Q270 300 210 414M210 430Q220 560 200 690",
                c.edge,
                5,
                opacity=0.4,
            )
            c.rect(150, 404, 72, 26, c.trim, r=13)


@drawing
def vase(c: Canvas) -> None:
    c.ground(400, 300, 690)
    c.line("M400 360Q380 240 330 190M400 360Q410 220 420 150M400 360Q430 250 500 210", LEAF, 9)
    for x, y, color in ((322, 176, "#e6988a"), (422, 130, "#f0c36d"), (512, 196, "#e6988a")):
        for petal in range(5):
            with c.turned(72 * petal, x, y):
                c.ellipse(x, y - 30, 18, 30, color)
        c.circle(x, y, 14, "#8a5a3c")
    c.path("M396 330Q330 320 306 270Q370 270 396 330ZM408 320Q470 310 496 264Q430 262 408 320Z", LEAF)
    c.path("M350 340H450Q446 400 500 470T480 650Q470 684 430 684H370Q330 684 320 650T300 470T350 340Z", c.round_body())
    c.ellipse(400, 340, 50, 12, c.deep)
    c.line("M308 500Q400 540 492 500", c.trim, 9, opacity=0.6)


@drawing
def candle(c: Canvas) -> None:
    c.ground(400, 380, 680)
    c.path("M400 110Q440 170 424 206T400 236T376 206T400 110Z", "#f4b04f")
    c.path("M400 160Q416 190 410 208T400 224T390 208T400 160Z", "#fff0c4")
    c.rect(396, 226, 8, 50, INK, r=3)
    c.path("M256 270H544V600Q544 670 474 670H326Q256 670 256 600Z", c.round_body())
    c.ellipse(400, 270, 144, 32, c.pale)
    c.rect(306, 400, 188, 150, PAPER, r=10)
    c.path("M400 430Q440 470 400 510Q360 470 400 430Z", LEAF)
    c.line("M350 530H450", STEEL, 6)


@drawing
def plant(c: Canvas) -> None:
    c.ground(400, 320, 690)
    for degrees in (-56, -28, 0, 28, 56):
        with c.turned(degrees, 400, 470):
            c.path("M400 470Q340 320 400 130Q460 320 400 470Z", LEAF if degrees % 56 else mix(LEAF, INK, 0.18))
            c.line("M400 450V190", mix(LEAF, WHITE, 0.35), 5)
    c.path("M280 450H520L490 650Q486 684 452 684H348Q314 684 310 650Z", c.round_body())
    c.rect(264, 430, 272, 46, c.deep, r=14)


@drawing
def wall_clock(c: Canvas) -> None:
    c.circle(400, 400, 262, c.deep)
    c.circle(400, 396, 256, c.body())
    c.circle(400, 396, 214, PAPER)
    for hour in range(12):
        with c.turned(30 * hour, 400, 396):
            c.rect(394, 202, 12, 40 if hour % 3 == 0 else 20, INK, r=6)
    c.line("M400 396L310 340", INK, 18)
    c.line("M400 396L500 270", INK, 12)
    c.line("M400 440L400 250", "#d9654f", 5)
    c.circle(400, 396, 16, "#d9654f")


@drawing
def mirror(c: Canvas) -> None:
    c.ground(400, 360, 700)
    c.rect(250, 90, 300, 606, c.deep, r=150)
    c.rect(250, 84, 300, 606, c.body(), r=150)
    c.rect(270, 104, 260, 566, c.fade("#e6f2f6", "#b9d3de"), r=130)
    c.line("M300 300L460 130M300 400L510 180M310 560L400 466", WHITE, 18, opacity=0.7)


@drawing
def basket(c: Canvas) -> None:
    c.ground(400, 480, 670)
    c.line("M260 320C260 130 540 130 540 320", c.edge, 24)
    c.path("M180 310H620L570 630Q564 664 530 664H270Q236 664 230 630Z", c.round_body())
    for row in range(5):
        c.line(f"M{196 + 9 * row} {370 + 62 * row}H{604 - 9 * row}", c.edge, 9, stroke_dasharray="30 16", opacity=0.6)
    c.rect(166, 292, 468, 46, c.deep, r=20)


@drawing
def frame(c: Canvas) -> None:
    """A picture on the wall."""
    c.rect(170, 120, 460, 560, c.deep, r=8)
    c.rect(170, 114, 460, 556, c.body(), r=8)
    c.rect(200, 144, 400, 496, PAPER)
    c.rect(250, 200, 300, 384, c.fade("#f6dcc0", "#e9b49a"))
    c.circle(450, 300, 48, "#d9654f")
    c.path("M250 470L350 360L420 430L480 380L550 470V584H250Z", "#4d7f80")
    c.path("M250 520Q330 470 400 520T550 510V584H250Z", "#2f5660")


@drawing
def diffuser(c: Canvas) -> None:
    """Scented oil with reeds."""
    c.ground(400, 260, 690)
    for degrees in (-22, -12, -2, 9, 19):
        with c.turned(degrees, 400, 420):
            c.rect(396, 110, 8, 330, DARK_WOOD, r=4)
    c.rect(364, 330, 72, 60, INK, r=8)
    c.path(
        "M370 384H430Q430 430 470 450Q500 470 500 520V640Q500 684 456 684H344Q300 684 300 640V520"
        "Q300 470 330 450Q370 430 370 384Z",
        c.body(),
        opacity=0.9,
    )
    c.rect(336, 520, 128, 104, PAPER, r=6)
    c.path("M400 536Q428 566 400 600Q372 566 400 536Z", LEAF)


@drawing
def storage_box(c: Canvas) -> None:
    c.ground(400, 540)
    c.path("M150 330H650L624 610Q620 640 590 640H210Q180 640 176 610Z", c.body())
    c.rect(126, 276, 548, 70, c.deep, r=20)
    c.rect(126, 270, 548, 62, c.light, r=20)
    c.rect(330, 410, 140, 50, c.deep, r=25)
    c.rect(346, 424, 108, 24, mix(c.deep, INK, 0.5), r=12)
    c.rect(220, 520, 110, 70, PAPER, r=6)


@drawing
def smart_bulb(c: Canvas) -> None:
    c.circle(400, 330, 240, c.pale, opacity=0.55)
    c.path(
        "M400 130C510 130 580 210 580 310C580 400 510 440 494 530H306C290 440 220 400 220 310C220 210 290 130 400 130Z",
        c.body(),
    )
    c.line("M270 290Q280 210 350 180", WHITE, 20, opacity=0.6)
    for y in (534, 574, 614):
        c.rect(316, y, 168, 34, METAL if y != 574 else STEEL, r=14)
    c.path("M346 648H454L430 690H370Z", INK)


@drawing
def smart_lock(c: Canvas) -> None:
    c.rect(150, 80, 500, 640, mix(WOOD, WHITE, 0.25), r=8)
    c.line("M250 80V720M560 80V720", WOOD, 4)
    c.rect(310, 150, 180, 500, c.round_body(), r=40)
    c.rect(332, 176, 136, 250, INK, r=24)
    for row in range(4):
        for column in range(3):
            c.circle(364 + 36 * column, 226 + 50 * row, 9, "#8fc7d8")
    c.rect(400, 500, 220, 44, METAL, r=22)
    c.circle(400, 522, 50, STEEL)
    c.circle(400, 522, 26, METAL)
    c.rect(380, GROUND - 60, 40, 20, INK, r=10)
