"""What one wears, laid out flat or on a hanger."""

from typing import Literal

from vici.demo.drawings.canvas import GOLD, INK, METAL, PAPER, STEEL, WHITE, Canvas, lightness, mirrored, mix
from vici.demo.drawings.kinds import drawing


def _blossom(c: Canvas) -> str:
    """Flowers on cloth: pale where the cloth is not."""
    return c.pale if lightness(c.base) < 0.8 else c.trim


def _hanger(c: Canvas, y: float = 130) -> None:
    c.line(f"M400 {y}V{y - 22}Q400 {y - 40} 418 {y - 44}T420 {y - 78}Q400 {y - 92} 384 {y - 74}", STEEL, 8)
    c.line(f"M290 {y + 44}L400 {y}L510 {y + 44}", STEEL, 9)


@drawing
def t_shirt(c: Canvas, *, motif: Literal["", "wave", "stripes", "sun"] = "") -> None:
    c.path(
        mirrored("M400 182Q350 182 322 150L240 180L120 300L196 384L248 340L248 660Q248 676 266 676L400 676"), c.body()
    )
    c.path(mirrored("M400 206Q340 204 304 158L322 150Q350 182 400 182"), c.edge)
    c.line("M248 340Q256 300 250 270M552 340Q544 300 550 270", c.edge, 6, opacity=0.6)
    if motif == "wave":
        c.line("M316 360q28 -30 56 0t56 0t56 0M316 396q28 -30 56 0t56 0t56 0M316 432q28 -30 56 0t56 0t56 0", c.trim, 11)
    elif motif == "stripes":
        c.path(
            "M248 360H552V390H248ZM248 430H552V460H248ZM248 500H552V530H248ZM248 570H552V600H248Z", c.trim, opacity=0.8
        )
    elif motif == "sun":
        c.path("M340 400A60 60 0 0 1 460 400Z", "#e8a04c")
        c.line("M320 414H480M340 436H460M360 458H440", c.trim, 9)


@drawing
def shirt(c: Canvas, *, short: int = 0, pattern: Literal["", "stripes", "checks"] = "") -> None:
    """With buttons."""
    sleeve = "L130 320L196 380L256 330" if short else "L92 600L166 624L256 350"
    c.path(mirrored(f"M400 196L340 150L250 182{sleeve}L256 660L400 660"), c.body())
    if pattern:
        c.line("M290 230V656M330 220V656M470 220V656M510 230V656", c.trim, 5, opacity=0.45)
    if pattern == "checks":
        c.line("M258 300H542M258 380H542M258 460H542M258 540H542M258 620H542", c.trim, 5, opacity=0.45)
    c.line("M256 340V660M544 340V660", c.edge, 4, opacity=0.4)
    c.path("M388 200H412V660H388Z", c.light)
    for y in range(260, 650, 70):
        c.circle(400, y, 8, c.edge)
    c.path("M400 204L336 150L318 166L350 250Z", c.light)
    c.path("M400 204L464 150L482 166L450 250Z", c.light)
    c.line("M400 204L350 250L318 166M400 204L450 250L482 166", c.edge, 4, opacity=0.6)
    c.path("M450 300H520V370L485 386L450 370Z", c.shade)


@drawing
def polo(c: Canvas) -> None:
    c.path(mirrored("M400 190L330 150L244 180L130 310L200 374L252 334L252 668L400 668"), c.body())
    c.path("M130 310L146 292L216 356L200 374ZM670 310L654 292L584 356L600 374Z", c.trim, opacity=0.6)
    c.rect(382, 190, 36, 150, c.light)
    for y in (230, 270, 310):
        c.circle(400, y, 7, c.edge)
    c.path("M400 200L330 150L306 168L348 244Z", c.edge)
    c.path("M400 200L470 150L494 168L452 244Z", c.edge)
    c.circle(470, 300, 13, c.trim)


@drawing
def sweater(c: Canvas, *, hood: int = 0) -> None:
    if hood:
        c.path("M290 190Q300 90 400 90T510 190L460 250H340Z", c.deep)
        c.path("M330 190Q340 124 400 124T470 190L430 240H370Z", mix(c.deep, INK, 0.3))
    c.path(
        mirrored("M400 200Q350 200 320 160L236 190Q160 230 150 330L110 600L186 620L252 380L252 680L400 680"), c.body()
    )
    if not hood:
        c.path(mirrored("M400 226Q336 224 300 170L320 160Q350 200 400 200"), c.edge)
    c.path("M252 650H548V684H252Z", c.edge)
    c.path("M110 600L116 566L194 590L186 620ZM690 600L684 566L606 590L614 620Z", c.edge)
    if hood:
        c.path("M310 480H490L520 610H280Z", c.shade)
        c.line("M376 236L368 330M424 236L432 330", WHITE, 8)
    else:
        c.line("M330 270V640M400 250V640M470 270V640", c.edge, 7, stroke_dasharray="14 12", opacity=0.5)
        c.line("M365 260V640M435 260V640", c.light, 7, stroke_dasharray="10 14", opacity=0.7)


@drawing
def jacket(c: Canvas, *, style: Literal["zip", "blazer", "puffer"] = "zip") -> None:
    c.path(mirrored("M400 190L330 146L240 180Q160 220 150 330L112 620L192 638L248 390L248 690L400 690"), c.body())
    c.line("M248 400L252 330M552 400L548 330", c.edge, 6)
    if style == "blazer":
        c.path("M400 420L330 146L372 140L400 180L428 140L470 146Z", PAPER)
        c.path("M400 440L330 146L290 164L300 260L330 266L316 290Z", c.edge)
        c.path("M400 440L470 146L510 164L500 260L470 266L484 290Z", c.edge)
        c.line("M400 440V690", c.edge, 5)
        for y in (490, 560):
            c.circle(412, y, 10, GOLD)
        c.rect(286, 560, 80, 14, c.edge, r=4)
        c.rect(434, 560, 80, 14, c.edge, r=4)
        return
    if style == "puffer":
        for y in range(260, 690, 74):
            c.line(f"M250 {y}Q325 {y + 22} 396 {y}M404 {y}Q475 {y + 22} 550 {y}", c.edge, 7, opacity=0.7)
            c.line(
                f"M262 {y + 24}Q325 {y + 40} 380 {y + 24}M420 {y + 24}Q475 {y + 40} 538 {y + 24}",
                c.light,
                6,
                opacity=0.6,
            )
    else:
        c.line("M276 520L330 600M524 520L470 600", c.edge, 9)
    c.path("M330 150Q400 110 470 150L450 220Q400 196 350 220Z", c.edge)
    c.line("M400 206V686", METAL, 9, stroke_dasharray="7 5", cap="butt")
    c.rect(391, 300, 18, 40, METAL, r=6)


@drawing
def trousers(c: Canvas, *, style: Literal["plain", "jeans", "shorts", "wide"] = "plain") -> None:
    bottom = 470 if style == "shorts" else 700
    spread = 80 if style == "wide" else 20 if style == "shorts" else -24
    c.path(
        mirrored(f"M400 110L270 110L252 330L{246 - spread} {bottom}L{372 - spread * 0.3:g} {bottom}L400 350"), c.body()
    )
    c.path("M270 110H530L533 156H267Z", c.edge)
    c.line("M400 156V330", c.edge, 6)
    c.line("M272 170Q280 240 262 260M528 170Q520 240 538 260", c.edge, 7)
    if style == "jeans":
        c.line("M300 112V154M500 112V154M350 112V154M450 112V154", c.deep, 9)
        c.line(
            f"M262 330L246 {bottom - 20}M538 330L554 {bottom - 20}M412 172Q430 200 424 300",
            "#d9a94e",
            4,
            stroke_dasharray="9 8",
        )
        c.path(
            "M300 330Q340 380 320 520Q290 420 300 330ZM500 330Q460 380 480 520Q510 420 500 330Z", WHITE, opacity=0.16
        )
    elif style in {"plain", "wide"}:
        c.line(
            f"M326 180L{316 - spread * 0.6:g} {bottom - 10}M474 180L{484 + spread * 0.6:g} {bottom - 10}",
            c.edge,
            4,
            opacity=0.6,
        )
    c.circle(400, 134, 9, GOLD if style == "jeans" else c.trim)
    if style == "shorts":
        c.line("M384 150L370 210M416 150L430 210", WHITE, 7)


@drawing
def dress(c: Canvas, *, style: Literal["midi", "slip", "shirt"] = "midi", flowers: int = 0) -> None:
    _hanger(c, 126)
    if style == "slip":
        c.line("M350 150L330 240M450 150L470 240", c.edge, 8)
        c.path(mirrored("M400 250Q370 250 330 232Q310 310 330 390Q300 520 250 700Q330 716 400 716"), c.body())
    elif style == "shirt":
        c.path(
            mirrored("M400 190L350 150L290 170L190 330L252 366L310 300L322 400Q280 540 230 700Q320 716 400 716"),
            c.body(),
        )
        c.path("M400 196L350 150L330 166L362 232ZM400 196L450 150L470 166L438 232Z", c.light)
        c.line("M400 200V710", c.edge, 5)
        for y in range(250, 700, 64):
            c.circle(400, y, 7, c.trim)
    else:
        c.path(
            mirrored(
                "M400 210Q356 206 344 150L300 160Q284 250 246 290L300 330L326 400Q270 540 200 690Q310 716 400 716"
            ),
            c.body(),
        )
        c.line("M344 152Q356 208 400 212T456 152", c.edge, 7)
    c.path("M324 392H476L478 424H322Z", c.edge)
    c.line("M360 440Q340 580 310 700M440 440Q460 580 490 700", c.edge, 5, opacity=0.5)
    if flowers:
        for x, y in ((350, 300), (440, 280), (370, 500), (450, 540), (300, 620), (400, 640), (500, 640), (330, 560)):
            for petal in range(5):
                with c.turned(72 * petal, x, y):
                    c.ellipse(x, y - 12, 7, 11, _blossom(c))
            c.circle(x, y, 5, GOLD)


@drawing
def ao_dai(c: Canvas) -> None:
    """The long tunic over white trousers."""
    c.path("M318 440L276 722H396V440ZM482 440L524 722H404V440Z", PAPER)
    c.line("M400 480V722", "#ded6c6", 5)
    c.path(
        mirrored(
            "M400 132Q372 132 362 104L312 128Q270 140 256 200L170 470L214 486L306 290Q316 330 304 380"
            "Q286 440 330 690Q360 706 400 706"
        ),
        c.body(),
    )
    c.path("M362 104Q366 80 400 80T438 104Q428 132 400 132T362 104Z", c.edge)
    c.line("M400 132Q344 168 306 290M304 384L318 560M496 384L482 560", c.edge, 6)
    for x, y in ((374, 152), (342, 186), (320, 232)):
        c.circle(x, y, 7, GOLD)
    for x, y, size in ((430, 560, 1), (378, 620, 0.8), (440, 646, 0.7), (436, 300, 0.6), (384, 500, 0.55)):
        for petal in range(6):
            with c.turned(60 * petal, x, y):
                c.ellipse(x, round(y - 22 * size), 10 * size, 20 * size, _blossom(c))
        c.circle(x, y, 8 * size, GOLD)


@drawing
def skirt(c: Canvas, *, pleats: int = 1) -> None:
    c.path("M300 150H500L510 210H290Z", c.edge)
    c.path("M290 206H510Q590 430 640 640Q400 690 160 640Q210 430 290 206Z", c.body())
    if pleats:
        for x, end in ((330, 250), (365, 325), (400, 400), (435, 475), (470, 550)):
            c.path(f"M{x - 6} 210H{x + 6}L{end + 16} 660L{end - 16} 660Z", c.shade)
    else:
        c.line("M400 210V664", c.edge, 6)
        for y in range(260, 640, 62):
            c.circle(416, y, 9, c.trim)


@drawing
def pyjamas(c: Canvas) -> None:
    c.path("M280 430H520L560 710H424L400 520L376 710H240Z", c.shade)
    c.path(mirrored("M400 180L345 140L260 168L130 350L200 400L262 330L262 500L400 500"), c.body())
    c.path("M400 290L345 140L320 150L340 240Z", c.light)
    c.path("M400 290L455 140L480 150L460 240Z", c.light)
    c.line("M400 290V500", c.edge, 5)
    for y in (340, 400, 460):
        c.circle(412, y, 8, c.trim)
    for x, y in ((310, 300), (340, 430), (480, 300), (470, 440), (310, 600), (490, 600), (330, 680), (480, 680)):
        c.path(f"M{x} {y - 16}A16 16 0 1 0 {x + 16} {y}A12 12 0 0 1 {x} {y - 16}Z", c.trim, opacity=0.75)


@drawing
def scarf(c: Canvas) -> None:
    c.path("M250 200Q400 120 550 200Q590 300 500 330Q400 380 300 330Q210 300 250 200Z", c.deep)
    c.path("M270 210Q400 290 530 210Q560 320 450 350H350Q240 320 270 210Z", c.body())
    c.path("M330 330L470 340L450 680H300Z", c.fade(c.light, c.shade))
    c.path("M440 330L530 310L600 620L500 650Z", c.shade)
    c.path("M316 560H452V590H314ZM314 616H452V630H312Z", c.trim, opacity=0.7)
    for x in range(304, 452, 18):
        c.line(f"M{x} 682V716", c.base, 6)
    for index in range(6):
        c.line(f"M{506 + 18 * index} {650 - 5 * index}l8 34", c.shade, 6)


@drawing
def hat(c: Canvas, *, straw: int = 0) -> None:
    c.ground(400, 520, 610)
    c.path("M90 520Q100 440 250 440H550Q700 440 710 520Q700 590 400 590T90 520Z", c.fade(c.light, c.shade))
    c.path("M240 470L280 240Q290 210 330 210H470Q510 210 520 240L560 470Q400 530 240 470Z", c.body())
    c.path("M248 420Q400 480 552 420L560 470Q400 530 240 470Z", c.trim if straw else c.edge)
    if straw:
        c.line("M276 300Q400 330 524 300M270 350Q400 384 530 350M130 520Q400 600 670 520", c.edge, 5, opacity=0.6)


@drawing
def belt(c: Canvas) -> None:
    c.ground(400, 460, 650)
    c.circle(420, 410, 196, "none", stroke=c.deep, stroke_width=78)
    c.circle(414, 402, 196, "none", stroke=c.round_body(), stroke_width=70)
    c.circle(414, 402, 196, "none", stroke=c.trim, stroke_width=4, stroke_dasharray="12 10", opacity=0.7)
    c.rect(150, 340, 130, 130, GOLD, r=20)
    c.rect(176, 366, 78, 78, c.deep, r=10)
    c.line("M166 404H270", METAL, 13)
    for y in (250, 216):
        c.circle(300 + (250 - y), y, 8, c.deep)


@drawing
def sunglasses(c: Canvas) -> None:
    c.ground(400, 560, 560)
    c.line("M150 360Q100 330 96 260M650 360Q700 330 704 260", c.edge, 20)
    for x in (150, 424):
        c.path(f"M{x} 340Q{x + 113} 310 {x + 226} 340Q{x + 236} 520 {x + 113} 520T{x} 340Z", c.body())
        c.path(
            f"M{x + 20} 360Q{x + 113} 336 {x + 206} 360Q{x + 210} 500 {x + 113} 500T{x + 20} 360Z",
            c.fade("#39415c", "#8794ad"),
        )
        c.line(f"M{x + 56} 440L{x + 110} 372M{x + 90} 450L{x + 140} 388", WHITE, 9, opacity=0.4)
    c.line("M370 360Q400 336 430 360", c.edge, 20)


@drawing
def socks(c: Canvas) -> None:
    c.ground(400, 480, 690)
    for x, fill in ((150, c.shade), (300, c.body())):
        c.path(
            f"M{x + 60} 120H{x + 190}V430Q{x + 190} 470 {x + 230} 500L{x + 310} 560"
            f"Q{x + 350} 600 {x + 316} 650Q{x + 290} 690 {x + 230} 670L{x + 110} 600Q{x + 50} 560 {x + 56} 480"
            "Z",
            fill,
        )
        c.rect(x + 56, 110, 138, 60, c.edge, r=14)
        c.path(
            f"M{x + 270} 530L{x + 310} 560Q{x + 350} 600 {x + 316} 650Q{x + 296} 680 {x + 250} 676"
            f"Q{x + 290} 610 {x + 270} 530Z",
            c.trim,
            opacity=0.7,
        )
        c.path(f"M{x + 60} 220H{x + 190}V250H{x + 60}ZM{x + 60} 280H{x + 190}V310H{x + 60}Z", c.trim, opacity=0.6)


@drawing
def swimsuit(c: Canvas) -> None:
    c.line("M330 120L316 250M470 120L484 250", c.edge, 16)
    c.path(mirrored("M400 290Q350 250 312 220Q280 320 320 420Q290 520 270 580Q340 600 370 690L400 690"), c.body())
    c.path(mirrored("M400 300Q356 270 312 226L310 250Q340 310 400 330"), c.edge, opacity=0.7)
    c.path("M316 420H484L488 450H312Z", c.trim, opacity=0.7)


@drawing
def underwear(c: Canvas) -> None:
    """A stack of three, for everyday basics in packs."""
    c.ground(400, 520, 640)
    for index, fill in enumerate((c.deep, c.base, c.light)):
        y = 500 - 110 * index
        c.path(
            f"M170 {y}H630V{y + 60}Q600 {y + 130} 500 {y + 136}L400 {y + 120}L300 {y + 136}"
            f"Q200 {y + 130} 170 {y + 60}Z",
            fill,
        )
        c.rect(164, y - 14, 472, 36, c.trim if index == 1 else c.edge, r=12, opacity=0.9)
