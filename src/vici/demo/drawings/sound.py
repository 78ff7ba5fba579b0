"""What one listens to and speaks into."""

from typing import Literal

from vici.demo.drawings.canvas import GROUND, INK, METAL, STEEL, WHITE, WOOD, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def headphones(c: Canvas, *, mic: int = 0) -> None:
    """Over the ear; with a microphone they are a headset."""
    c.ground(400, 420, 670)
    c.path(
        "M196 470V400C196 270 284 176 400 176S604 270 604 400V470H570V404C570 292 496 214 400 214S230 292 230 404V470Z",
        c.edge,
    )
    c.path("M250 260Q310 196 400 196T550 260Q500 226 400 226T250 260Z", c.light)
    for flipped in (False, True):
        with c.moved(800 if flipped else 0, 0, flipped=flipped):
            c.rect(206, 400, 92, 240, INK, r=46)
            c.rect(160, 396, 108, 248, c.round_body(), r=54)
            c.rect(186, 436, 26, 168, WHITE, r=13, opacity=0.14)
    if mic:
        c.line("M196 610Q220 720 350 712", c.edge, 14)
        c.rect(340, 694, 66, 36, INK, r=18)


@drawing
def on_ear(c: Canvas) -> None:
    """Light ones, on the ear, seen at an angle."""
    c.ground(400, 420, 670)
    with c.turned(-12):
        c.line("M232 470C200 300 270 170 400 170S600 300 568 470", c.edge, 26)
        c.line("M262 300Q300 204 400 202T538 300", c.light, 10)
        for x in (236, 564):
            c.circle(x, 520, 98, INK)
            c.circle(x, 520, 88, c.round_body())
            c.circle(x, 520, 48, c.shade)
            c.circle(x - 30, 488, 14, WHITE, opacity=0.35)


def _bud(c: Canvas, x: float, y: float, *, stem: bool, flipped: bool) -> None:
    with c.moved(x, y, flipped=flipped):
        if stem:
            c.rect(-6, 0, 44, 150, c.shade, r=22)
            c.rect(-14, -4, 44, 150, c.light, r=22)
        c.circle(0, 0, 62, c.round_body())
        c.ellipse(-52, 14, 26, 34, INK, opacity=0.85)
        c.circle(18, -20, 14, WHITE, opacity=0.4)


@drawing
def earbuds(c: Canvas, *, style: Literal["stem", "bean"] = "stem") -> None:
    """With their case."""
    c.ground(400, 400, 690)
    c.path("M230 470Q230 424 276 424H524Q570 424 570 470V560Q570 676 454 676H346Q230 676 230 560Z", c.body())
    c.path("M230 470Q230 424 276 424H524Q570 424 570 470V492H230Z", c.deep, opacity=0.5)
    c.ellipse(320, 462, 52, 22, INK, opacity=0.7)
    c.ellipse(480, 462, 52, 22, INK, opacity=0.7)
    c.circle(400, 580, 8, "#8fe0a9")
    for x, flipped in ((310, False), (490, True)):
        _bud(c, x, 226, stem=style == "stem", flipped=flipped)


@drawing
def earphones(c: Canvas) -> None:
    """With a cord."""
    c.ground(400, 420, 690)
    c.line("M290 300C280 460 400 420 400 540M510 300C520 460 400 420 400 540", c.deep, 12)
    c.line("M400 540C400 640 300 690 270 620S360 540 420 600T520 680", c.deep, 12)
    c.rect(382, 490, 36, 84, c.light, r=16)
    c.rect(508, 650, 84, 34, METAL, r=10, transform="rotate(14 550 667)")
    for x, flipped in ((290, False), (510, True)):
        with c.moved(x, 210, 1.05, flipped=flipped):
            c.rect(-14, 30, 36, 96, c.shade, r=18)
            c.circle(0, 0, 62, c.round_body())
            c.ellipse(-50, 14, 28, 36, INK, opacity=0.85)
            c.circle(18, -20, 14, WHITE, opacity=0.4)


@drawing
def speaker(c: Canvas, *, shape: Literal["tube", "box", "round"] = "tube") -> None:
    """Portable."""
    if shape == "tube":
        c.ground(400, 560, 590)
        c.rect(120, 270, 560, 300, c.body(), r=140)
        c.ellipse(196, 420, 66, 128, c.deep)
        c.ellipse(192, 420, 46, 96, mix(c.deep, INK, 0.45))
        c.ellipse(190, 420, 22, 48, c.edge)
        for row in range(5):
            c.line(f"M300 {330 + 45 * row}H610", c.deep, 8, stroke_dasharray="1 20", opacity=0.6)
        c.rect(400, 286, 140, 20, c.trim, r=10, opacity=0.6)
    elif shape == "box":
        c.ground(400, 560, 660)
        c.line("M240 290V220Q240 190 270 190H530Q560 190 560 220V290", c.deep, 26)
        c.rect(130, 270, 540, 380, c.body(), r=50)
        for x in (270, 530):
            c.circle(x, 460, 112, c.deep)
            c.circle(x, 460, 84, mix(c.deep, INK, 0.5))
            c.circle(x, 460, 34, c.base)
        c.rect(340, 300, 120, 26, c.trim, r=13, opacity=0.7)
    else:
        c.ground(400, 380, 660)
        c.line("M400 240V150Q400 120 430 120H470Q500 120 500 150V220", c.deep, 16)
        c.circle(400, 440, 214, c.deep)
        c.circle(400, 440, 204, c.body())
        for radius, count in ((60, 10), (110, 18), (158, 26)):
            c.circle(
                400,
                440,
                radius,
                "none",
                stroke=c.deep,
                stroke_width=12,
                stroke_dasharray=f"1 {6.283 * radius / count - 1:.2f}",
                stroke_linecap="round",
                opacity=0.6,
            )
        c.circle(400, 440, 20, c.trim, opacity=0.7)


@drawing
def smart_speaker(c: Canvas) -> None:
    c.ground(400, 380, 656)
    c.path(
        "M400 240C520 240 590 310 590 440C590 580 520 646 400 646C280 646 210 580 210 440C210 310 280 240 400 240Z",
        c.round_body(),
    )
    c.ellipse(400, 296, 128, 44, mix(c.deep, INK, 0.4))
    c.ellipse(400, 294, 104, 32, c.fade("#79b8ff", "#b58cff", across=True), opacity=0.85)
    for row in range(6):
        c.line(
            f"M{236 + abs(row - 2) * 6} {390 + 38 * row}H{564 - abs(row - 2) * 6}",
            c.deep,
            7,
            stroke_dasharray="1 18",
            opacity=0.5,
        )


@drawing
def bookshelf_speakers(c: Canvas) -> None:
    for x in (130, 420):
        c.ground(x + 125, 280)
        c.rect(x, 190, 250, 456, c.deep, r=14)
        c.rect(x + 12, 202, 226, 432, c.body(), r=8)
        c.circle(x + 125, 300, 52, INK)
        c.circle(x + 125, 300, 24, STEEL)
        c.circle(x + 125, 480, 96, INK)
        c.circle(x + 125, 480, 78, mix(INK, WHITE, 0.14))
        c.circle(x + 125, 480, 32, STEEL)


@drawing
def soundbar(c: Canvas) -> None:
    c.ground(340, 560, 560)
    c.ground(640, 220, 640)
    c.rect(548, 300, 184, 340, c.round_body(), r=24)
    c.rect(576, 560, 128, 44, c.deep, r=22)
    c.rect(60, 450, 540, 110, c.deep, r=36)
    c.rect(60, 444, 540, 104, c.body(), r=34)
    for row in range(3):
        c.line(f"M110 {478 + 20 * row}H550", c.edge, 6, stroke_dasharray="1 14", opacity=0.8)
    c.circle(560, 497, 6, "#8fe0a9")


@drawing
def party_speaker(c: Canvas) -> None:
    """A tall one for karaoke, with its microphone."""
    c.ground(390, 400, 690)
    c.rect(220, 110, 300, 570, c.round_body(), r=44)
    c.rect(310, 126, 120, 22, c.edge, r=11)
    for y, radius, color in ((262, 78, "#ff8fb0"), (500, 118, "#7cc8ff")):
        c.circle(370, y, radius + 12, color, opacity=0.85)
        c.circle(370, y, radius, INK)
        c.circle(370, y, radius * 0.42, STEEL)
    with c.turned(14, 610, 480):
        c.rect(586, 420, 44, 250, STEEL, r=18)
        c.circle(608, 400, 50, METAL)
        c.line("M566 390H650M566 412H650M600 356V444", STEEL, 5)


@drawing
def microphone(c: Canvas) -> None:
    """For the desk."""
    c.ground(400, 340)
    c.line("M272 330V360C272 440 330 490 400 490S528 440 528 360V330", c.edge, 20)
    c.rect(388, 490, 24, 130, STEEL)
    c.rect(270, 610, 260, 36, c.deep, r=18)
    c.rect(308, 130, 184, 312, c.round_body(), r=92)
    c.path("M308 222C308 170 348 130 400 130S492 170 492 222V290H308Z", METAL)
    c.line("M316 200H484M308 230H492M308 260H492M350 150V286M400 132V286M450 150V286", STEEL, 6)
    c.rect(308, 286, 184, 16, c.deep)
    c.circle(400, 370, 16, c.trim)


@drawing
def turntable(c: Canvas) -> None:
    c.ground(400, 620, 640)
    c.rect(110, 240, 580, 370, WOOD, r=26)
    c.rect(110, 230, 580, 360, c.body(), r=26)
    c.circle(344, 410, 160, INK)
    for radius in (138, 116, 94):
        c.circle(344, 410, radius, "none", stroke="#3a4055", stroke_width=3)
    c.circle(344, 410, 52, "#e0705a")
    c.circle(344, 410, 8, WHITE)
    c.line("M600 300V430L480 470", METAL, 14)
    c.circle(600, 300, 36, STEEL)
    c.rect(462, 456, 44, 28, STEEL, r=6, transform="rotate(-18 484 470)")
    c.circle(620, 540, 20, c.deep)
    for x in (170, 590):
        c.rect(x, GROUND - 46, 50, 40, c.deep, r=10)


@drawing
def dac(c: Canvas) -> None:
    """A small amplifier for headphones."""
    c.ground(400, 520, 600)
    c.rect(150, 330, 500, 250, c.deep, r=20)
    c.rect(150, 322, 500, 248, c.body(), r=20)
    c.circle(530, 446, 72, c.deep)
    c.circle(530, 440, 64, c.fade("#eef0f3", "#9da6b4"))
    c.line("M530 440L566 396", INK, 9)
    for x in (230, 320):
        c.circle(x, 446, 34, METAL)
        c.circle(x, 446, 20, INK)
    c.circle(404, 446, 7, "#8fe0a9")
