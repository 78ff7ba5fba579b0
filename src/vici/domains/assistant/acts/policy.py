"""Answers from the shop's own pages, in their words."""

import re
from dataclasses import dataclass

from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.understanding.features import stem
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.conversations.api import Evidence
from vici.domains.knowledge.api import FindPassages, Passage
from vici.kit.text import words

# What a page on the matter is called and speaks of.
_MATTER = {
    "ask_delivery": {"vi": "giao hàng vận chuyển", "en": "delivery shipping"},
    "ask_returns": {"vi": "đổi trả hoàn tiền", "en": "returns refunds exchange"},
    "ask_warranty": {"vi": "bảo hành sửa chữa", "en": "warranty repair"},
    "ask_payment": {"vi": "thanh toán", "en": "payment"},
    "ask_privacy": {
        "vi": "quyền riêng tư bảo mật dữ liệu thông tin cá nhân",
        "en": "privacy personal data information",
    },
    "ask_opening_hours": {"vi": "giờ mở cửa làm việc", "en": "opening hours"},
    "ask_contact": {"vi": "liên hệ", "en": "contact"},
    "ask_promotions": {"vi": "khuyến mãi mã giảm giá ưu đãi", "en": "promotion discount code voucher"},
}
# They ask for any page's words and tell no passage from another.
_GENERAL = re.compile(
    r"\b(?:chinh sach|quy dinh|the nao|nhu the nao|ra sao|lam sao|bao lau|mat bao lau|mat may|may ngay|bao nhieu"
    r"|bang cach|nao|duoc khong|co duoc|khong|shop|ben minh|cua|how long|how much|how many|how do|how can|takes?"
    r"|what is|what's|what|your|policy|do you|can i|can you|is there|are there|does|have|get|offer|accept|where is"
    r"|where|when|what happens|with|my|to|is|are|it|does|duoc|cho|minh|ban|nhu|the)\b"
)


@dataclass(frozen=True)
class _Answer:
    """What a question of this kind is answered with."""

    asked: re.Pattern[str]
    words: dict[str, str]
    looks_like: re.Pattern[str]


_ANSWERS = (
    _Answer(
        re.compile(r"\btet\b|\ble\b|ngay le|holidays?|new year|christmas|\bnoel\b"),
        {"vi": "lễ Tết", "en": "holidays new year"},
        re.compile(r"\bTết\b|\b[Ll]ễ\b|(?i:holiday|new year)"),
    ),
    _Answer(
        re.compile(
            r"thanh toan (?:bang|qua)|tra (?:bang|qua|tien mat)|(?:hinh thuc|cach|kieu) (?:thanh toan|tra)"
            r"|\bpay(?:ing)? (?:by|with|in|using|via|on)|do you (?:accept|take)|payment (?:methods?|options?|ways)"
        ),
        {"vi": "các cách trả tiền", "en": "ways to pay"},
        re.compile(r"(?i)\b(?:cod|visa|mastercard|chuyển khoản|bank transfer|cash)\b"),
    ),
    _Answer(
        re.compile(
            r"trong ngay|hoa toc|\bgap\b|giao nhanh|ship nhanh|hom nay|same.day|express|today|tomorrow|ngay mai"
        ),
        {"vi": "giao nhanh giờ", "en": "express hours"},
        re.compile(r"(?i)nhanh|express|\d+ (?:giờ|hours?)"),
    ),
    _Answer(
        re.compile(r"\b(?:ship|giao(?: hang)?|chuyen|deliver)\b.*\b(?:ve|toi|den|ra|len|to)\b"),
        {"vi": "tỉnh thành thời gian phí", "en": "provinces cities times fees"},
        re.compile(r"(?i)tỉnh thành|provinces"),
    ),
    _Answer(
        re.compile(r"chinh hang|hang (?:that|gia|fake|auth)|authentic|genuine|\bfake\b"),
        {"vi": "chính hãng", "en": "genuine original"},
        re.compile(r"(?i)chính hãng|genuine|authentic|official"),
    ),
    _Answer(
        re.compile(r"bao hanh|warrant"),
        {"vi": "thời hạn tháng", "en": "how long months"},
        re.compile(r"(?i)\d+ (?:tháng|months?|years?|năm)"),
    ),
    _Answer(
        re.compile(r"may gio|gio nao|mo cua|dong cua|what time|opening|hours|\bopen\b|\bclose"),
        {"vi": "giờ mở mỗi ngày", "en": "hours open every day"},
        re.compile(r"(?is)\d{1,2}(?::\d\d|h).*(?:mỗi ngày|hằng ngày|hàng ngày|thứ|every ?day|each day|daily|monday)"),
    ),
    _Answer(
        re.compile(r"bao lau|may ngay|khi nao|bao gio|chung nao|how long|how soon|when|how many days"),
        {"vi": "thời gian ngày tháng", "en": "time days months"},
        re.compile(r"(?i)\d+ (?:ngày|giờ|tháng|năm|phút|tuần|days?|hours?|months?|years?|working|minutes?|weeks?)"),
    ),
    _Answer(
        re.compile(r"bao nhieu|\bphi\b|how much|cost|\bfees?\b|free|mien phi|freeship"),
        {"vi": "phí miễn phí", "en": "fee free"},
        re.compile(r"(?i)\d[\d.,]* ?₫|miễn phí|\bfree\b|\d%"),
    ),
    _Answer(
        re.compile(r"so dien thoai|hotline|\bsdt\b|phone|\bcall\b|\bgoi\b"),
        {"vi": "gọi tổng đài", "en": "call phone"},
        re.compile(r"\b\d{3,4}[ .]\d{3,4}\b|\b0\d{8,10}\b"),
    ),
    _Answer(
        re.compile(r"o dau|dia chi|cho nao|where|address|locat"),
        {"vi": "cửa hàng đường phố", "en": "shop street"},
        re.compile(r"(?i)\d+[\w/]* (?:đường|phố|\w+ (?:street|road|st\b))|\d+ [A-ZĐ]\w+ (?:\w+ )?(?:Street|Road|St)"),
    ),
)
_LIGHT = frozenset({"va", "ve", "vat", "and", "the", "in", "of", "for", "vici", "a"})
_Page = tuple[str, str, str]
"""Slug, language and title."""
# A passage has to hold this share of what was asked where no page is named for the matter.
_COVERED = 0.6
_COVERED_SOMEHOW = 0.3
# Beside that share: the heading is named for it, the passage holds the kind of answer, its place among all.
_HEADED, _HINTED, _ANSWERING, _FIRST = 0.35, 0.15, 0.9, 0.3


async def policy(at: Situation) -> Reply:
    passage = await _passage(at)
    if passage is not None:
        return quoting(at, passage)
    reply = reply_to(at)
    reply.lines.append(at.say("page_unknown"))
    reply.buttons = [Button(at.say("button_person"), "person")]
    return reply


def quoting(at: Situation, passage: Passage) -> Reply:
    reply = reply_to(at)
    reply.lines += [at.say("by_the_page", title=passage.title), passage.text]
    reply.passages.append(passage)
    reply.evidence.append(
        Evidence(
            kind="policy",
            ref=passage.slug,
            fields={
                "title": passage.title,
                "heading": passage.heading,
                "passage": passage.text,
                "language": passage.language,
            },
        )
    )
    reply.entities = {"document": passage.slug}
    return reply


async def page_called(at: Situation, name: str) -> Passage | None:
    """The beginning of the page whose title is just this."""
    wanted = _plain(name)
    passages = await _find(at, name, at.language)
    return next((each for each in passages if _plain(each.title) == wanted), None)


async def _passage(at: Situation) -> Passage | None:
    """Of the page on the matter, the passage that answers; any language before none."""
    matter = _MATTER.get(at.intent.name, {}).get(at.language, "")
    question = " ".join(_GENERAL.sub(" ", " ".join(word.plain for word in words(stripped(at.text)[:500]))).split())
    for language in (at.language, None):
        asked = await _find(at, question, language) if question else []
        on_matter = await _find(at, matter, language) if matter else []
        of_matter = _page_on(on_matter, matter)
        named = _named_page(asked, question)
        # “Cash on delivery” is a question about paying, though a page is called so.
        page = of_matter if of_matter and named and _matters(named, at) else named or of_matter
        if page:
            return await _best(at, question, page, language)
        about = _stems(matter)
        headed = [each for each in on_matter if len(about & _stems(each.heading)) >= 2]
        if headed or (asked and not matter and asked[0].score >= _COVERED):
            return headed[0] if headed else asked[0]
    return None


def _named_page(passages: list[Passage], question: str) -> _Page | None:
    """The page whose whole title is in the question: “Paying in instalments”."""
    asked = _stems(question)
    called = [each for each in passages if (title := _stems(each.title)) and title <= asked]
    best = max(called, key=lambda each: len(_stems(each.title)), default=None)
    return (best.slug, best.language, best.title) if best else None


def _matters(page: _Page, at: Situation) -> bool:
    """Whether a page is the one on another matter than the one asked about."""
    title = _stems(page[2])
    others = (told[at.language] for intent, told in _MATTER.items() if intent != at.intent.name)
    return any(title <= _stems(matter) for matter in others)


def _page_on(passages: list[Passage], matter: str) -> _Page | None:
    """The page whose title is closest to the matter; half of it has to be about it."""
    about = _stems(matter)
    called = [(len(about & title) / len(title), each) for each in passages if (title := _stems(each.title))]
    share, best = max(called, key=lambda scored: scored[0], default=(0.0, None))
    return (best.slug, best.language, best.title) if best and share >= 0.5 else None


def _stems(text: str) -> set[str]:
    """Words compared by their stems, doubled letters once: `installments` is `instalment`."""
    return {re.sub(r"(.)\1", r"\1", stem(word.plain)) for word in words(text) if word.plain not in _LIGHT}


async def _best(at: Situation, question: str, page: _Page, language: str | None) -> Passage | None:
    answer = next((each for each in _ANSWERS if each.asked.search(at.plain)), None)
    hint = answer.words[at.language] if answer else ""
    covered = {each.text: each.score for each in await _find(at, question, language)} if question else {}
    slug, of, title = page
    found = await _find(at, f"{question} {hint} {title}", language)
    inside = [each for each in found if (each.slug, each.language) == (slug, of)]

    def fits(place: int, passage: Passage) -> float:
        heading = _stems(passage.heading)
        headed = _HEADED if _stems(question) & heading else _HINTED if _stems(hint) & heading else 0.0
        answering = _ANSWERING if answer and answer.looks_like.search(passage.text) else 0.0
        return covered.get(passage.text, 0.0) + headed + answering + _FIRST / (1 + place)

    about = _stems(_MATTER.get(at.intent.name, {}).get(at.language, "")) | _stems(title)
    opening = next((each for each in inside if not each.heading), None)
    closest = max((covered.get(each.text, 0.0) for each in inside), default=0.0)
    if opening and answer is None and (_stems(question) <= about or closest < _COVERED_SOMEHOW):
        return opening  # asked in general, or in words the page does not use: how it begins
    scored = [(fits(place, passage), -place, passage) for place, passage in enumerate(inside)]
    return max(scored, key=lambda each: each[:2])[2] if scored else None


def _plain(text: str) -> set[str]:
    return {word.plain for word in words(text)}


async def _find(at: Situation, question: str, language: str | None) -> list[Passage]:
    request = FindPassages(question=question, language=language, limit=40)
    return list((await at.shop.knowledge.find_passages(request)).passages)
