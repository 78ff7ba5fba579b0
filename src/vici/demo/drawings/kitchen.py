"""What one cooks with and eats from."""

from typing import Literal

from vici.demo.drawings.canvas import GROUND, INK, METAL, STEEL, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def rice_cooker(c: Canvas) -> None:
    c.ground(400, 520)
    c.path("M160 340H640V560Q640 640 560 640H240Q160 640 160 560Z", c.round_body())
    c.path("M160 344C160 230 250 190 400 190S640 230 640 344Z", c.light)
    c.rect(160, 332, 480, 24, METAL)
    c.path("M320 196Q330 150 360 150H440Q470 150 480 196Z", c.deep)
    c.rect(300, 420, 200, 130, INK, r=24)
    c.rect(330, 444, 140, 46, "#8fd0c4", r=10)
    for x in (340, 400, 460):
        c.circle(x, 520, 10, "#e0705a" if x == 400 else STEEL)
    c.circle(540, 236, 14, c.deep)


@drawing
def kettle(c: Canvas, *, style: Literal["electric", "gooseneck"] = "electric") -> None:
    c.ground(400, 440, 668)
    if style == "gooseneck":
        c.line("M262 560C190 560 200 420 150 330Q130 300 104 306", c.deep, 26)
        c.path("M270 330H530L576 620Q580 650 550 650H250Q220 650 224 620Z", c.round_body())
        c.line("M540 350C680 340 690 560 566 560", WOOD, 30)
    else:
        c.path("M250 270L190 240Q170 232 180 256L252 400Z", c.deep)
        c.path("M250 230H550L580 600Q584 630 554 630H246Q216 630 220 600Z", c.round_body())
        c.line("M540 260C700 240 700 540 574 560", INK, 34)
        c.rect(210, 626, 380, 34, INK, r=14)
        c.rect(290, 380, 26, 170, "#cfe6ee", r=13)
        c.rect(290, 450, 26, 100, "#7db9d3", r=13)
    top = 330 if style == "gooseneck" else 230
    c.path(f"M{270 if top > 300 else 250} {top}Q400 {top - 80} {530 if top > 300 else 550} {top}Z", c.light)
    c.circle(400, top - 50, 20, WOOD if style == "gooseneck" else INK)


@drawing
def blender(c: Canvas) -> None:
    c.ground(400, 320, 690)
    c.path("M286 190H514L484 460H316Z", "#d9ebf0")
    c.path("M298 300Q350 270 400 300T503 296L484 460H316Z", "#e58b73")
    c.path("M298 300Q350 270 400 300T503 296L499 340Q450 320 400 346T302 340Z", "#f2ad8f")
    c.line("M500 230Q590 230 580 330T490 420", "#b9d3dc", 20)
    c.rect(276, 160, 248, 40, c.deep, r=14)
    c.rect(360, 130, 80, 36, c.base, r=12)
    c.path("M306 460H494L540 650Q544 684 510 684H290Q256 684 260 650Z", c.body())
    c.circle(400, 590, 50, c.deep)
    c.circle(400, 590, 38, METAL)
    c.line("M400 590V560", INK, 9)


@drawing
def air_fryer(c: Canvas) -> None:
    c.ground(400, 440, 680)
    c.path("M210 300C210 180 290 130 400 130S590 180 590 300V600Q590 672 518 672H282Q210 672 210 600Z", c.round_body())
    c.rect(300, 190, 200, 84, INK, r=26)
    c.rect(330, 214, 84, 36, "#f2a65a", r=8)
    c.circle(456, 232, 13, STEEL)
    c.path("M210 360H590V600Q590 640 550 640H250Q210 640 210 600Z", c.deep)
    c.path("M226 372H574V596Q574 624 546 624H254Q226 624 226 596Z", c.shade)
    c.rect(364, 420, 72, 170, c.edge, r=30)
    c.rect(380, 440, 40, 130, c.pale, r=20, opacity=0.5)


@drawing
def microwave(c: Canvas) -> None:
    c.ground(400, 640, 620)
    c.rect(90, 220, 620, 380, c.body(), r=26)
    c.rect(122, 254, 410, 312, INK, r=18)
    c.rect(148, 280, 358, 260, "#3b4667", r=10)
    c.path("M148 280H330L200 540H148Z", WHITE, opacity=0.12)
    c.ellipse(328, 500, 110, 18, "#8fa0bd")
    c.rect(512, 290, 16, 240, METAL, r=8)
    c.rect(566, 260, 114, 56, INK, r=10)
    c.rect(582, 276, 66, 24, "#8fd0c4", r=5)
    for row in range(4):
        for column in range(3):
            c.circle(586 + 37 * column, 362 + 44 * row, 13, c.deep)
    for x in (150, 600):
        c.rect(x, 600, 50, 18, INK, r=6)


@drawing
def coffee_machine(c: Canvas) -> None:
    c.ground(400, 480, 690)
    c.path("M200 160Q200 120 240 120H560Q600 120 600 160V330H200Z", c.body())
    c.rect(440, 320, 160, 300, c.shade)
    c.rect(180, 600, 440, 84, c.deep, r=18)
    c.rect(210, 600, 230, 20, METAL, r=6)
    c.circle(290, 220, 44, METAL)
    c.circle(290, 220, 34, WHITE)
    c.line("M290 220L270 200", "#e0705a", 6)
    for x in (400, 460, 520):
        c.circle(x, 220, 18, c.edge)
    c.rect(268, 330, 110, 40, STEEL, r=8)
    c.line("M268 352H150", INK, 26)
    c.line("M308 372V420M338 372V420", STEEL, 9)
    c.path("M268 480H378L366 590Q364 600 352 600H294Q282 600 280 590Z", WHITE)
    c.line("M376 500Q420 500 410 540T370 560", WHITE, 13)
    c.path("M271 500H375L373 520H273Z", "#7a4d33")


@drawing
def pot(c: Canvas) -> None:
    c.ground(400, 560)
    c.path("M250 330C250 240 320 220 400 220S550 240 550 330Z", "#d9e6ea", opacity=0.9)
    c.rect(370, 168, 60, 44, INK, r=18)
    c.rect(180, 322, 440, 30, METAL, r=12)
    c.path("M196 350H604V570Q604 640 534 640H266Q196 640 196 570Z", c.round_body())
    for x, flipped in ((196, 1), (604, -1)):
        c.line(f"M{x} 410Q{x - 70 * flipped} 404 {x - 66 * flipped} 440T{x} 474", c.edge, 22)
    c.rect(226, 380, 30, 210, WHITE, r=15, opacity=0.25)


@drawing
def pan(c: Canvas) -> None:
    c.ground(330, 440, 640)
    c.line("M500 320L700 150", c.deep, 44)
    c.line("M590 244L692 158", WOOD, 34)
    c.ellipse(320, 440, 236, 196, c.deep)
    c.ellipse(320, 424, 236, 196, c.round_body())
    c.ellipse(320, 428, 196, 160, mix(c.deep, INK, 0.5))
    c.ellipse(316, 434, 120, 92, "#fdfaf2")
    c.ellipse(330, 426, 44, 38, "#f2b43e")
    c.ellipse(318, 414, 12, 9, WHITE, opacity=0.8)


@drawing
def knife(c: Canvas) -> None:
    c.ground(400, 560, 580)
    with c.turned(-24):
        c.path("M90 360H500V440H220Q120 440 90 360Z", c.fade("#f1f3f5", "#b4bcc7"))
        c.path("M110 408Q150 440 220 440H500V424H210Q150 424 110 408Z", WHITE, opacity=0.7)
        c.rect(494, 348, 34, 100, STEEL, r=8)
        c.path("M524 352H690Q724 352 724 390T694 440H524Z", c.body())
        for x in (570, 630, 690):
            c.circle(x, 396, 9, METAL)


@drawing
def cutting_board(c: Canvas) -> None:
    c.ground(400, 400, 690)
    with c.turned(8):
        c.rect(250, 230, 300, 450, c.deep, r=40)
        c.path(
            "M250 270Q250 222 298 222H346V160Q346 110 400 110T454 160V222H502Q550 222 550 270V620"
            "Q550 668 502 668H298Q250 668 250 620Z",
            c.body(),
        )
        c.circle(400, 164, 22, c.deep)
        c.line("M300 270V620M350 260V640M450 260V640M500 270V620", c.shade, 5)


@drawing
def bowl(c: Canvas) -> None:
    c.ground(400, 340)
    c.path("M330 600H470L486 646H314Z", c.shade)
    c.path("M130 350H670C670 500 560 620 400 620S130 500 130 350Z", c.round_body())
    c.ellipse(400, 350, 270, 66, c.pale)
    c.ellipse(400, 356, 236, 50, c.light)
    c.ellipse(400, 350, 262, 62, "none", stroke="#3f6fae", stroke_width=9)
    c.line("M150 440Q400 580 650 440", "#3f6fae", 7, opacity=0.7)


@drawing
def plates(c: Canvas) -> None:
    """A set of dinnerware."""
    c.ground(400, 600)
    c.ellipse(300, 380, 220, 220, c.deep)
    c.ellipse(296, 376, 218, 218, c.body())
    c.circle(296, 376, 150, c.light)
    c.circle(296, 376, 150, "none", stroke=c.edge, stroke_width=4, opacity=0.5)
    c.path("M400 500H700C700 600 640 640 550 640S400 600 400 500Z", c.round_body())
    c.ellipse(550, 500, 150, 36, c.pale)
    c.path("M470 380H620L606 440H484Z", c.shade)
    c.ellipse(545, 380, 76, 18, c.light)


@drawing
def mug(c: Canvas) -> None:
    c.ground(370, 420)
    c.line("M530 330C680 310 680 540 520 540", c.edge, 38)
    c.path("M210 230H550V560Q550 640 470 640H290Q210 640 210 560Z", c.round_body())
    c.ellipse(380, 230, 170, 34, c.deep)
    c.ellipse(380, 236, 150, 25, "#7a4d33")
    for x in (330, 390, 450):
        c.line(f"M{x} 180q-22 -28 0 -52t0 -50", "#b7aea2", 9, opacity=0.6)
    c.rect(240, 290, 26, 270, WHITE, r=13, opacity=0.25)


@drawing
def flask(c: Canvas, *, style: Literal["bottle", "tumbler"] = "bottle") -> None:
    """Keeps warm."""
    if style == "tumbler":
        c.ground(400, 300, 690)
        c.line("M420 220L450 80", METAL, 16)
        c.path("M280 230H520L484 650Q480 684 446 684H354Q320 684 316 650Z", c.round_body())
        c.rect(264, 196, 272, 44, c.deep, r=16)
        c.path("M286 300H514L512 330H288Z", c.trim, opacity=0.5)
    else:
        c.ground(400, 280, 700)
        c.rect(340, 90, 120, 110, c.edge, r=24)
        c.rect(350, 196, 100, 34, METAL)
        c.path(
            "M350 226H450Q500 250 500 320V640Q500 694 446 694H354Q300 694 300 640V320Q300 250 350 226Z", c.round_body()
        )
        c.rect(326, 320, 22, 300, WHITE, r=11, opacity=0.28)
        c.rect(380, 600, 80, 12, c.trim, r=6, opacity=0.7)


@drawing
def lunch_box(c: Canvas) -> None:
    c.ground(400, 520)
    c.line("M230 300C230 130 570 130 570 300", c.deep, 24)
    for y, fill in ((280, c.light), (410, c.base), (530, c.shade)):
        c.rect(176, y, 448, 118, fill, r=34)
        c.rect(176, y + 104, 448, 14, c.deep, r=7)
    for x in (176, 596):
        c.rect(x, 340, 28, 220, METAL, r=12)
    c.rect(330, 316, 140, 40, WHITE, r=20, opacity=0.35)


@drawing
def teapot(c: Canvas) -> None:
    c.ground(390, 460)
    c.line("M560 360C690 340 690 560 550 560", c.edge, 30)
    c.path("M240 480Q180 470 150 380Q140 350 104 348L100 316Q170 310 196 360Q220 410 260 410Z", c.shade)
    c.path("M390 290C520 290 590 380 590 470S520 640 390 640S190 560 190 470S260 290 390 290Z", c.round_body())
    c.path("M290 304C300 260 340 244 390 244S480 260 490 304Q390 340 290 304Z", c.light)
    c.circle(390, 228, 26, c.deep)
    c.line("M250 520Q330 580 450 566", c.trim, 8, opacity=0.5)


@drawing
def coffee_dripper(c: Canvas) -> None:
    """A Vietnamese phin on its glass."""
    c.ground(400, 380, 690)
    c.path("M270 430H530L500 660Q496 686 470 686H330Q304 686 300 660Z", "#dbeaf0", opacity=0.9)
    c.path("M286 560H514L500 660Q496 686 470 686H330Q304 686 300 660Z", "#f6e3c0")
    c.path("M280 510H520L512 570H288Z", "#5c3826")
    c.rect(400, 400, 5, 110, "#5c3826")
    c.rect(210, 390, 380, 28, c.deep, r=14)
    c.path("M276 220H524L506 392H294Z", c.round_body())
    c.rect(264, 204, 272, 24, c.edge, r=10)
    c.path("M290 204Q300 150 400 150T510 204Z", c.light)
    c.circle(400, 142, 20, c.deep)
    c.line("M520 260Q600 260 590 310T512 350", c.edge, 15)


@drawing
def moka_pot(c: Canvas) -> None:
    c.ground(400, 360, 690)
    c.line("M500 250H590Q630 250 624 290L600 430", INK, 34)
    c.path("M290 230H510L480 430H320Z", c.fade(c.light, c.shade, across=True))
    c.path("M290 230L250 210Q240 250 300 300Z", c.shade)
    c.path("M286 230L400 160L514 230Z", c.light)
    c.circle(400, 150, 20, INK)
    c.rect(306, 424, 188, 40, c.deep, r=8)
    c.path("M320 464H480L540 680H260Z", c.round_body())
    c.line("M370 240L376 420M440 240L430 420M370 470L350 670M440 470L462 670", c.edge, 5, opacity=0.6)


@drawing
def container(c: Canvas) -> None:
    """Boxes for food, stacked."""
    c.ground(400, 560)
    for x, y, width, height in ((140, 460, 320, 180), (470, 500, 200, 140), (190, 300, 250, 150)):
        c.rect(x, y, width, height, "#dcecf2", r=26, opacity=0.95)
        c.path(
            f"M{x} {y + height * 0.5:g}"
            f"Q{x + width / 2:g} {y + height * 0.36:g} {x + width} {y + height * 0.5:g}V{y + height - 26}"
            f"Q{x + width} {y + height} {x + width - 26} {y + height}H{x + 26}"
            f"Q{x} {y + height} {x} {y + height - 26}Z",
            "#e9b872" if x == 140 else "#8fbf8a" if x == 470 else "#d98a75",
        )
        c.rect(x - 12, y - 26, width + 24, 40, c.base, r=16)
        c.rect(x + width / 2 - 30, y - 26, 60, 40, c.deep, r=10)


@drawing
def scale(c: Canvas) -> None:
    c.ground(400, 520, 660)
    c.path("M170 400H630L670 620Q674 650 640 650H160Q126 650 130 620Z", c.body())
    c.path("M150 380Q150 350 180 350H620Q650 350 650 380V404H150Z", METAL)
    c.path("M250 350C250 250 300 220 400 220S550 250 550 350Z", "#f4f0e7")
    c.circle(350, 240, 46, "#e0705a")
    c.circle(440, 230, 52, "#f0a757")
    c.rect(290, 470, 220, 100, INK, r=20)
    c.rect(316, 492, 168, 56, "#b9dcc9", r=8)
    c.line("M360 520H440", INK, 12)


@drawing
def hob(c: Canvas) -> None:
    """An induction cooker."""
    c.ground(400, 620, 590)
    c.path("M170 270H630L710 560H90Z", mix(c.base, INK, 0.2))
    c.path("M90 560H710V580Q710 592 698 592H102Q90 592 90 580Z", c.deep)
    c.path("M170 270H420L330 560H90Z", WHITE, opacity=0.06)
    for x, radius in ((285, 112), (525, 96)):
        c.ellipse(x, 380, radius, radius * 0.62, "none", stroke="#f08a72", stroke_width=7)
        c.ellipse(x, 380, radius * 0.6, radius * 0.36, "none", stroke="#f08a72", stroke_width=4, opacity=0.7)
    for x in (330, 376, 422, 468):
        c.ellipse(x, 522, 12, 8, "#8fd0c4" if x == 376 else STEEL)


@drawing
def range_hood(c: Canvas) -> None:
    c.rect(310, 90, 180, 280, c.round_body())
    c.path("M310 360H490L660 500H140Z", c.body())
    c.rect(130, 494, 540, 62, c.deep, r=12)
    for x in (340, 400, 460):
        c.circle(x, 526, 13, c.light)
    for x in (230, 570):
        c.path(f"M{x - 30} 556H{x + 30}L{x + 66} {GROUND + 20}H{x - 66}Z", "#fff0c4", opacity=0.6)
