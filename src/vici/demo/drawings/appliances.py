"""Machines that do the housework."""

from vici.demo.drawings.canvas import GROUND, INK, METAL, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def fridge(c: Canvas, *, doors: int = 2) -> None:
    """Two doors one above the other, or four side by side."""
    c.ground(400, 460, 700)
    if doors == 2:
        c.rect(250, 90, 300, 606, c.round_body(), r=26)
        c.rect(250, 290, 300, 8, c.deep)
        c.rect(282, 220, 14, 56, c.edge, r=7)
        c.rect(282, 314, 14, 130, c.edge, r=7)
        c.rect(430, 140, 80, 12, c.trim, r=6, opacity=0.5)
    else:
        c.rect(190, 90, 420, 606, c.round_body(), r=24)
        c.rect(190, 410, 420, 8, c.deep)
        c.rect(397, 90, 6, 606, c.deep)
        for x in (366, 420):
            c.rect(x, 250, 14, 120, c.edge, r=7)
            c.rect(x, 450, 14, 100, c.edge, r=7)
        c.rect(240, 190, 90, 130, INK, r=10)
        c.rect(258, 210, 54, 20, "#8fc7d8", r=6)
    c.rect(280 if doors == 2 else 230, 690, 40, 10, INK, r=4)
    c.rect(480 if doors == 2 else 530, 690, 40, 10, INK, r=4)


@drawing
def washing_machine(c: Canvas) -> None:
    c.ground(400, 500, 690)
    c.rect(190, 140, 420, 546, c.round_body(), r=26)
    c.rect(190, 140, 420, 96, c.shade, r=26)
    c.rect(222, 168, 110, 40, c.light, r=10)
    c.circle(500, 188, 28, c.deep)
    c.rect(380, 172, 80, 32, INK, r=8)
    c.circle(400, 450, 168, METAL)
    c.circle(400, 450, 144, STEEL)
    c.circle(400, 450, 126, "#2f4360")
    c.path("M278 466Q340 430 400 466T524 460Q512 576 400 576T278 466Z", "#6fb5d0")
    c.path("M300 510Q350 480 400 510T500 508Q470 566 400 566T300 510Z", "#a5d8e6", opacity=0.7)
    for x, y, r in ((350, 410, 12), (420, 390, 18), (460, 430, 9)):
        c.circle(x, y, r, WHITE, opacity=0.5)
    c.rect(546, 426, 20, 48, STEEL, r=10)


@drawing
def air_conditioner(c: Canvas) -> None:
    c.rect(90, 220, 620, 210, c.deep, r=36)
    c.rect(90, 214, 620, 206, c.body(), r=36)
    c.path("M110 366H690V384Q690 420 654 420H146Q110 420 110 384Z", c.shade)
    c.rect(140, 384, 520, 14, c.deep, r=7)
    c.rect(580, 290, 80, 34, INK, r=10, opacity=0.85)
    c.rect(594, 301, 36, 12, "#8fe0d5", r=5)
    for x, length in ((220, 110), (340, 150), (460, 150), (580, 110)):
        c.line(f"M{x} 470Q{x - 26} {470 + length / 2:g} {x} {470 + length}", "#8cc4dd", 13, opacity=0.8)


@drawing
def fan(c: Canvas) -> None:
    """On a stand."""
    c.ground(400, 320, 700)
    c.rect(384, 460, 32, 220, STEEL, r=12)
    c.path("M270 690Q270 650 330 650H470Q530 650 530 690Z", c.base)
    c.circle(400, 300, 210, c.edge)
    c.circle(400, 300, 200, c.pale)
    for blade in range(5):
        with c.turned(72 * blade, 400, 300):
            c.path("M400 300C470 270 500 180 440 128C380 150 360 240 400 300Z", c.base, opacity=0.92)
    for radius in (160, 110):
        c.circle(400, 300, radius, "none", stroke=c.edge, stroke_width=4, opacity=0.6)
    for spoke in range(12):
        with c.turned(30 * spoke, 400, 300):
            c.rect(398, 96, 4, 170, c.edge, opacity=0.5)
    c.circle(400, 300, 44, c.deep)
    c.circle(390, 290, 14, WHITE, opacity=0.3)


@drawing
def air_purifier(c: Canvas) -> None:
    c.ground(400, 360, 690)
    c.rect(256, 130, 288, 556, c.round_body(), r=66)
    c.ellipse(400, 170, 118, 30, c.deep)
    c.ellipse(400, 166, 92, 20, INK, opacity=0.75)
    c.circle(400, 290, 46, INK)
    c.circle(400, 290, 40, "none", stroke="#8fe0a9", stroke_width=6)
    c.line("M384 290Q392 276 400 290T416 290", WHITE, 6)
    for row in range(7):
        c.line(f"M286 {400 + 36 * row}H514", c.deep, 10, stroke_dasharray="2 18", opacity=0.65)


@drawing
def stick_vacuum(c: Canvas) -> None:
    c.ground(340, 420, 690)
    with c.turned(16, 400, 400):
        c.rect(386, 300, 28, 330, METAL, r=12)
        c.line("M420 110Q540 110 530 200T420 250", c.edge, 26)
        c.rect(352, 80, 96, 200, c.round_body(), r=36)
        c.rect(340, 130, 120, 26, c.edge, r=13)
        c.rect(346, 256, 108, 130, "#cfe6ee", r=26, opacity=0.9)
        c.rect(358, 320, 84, 58, c.pale, r=20)
        c.rect(340, 246, 120, 26, c.edge, r=13)
        c.circle(400, 106, 12, "#8fe0a9")
    c.path("M190 648Q190 610 230 610H400Q440 610 440 648V672Q440 686 426 686H204Q190 686 190 672Z", c.base)
    c.rect(190, 656, 250, 30, c.deep, r=14)


@drawing
def robot_vacuum(c: Canvas) -> None:
    c.ground(400, 560, 560)
    c.ellipse(400, 460, 290, 128, c.deep)
    c.ellipse(400, 436, 290, 128, c.shade)
    c.ellipse(400, 420, 290, 128, c.body())
    c.ellipse(400, 420, 226, 96, "none", stroke=c.edge, stroke_width=5, opacity=0.6)
    c.path("M330 378V346Q330 318 400 318T470 346V378Z", c.edge)
    c.ellipse(400, 378, 70, 26, c.deep)
    c.ellipse(400, 346, 70, 26, c.shade)
    c.ellipse(400, 472, 40, 15, c.pale)
    c.circle(400, 472, 7, "#5fc27e")
    for x in (134, 666):
        c.line(f"M{x} 506l-34 34m34 -34l6 46m-6 -46l36 30", STEEL, 6)


@drawing
def iron(c: Canvas) -> None:
    c.ground(400, 560, 640)
    c.path("M110 600H680Q690 600 690 612V624Q690 636 678 636H100Q84 636 90 620Z", METAL)
    c.path("M110 600C130 480 240 400 400 390H640Q676 390 680 440L690 600Z", c.body())
    c.path(
        "M250 470Q270 250 450 250H560Q640 250 650 330L656 392H590L580 340Q576 318 552 318H460Q360 318 330 420Z", c.deep
    )
    c.path("M180 520Q260 440 400 436H560Q580 436 580 460T560 484H420Q300 490 230 540Z", "#bfe0ea", opacity=0.75)
    c.circle(620, 500, 34, c.trim, opacity=0.8)
    c.line("M620 500V476", INK, 7)


@drawing
def steamer(c: Canvas) -> None:
    """A garment steamer held in the hand."""
    c.ground(420, 300, 690)
    c.path("M250 170Q250 140 280 140H470Q560 150 570 260L576 320H400L250 260Z", c.body())
    c.rect(226, 140, 40, 132, METAL, r=14)
    c.path("M430 310H570L540 560Q534 600 494 600H460Q424 600 424 560Z", c.shade)
    c.rect(440, 380, 96, 150, "#cfe6ee", r=20, opacity=0.8)
    c.path("M444 470Q490 450 532 470L526 530Q490 540 450 530Z", "#8fc7d8")
    c.rect(430, 590, 110, 80, c.deep, r=26)
    for y in (160, 206, 252):
        c.line(f"M200 {y}q-24 -16 -46 0t-46 0", "#9fb9c9", 9, opacity=0.8)


@drawing
def hair_dryer(c: Canvas) -> None:
    c.ground(440, 360, 690)
    c.path("M430 380H560L530 640Q524 680 484 680H470Q436 680 436 644Z", c.shade)
    c.rect(446, 470, 24, 66, c.trim, r=12, opacity=0.8)
    c.path("M210 190H500C620 190 650 250 650 300S620 410 500 410H210Z", c.body())
    c.path("M110 216L210 190V410L110 384Z", c.deep)
    c.rect(98, 216, 20, 168, INK, r=8)
    c.circle(540, 300, 78, c.deep)
    for radius in (56, 36):
        c.circle(540, 300, radius, "none", stroke=c.light, stroke_width=6)
    c.circle(540, 300, 16, c.light)


@drawing
def water_heater(c: Canvas) -> None:
    c.rect(170, 200, 460, 300, c.round_body(), r=80)
    c.rect(200, 226, 400, 44, WHITE, r=22, opacity=0.3)
    c.circle(400, 400, 54, INK)
    c.circle(400, 400, 46, "none", stroke="#f08a72", stroke_width=7, stroke_dasharray="200 90")
    c.circle(400, 400, 8, WHITE)
    c.line("M300 500V610M500 500V610", STEEL, 26)
    c.rect(282, 540, 36, 40, "#4f83d1", r=8)
    c.rect(482, 540, 36, 40, "#e0705a", r=8)


@drawing
def dehumidifier(c: Canvas) -> None:
    c.ground(400, 380, 690)
    c.line("M300 150V120Q300 104 316 104H484Q500 104 500 120V150", c.deep, 18)
    c.rect(240, 146, 320, 540, c.round_body(), r=40)
    c.rect(270, 180, 260, 70, INK, r=16)
    c.rect(300, 200, 66, 30, "#8fc7d8", r=6)
    for row in range(5):
        c.rect(276, 290 + 30 * row, 248, 12, c.deep, r=6)
    c.rect(276, 476, 248, 180, "#d6ebf1", r=18)
    c.path("M276 566Q340 540 400 566T524 560V638Q524 656 506 656H294Q276 656 276 638Z", "#7db9d3")
    c.rect(286, GROUND + 34, 40, 12, INK, r=6)
    c.rect(474, GROUND + 34, 40, 12, INK, r=6)


@drawing
def sewing_machine(c: Canvas) -> None:
    c.ground(400, 600, 640)
    c.rect(110, 570, 580, 66, c.shade, r=18)
    c.path("M150 270Q150 220 200 220H620Q670 220 670 270V572H540V380H270V450H150Z", c.body())
    c.rect(176, 450, 66, 40, STEEL, r=8)
    c.rect(204, 490, 8, 76, METAL)
    c.rect(180, 556, 60, 14, METAL, r=5)
    c.circle(680, 320, 44, c.deep)
    c.circle(604, 300, 34, c.trim, opacity=0.6)
    c.circle(604, 470, 30, c.trim, opacity=0.6)
    c.rect(380, 160, 50, 62, "#e0705a", r=8)
    c.line("M384 176H426M384 194H426", mix("#e0705a", WHITE, 0.4), 5)
    c.line("M404 222Q300 250 220 330V480", "#e0705a", 4)
