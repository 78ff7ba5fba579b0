"""Suggests presents for someone, within a budget."""

import re

from vici.domains.assistant.acts.find import SHOWN_MAX, category_buttons, find, next_buttons, search_evidence
from vici.domains.assistant.acts.look import called, look
from vici.domains.assistant.acts.situation import Reply, Situation, reply_to
from vici.domains.assistant.grounding.amounts import read_amounts
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.search.api import Card, Filters
from vici.kit.money import decimals
from vici.kit.text import composed, folded, words

# Folded pattern of who it is for: what to look for. Words only: what there is of it is the shop's to say.
_FOR = (
    (
        r"\bme\b|\bma\b|\bba (?:noi|ngoai)\b|\bmom\b|\bmum\b|\bmother|\bgrandma|phu nu lon tuoi",
        {"vi": ("serum", "khăn choàng", "máy massage", "trà", "áo dài"), "en": ("serum", "scarf", "massager", "tea")},
    ),
    (
        r"\b(?:bo|ba|cha|ong)\b|\bdad\b|\bfather|\bgrandpa",
        {
            "vi": ("trà", "đồng hồ", "máy cạo râu", "áo sơ mi nam", "thắt lưng"),
            "en": ("tea", "watch", "shaver", "men shirt"),
        },
    ),
    (
        r"ban gai|\bvo\b|crush|nguoi yeu|girlfriend|wife|her\b|chi gai|em gai|\bco ay\b|sister",
        {
            "vi": ("son", "nước hoa", "túi xách nữ", "đầm", "nến thơm"),
            "en": ("lipstick", "perfume", "handbag", "dress"),
        },
    ),
    (
        r"ban trai|\bchong\b|boyfriend|husband|him\b|anh trai|em trai|brother",
        {
            "vi": ("tai nghe", "đồng hồ", "giày sneaker", "áo khoác nam"),
            "en": ("headphones", "watch", "sneakers", "men jacket"),
        },
    ),
    (
        (
            r"\bbe\b|\bcon (?:gai|trai|nho)?\b|\bchau\b|tre em|tre con|em be|tuoi"
            r"|kid|child|son\b|daughter|nephew|niece|baby|year old"
        ),
        {
            "vi": ("đồ chơi", "gấu bông", "sách thiếu nhi", "bút màu"),
            "en": ("toy", "teddy bear", "children book", "pencils"),
        },
    ),
    (
        r"\bsep\b|dong nghiep|thay|co giao|giao vien|boss|colleague|coworker|teacher|doi tac",
        {"vi": ("trà", "cà phê", "bình giữ nhiệt", "sổ tay"), "en": ("tea", "coffee", "tumbler", "notebook")},
    ),
    (
        r"tan gia|nha moi|housewarming|new home|dam cuoi|\bcuoi\b|wedding",
        {"vi": ("bộ ấm trà", "đèn bàn", "chăn ga", "nồi"), "en": ("tea set", "lamp", "bedding", "pot")},
    ),
    (
        r"\bban\b(?! gai| trai)|ban be|ban than|\bfriend\b|bestie",
        {
            "vi": ("nến thơm", "bình giữ nhiệt", "sách", "loa bluetooth"),
            "en": ("candle", "tumbler", "book", "bluetooth speaker"),
        },
    ),
)

_LIKES = re.compile(
    r"(?i)\b(?:likes?|loves?|enjoys?|is into|(?:rất |hay |mê )?thích|đam mê|thich)\s+(?P<what>[^,.;!?\d]+?)"
    r"(?=\s+(?:budget|around|under|about|tầm|dưới|khoảng|tam|duoi)\b|[,.;!?]|\s*$|\s+\d)"
)
_AND = re.compile(r"(?i)\s+(?:and|or|và|va|hoặc|with)\s+|,")
_GIFT_WORD = re.compile(r"(?i)\b(?:quà|gift|present)\b")
_LIKED_MAX = 3
_KEPT_MAX = 300


async def gift(at: Situation) -> Reply:
    # Whom for, what they like and how much may come one after the other.
    told_before = at.memory.gift
    text = f"{told_before} {at.text}".strip()
    plain = folded(text)
    liked = _liked(text)
    usual = next((told[at.language] for pattern, told in _FOR if re.search(pattern, plain)), ())
    wished = (*liked, *usual)
    filters = _budget(text)
    if not wished and not filters.price_max and at.intent.name == "gift" and at.memory.asked == "gift":
        return await find(at)  # something else is looked for by now
    reply = reply_to(at)
    reply.remember(gift=text[-_KEPT_MAX:])
    if not wished:
        reply.lines.append(at.say("gift_who"))
        reply.buttons = await category_buttons(at)
        reply.remember(asked="gift", words="")
        return reply
    ideas: list[Card] = []
    converted = True
    for wish in wished:
        found = await look(at, wish, filters, limit=10)
        reply.evidence.append(search_evidence(wish, found.results))
        fits = [card for card in found.cards if card.in_stock and _within(card, filters)]
        over = any(each.kind == "price" for each in found.results.relaxed)
        if over and fits and fits[0].currency != filters.currency:
            over, converted = False, False
        if fits and found.missing == 0 and not over and called(fits[0], wish) >= (1 if wish in liked else 0.01):
            best = max(fits[:4], key=lambda card: card.price_minor) if filters.price_max and converted else fits[0]
            if best.product_id not in {card.product_id for card in ideas}:
                ideas.append(best)
    if not ideas:
        reply.lines.append(at.say("gift_none"))
        reply.buttons = await category_buttons(at)
        return reply
    reply.lines.append(at.say("gift_found" if converted else "gift_other_currency"))
    reply.show(ideas[:SHOWN_MAX])
    reply.remember(words=wished[0], filters=filters, seen=tuple(card.product_id for card in ideas))
    reply.buttons = next_buttons(at, ideas, more=False)
    reply.question = at.say("ask_next")
    reply.entities = {"budget": filters.model_dump(mode="json", exclude_defaults=True)}
    return reply


def _budget(text: str) -> Filters:
    """A limit from above, also when it was "about": the best present is one that uses it."""
    named = [amount for amount in read_amounts(text) if amount.kind == "money"]
    if not named:
        return Filters()
    most = max(named, key=lambda amount: amount.value)
    currency = most.currency or "VND"
    return Filters(price_max=int(most.value.scaleb(decimals(currency))), currency=currency)


def _within(card: Card, filters: Filters) -> bool:
    """In another currency the search has seen to it."""
    return filters.price_max is None or card.currency != filters.currency or card.price_minor <= filters.price_max


def _liked(text: str) -> tuple[str, ...]:
    """What the one it is for likes: `who likes fishing and coffee`."""
    found = [match["what"] for match in _LIKES.finditer(composed(text))]
    return tuple(word.strip() for each in found for word in _AND.split(each) if word.strip())[:_LIKED_MAX]


async def is_called_a_gift(at: Situation) -> bool:
    """Whether something the shop has is called what was asked for: a gift box is looked for, no idea for a gift."""
    text = stripped(at.text)
    if not _GIFT_WORD.search(text) or len(words(text)) < 2:
        return False
    found = await look(at, text, limit=3)
    return bool(found.cards) and called(found.cards[0], text) == 1 and bool(_GIFT_WORD.search(found.cards[0].name))
