"""Computers and what stands around them on the desk."""

from typing import Literal

from vici.demo.drawings.canvas import GROUND, INK, METAL, PAPER, SCREEN, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


def _wallpaper(c: Canvas, x: float, y: float, w: float, h: float, tint: str) -> None:
    c.rect(x, y, w, h, c.fade(mix(tint, WHITE, 0.72), mix(tint, "#2f3f77", 0.35)), r=6)
    c.path(
        f"M{x} {y + h * 0.72}Q{x + w * 0.25} {y + h * 0.42} {x + w * 0.5} {y + h * 0.66}"
        f"T{x + w} {y + h * 0.5}V{y + h}H{x}Z",
        WHITE,
        opacity=0.25,
    )


@drawing
def laptop(c: Canvas, *, style: Literal["plain", "gaming", "convertible"] = "plain", tint: str = "#5f86c4") -> None:
    c.ground(400, 660, 620)
    c.rect(176, 190, 448, 318, c.deep, r=22)
    c.rect(180, 194, 440, 310, INK, r=19)
    _wallpaper(c, 194, 208, 412, 276, "#c2475f" if style == "gaming" else tint)
    c.rect(390, 197, 20, 6, "#3c465f", r=3)
    c.path("M176 506H624L706 590H94Z", c.fade(c.light, c.base))
    c.path("M206 518H594L630 556H170Z", c.deep if style != "gaming" else "#2a1f33")
    for row, (left, right) in enumerate(((212, 588), (200, 600), (188, 612))):
        c.line(
            f"M{left} {526 + 11 * row}H{right}",
            "#ff6f91" if style == "gaming" else c.light,
            5,
            stroke_dasharray="18 8",
            cap="butt",
            opacity=0.75,
        )
    c.path("M340 562H460L470 586H330Z", c.shade, opacity=0.8)
    c.path("M94 590H706V600Q706 612 692 612H108Q94 612 94 600Z", c.shade)
    if style == "gaming":
        c.rect(120, 600, 560, 5, "#ff6f91", r=2)
    if style == "convertible":
        with c.turned(64, 690, 500):
            c.rect(590, 492, 190, 14, INK, r=7)
            c.rect(590, 492, 34, 14, METAL, r=7)


@drawing
def mini_pc(c: Canvas) -> None:
    c.ground(400, 470)
    c.path("M180 420Q180 396 204 396H596Q620 396 620 420V600Q620 640 580 640H220Q180 640 180 600Z", c.body())
    c.path("M196 396L246 300Q254 286 272 286H528Q546 286 554 300L604 396Z", c.light)
    c.circle(400, 344, 26, c.shade)
    for x in (250, 300):
        c.rect(x, 520, 34, 14, INK, r=7)
    c.circle(370, 527, 10, INK)
    c.circle(556, 527, 8, "#9fe3b4")


@drawing
def desktop(c: Canvas) -> None:
    """A gaming tower with a window."""
    c.ground(400, 420, 690)
    c.rect(236, 104, 328, 580, c.round_body(), r=20)
    c.rect(262, 130, 276, 530, mix(c.deep, INK, 0.5), r=12)
    for y, color in ((220, "#7cc8ff"), (392, "#c69bff"), (564, "#ff8fb0")):
        c.circle(400, y, 74, INK)
        c.circle(400, y, 66, "none", stroke=color, stroke_width=9)
        for blade in range(6):
            with c.turned(60 * blade, 400, y):
                c.path(f"M400 {y}Q430 {y - 30} 410 {y - 56}Q384 {y - 30} 400 {y}Z", color, opacity=0.4)
        c.circle(400, y, 14, "#3a4258")
    c.path("M262 142Q262 130 274 130H420L262 470Z", WHITE, opacity=0.08)


@drawing
def monitor(c: Canvas, *, curved: int = 0, tint: str = "#4f8f9c") -> None:
    c.ground(400, 320, 676)
    c.path("M360 540H440L450 650H350Z", c.shade)
    c.path("M290 662Q290 640 330 640H470Q510 640 510 662Z", c.base)
    if curved:
        c.path("M92 196Q400 160 708 196V526Q400 566 92 526Z", c.deep)
        c.path(
            "M104 208Q400 174 696 208V512Q400 548 104 512Z", c.fade(mix(tint, WHITE, 0.6), mix(tint, "#2a2f66", 0.5))
        )
        c.path("M104 420Q260 320 400 400T696 340V512Q400 548 104 512Z", WHITE, opacity=0.2)
    else:
        c.rect(124, 146, 552, 404, c.deep, r=18)
        c.rect(136, 158, 528, 356, INK, r=8)
        _wallpaper(c, 138, 160, 524, 352, tint)
        c.circle(400, 532, 5, METAL)


@drawing
def keyboard(c: Canvas, *, keys: str = "#f4f1ea", accent: str = "#e0705a") -> None:
    c.ground(400, 640, 560)
    with c.turned(-6):
        c.rect(96, 262, 608, 262, c.deep, r=30)
        c.rect(96, 254, 608, 254, c.body(), r=30)
        for row in range(4):
            y = 280 + 52 * row
            widths = ((1,) * 12, (1.5, *(1,) * 9, 1.5), (1.8, *(1,) * 8, 2.2), (1.4, 1.2, 6.2, 1.2, 2))[row]
            x, unit = 122.0, 556 / sum(widths)
            for index, width in enumerate(widths):
                first_or_enter = (row, index) in ((0, 0), (2, len(widths) - 1))
                c.rect(round(x, 1), y, round(width * unit - 7, 1), 43, accent if first_or_enter else keys, r=9)
                x += width * unit


@drawing
def mouse(c: Canvas, *, style: Literal["plain", "gaming", "vertical"] = "plain") -> None:
    c.ground(410, 360, 668)
    if style == "vertical":
        c.path(
            "M250 640Q230 420 330 250Q400 140 500 190Q580 240 570 400Q566 560 600 640Q606 660 584 660H276"
            "Q252 660 250 640Z",
            c.body(),
        )
        c.path("M330 250Q400 140 500 190Q400 260 372 470Q330 420 330 250Z", c.light, opacity=0.6)
        c.line("M470 214Q404 300 386 460", c.deep, 6)
        c.rect(420, 252, 26, 70, INK, r=13, transform="rotate(24 433 287)")
        return
    c.path(
        "M400 130C540 130 572 260 572 410C572 570 510 668 400 668C290 668 228 570 228 410C228 260 260 130 400 130Z",
        c.round_body(),
    )
    c.line("M400 132V360M232 372Q400 330 568 372", c.edge, 6)
    c.rect(380, 210, 40, 96, INK, r=20)
    c.rect(388, 226, 24, 30, "#ff6f91" if style == "gaming" else STEEL, r=10)
    if style == "gaming":
        c.line("M300 560Q400 640 500 560", "#ff6f91", 12)
        c.rect(226, 400, 18, 60, c.edge, r=9)
        c.rect(228, 474, 18, 50, c.edge, r=9)


@drawing
def webcam(c: Canvas) -> None:
    c.ground(400, 360, 664)
    c.rect(172, 220, 456, 210, c.round_body(), r=100)
    c.circle(400, 325, 84, INK)
    c.circle(400, 325, 62, "#2c3856")
    c.circle(400, 325, 32, "#121624")
    c.circle(382, 306, 13, WHITE, opacity=0.85)
    c.circle(540, 325, 9, "#8fe0a9")
    c.circle(258, 325, 14, c.deep)
    c.rect(362, 430, 76, 60, c.deep, r=8)
    c.path("M270 490H530Q548 490 548 508V640Q548 654 532 654Q516 654 512 640L496 540H300Q270 540 270 510Z", c.shade)


@drawing
def router(c: Canvas) -> None:
    c.ground(400, 560, 620)
    for index in range(4):
        x = 190 + 140 * index
        with c.turned(6 * index - 9, x, 500):
            c.rect(x - 13, 210, 26, 300, c.edge, r=13)
    c.path("M170 470H630L690 580Q694 610 660 610H140Q106 610 110 580Z", c.body())
    c.path("M170 470H630L640 490H160Z", c.light)
    for index in range(5):
        c.circle(300 + 50 * index, 566, 7, "#8fe0a9" if index < 4 else "#f2c46b")


@drawing
def mesh_router(c: Canvas) -> None:
    c.ground(280, 260)
    c.ground(540, 220)
    c.rect(170, 230, 220, 414, c.round_body(), r=90)
    c.rect(266, 556, 28, 10, "#8fe0a9", r=5)
    c.ellipse(280, 262, 70, 18, c.shade)
    c.rect(452, 340, 176, 304, c.round_body(), r=74)
    c.rect(526, 570, 28, 10, "#8fe0a9", r=5)
    c.ellipse(540, 366, 54, 14, c.shade)


@drawing
def printer(c: Canvas) -> None:
    c.ground(400, 580)
    c.path("M260 330V150Q260 140 270 140H530Q540 140 540 150V330Z", PAPER)
    for y, width in ((190, 200), (220, 160), (250, 190)):
        c.rect(300, y, width, 10, "#c9c4b8", r=5)
    c.path("M150 340Q150 310 180 310H620Q650 310 650 340V560Q650 590 620 590H180Q150 590 150 560Z", c.body())
    c.rect(190, 336, 140, 60, INK, r=12)
    c.rect(202, 348, 60, 36, "#8fc7d8", r=5)
    c.circle(590, 366, 16, c.deep)
    c.rect(214, 470, 372, 34, c.deep, r=10)
    c.path("M240 488H560L596 640H204Z", PAPER)
    c.line("M290 540H510M280 572H470M272 604H520", "#c9c4b8", 10)


@drawing
def usb_hub(c: Canvas) -> None:
    c.ground(420, 520, 570)
    c.line("M70 300Q60 420 170 420H250", c.deep, 20)
    c.rect(52, 222, 40, 84, METAL, r=8)
    c.path("M220 380Q220 350 250 350H690Q720 350 720 380V510Q720 540 690 540H250Q220 540 220 510Z", c.body())
    c.rect(220, 350, 500, 40, WHITE, r=20, opacity=0.18)
    for x, width in ((270, 84), (386, 84), (502, 50), (584, 96)):
        c.rect(x, 440, width, 46, INK, r=9)
        c.rect(x + 10, 458, width - 20, 10, STEEL, r=4)


@drawing
def laptop_sleeve(c: Canvas) -> None:
    c.ground(400, 560, 640)
    c.rect(166, 210, 486, 330, "#aeb6c2", r=18)
    c.rect(130, 250, 540, 380, c.deep, r=36)
    c.rect(130, 256, 540, 366, c.body(), r=34)
    c.line("M158 300H642", c.trim, 7, stroke_dasharray="4 12")
    c.line("M150 290H650", c.deep, 8)
    c.rect(560, 280, 70, 20, METAL, r=8)
    c.rect(520, 540, 100, 44, c.trim, r=8, opacity=0.55)


@drawing
def projector(c: Canvas) -> None:
    c.path("M300 470L70 250V690Z", "#fff3c9", opacity=0.5)
    c.ground(440, 460)
    c.rect(250, 330, 420, 300, c.round_body(), r=60)
    c.circle(352, 470, 88, c.deep)
    c.circle(352, 470, 70, INK)
    c.circle(352, 470, 46, "#3f5680")
    c.circle(334, 452, 16, "#fff6da")
    for index in range(6):
        c.rect(500 + 24 * index, 420, 10, 100, c.edge, r=5)
    c.rect(300, GROUND - 22, 60, 20, c.deep, r=8)
    c.rect(560, GROUND - 22, 60, 20, c.deep, r=8)


@drawing
def monitor_arm(c: Canvas) -> None:
    c.ground(330, 320, 676)
    c.rect(240, 634, 200, 36, c.deep, r=12)
    c.rect(318, 340, 44, 300, c.round_body(), r=14)
    c.line("M340 372L520 250", c.base, 40)
    c.line("M520 250L470 430", c.light, 34)
    for x, y in ((340, 372), (520, 250)):
        c.circle(x, y, 34, c.deep)
        c.circle(x, y, 14, METAL)
    c.rect(420, 400, 210, 170, SCREEN, r=10)
    c.rect(480, 440, 90, 90, STEEL, r=8)
    for x in (496, 554):
        for y in (456, 514):
            c.circle(x, y, 6, INK)
