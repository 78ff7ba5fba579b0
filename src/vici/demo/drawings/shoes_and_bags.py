"""Shoes, bags and cases."""

from typing import Literal

from vici.demo.drawings.canvas import GOLD, GROUND, INK, METAL, PAPER, STEEL, WHITE, Canvas
from vici.demo.drawings.kinds import drawing


@drawing
def sneaker(c: Canvas, *, style: Literal["low", "runner", "high"] = "low") -> None:
    c.ground(400, 640, 610)
    if style == "high":
        c.path("M150 180H330Q350 300 420 360Q520 430 640 450Q700 464 700 530V560H110V420Q140 300 150 180Z", c.body())
        c.circle(230, 330, 44, PAPER)
        c.circle(230, 330, 26, c.deep)
    else:
        c.path(
            "M120 300Q140 270 180 290Q260 330 320 270Q340 250 370 280Q460 400 620 440Q700 460 706 530V560H104"
            "V420Q104 350 120 300Z",
            c.body(),
        )
    c.path("M560 430Q700 450 706 530V560H520Q520 470 560 430Z", c.edge if style != "high" else PAPER, opacity=0.85)
    c.path("M96 548H712Q724 548 720 570Q712 610 670 610H140Q96 610 90 570Z", PAPER)
    c.line("M110 582H700", "#d8cfbd", 6)
    for index in range(5):
        x, y = 350 + 40 * index, (300 if style != "high" else 330) + 30 * index
        c.line(f"M{x - 44} {y + 30}L{x + 10} {y - 6}", WHITE, 11)
    if style == "runner":
        c.path("M140 540Q260 400 470 540L420 546Q280 460 180 546Z", c.trim)
        c.path("M96 548H712Q724 548 720 570L690 606H600L640 570H200L160 606H130Q96 606 90 570Z", c.trim)
    elif style == "low":
        c.path("M112 400Q180 420 190 540H106Z", c.edge, opacity=0.8)
        c.line("M260 520Q340 500 400 430", c.trim, 13)


@drawing
def dress_shoe(c: Canvas) -> None:
    """Of leather; laced."""
    c.ground(400, 640, 600)
    c.path(
        "M120 300Q150 270 200 300Q270 330 330 290L400 360Q500 420 620 440Q712 460 712 540V560H110Q100 420 120 300Z",
        c.body(),
    )
    c.path("M110 552H712Q716 590 690 590H300V600H120Q104 600 110 552Z", c.deep)
    c.rect(116, 580, 150, 24, INK, r=4)
    c.path("M540 430Q600 470 590 556H712V540Q712 460 620 440Z", c.shade)
    c.line("M548 436Q596 480 588 548", c.trim, 4, stroke_dasharray="8 7")
    c.line("M310 320L380 300M340 352L412 330M374 384L446 360", c.deep, 9)
    c.path("M180 380Q240 360 300 400Q240 440 190 440Z", c.light, opacity=0.35)


@drawing
def boot(c: Canvas) -> None:
    c.ground(420, 520, 690)
    c.path("M230 110H440L430 400Q440 470 540 500Q650 520 650 610V640H220Z", c.body())
    c.path("M230 110H440L438 160H230Z", c.edge)
    c.path("M214 632H656V664Q656 680 640 680H320V660H290V680H230Q214 680 214 664Z", INK)
    c.path("M330 180L350 420H290L300 180Z", c.edge, opacity=0.7)
    c.line("M236 130Q220 90 250 84", c.edge, 13)
    c.path("M540 500Q650 520 650 610V632H560Q570 560 520 494Z", c.shade)


@drawing
def heel(c: Canvas) -> None:
    c.ground(420, 560, 640)
    c.path("M150 250L132 640H160L196 420Z", c.deep)
    c.path(
        "M142 240Q200 220 250 320Q340 470 520 540Q650 560 700 600Q720 630 690 636H560Q440 630 340 540"
        "Q240 430 170 420Q130 330 142 240Z",
        c.body(),
    )
    c.path(
        "M142 240Q200 220 250 320Q340 470 520 540Q440 560 360 490Q260 390 210 330Q180 280 142 240Z", PAPER, opacity=0.6
    )
    c.path("M340 540Q440 630 560 636H690Q700 636 704 628Q600 626 540 612Q430 590 330 510Z", c.deep)


@drawing
def sandal(c: Canvas) -> None:
    c.ground(400, 640, 600)
    c.path("M90 520Q100 470 200 490Q400 520 600 490Q710 480 716 530Q716 590 640 590H150Q90 590 90 520Z", "#d8b98e")
    c.path("M90 540Q400 560 716 536Q716 600 640 600H150Q90 600 90 540Z", c.deep)
    c.line("M170 490Q180 330 260 300", c.base, 32)
    c.path("M420 510Q440 390 520 380T640 496L580 506Q570 440 520 440T476 510Z", c.body())
    c.path("M200 330Q300 270 380 330L440 480L390 500L340 370Q290 330 230 370Z", c.body())
    c.rect(240, 306, 40, 34, GOLD, r=8)


@drawing
def slipper(c: Canvas) -> None:
    c.ground(400, 600, 650)
    for x, y in ((130, -20), (50, 120)):
        with c.moved(x, y, 0.84):
            c.path("M96 560Q96 500 200 500H560Q700 500 700 570Q700 620 640 620H150Q96 620 96 560Z", "#e9dcc6")
            c.path("M96 576Q96 600 100 604Q110 620 150 620H640Q700 620 700 576Z", c.deep)
            c.path("M380 530Q400 400 540 400Q690 410 696 560Q540 580 380 570Z", c.body())
            c.path("M380 530Q400 400 540 400Q440 430 430 572L380 570Z", c.edge, opacity=0.6)


@drawing
def handbag(c: Canvas, *, style: Literal["satchel", "crossbody", "bucket"] = "satchel") -> None:
    c.ground(400, 520, 680)
    if style == "bucket":
        c.line("M270 300C270 90 530 90 530 300", c.edge, 18)
        c.path("M220 300H580L610 620Q614 670 566 670H234Q186 670 190 620Z", c.round_body())
        c.path("M220 290Q400 350 580 290L584 340Q400 390 216 340Z", c.edge)
        c.line("M400 350V450M370 360L350 470M430 360L450 470", c.deep, 8)
        return
    if style == "crossbody":
        c.line("M180 330C150 60 650 60 620 330", c.edge, 13, stroke_dasharray="20 6", cap="butt")
        c.rect(170, 300, 460, 340, c.body(), r=60)
        c.path("M170 360Q170 300 230 300H570Q630 300 630 360V460Q400 540 170 460Z", c.light)
        c.line("M176 462Q400 542 624 462", c.edge, 5)
        c.circle(400, 500, 30, GOLD)
        c.circle(400, 500, 14, c.base)
        return
    c.line("M290 300C290 120 510 120 510 300", c.edge, 24)
    c.path("M180 290H620L666 620Q670 670 620 670H180Q130 670 134 620Z", c.body())
    c.path("M180 290H620L632 380Q400 470 168 380Z", c.edge)
    c.rect(370, 390, 60, 74, GOLD, r=12)
    c.circle(400, 430, 10, c.deep)
    for x in (290, 510):
        c.circle(x, 306, 15, GOLD)


@drawing
def tote(c: Canvas) -> None:
    c.ground(400, 460, 690)
    c.line("M300 300C300 70 500 70 500 300", c.edge, 24)
    c.path("M200 260H600L630 660Q632 684 608 684H192Q168 684 170 660Z", c.body())
    c.line("M216 300H584", c.edge, 5, stroke_dasharray="12 9", opacity=0.7)
    c.path("M400 560Q300 500 330 430Q370 400 400 450Q430 400 470 430Q500 500 400 560Z", c.trim, opacity=0.85)
    c.line("M400 560V610M400 590Q430 570 440 580", c.trim, 7, opacity=0.85)


@drawing
def backpack(c: Canvas, *, style: Literal["city", "hiking", "kids"] = "city") -> None:
    c.ground(400, 440, 700)
    c.line("M340 140Q340 90 400 90T460 140", c.deep, 20)
    if style == "hiking":
        c.rect(230, 96, 340, 80, c.trim, r=36)
        c.rect(200, 640, 400, 46, c.trim, r=22)
    c.rect(176, 380, 70, 220, c.deep, r=30)
    c.rect(554, 380, 70, 220, c.deep, r=30)
    c.path("M220 300C220 180 290 130 400 130S580 180 580 300V620Q580 690 510 690H290Q220 690 220 620Z", c.round_body())
    c.line("M256 300C256 210 310 170 400 170S544 210 544 300V360", c.edge, 7)
    c.path("M256 470Q256 440 286 440H514Q544 440 544 470V620Q544 656 508 656H292Q256 656 256 620Z", c.shade)
    c.line("M270 486H530", c.edge, 8)
    c.rect(500, 480, 14, 46, METAL, r=6)
    if style == "kids":
        c.circle(400, 310, 76, PAPER)
        c.circle(374, 300, 10, INK)
        c.circle(426, 300, 10, INK)
        c.line("M376 334Q400 356 424 334", INK, 8)
    elif style == "hiking":
        c.line("M300 130V440M500 130V440", c.trim, 16)
        c.rect(284, 330, 32, 30, INK, r=6)
        c.rect(484, 330, 32, 30, INK, r=6)
    else:
        c.rect(350, 300, 100, 50, c.trim, r=8, opacity=0.7)


@drawing
def suitcase(c: Canvas, *, size: Literal["cabin", "large"] = "cabin") -> None:
    top = 250 if size == "cabin" else 180
    c.ground(400, 420, 700)
    c.line(f"M330 {top}V110Q330 96 344 96H456Q470 96 470 110V{top}", STEEL, 18)
    c.rect(220, top, 360, 670 - top, c.round_body(), r=48)
    for x in (280, 340, 400, 460, 520):
        c.rect(x - 7, top + 40, 14, 590 - top, c.edge, r=7, opacity=0.5)
    c.rect(350, top - 12, 100, 26, c.deep, r=13)
    c.rect(214, 460, 372, 12, c.edge, opacity=0.8)
    c.rect(376, 446, 48, 40, METAL, r=8)
    for x in (260, 510):
        c.rect(x, 664, 32, 34, INK, r=10)


@drawing
def wallet(c: Canvas) -> None:
    c.ground(400, 540, 600)
    c.path("M170 260H600Q640 260 640 300V330H170Z", c.deep)
    c.rect(210, 220, 330, 120, "#7fae93", r=10)
    c.rect(240, 240, 330, 110, "#e3c27a", r=10)
    c.rect(130, 290, 540, 300, c.body(), r=40)
    c.line("M156 330H644M156 560H644", c.trim, 4, stroke_dasharray="12 9", opacity=0.7)
    c.path("M520 390H670V490H520Q480 490 480 440T520 390Z", c.edge)
    c.circle(536, 440, 18, GOLD)


@drawing
def umbrella(c: Canvas) -> None:
    c.line("M400 380V630Q400 690 350 690T300 640", INK, 16)
    c.path(
        "M100 400C110 220 240 130 400 130S690 220 700 400Q650 350 600 400Q550 350 500 400Q450 350 400 400"
        "Q350 350 300 400Q250 350 200 400Q150 350 100 400Z",
        c.body(),
    )
    c.path("M400 130Q280 230 300 400Q350 350 400 400Q450 350 500 400Q520 230 400 130Z", c.shade)
    c.line("M400 130Q370 240 400 400", c.edge, 4)
    c.rect(394, 100, 12, 36, INK, r=6)


@drawing
def raincoat(c: Canvas) -> None:
    c.path("M300 190Q310 90 400 90T500 190L640 420L560 470L570 690H230L240 470L160 420Z", c.body())
    c.path("M336 190Q340 130 400 130T464 190Q450 240 400 250T336 190Z", c.deep)
    c.line("M400 250V690", c.edge, 6)
    for y in (320, 410, 500, 590):
        c.circle(414, y, 9, c.trim)
    c.line("M240 470L290 360M560 470L510 360", c.edge, 6, opacity=0.6)
    for x, y in ((150, 200), (640, 240), (120, 560), (680, 560), (610, 130)):
        c.path(f"M{x} {y}Q{x + 18} {y + 30} {x} {y + 40}T{x} {y}Z", "#7db9d3")
    c.rect(270, 540, 90, 14, c.edge, r=6)
    c.rect(440, GROUND - 110, 90, 14, c.edge, r=6)
    c.circle(400, 268, 6, WHITE)
