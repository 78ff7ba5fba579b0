"""Televisions, cameras and what holds them."""

from typing import Literal

from vici.demo.drawings.canvas import GLASS, INK, METAL, PAPER, SCREEN, STEEL, WHITE, Canvas, mix
from vici.demo.drawings.kinds import drawing


@drawing
def television(c: Canvas, *, scene: Literal["hills", "sea", "city", "night"] = "hills") -> None:
    c.ground(400, 560, 652)
    for x in (210, 530):
        c.path(f"M{x} 560H{x + 60}L{x + 80} 646H{x - 20}Z", STEEL)
    c.rect(64, 168, 672, 404, c.deep, r=12)
    c.rect(74, 178, 652, 376, SCREEN, r=5)
    if scene == "hills":
        c.rect(74, 178, 652, 376, c.fade("#bfe3f2", "#fdeccb"))
        c.circle(560, 290, 46, "#ffd27d")
        c.path("M74 450Q200 310 330 420T560 380T726 420V554H74Z", "#7fb389")
        c.path("M74 510Q230 400 420 490T726 470V554H74Z", "#4d8a68")
    elif scene == "sea":
        c.rect(74, 178, 652, 376, c.fade("#ffd9b0", "#f59a8b"))
        c.circle(400, 390, 70, "#fff1c9")
        c.rect(74, 400, 652, 154, c.fade("#3f7f9e", "#24506f"))
        c.line("M150 470H420M470 500H650M250 526H500", "#8fc7d8", 8)
    elif scene == "city":
        c.rect(74, 178, 652, 376, c.fade("#2b2c5e", "#b06a9c"))
        for x, top, width in (
            (110, 380, 80),
            (200, 320, 70),
            (280, 410, 90),
            (384, 270, 66),
            (462, 350, 96),
            (572, 300, 60),
            (644, 390, 70),
        ):
            c.rect(x, top, width, 554 - top, "#1c1d40")
            c.line(
                f"M{x + 18} {top + 30}V540M{x + 42} {top + 30}V540", "#ffd78a", 9, stroke_dasharray="10 18", cap="butt"
            )
    else:
        c.rect(74, 178, 652, 376, c.fade("#0f1838", "#37528a"))
        c.circle(570, 270, 40, "#f7efcf")
        c.path("M74 500L240 360L330 440L470 300L726 510V554H74Z", "#1a2748")
        c.path("M470 300L430 346L470 366L506 338Z", WHITE, opacity=0.8)
        for x, y in ((150, 230), (260, 270), (380, 220), (660, 340), (200, 320)):
            c.circle(x, y, 4, WHITE)
    c.path("M74 178H420L220 554H74Z", WHITE, opacity=0.07)


@drawing
def tv_box(c: Canvas) -> None:
    c.ground(340, 420, 600)
    c.rect(150, 380, 380, 200, c.deep, r=46)
    c.rect(150, 366, 380, 190, c.body(), r=46)
    c.circle(340, 530, 8, "#8fe0a9")
    with c.turned(12, 610, 430):
        c.rect(570, 210, 92, 430, INK, r=44)
        c.circle(616, 276, 30, "#3b445e")
        c.circle(616, 276, 12, METAL)
        for index, color in enumerate(("#e0705a", METAL, METAL, METAL)):
            c.circle(598 if index % 2 == 0 else 634, 350 + 46 * (index // 2), 12, color)


@drawing
def camera(c: Canvas, *, style: Literal["mirrorless", "reflex", "compact", "retro"] = "mirrorless") -> None:
    c.ground(400, 560, 640)
    grip = mix(INK, WHITE, 0.1)
    if style == "reflex":
        c.path("M300 260L330 176Q336 160 354 160H446Q464 160 470 176L500 260Z", c.base)
        c.rect(340, 170, 120, 24, c.edge, r=10)
    elif style in {"mirrorless", "retro"}:
        c.path("M320 262L344 206Q350 194 364 194H436Q450 194 456 206L480 262Z", c.light if style == "retro" else c.base)
    c.rect(160, 236, 76, 30, STEEL, r=10)
    c.rect(548, 230, 90, 36, c.edge, r=10)
    c.circle(590, 226, 18, METAL)
    c.rect(116, 256, 568, 374, c.body(), r=48)
    if style == "retro":
        c.rect(116, 336, 568, 210, grip)
        c.line(
            "M150 366H660M150 400H660M150 434H660M150 468H660M150 502H660",
            mix(grip, WHITE, 0.1),
            4,
            stroke_dasharray="2 9",
        )
    else:
        c.path("M116 304Q116 256 164 256H214V630H164Q116 630 116 582Z", grip)
    radius = 118 if style == "compact" else 156
    c.circle(410, 448, radius + 14, METAL if style in {"retro", "compact"} else STEEL)
    c.circle(410, 448, radius, INK)
    c.circle(410, 448, radius * 0.76, "#2b3654")
    c.circle(410, 448, radius * 0.52, "#161b2c")
    c.circle(410, 448, radius * 0.3, "#3c4d7a")
    c.circle(410 - radius * 0.32, 448 - radius * 0.34, radius * 0.14, WHITE, opacity=0.85)
    c.circle(410 + radius * 0.3, 448 + radius * 0.3, radius * 0.07, "#c6a8ff", opacity=0.8)
    c.rect(596, 296, 56, 32, "#fff3cf", r=8)
    c.circle(250, 300, 10, "#e0705a")


@drawing
def lens(c: Canvas, *, long: int = 0) -> None:
    c.ground(400, 360, 690)
    top = 110 if long else 210
    c.rect(280, top, 240, 570 - top + 110, c.round_body(), r=24)
    c.path(f"M258 {top + 10}Q258 {top - 10} 278 {top - 10}H522Q542 {top - 10} 542 {top + 10}V{top + 110}H258Z", c.edge)
    c.ellipse(400, top, 130, 34, INK)
    c.ellipse(400, top, 104, 25, "#3c4d7a")
    c.ellipse(376, top - 6, 40, 8, WHITE, opacity=0.5)
    for y in (top + 150, 520):
        c.rect(272, y, 256, 84, INK, r=10)
        c.line(f"M284 {y + 42}H518", "#4a536c", 60, stroke_dasharray="5 11", cap="butt")
    c.rect(280, top + 124, 240, 10, "#e0705a")
    c.rect(296, 650, 208, 34, METAL, r=8)


@drawing
def action_camera(c: Canvas) -> None:
    c.ground(400, 440, 640)
    c.rect(186, 220, 428, 404, c.deep, r=56)
    c.rect(186, 212, 428, 402, c.body(), r=54)
    c.rect(222, 244, 150, 150, INK, r=24)
    c.rect(236, 258, 122, 122, "#8fc7d8", r=14)
    c.circle(490, 410, 104, INK)
    c.circle(490, 410, 74, "#2b3654")
    c.circle(490, 410, 40, "#141826")
    c.circle(462, 380, 16, WHITE, opacity=0.85)
    c.circle(250, 560, 12, "#e0705a")
    c.rect(270, 196, 90, 22, "#e0705a", r=10)


@drawing
def instant_camera(c: Canvas) -> None:
    c.ground(400, 500, 690)
    with c.turned(4, 400, 620):
        c.rect(266, 560, 268, 120, PAPER, r=6)
        c.rect(286, 560, 228, 80, "#8fb8c9")
        c.path("M286 640L350 584L400 620L450 572L514 640Z", "#4d8a68")
    c.path("M166 250Q166 170 246 170H554Q634 170 634 250V520Q634 600 554 600H246Q166 600 166 520Z", c.body())
    c.rect(230, 568, 340, 20, c.deep, r=10)
    c.circle(390, 400, 132, c.pale)
    c.circle(390, 400, 100, INK)
    c.circle(390, 400, 60, "#2b3654")
    c.circle(364, 372, 18, WHITE, opacity=0.85)
    c.rect(500, 204, 96, 70, "#fff3cf", r=18)
    c.rect(206, 210, 80, 56, INK, r=14)
    c.circle(574, 330, 24, "#e0705a")


@drawing
def instant_film(c: Canvas) -> None:
    """A pack of sheets, and two pictures taken on them."""
    c.ground(400, 460, 680)
    for x, y, degrees, sky, hill in ((230, 130, -12, "#f3c9a0", "#4d8a68"), (420, 150, 10, "#a9cbe3", "#c07a55")):
        with c.turned(degrees, x + 90, y + 130):
            c.rect(x, y, 190, 250, PAPER, r=6)
            c.rect(x + 16, y + 16, 158, 160, sky)
            c.path(
                f"M{x + 16} {y + 176}V{y + 130}L{x + 66} {y + 90}L{x + 106} {y + 130}L{x + 134} {y + 104}"
                f"L{x + 174} {y + 146}V{y + 176}Z",
                hill,
            )
    c.rect(200, 350, 400, 320, c.shade, r=16)
    c.rect(200, 342, 400, 318, c.body(), r=16)
    c.rect(240, 390, 150, 190, c.edge, r=8, opacity=0.5)
    c.rect(254, 404, 122, 120, PAPER, r=4)
    c.line("M430 420H560M430 460H530M430 500H550", c.edge, 14)


@drawing
def drone(c: Canvas) -> None:
    c.ground(400, 460, 650)
    for x, y in ((170, 270), (630, 270), (120, 500), (680, 500)):
        c.line(f"M400 420L{x} {y}", c.edge, 24)
    for x, y in ((170, 262), (630, 262), (120, 492), (680, 492)):
        c.ellipse(x, y, 112, 20, STEEL, opacity=0.35)
        c.rect(x - 100, y - 5, 200, 10, INK, r=5)
        c.rect(x - 16, y - 8, 32, 44, c.deep, r=10)
    c.path("M290 400Q290 330 400 330T510 400V480Q510 540 450 540H350Q290 540 290 480Z", c.body())
    c.path("M320 380Q400 330 480 380L460 412H340Z", c.light)
    c.circle(400, 520, 54, INK)
    c.circle(400, 520, 34, "#2b3654")
    c.circle(386, 506, 10, WHITE, opacity=0.85)
    c.circle(324, 470, 8, "#8fe0a9")
    c.circle(476, 470, 8, "#e0705a")


@drawing
def tripod(c: Canvas) -> None:
    c.ground(400, 480, 690)
    c.line("M400 250V470", STEEL, 20)
    for d in ("M400 300L210 680", "M400 300L590 680", "M400 300L420 680"):
        c.line(d, c.edge, 24)
    for d in ("M340 420L210 680", "M460 420L590 680", "M410 430L420 680"):
        c.line(d, c.base, 14)
    c.line("M320 460H480", STEEL, 9)
    c.rect(344, 246, 112, 66, c.base, r=14)
    c.rect(324, 210, 152, 34, INK, r=10)
    c.rect(310, 120, 180, 92, c.deep, r=16)
    c.rect(322, 132, 156, 68, c.shade, r=10)
    c.line("M456 280L560 330", c.edge, 14)


@drawing
def gimbal(c: Canvas) -> None:
    c.ground(400, 260, 700)
    c.rect(250, 110, 330, 176, INK, r=22)
    c.rect(262, 122, 306, 152, GLASS, r=14)
    c.path("M262 240L340 180L400 230L470 170L568 250V260Q568 274 554 274H276Q262 274 262 260Z", "#6d9f86")
    c.path("M490 286H546V330Q546 372 500 372H440V430H386V340Q386 326 400 326H490Z", c.edge)
    c.circle(518, 300, 40, c.deep)
    c.rect(340, 410, 120, 280, c.round_body(), r=44)
    c.circle(400, 478, 26, INK)
    c.circle(400, 478, 12, STEEL)
    c.rect(386, 530, 28, 44, "#e0705a", r=14)


@drawing
def security_camera(c: Canvas) -> None:
    c.ground(400, 300, 660)
    c.path("M310 640Q310 596 354 596H446Q490 596 490 640Q490 654 476 654H324Q310 654 310 640Z", c.deep)
    c.path("M352 500H448L460 600H340Z", c.shade)
    c.circle(400, 350, 204, c.deep)
    c.circle(400, 346, 200, c.round_body())
    c.path("M400 200Q520 210 540 340T400 490T260 340T400 200Z", INK)
    c.circle(400, 336, 72, "#2b3654")
    c.circle(400, 336, 38, "#10131f")
    c.circle(376, 312, 14, WHITE, opacity=0.85)
    for x in (310, 490):
        c.circle(x, 400, 9, "#b8433f")


@drawing
def camera_bag(c: Canvas) -> None:
    c.ground(400, 540, 670)
    c.line("M210 300C210 100 590 100 590 300", c.deep, 30)
    c.rect(140, 290, 520, 370, c.round_body(), r=54)
    c.path("M140 344Q140 280 204 280H596Q660 280 660 344V470Q400 540 140 470Z", c.light)
    c.rect(360, 450, 80, 90, c.trim, r=14)
    c.rect(384, 478, 32, 34, c.deep, r=8)
    c.line("M190 580H610", c.deep, 8)
