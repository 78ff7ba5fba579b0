"""What one eats and drinks."""

from typing import Literal

from vici.demo.drawings.canvas import GOLD, GROUND, INK, LEAF, METAL, PAPER, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing


def _pouch(c: Canvas) -> None:
    c.path("M230 150L250 120H550L570 150V640Q570 686 524 686H276Q230 686 230 640Z", c.round_body())
    c.path("M230 150L250 120H550L570 150V180H230Z", c.edge)
    c.line("M240 190H560", c.trim, 4, stroke_dasharray="8 7", opacity=0.6)


@drawing
def coffee_bag(c: Canvas) -> None:
    c.ground(400, 420, 700)
    _pouch(c)
    c.circle(400, 236, 18, c.edge)
    c.rect(270, 300, 260, 270, PAPER, r=10)
    for x, y, degrees in ((360, 400, -24), (440, 430, 30)):
        with c.turned(degrees, x, y):
            c.ellipse(x, y, 42, 60, "#6d4530")
            c.line(f"M{x} {y - 56}Q{x + 20} {y} {x} {y + 56}", "#3c2418", 7)
    c.line("M320 520H480M350 546H450", c.deep, 8)


@drawing
def tea_tin(c: Canvas) -> None:
    c.ground(400, 380, 690)
    c.rect(250, 200, 300, 486, c.round_body(), r=24)
    c.rect(238, 150, 324, 90, c.deep, r=22)
    c.rect(250, 300, 300, 260, PAPER)
    c.path("M400 520Q310 470 330 370Q390 370 400 440Q410 350 480 350Q500 460 400 520Z", LEAF)
    c.line("M400 520V420M400 480L360 440M400 460L440 420", mix(LEAF, INK, 0.3), 5)
    c.line("M340 590H460M360 616H440", c.trim, 8)


@drawing
def pouch(c: Canvas, *, fill: Literal["nuts", "fruit"] = "nuts") -> None:
    """With a window."""
    c.ground(400, 420, 700)
    _pouch(c)
    c.rect(290, 230, 220, 80, PAPER, r=10)
    c.line("M320 262H480M350 286H450", c.deep, 8)
    c.rect(270, 360, 260, 250, mix(c.deep, INK, 0.3), r=60)
    tones = ("#d9a566", "#c08a4c", "#e6c08a") if fill == "nuts" else ("#e88f4a", "#d9654f", "#f2b95e")
    for index in range(22):
        x, y = 300 + (index * 61) % 205, 392 + (index * 47) % 190
        with c.turned(index * 40, x, y):
            c.ellipse(x, y, 30, 19, tones[index % 3])


@drawing
def honey(c: Canvas) -> None:
    """A glass jar: honey, jam, spread."""
    c.ground(400, 400, 690)
    c.rect(270, 150, 260, 90, GOLD, r=18)
    c.rect(270, 200, 260, 14, mix(GOLD, INK, 0.25))
    c.path(
        "M260 240H540Q580 290 580 360V610Q580 686 504 686H296Q220 686 220 610V360Q220 290 260 240Z",
        c.round_body(),
        opacity=0.95,
    )
    c.rect(280, 380, 240, 200, PAPER, r=12)
    c.path("M400 410L446 436V490L400 516L354 490V436Z", c.base)
    c.line("M330 546H470", c.deep, 8)
    c.rect(244, 330, 18, 250, WHITE, r=9, opacity=0.4)


@drawing
def bottle(c: Canvas, *, style: Literal["sauce", "oil", "juice"] = "sauce") -> None:
    c.ground(400, 260, 700)
    if style == "juice":
        c.rect(350, 110, 100, 60, c.deep, r=12)
        c.path(
            "M356 166H444Q450 240 500 280V640Q500 692 448 692H352Q300 692 300 640V280Q350 240 356 166Z",
            c.round_body(),
            opacity=0.94,
        )
    else:
        c.rect(370, 80, 60, 80, c.edge if style == "sauce" else WOOD, r=10)
        c.path(
            "M372 156H428V260Q500 300 500 380V640Q500 692 448 692H352Q300 692 300 640V380Q300 300 372 260Z",
            c.round_body(),
            opacity=0.94,
        )
    c.rect(300, 430, 200, 190, PAPER)
    if style == "oil":
        c.path("M400 450Q440 500 400 540T400 450Z", LEAF)
        c.line("M340 576H460M360 600H440", c.deep, 7)
    elif style == "juice":
        c.circle(400, 510, 50, "#eeb25e")
        c.line("M400 462V558M352 510H448M366 476L434 544M434 476L366 544", PAPER, 5)
    else:
        c.path("M330 520Q380 470 440 510L474 490V550L440 530Q380 570 330 520Z", c.base)
        c.circle(362, 514, 6, PAPER)
        c.line("M340 590H460", c.deep, 7)
    c.rect(322, 400 if style != "juice" else 320, 16, 60, WHITE, r=8, opacity=0.35)


@drawing
def chocolate(c: Canvas) -> None:
    c.ground(400, 440, 690)
    with c.turned(-6):
        c.rect(270, 90, 260, 420, "#5b3524", r=12)
        for row in range(4):
            for column in range(3):
                c.rect(282 + 82 * column, 104 + 90 * row, 72, 76, "#74462f", r=8)
        c.path("M260 330H540V660Q540 680 520 680H280Q260 680 260 660Z", c.body())
        c.path("M260 330L300 300L340 330L380 300L420 330L460 300L500 330L540 306V350H260Z", METAL)
        c.rect(300, 440, 200, 150, PAPER, r=8)
        c.line("M330 480H470M350 512H450M370 544H430", c.deep, 9)


@drawing
def gift_box(c: Canvas) -> None:
    c.ground(400, 560, 670)
    c.rect(160, 350, 480, 316, c.body(), r=14)
    c.rect(136, 280, 528, 90, c.deep, r=14)
    c.rect(370, 280, 60, 386, c.trim)
    c.path("M400 280Q300 130 250 190T400 280ZM400 280Q500 130 550 190T400 280Z", c.trim)
    c.path("M400 280Q320 190 290 210T400 280ZM400 280Q480 190 510 210T400 280Z", c.edge)
    c.circle(400, 276, 30, c.trim)


@drawing
def rice_sack(c: Canvas) -> None:
    c.ground(400, 440, 700)
    c.path("M250 150Q400 190 550 150L590 640Q590 696 530 696H270Q210 696 210 640Z", PAPER)
    c.path("M250 150Q240 90 300 110Q350 80 400 106Q450 80 500 110Q560 90 550 150Q400 190 250 150Z", "#e7dcc4")
    c.line("M262 154Q400 196 538 154", "#d9654f", 11)
    c.path("M232 380Q400 420 568 380L580 560Q400 600 220 560Z", c.base)
    c.line(
        "M400 350V220M400 300Q350 290 340 240M400 270Q450 260 460 216M400 330Q360 330 330 300M400 310Q450 310 470 280",
        "#8aa15a",
        9,
    )
    c.line("M300 450Q400 470 500 450M320 500Q400 520 480 500", PAPER, 13)


@drawing
def can(c: Canvas) -> None:
    c.ground(400, 300, 690)
    c.path("M290 170H510L530 220V630L510 684H290L270 630V220Z", METAL)
    c.path("M270 220H530V630H270Z", c.round_body())
    c.ellipse(400, 170, 110, 24, "#e8ebef")
    c.ellipse(400, 170, 40, 9, "#8d96a4")
    c.circle(400, 400, 84, PAPER)
    c.path("M400 340Q460 400 400 460Q340 400 400 340Z", c.base)
    c.line("M330 550H470M350 580H450", c.trim, 9)


@drawing
def noodles(c: Canvas) -> None:
    """A bundle of dry rice noodles."""
    c.ground(400, 460, 690)
    with c.turned(-8):
        for index in range(17):
            x = 270 + 16 * index
            c.line(f"M{x} {130 + index * 23 % 30}V{660 - index * 17 % 26}", "#f1e6cd" if index % 2 else "#e2d2b0", 13)
        c.path("M250 300H560V500H250Z", c.body())
        c.rect(290, 340, 230, 120, PAPER, r=10)
        c.line("M330 374H480M350 400H460M370 426H440", c.deep, 9)


@drawing
def biscuits(c: Canvas) -> None:
    c.ground(400, 560, 660)
    c.path("M150 400Q150 330 220 330H580Q650 330 650 400V600Q650 656 594 656H206Q150 656 150 600Z", c.body())
    c.ellipse(400, 350, 250, 70, c.deep)
    c.ellipse(400, 350, 226, 56, mix(c.deep, INK, 0.4))
    for x, y, r in ((280, 300, 74), (410, 270, 80), (530, 304, 72), (350, 340, 66), (470, 344, 68)):
        c.circle(x, y, r, "#d9a566")
        c.circle(x, y, r - 10, "#e6bc80")
        for dx, dy in ((-20, -12), (16, -20), (6, 18)):
            c.circle(x + dx, y + dy, 8, "#6d4530")
    c.path("M150 400Q150 380 160 366Q260 430 400 430T640 366Q650 380 650 400V470H150Z", c.body())
    c.rect(270, 500, 260, 100, PAPER, r=12)
    c.line("M310 536H490M340 566H460", c.deep, 9)


@drawing
def milk(c: Canvas) -> None:
    """A carton: oat drink, soya, milk."""
    c.ground(400, 340, 690)
    c.path("M270 280L320 170H480L530 280V686H270Z", c.round_body())
    c.path("M320 170H480V130H320Z", c.edge)
    c.path("M270 280L320 170H480L530 280Z", c.light)
    c.circle(400, 236, 26, PAPER)
    c.path("M270 470Q340 420 400 470T530 450V686H270Z", PAPER)
    c.line("M400 560V640M400 600Q370 590 364 560M400 590Q430 580 436 550M400 620Q374 616 360 596", "#c9a45c", 8)
    c.line("M320 340H480M350 372H450", c.trim, 10)
    c.rect(286, GROUND + 20, 60, 8, c.base, r=4)
