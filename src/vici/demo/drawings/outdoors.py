"""Sport and the open air."""

from typing import Literal

from vici.demo.drawings.canvas import GLASS, GROUND, INK, METAL, PAPER, STEEL, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def yoga_mat(c: Canvas) -> None:
    c.ground(400, 620, 610)
    c.path("M250 430H690L740 600H190Z", c.light)
    c.line("M300 470H680M280 520H700", c.trim, 5, opacity=0.4)
    c.circle(230, 480, 124, c.deep)
    c.circle(230, 480, 118, c.base)
    for radius in (92, 66, 40):
        c.circle(230, 480, radius, "none", stroke=c.edge, stroke_width=8, opacity=0.7)
    c.path("M230 362H560Q620 362 640 430H300Z", c.body())


@drawing
def dumbbell(c: Canvas) -> None:
    c.ground(400, 600, 590)
    c.rect(270, 400, 260, 44, METAL, r=16)
    c.line("M320 404V440M350 404V440M380 404V440M410 404V440M440 404V440M470 404V440", STEEL, 6)
    for x, flipped in ((0, False), (800, True)):
        with c.moved(x, 0, flipped=flipped):
            c.path("M150 310L186 276H250L286 310V530L250 566H186L150 530Z", c.round_body())
            c.path("M186 276H250L286 310H150Z", c.light)
            c.rect(110, 350, 44, 146, c.deep, r=16)


@drawing
def racket(c: Canvas, *, sport: Literal["badminton", "tennis"] = "badminton") -> None:
    c.ground(430, 460, 690)
    with c.turned(34, 400, 400):
        c.ellipse(
            400,
            230,
            128 if sport == "badminton" else 142,
            164,
            "none",
            stroke=c.base,
            stroke_width=18 if sport == "badminton" else 28,
        )
        for x in range(312, 500, 22):
            c.line(f"M{x} 110V350", WHITE, 3, opacity=0.9)
        for y in range(110, 360, 22):
            c.line(f"M290 {y}H510", WHITE, 3, opacity=0.9)
        c.ellipse(
            400,
            230,
            128 if sport == "badminton" else 142,
            164,
            "none",
            stroke=c.base,
            stroke_width=18 if sport == "badminton" else 28,
        )
        if sport == "tennis":
            c.line("M330 370L394 460M470 370L406 460", c.base, 22)
        c.rect(391, 394, 18, 190, c.deep)
        c.rect(380, 560, 40, 180, INK, r=14)
        c.line("M384 600L416 590M384 640L416 630M384 680L416 670", STEEL, 5)
    if sport == "badminton":
        with c.turned(-30, 620, 560):
            c.path("M590 560L570 470H670L650 560Z", PAPER)
            c.line("M600 560L588 472M620 560V470M640 560L652 472M580 510H660", STEEL, 4)
            c.path("M588 556H652Q652 600 620 600T588 556Z", "#d9654f")
    else:
        c.circle(610, 570, 60, "#c7d94f")
        c.line("M564 540Q610 570 574 618M656 524Q610 570 656 610", WHITE, 7)


@drawing
def ball(c: Canvas, *, sport: Literal["football", "basketball", "gym"] = "football") -> None:
    c.ground(400, 420, 660)
    if sport == "football":
        c.circle(400, 400, 254, c.fade(WHITE, "#d4dae2", across=True))
        c.path("M400 300L486 362L452 462H348L314 362Z", c.base)
        for spoke in range(5):
            with c.turned(72 * spoke, 400, 392):
                c.line("M400 300V214", c.base, 9)
                c.path("M346 190Q400 226 454 190L440 150Q400 134 360 150Z", c.base)
        return
    c.circle(400, 400, 254, c.fade(c.light, c.shade, across=True))
    if sport == "basketball":
        c.line("M400 146V654M146 400H654M220 220Q340 400 220 580M580 220Q460 400 580 580", INK, 9)
    else:
        for ry in (60, 130, 200):
            c.ellipse(400, 400, 252, ry, "none", stroke=c.edge, stroke_width=5, opacity=0.5)
        c.circle(400, 400, 26, c.deep)
        c.ellipse(310, 280, 60, 36, WHITE, opacity=0.35, transform="rotate(-38 310 280)")


@drawing
def tent(c: Canvas) -> None:
    c.ground(400, 680)
    c.path("M400 180L720 640H80Z", c.shade)
    c.path("M400 180L560 640H80Z", c.body())
    c.path("M330 300L440 640H190Z", c.deep)
    c.path("M330 300L300 640H190ZM330 300L380 640H440Z", c.light)
    c.line("M400 180V140M80 640L40 670M720 640L760 670", WOOD, 9)
    c.path("M404 130L460 146L404 166Z", "#e0705a")


@drawing
def sleeping_bag(c: Canvas) -> None:
    c.ground(400, 560, 640)
    c.path(
        "M290 120Q400 80 510 120Q580 200 560 360L520 620Q510 666 460 666H340Q290 666 280 620L240 360Q220 200 290 120Z",
        c.round_body(),
    )
    c.path("M320 150Q400 116 480 150Q530 220 500 310Q400 350 300 310Q270 220 320 150Z", c.pale)
    c.rect(330, 180, 140, 90, PAPER, r=36)
    for y in (400, 460, 520, 580):
        c.line(f"M{250 + (y - 360) * 0.14:g} {y}Q400 {y + 24} {550 - (y - 360) * 0.14:g} {y}", c.edge, 7, opacity=0.6)
    c.line("M500 320L490 640", METAL, 8, stroke_dasharray="7 5", cap="butt")


@drawing
def bicycle(c: Canvas) -> None:
    c.ground(400, 660, 640)
    for x in (200, 600):
        c.circle(x, 500, 134, "none", stroke=INK, stroke_width=20)
        c.circle(x, 500, 118, "none", stroke=STEEL, stroke_width=6)
        for spoke in range(6):
            with c.turned(30 * spoke, x, 500):
                c.line(f"M{x} 386V614", STEEL, 3)
        c.circle(x, 500, 16, INK)
    c.line("M200 500L320 300H530L380 500ZM320 300L380 500H200M530 300L600 500M310 260L330 330", c.base, 20)
    c.line("M530 300L516 210H580Q610 210 600 240", INK, 16)
    c.path("M250 240H360Q370 266 320 266H280Q250 266 250 240Z", INK)
    c.circle(380, 500, 44, "none", stroke=c.deep, stroke_width=12)
    c.line("M380 500L420 570M400 574H446", INK, 13)


@drawing
def helmet(c: Canvas) -> None:
    c.ground(400, 520, 640)
    c.path(
        "M120 480C110 280 240 170 420 180S690 320 690 470Q640 510 560 480Q400 440 260 510Q140 550 120 480Z", c.body()
    )
    for d in (
        "M230 300Q330 220 430 240L400 300Q310 300 250 370Z",
        "M460 246Q560 270 610 360L560 380Q510 320 440 306Z",
        "M180 420Q210 350 230 340L250 400Q200 440 190 460Z",
    ):
        c.path(d, mix(c.deep, INK, 0.45))
    c.path(
        "M120 480Q140 550 260 510Q400 440 560 480Q640 510 690 470L686 500Q640 540 560 512Q400 474 270 540"
        "Q130 590 120 480Z",
        c.deep,
    )
    c.line("M300 520Q340 620 430 630M540 500Q520 610 430 630", INK, 13)
    c.rect(404, 610, 54, 38, STEEL, r=10)


@drawing
def goggles(c: Canvas) -> None:
    """For swimming."""
    c.ground(400, 560, 570)
    c.line("M150 380Q60 330 90 270Q120 230 400 230T710 270Q740 330 650 380", c.deep, 24)
    for x in (150, 430):
        c.path(
            f"M{x} 380Q{x} 320 {x + 70} 320H{x + 150}Q{x + 220} 320 {x + 220} 390Q{x + 220} 500 {x + 110} 500T{x} 380Z",
            c.body(),
        )
        c.path(
            f"M{x + 26} 386Q{x + 26} 346 {x + 76} 346H{x + 146}Q{x + 194} 346 {x + 194} 394"
            f"Q{x + 194} 474 {x + 110} 474T{x + 26} 386Z",
            c.fade(GLASS, "#7db9d3"),
        )
        c.line(f"M{x + 70} 430L{x + 120} 370", WHITE, 11, opacity=0.7)
    c.line("M366 400Q400 376 434 400", c.deep, 22)


@drawing
def skipping_rope(c: Canvas) -> None:
    c.ground(400, 500, 690)
    c.line("M240 420C200 720 600 720 560 420", c.trim, 13)
    c.line("M240 400C260 300 330 640 400 640S540 300 560 400", c.base, 13, opacity=0.9)
    for x, degrees in ((240, -8), (560, 8)):
        with c.turned(degrees, x, 280):
            c.rect(x - 28, 140, 56, 260, c.round_body(), r=28)
            c.line(f"M{x - 20} 200H{x + 20}M{x - 20} 230H{x + 20}M{x - 20} 260H{x + 20}", c.edge, 7)
            c.rect(x - 14, 396, 28, 34, METAL, r=8)


@drawing
def sport_bottle(c: Canvas) -> None:
    c.ground(400, 280, 700)
    c.rect(370, 90, 60, 70, INK, r=20)
    c.path("M310 210Q310 150 370 150H430Q490 150 490 210Z", c.deep)
    c.path(
        "M300 210H500V380Q480 420 500 460V640Q500 692 448 692H352Q300 692 300 640V460Q320 420 300 380Z", c.round_body()
    )
    for y in (250, 500, 540, 580, 620):
        c.line(f"M320 {y}H{480 if y == 250 else 380}", c.trim, 7, opacity=0.7)
    c.path("M440 280L400 360H430L416 420L470 330H436Z", c.trim)


@drawing
def camp_chair(c: Canvas) -> None:
    c.ground(400, 520, 680)
    c.line("M220 670L560 400M580 670L240 400M240 400L220 200M560 400L580 200", STEEL, 18)
    c.path("M216 150Q400 190 584 150L566 400Q400 430 234 400Z", c.body())
    c.path("M234 400Q400 430 566 400L600 480Q400 530 200 480Z", c.deep)
    c.rect(150, 330, 110, 26, INK, r=13)
    c.rect(540, 330, 110, 26, INK, r=13)
    c.line("M260 210Q400 236 540 210", c.trim, 8, opacity=0.6)


@drawing
def cooler_box(c: Canvas) -> None:
    c.ground(400, 580, 660)
    c.line("M230 330C220 180 580 180 570 330", c.edge, 24)
    c.rect(130, 350, 540, 300, c.round_body(), r=34)
    c.rect(114, 290, 572, 90, PAPER, r=26)
    c.rect(330, 370, 140, 46, STEEL, r=12)
    c.line("M180 590H620", c.light, 10)
    c.line("M400 450V560M352 478L448 532M448 478L352 532", c.trim, 10)


@drawing
def camp_stove(c: Canvas) -> None:
    c.ground(400, 500, 670)
    c.path("M250 300H550L530 400H270Z", METAL)
    c.path("M260 250Q260 210 300 210H500Q540 210 540 250V310H260Z", STEEL)
    c.line("M540 260H680", INK, 22)
    for x in (340, 400, 460):
        c.path(f"M{x} 410Q{x + 24} 450 {x} 470T{x} 410Z", "#5aa6e0")
    c.line("M290 470L260 400M510 470L540 400", INK, 13)
    c.rect(240, 470, 320, 40, c.deep, r=18)
    c.rect(300, 506, 200, 150, c.body(), r=30)
    c.circle(400, 584, 36, INK)
    c.line("M400 584V556", WHITE, 8)


@drawing
def headlamp(c: Canvas) -> None:
    c.ground(400, 460, 640)
    c.path("M500 380L760 250V560Z", "#fff0c4", opacity=0.6)
    c.line("M330 230C140 210 120 600 330 600", c.base, 46)
    c.line("M330 230C140 210 120 600 330 600", c.trim, 5, stroke_dasharray="14 10")
    c.rect(300, 280, 200, 250, c.deep, r=44)
    c.rect(310, 290, 180, 230, c.body(), r=38)
    c.circle(420, 400, 80, INK)
    c.circle(420, 400, 60, METAL)
    c.circle(420, 400, 34, "#fff6d8")


@drawing
def dumbbell_bench(c: Canvas) -> None:
    """A folding exercise bench."""
    c.ground(400, 640, 670)
    c.line("M190 660H330M260 660V470M520 660H640M580 660L500 470", STEEL, 22)
    c.path("M160 420H480Q500 420 500 440V470Q500 490 480 490H160Q140 490 140 470V440Q140 420 160 420Z", c.body())
    with c.turned(-38, 500, 460):
        c.rect(490, 420, 240, 70, c.body(), r=20)
        c.line("M520 440H700", c.edge, 5)
    c.line("M180 440H460", c.edge, 5)


@drawing
def massage_gun(c: Canvas) -> None:
    c.ground(470, 260, 690)
    c.path("M230 190H520Q590 190 590 260V300Q590 330 560 330H230Z", c.body())
    c.rect(180, 220, 56, 84, STEEL, r=12)
    c.circle(140, 262, 58, INK)
    c.path("M440 320H570L556 640Q552 684 510 684H500Q458 684 454 640Z", c.deep)
    c.line("M462 440H550M464 480H548M466 520H546", c.edge, 7, opacity=0.7)
    c.circle(520, 258, 30, INK)
    c.circle(520, 258, 20, "none", stroke="#8fe0a9", stroke_width=5)
    c.rect(486, GROUND + 8, 40, 10, "#8fe0a9", r=5)
