"""Sentences that are nearly true: each is false in one thing, beside the same sentence as it is true."""

from typing import Any

import pytest

from vici.domains.assistant.grounding.check import unsupported
from vici.domains.assistant.grounding.known import known_from
from vici.domains.conversations.api import Evidence

PHONE = Evidence(
    kind="product",
    ref="p1",
    fields={
        "name": "Samsung Galaxy S24", "price_minor": 15_990_000, "original_price_minor": 18_990_000, "currency": "VND",
        "in_stock": True, "available": 3, "attributes": {"Pin": "4000 mAh", "Màn hình": "6,2 inch"},
    },
)  # fmt: skip
OTHER = Evidence(
    kind="product",
    ref="p2",
    fields={
        "name": "Apple iPhone 15", "price_minor": 19_990_000, "currency": "VND", "in_stock": True, "available": 8,
        "attributes": {"Pin": "3349 mAh"},
    },
)  # fmt: skip
SHIRT_FIELDS: dict[str, Any] = {
    "name": "Áo thun Mộc", "price_minor": 200_000, "price_max_minor": 250_000, "currency": "VND", "in_stock": True,
    "available": 5,
    "variants": [
        {"options": {"màu": "Đen", "cỡ": "M"}, "available": 5, "price_minor": 200_000},
        {"options": {"màu": "Đen", "cỡ": "L"}, "available": 0, "price_minor": 250_000},
        {"options": {"màu": "Trắng", "cỡ": "M"}, "available": 0, "price_minor": 200_000},
        {"options": {"màu": "Trắng", "cỡ": "L"}, "available": 0, "price_minor": 250_000},
    ],
}  # fmt: skip
SHIRT = Evidence(kind="stock", ref="p3", fields=SHIRT_FIELDS)
PAGE = Evidence(
    kind="policy",
    ref="returns",
    fields={
        "title": "Đổi trả",
        "passage": "Bạn được đổi trả trong 7 ngày kể từ khi nhận hàng nếu hàng còn nguyên tem.\n"
        "You may return goods within 7 days provided that the seal is intact.",
    },
)
EVERYTHING = (PHONE, OTHER, SHIRT, PAGE)
BRANDS = ("Xiaomi", "Samsung", "Apple", "Mộc")


def wrong(text: str, *evidence: Evidence) -> list[str]:
    known = known_from(evidence or EVERYTHING, (), shop_name="Vici", brands=BRANDS)
    return [each.kind for each in unsupported(text, known)]


FALSE = [
    # What it was and what is saved are no price.
    "Giá hiện tại của Samsung Galaxy S24 là 18.990.000 ₫.",
    "Samsung Galaxy S24 giá 3 triệu.",
    "Giá gốc của Samsung Galaxy S24 là 15.990.000 ₫.",
    "Samsung Galaxy S24 giảm 15.990.000 ₫.",
    # Prices changed over.
    "Apple iPhone 15 giá 15.990.000 ₫, Samsung Galaxy S24 giá 19.990.000 ₫.",
    "So với Samsung Galaxy S24, Apple iPhone 15 giá 15.990.000 ₫.",
    "Apple iPhone 15: 15.990.000 ₫; Samsung Galaxy S24: 19.990.000 ₫",
    "The Apple iPhone 15 is 15,990,000 ₫ and the Samsung Galaxy S24 is 19,990,000 ₫.",
    # The cheaper one is the other.
    "Apple iPhone 15 rẻ hơn Samsung Galaxy S24 4.000.000 ₫.",
    "Apple iPhone 15 rẻ hơn Samsung Galaxy S24.",
    "So với Samsung Galaxy S24, Apple iPhone 15 rẻ hơn 4.000.000 ₫.",
    "The Samsung Galaxy S24 is more expensive than the Apple iPhone 15.",
    "The Apple iPhone 15 is 4,000,000 ₫ cheaper than the Samsung Galaxy S24.",
    "Samsung Galaxy S24 rẻ hơn Apple iPhone 15 3.000.000 ₫.",
    # Another variant.
    "Áo thun Mộc size L giá 200.000 ₫.",
    "Áo thun Mộc (Đen, L) giá 200.000 ₫.",
    "Áo thun Mộc: size M giá 250.000 ₫, size L giá 200.000 ₫.",
    "Áo thun Mộc màu Trắng vẫn còn nha.",
    "Áo thun Mộc màu Trắng còn hàng nhé.",
    "Áo thun Mộc còn đủ màu đủ size.",
    "Áo thun Mộc: all sizes are in stock.",
    "Áo thun Mộc màu Vàng còn hàng.",
    "Áo thun Mộc còn size L nha.",
    # Numbers in words, and halves.
    "Áo thun Mộc chỉ còn hai cái.",
    "Ao thun Moc chi con hai cai.",
    "Samsung Galaxy S24 gia muoi lam trieu ruoi.",
    "Áo thun Mộc giá nửa triệu.",
    "Áo thun Mộc is half a million dong.",
    "Samsung Galaxy S24 giảm nửa giá.",
    "The Samsung Galaxy S24 is half price.",
    "There are only two left of the Samsung Galaxy S24.",
    # A condition left out.
    "Bạn được đổi trả trong 7 ngày kể từ khi nhận hàng.",
    "You may return goods within 7 days.",
    # A fact of another product.
    "Apple iPhone 15 pin 4000 mAh.",
    "The Apple iPhone 15 has a battery of 4000 mAh.",
    # A brand that nobody looked up.
    "Xiaomi cũng có giá tương tự.",
    "Shop còn có xiaomi nữa.",
    "Motorola cũng có giá tương tự.",
    # Links.
    "Bạn xem ở evil.example nhé.",
    "Bạn xem ở evil[.]com nhé.",
    "See evil (dot) com for more.",
    "Xem hxxps://evil.example/x nhé.",
    # Orders and deliveries that nobody looked up.
    "Your order arrives tomorrow.",
    "Đơn của bạn mai tới.",
    "It arrives in two days.",
    "You get your money back.",
    "Ngày mai bạn nhận được hàng.",
    "You'll have it by Friday.",
    # A percentage that the shop rounds in another way.
    "Samsung Galaxy S24 đang giảm 16%.",
]
TRUE = [
    "Giá hiện tại của Samsung Galaxy S24 là 15.990.000 ₫.",
    "Giá gốc của Samsung Galaxy S24 là 18.990.000 ₫, đang giảm 15%.",
    "Giá gốc 18.990.000 ₫, nay Samsung Galaxy S24 chỉ còn 15.990.000 ₫.",
    "Samsung Galaxy S24 giảm 3 triệu, còn 15.990.000 ₫.",
    "Samsung Galaxy S24 giảm từ 18.990.000 ₫ xuống 15.990.000 ₫.",
    "The Samsung Galaxy S24 was 18,990,000 ₫ and is now 15,990,000 ₫.",
    "Apple iPhone 15 giá 19.990.000 ₫, Samsung Galaxy S24 giá 15.990.000 ₫.",
    "So với Samsung Galaxy S24, Apple iPhone 15 giá 19.990.000 ₫.",
    "Samsung Galaxy S24 rẻ hơn Apple iPhone 15 4.000.000 ₫.",
    "Samsung Galaxy S24 rẻ hơn Apple iPhone 15.",
    "Apple iPhone 15 đắt hơn Samsung Galaxy S24 4 triệu.",
    "The Samsung Galaxy S24 is cheaper by 4,000,000 ₫.",
    "The Samsung Galaxy S24 is 4,000,000 ₫ cheaper than the Apple iPhone 15.",
    "Áo thun Mộc size L giá 250.000 ₫.",
    "Áo thun Mộc (Đen, L) giá 250.000 ₫.",
    "Áo thun Mộc: size M giá 200.000 ₫, size L giá 250.000 ₫.",
    "Áo thun Mộc giá từ 200.000 ₫ đến 250.000 ₫.",
    "Áo thun Mộc màu Trắng hết hàng.",
    "Áo thun Mộc màu Đen size M vẫn còn nha.",
    "Áo thun Mộc còn năm cái.",
    "Yes, Áo thun Mộc in Đen / M: 5 left.",
    "The Áo thun Mộc in Đen / M is in stock, 5 left.",
    "Only three left of the Samsung Galaxy S24.",
    "Bạn được đổi trả trong 7 ngày kể từ khi nhận hàng nếu hàng còn nguyên tem.",
    "You may return goods within 7 days provided that the seal is intact.",
    "Apple iPhone 15 pin 3349 mAh.",
    "Samsung Galaxy S24 pin 4000 mAh, Apple iPhone 15 pin 3349 mAh.",
    "Samsung Galaxy S24 gia muoi lam trieu chin tram chin muoi nghin.",
    "Samsung cũng có Samsung Galaxy S24.",
    "Vici có Samsung Galaxy S24 nhé.",
]


@pytest.mark.parametrize("text", FALSE)
def test_what_is_nearly_true_is_refused(text: str) -> None:
    assert wrong(text) != []


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_passes(text: str) -> None:
    assert wrong(text) == []


def test_a_row_of_a_comparison_gives_the_facts_of_several() -> None:
    text = "1. Samsung Galaxy S24: 15.990.000 ₫\n2. Apple iPhone 15: 19.990.000 ₫\n• Pin: {} | 3349 mAh"
    assert wrong(text.format("4000 mAh")) == []
    assert wrong(text.format("4100 mAh")) == ["number"]


def test_the_shops_name_is_what_its_settings_say() -> None:
    known = known_from(EVERYTHING, (), shop_name="Sao Mai")
    assert [each.kind for each in unsupported("Chào bạn, mình là trợ lý của Sao Mai.", known)] == []
    assert [each.kind for each in unsupported("Chào bạn, mình là trợ lý của Vici.", known)] == ["name"]
