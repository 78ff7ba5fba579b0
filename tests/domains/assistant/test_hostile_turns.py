"""Whatever a shopper, a seller or a page writes, a turn is answered, and soon."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vici.apps.cli.evaluate.conversations import demo_shop
from vici.domains.assistant.acts.situation import Shop
from vici.domains.assistant.api import Turn
from vici.domains.assistant.grounding import amounts, known
from vici.domains.assistant.grounding.amounts import read_amounts
from vici.domains.assistant.service import AssistantService
from vici.domains.catalog.api import Brands, Categories, GetProduct, GetProducts, Price, Product, Products, Variant
from vici.domains.conversations.api import Message
from vici.domains.inventory.api import GetLevels, Level, Levels
from vici.domains.knowledge.api import FindPassages, Passage, Passages
from vici.domains.search.api import Card, Cards, Filters, FindSimilar, GetCards, Hit, Results, SearchProducts
from vici.kit import text as text_kit

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Digits of every kind, marks, and what the assistant reads numbers, prices and links by.
PIECES = st.sampled_from(
    ["²", "①", "⁴", "٣", "½", "\u0301", "9" * 5000, "1.", ",", " triệu", "k", "₫", "%", " còn ", " giá ", "h", "/", ":",
     " hai", " ba mươi", "size ", "http://", "[.]", "@", "“", "”", "\n", ". ", " rẻ hơn ", "bảo hành ", "in stock"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=20).map("".join),
)
# One line that says something.
LINES = TEXTS.map(lambda text: " ".join(text.replace("\0", "").split())[:200]).filter(lambda text: bool(text.strip()))
ASKED = ["giá bao nhiêu", "còn hàng không", "so sánh 2 cái đầu", "bao lâu thì giao hàng", "cái thứ hai", "tìm", ""]


class Everything:
    """A shop in which whatever is looked for is a product with these texts, and every page says this."""

    def __init__(self, name: str, text: str, option: str) -> None:
        self.name, self.text, self.option = name, text, option

    def card(self, product_id: str) -> Card:
        return Card(
            product_id=product_id, name=self.name, brand=self.option, category=None, shop_id="s", shop_name="S",
            price_minor=150_000, price_max_minor=150_000, original_price_minor=200_000, currency="VND", in_stock=True,
            available=3, url=f"/products/{product_id}", image_url=None, version=1,
        )  # fmt: skip

    async def search(self, request: SearchProducts) -> Results:
        hits = tuple(Hit(card=self.card(each), score=1.0) for each in ("p1", "p2"))
        return Results(
            hits=hits, total=2, next_cursor=None, words=request.words, applied=Filters(), chips=(), correction=None,
            relaxed=(), facets=(),
        )  # fmt: skip

    async def similar(self, request: FindSimilar) -> Results:
        return await self.search(SearchProducts())

    async def cards(self, request: GetCards) -> Cards:
        return Cards(cards=tuple(self.card(each) for each in request.product_ids))

    async def product(self, request: GetProduct) -> Product:
        variants = tuple(
            Variant(variant_id=f"{request.product_id}-{number}", options={"color": value}, prices=(price,))
            for number, value, price in (
                (1, self.option, Price(currency="VND", amount_minor=150_000, original_minor=200_000)),
                (2, "Đen", Price(currency="VND", amount_minor=180_000)),
            )
        )
        return Product(
            product_id=request.product_id, version=1, status="available", shop_id="s", shop_name="S", brand=None,
            categories=(), language="vi", name=self.name, short_description=self.text, description=self.text,
            attributes={"Pin": self.text}, translations={}, options=("color",), variants=variants, images=(),
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip

    async def products(self, request: GetProducts) -> Products:
        return Products(products=tuple([await self.product(GetProduct(product_id=e)) for e in request.product_ids]))

    async def brands(self, request: object) -> Brands:
        return Brands(brands=())

    async def categories(self, request: object) -> Categories:
        return Categories(categories=())

    async def levels(self, request: GetLevels) -> Levels:
        found = [Level(variant_id=f"{each}-2", product_id=each, available=3) for each in request.product_ids]
        return Levels(levels=tuple(found))

    async def find_passages(self, request: FindPassages) -> Passages:
        passage = Passage(slug="x", language="vi", title=self.name, heading="", text=self.text, score=1.0)
        return Passages(passages=(passage,))


def turn(*said: str, context: dict[str, Any] | None = None) -> Turn:
    messages = tuple(
        Message(message_id=f"m{number}", position=number, role="user", content=text, at=NOW)
        for number, text in enumerate(said, start=1)
    )
    return Turn(session_id="s", user_id="u", channel="c", messages=messages, context=context or {})


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_numbers_of_any_text_are_read(text: str) -> None:
    assert all(0 <= each.start < each.end for each in read_amounts(text))


@given(
    TEXTS.map(lambda text: text.replace("\0", "")),
    st.sampled_from(ASKED),
    LINES,
    LINES,
    LINES.map(lambda text: text[:40].strip() or "x"),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_turn_is_answered(said: str, asked: str, name: str, text: str, option: str) -> None:
    shop = cast("Any", Everything(name, text, option if option != "Đen" else "Đỏ"))
    service = AssistantService(Shop("Vici", shop, shop, shop, shop))

    async def talk() -> None:
        first = await service.reply(turn(said[:8000]))
        second = await service.reply(turn(f"{asked} {said}"[:8000], context=first.context))
        assert first.text.strip()
        assert second.text.strip()

    asyncio.run(talk())


LONG = 8000
HOSTILE = [
    "khong a " * 1000, "ao thun" + " khong a" * 900 + " x", "is 1 " * 1600, "nhieu nha " * 800 + "x", "9" * LONG,
    "²" * LONG, "a" * LONG, "á" * LONG, " " * (LONG - 1) + "x", "1.000.000₫, " * 600, "a.b" * 2600, "a@" * 4000,
    "co mau " * 1100 + "x", "chi lay " * 1000 + "x", "iPhone 15 " * 800, "? " * 4000, "\n" * 4000 + "giá?\n" * 800,
    "so sánh iphone với " * 400, "hai mươi ba triệu " * 440, "🙂" * LONG, "<script>" * 1000, "x\u0301" * 4000,
]  # fmt: skip


@pytest.mark.timeout(150)
async def test_no_message_keeps_the_assistant_busy_for_long() -> None:
    slow: dict[str, float] = {}
    async with demo_shop() as shop:
        await shop.assistant.reply(turn("xin chào"))  # what is learnt is learnt once
        for text in HOSTILE:
            start = time.process_time()
            draft = await shop.assistant.reply(turn(text[:LONG]))
            took = time.process_time() - start
            assert draft.text.strip()
            if took > 2:
                slow[text[:20]] = took
    assert slow == {}


def test_no_long_text_is_kept_in_memory() -> None:
    def kept() -> list[int]:
        caches = (known._kept_words, amounts._kept_forms, text_kit._kept_forms, text_kit._can_be_syllable)
        return [each.cache_info().currsize for each in caches]

    known.words_in("trước hết")
    before = kept()
    for number in range(50):
        text = "dài" * (2000 + number)
        known.words_in(text)
        text_kit.words(text)
        text_kit.is_syllable(text)
    assert kept() == before
