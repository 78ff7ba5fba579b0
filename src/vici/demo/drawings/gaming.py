"""What one plays on."""

from typing import Literal

from vici.demo.drawings.canvas import INK, METAL, SCREEN, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def console(c: Canvas, *, style: Literal["curved", "tower"] = "curved") -> None:
    c.ground(400, 420, 680)
    if style == "tower":
        c.rect(254, 130, 292, 540, c.round_body(), r=22)
        c.rect(254, 130, 292, 70, c.edge, r=22)
        for row in range(3):
            c.line(f"M290 {150 + 16 * row}H512", "#79c98a", 7, stroke_dasharray="1 18")
        c.circle(500, 250, 14, WHITE, opacity=0.7)
        c.rect(290, 600, 90, 10, INK, r=5)
        return
    c.path("M330 120Q400 100 470 120L486 660H314Z", INK)
    c.rect(392, 140, 6, 500, "#6fa9ff", opacity=0.9)
    c.path("M330 120Q250 130 236 220Q216 420 240 640Q244 668 272 668H330Q356 420 330 120Z", c.round_body())
    c.path("M470 120Q550 130 564 220Q584 420 560 640Q556 668 528 668H470Q444 420 470 120Z", c.round_body())


@drawing
def gamepad(c: Canvas) -> None:
    c.ground(400, 560, 620)
    c.path(
        "M250 230H550C650 230 700 330 724 480C740 590 690 620 640 580C600 540 570 490 520 490H280"
        "C230 490 200 540 160 580C110 620 60 590 76 480C100 330 150 230 250 230Z",
        c.body(),
    )
    c.path("M300 236H500L480 330Q400 350 320 330Z", c.shade)
    for x in (300, 500):
        c.circle(x, 430, 56, c.deep)
        c.circle(x, 424, 42, mix(c.deep, INK, 0.5))
    c.path("M204 300H232V328H260V356H232V384H204V356H176V328H204Z", c.edge)
    for x, y, color in ((586, 292, "#ffcf6b"), (586, 376, "#79c98a"), (544, 334, "#6fa9ff"), (628, 334, "#ef7a7a")):
        c.circle(x, y, 21, color)
    c.circle(400, 384, 15, c.trim, opacity=0.7)


@drawing
def handheld(c: Canvas, *, left: str = "", right: str = "") -> None:
    """With detachable sides that may have colours of their own."""
    c.ground(400, 640, 580)
    c.path("M216 240V560H160Q80 560 80 480V320Q80 240 160 240Z", left or c.body())
    c.path("M584 240V560H640Q720 560 720 480V320Q720 240 640 240Z", right or c.body())
    c.rect(206, 240, 388, 320, INK, r=10)
    c.rect(226, 262, 348, 276, c.fade("#8fd0e6", "#cfeadf"))
    c.path("M226 460Q300 380 380 440T574 400V538H226Z", "#6bb07f")
    c.circle(500, 320, 30, "#ffd27d")
    c.rect(296, 420, 44, 44, "#d9654f", r=6)
    c.circle(148, 330, 34, INK, opacity=0.8)
    c.circle(652, 450, 34, INK, opacity=0.8)
    for x, y in ((148, 420), (148, 480), (118, 450), (178, 450), (652, 300), (652, 360), (622, 330), (682, 330)):
        c.circle(x, y, 13, INK, opacity=0.65)


@drawing
def vr_headset(c: Canvas) -> None:
    c.ground(400, 500, 640)
    c.line("M200 330C200 160 600 160 600 330", c.deep, 40)
    c.path(
        "M130 400Q130 300 230 300H570Q670 300 670 400V500Q670 600 580 600Q510 600 470 550Q440 514 400 514"
        "T330 550Q290 600 220 600Q130 600 130 500Z",
        c.body(),
    )
    c.path(
        "M172 410Q172 344 240 344H560Q628 344 628 410V470Q628 540 570 540Q530 540 500 500Q460 460 400 460"
        "T300 500Q270 540 230 540Q172 540 172 470Z",
        SCREEN,
    )
    for x in (240, 560):
        c.circle(x, 430, 22, "#3c4d7a")
        c.circle(x - 6, 424, 7, WHITE, opacity=0.8)


@drawing
def gaming_chair(c: Canvas) -> None:
    c.ground(400, 440, 700)
    c.line("M400 560V640M400 640L250 690M400 640L550 690M400 640L400 700", STEEL, 22)
    for x, y in ((250, 692), (550, 692), (400, 702)):
        c.circle(x, y, 17, INK)
    c.path("M270 120Q270 90 310 90H490Q530 90 530 120L566 250Q560 420 530 470H270Q240 420 234 250Z", INK)
    c.path("M316 110H484L500 240Q500 400 480 460H320Q300 400 300 240Z", c.round_body())
    c.rect(336, 126, 128, 58, c.deep, r=22)
    c.rect(342, 372, 116, 66, c.deep, r=24)
    c.path("M226 480Q226 450 256 450H544Q574 450 574 480V530Q574 570 534 570H266Q226 570 226 530Z", INK)
    c.path("M290 456H510V562H290Z", c.base)
    for x in (176, 574):
        c.rect(x, 400, 50, 26, INK, r=12)
        c.rect(x + 15, 420, 20, 90, STEEL)


@drawing
def steering_wheel(c: Canvas) -> None:
    c.ground(400, 420, 690)
    c.path("M300 560H500L560 680H240Z", c.deep)
    c.circle(400, 360, 232, mix(INK, WHITE, 0.12))
    c.circle(400, 360, 222, INK)
    c.circle(400, 360, 172, METAL)
    c.circle(400, 360, 166, "#e9e4da")
    c.path("M230 330H570V400Q500 420 470 530H330Q300 420 230 400Z", c.body())
    c.circle(400, 380, 52, c.deep)
    c.rect(386, 128, 28, 56, "#e0705a", r=8)
    for x in (290, 510):
        c.circle(x, 366, 13, "#6fa9ff")
        c.circle(x, 340, 9, "#ffcf6b")


@drawing
def cooling_pad(c: Canvas) -> None:
    c.ground(400, 600, 610)
    c.path("M190 280H610L700 560Q704 590 672 590H128Q96 590 100 560Z", c.body())
    c.path("M100 560H700Q704 590 672 590H128Q96 590 100 560Z", c.deep)
    for x in (300, 500):
        c.ellipse(x, 420, 96, 80, INK)
        c.ellipse(x, 420, 84, 70, "none", stroke="#6fd3ff", stroke_width=7)
        for blade in range(6):
            with c.turned(60 * blade, x, 420):
                c.path(f"M{x} 420Q{x + 34} 396 {x + 8} 362Q{x - 18} 392 {x} 420Z", STEEL)
    c.rect(340, 556, 120, 12, "#6fd3ff", r=6)


@drawing
def mouse_mat(c: Canvas) -> None:
    """A wide one, with a corner rolled up."""
    c.ground(400, 640, 560)
    c.path("M150 280H690Q704 280 702 294L660 540Q658 552 644 552H96Q82 552 86 538L136 292Q138 280 150 280Z", c.body())
    c.line("M158 296H680L640 536H104Z", c.trim, 4, stroke_dasharray="9 7", opacity=0.7)
    c.path("M540 552Q560 440 690 400L660 540Q658 552 644 552Z", c.deep)
    c.path("M540 552Q530 440 690 400Q600 460 600 552Z", c.edge)
    c.line("M240 470Q330 360 420 420T560 360", c.trim, 9, opacity=0.5)
