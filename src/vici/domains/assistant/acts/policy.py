"""Answers from the shop's own pages, in their words."""

from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.conversations.api import Evidence
from vici.domains.knowledge.api import FindPassages, Passage

# Of the words asked, a passage has to hold this share to count as an answer to them.
COVERED = 0.34
# What a page on the matter is called and speaks of, where the question's own words find nothing.
_MATTER = {
    "ask_delivery": {"vi": "giao hàng vận chuyển phí thời gian giao", "en": "delivery shipping fee time"},
    "ask_returns": {"vi": "đổi trả hàng hoàn tiền", "en": "returns refunds exchange"},
    "ask_warranty": {"vi": "bảo hành sửa chữa", "en": "warranty repair"},
    "ask_payment": {"vi": "thanh toán hình thức trả tiền", "en": "payment methods pay"},
    "ask_privacy": {"vi": "bảo mật thông tin cá nhân dữ liệu", "en": "privacy personal data"},
    "ask_opening_hours": {"vi": "giờ mở cửa làm việc", "en": "opening hours"},
    "ask_contact": {"vi": "liên hệ địa chỉ cửa hàng số điện thoại", "en": "contact address phone store"},
    "ask_promotions": {"vi": "khuyến mãi mã giảm giá ưu đãi", "en": "promotion discount code voucher"},
}


async def policy(at: Situation) -> Reply:
    passage = await _passage(at)
    reply = reply_to(at)
    if passage is None:
        reply.lines.append(at.say("page_unknown"))
        reply.buttons = [Button(at.say("button_person"), "person")]
        return reply
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


async def _passage(at: Situation) -> Passage | None:
    """The passage that covers the question best, among those of the matter's own page; any language before none."""
    matter = _MATTER.get(at.intent.name, {}).get(at.language, "")
    question = stripped(at.text)[:500] or at.text[:500]
    for language in (at.language, None):
        asked = await _find(at, question, language)
        on_matter = await _find(at, matter, language) if matter else []
        best = [each for each in on_matter if each.score >= COVERED]
        pages = list(dict.fromkeys(each.slug for each in best))[:1]
        if matter and pages:
            of_page = await _find(at, f"{question} {matter}", language)
            inside = [each for each in of_page if each.slug in pages]
            direct = [each for each in asked if each.slug in pages and each.score >= COVERED]
            return next(iter([*direct, *inside, *best]))
        if asked and asked[0].score >= (COVERED if matter else 2 * COVERED):
            return asked[0]
    return None


async def _find(at: Situation, question: str, language: str | None) -> list[Passage]:
    request = FindPassages(question=question, language=language, limit=20)
    return list((await at.shop.knowledge.find_passages(request)).passages)
