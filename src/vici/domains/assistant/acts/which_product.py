"""Which product a question is about: what it points at, what it names, or what was spoken of last."""

import re
from collections.abc import Sequence

from vici.domains.assistant.acts.look import called, look
from vici.domains.assistant.acts.models import nearest_models
from vici.domains.assistant.acts.situation import Button, Reply, Situation, product_evidence, reply_to, title_of
from vici.domains.assistant.grounding.amounts import read_amounts
from vici.domains.assistant.understanding.options import colors_in
from vici.domains.assistant.understanding.quantities import without_quantity
from vici.domains.assistant.understanding.references import pointed_at, points_past, says_this
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.spelling import levelled, spelt_out
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.search.api import Card, GetCards
from vici.kit.text import composed, folded, is_syllable, words

# Of the words that may name a product, what is found may lack this share.
_MISSING_MAX = 0.34
_NAMED_AT_LEAST = 0.6
_ALIKE_MAX = 5
_OPTION = re.compile(
    r"(?i)\b(?:size|sz|co|so) ?(?:xs|s|m|l|xl|xxl|\d{2})\b|\b\d{1,4} ?(?:gb|tb|g|ml|l|inch)\b|\b(?:64|128|256"
    r"|512)\b|\b(?:xs|xl|xxl)\b"
)
# What a question about one product is made of, less the product; longest first, with and without accents.
_ASKS = """
    giá cả | giá bán | giá | bao nhiêu tiền | bao tiền | bao nhiêu | nhiêu tiền |
    bnhiêu | bnhieu | bn | nhiêu | mấy tiền |
    còn hàng | hết hàng | có sẵn | tồn kho | còn | lại | khi nào | bao giờ | sẵn hàng | chi tiết | thông số kỹ
    thuật | thông số | cấu hình | thông tin | mô tả | đặc điểm | so sánh | khác gì nhau | khác gì | khác nhau |
    tương tự | giống như | giống | mẫu | loại nào | sản phẩm | như thế nào | thế nào | ra sao | có gì hay | vậy
    | thì sao | là | của | cho | về | phiên bản | bản | chiếc | cái | con | nào | gì | mấy | bao lâu | không |
    ko | chưa | hả | nhỉ | ạ | nha | nhé | shop | ơi | với | xem | hỏi | mình | tôi | em | màu sắc | màu | size
    | cỡ | có | how much | prices? | costs? | in stock | out of stock | available | availability | still | left
    | sold out | details? | specs? | specifications? | features | tell me | more | about | info | information |
    on | what's | what | the | of | is | are | does | do | it | you | have | any | in | similar | something like
    | like | alternatives? | to | compare | with | version | model | one | colou?rs? | sizes? | how | many | for
    | me | show | and | please | comes? | which | that | this
    | đủ | lấy | đúng | phải | thật | right | correct | really | only | just
"""
_PHRASES = [" ".join(phrase.split()) for phrase in _ASKS.split("|")]
_QUESTION = re.compile(rf"(?i)\b(?:{'|'.join(dict.fromkeys(_PHRASES + [folded(phrase) for phrase in _PHRASES]))})\b")


async def which_product(at: Situation) -> tuple[str, ...]:
    """The products a message is about; none when it cannot be told."""
    if at.value:
        return tuple(part for part in at.value.split(",") if part)
    memory = at.memory
    if misplaced(at):
        return ()
    if pointed := pointed_at(at.plain, memory.shown, memory.focus):
        return pointed.products
    spoken_of = (memory.focus,) if memory.focus else tuple(each.product_id for each in memory.shown[:2])
    spoken_of = spoken_of if len(spoken_of) == 1 else ()
    if memory.shown and says_this(at.plain):
        return ()  # one of those on the screen, and it cannot be told which
    named = named_in(at.text)
    if named and not (spoken_of and _is_about(named)):
        found = await look(at, named, limit=10)
        # What is spoken of gives way only to what is plainly called something else.
        least = _NAMED_AT_LEAST if spoken_of else 0.0
        fits = found.cards and found.missing <= _MISSING_MAX and called(found.cards[0], found.results.words) >= least
        if fits and not await nearest_models(at, named, found):
            return called_alike(found.cards, named)
    return spoken_of


async def unknown_name(at: Situation) -> str:
    """The model that the message asks about, where the shop has others of the name and not this one."""
    named = "" if at.value or misplaced(at) else named_in(at.text)
    if not named or pointed_at(at.plain, at.memory.shown, at.memory.focus):
        return ""
    return named if await nearest_models(at, named, await look(at, named, limit=10)) else ""


def called_alike(cards: Sequence[Card], asked: str) -> tuple[str, ...]:
    """Those that the words name best: of names with all the words, the shortest; else the best of the search."""
    full = [card for card in cards if called(card, spelt_out(asked)) == 1]
    if cards[0] not in full:
        return (cards[0].product_id,)
    least = min(len(words(card.name)) for card in full)
    alike = [card for card in full if len(words(card.name)) == least]
    return tuple(card.product_id for card in alike[:_ALIKE_MAX])


# What asks for a page, whatever the shop sells.
_OF_A_PAGE = re.compile(
    r"\b(?:doi tra|(?:doi|tra)(?: lai)? (?:hang|duoc)|hoan (?:tien|tra|hang)|chinh sach|bao hanh|ship|giao hang"
    r"|van chuyen"
    r"|thanh toan|tra gop|goi qua|mo cua|dia chi|lien he)\b"
)


async def names_a_product(at: Situation) -> bool:
    """Whether what reads like a question about a page, typed without accents, is the name of something the shop has:
    `tra sen con ko` is about tea."""
    if not at.text.isascii() or at.language != "vi" or _OF_A_PAGE.search(at.plain):
        return False
    # “Tra lai” may be to give back and may be jasmine tea.
    named = named_in(re.sub(r"(?i)\btra lai\b", "tra-lai", at.text)).replace("-", " ")
    found = await look(at, named, limit=5) if named else None
    return found is not None and bool(found.cards) and called(found.cards[0], named) == 1


def misplaced(at: Situation) -> bool:
    """Whether the message asks for the fourth of three."""
    return bool(at.memory.shown) and not at.value and points_past(at.plain, len(at.memory.shown))


def _is_about(named: str) -> bool:
    """Whether these words more likely ask about what is spoken of than name something else: one common word (`pin`)."""
    rest = folded(named).split()
    return len(rest) == 1 and rest[0].isalpha() and is_syllable(rest[0])


def named_in(text: str) -> str:
    """What of a question may be a product's name: less the words of asking, colours, sizes and capacities."""
    rest = _QUESTION.sub(" ", _OPTION.sub(" ", _without_money(without_quantity(stripped(text) or text))))
    plain = levelled(rest)
    for color in colors_in(folded(text)):
        if found := re.search(rf"\b{color}\b", plain):
            rest = rest[: found.start()] + rest[found.end() :]
            plain = plain[: found.start()] + plain[found.end() :]
    rest = " ".join(rest.split()).strip(" ?.,!:;-")
    return "" if is_vague(rest) else rest


def _without_money(text: str) -> str:
    text = composed(text)
    for amount in reversed(read_amounts(text)):
        if amount.kind == "money":
            text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


async def ask_which(at: Situation, act: str) -> Reply:
    """Buttons for what is on the screen."""
    reply = reply_to(at)
    ids = tuple(each.product_id for each in at.memory.shown)
    cards = (await at.shop.search.cards(GetCards(product_ids=ids, language=at.language))).cards if ids else ()
    if cards:
        asked = "which_one" if not misplaced(at) else "only_so_many" if len(cards) > 1 else "only_one"
        reply.lines.append(at.say(asked, count=len(cards)))
        reply.buttons = [Button(title_of(each.name), f"{act}:{each.product_id}") for each in cards]
        reply.evidence = [product_evidence(each) for each in cards]
    else:
        reply.lines.append(at.say("which_product"))
    return reply
