"""The check of figures that shares nothing with the assistant's own."""

from datetime import UTC, datetime

import pytest

from vici.apps.cli.evaluate.figures_told import ForSale, untrue_figures
from vici.domains.catalog.api import Price, Product, Variant
from vici.domains.inventory.api import Level

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def for_sale(product_id: str, name: str, amount: int, original: int | None, *left: int) -> ForSale:
    variants = tuple(
        Variant(
            variant_id=f"{product_id}-{number}",
            options={"color": color},
            prices=(
                Price(currency="VND", amount_minor=amount, original_minor=original),
                Price(currency="USD", amount_minor=amount // 250),
            ),
        )
        for number, color in zip(range(len(left)), ("Đen", "Trắng"), strict=False)
    )
    product = Product(
        product_id=product_id, version=1, status="available", shop_id="s", shop_name="S", brand=None, categories=(),
        language="vi", name=name, short_description="", description="", attributes={}, translations={},
        options=("color",), variants=variants, images=(), created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    levels = [
        Level(variant_id=each.variant_id, product_id=product_id, available=count)
        for each, count in zip(variants, left, strict=True)
    ]
    return ForSale((name,), product, tuple(levels))


SHOP = [
    for_sale("p1", "iPhone 15", 16_490_000, 18_000_000, 3, 4),
    for_sale("p2", "iPhone 15 Plus", 19_490_000, None, 5),
]


def faults(text: str, said: str = "") -> list[str]:
    return list(untrue_figures(text, SHOP, "Phí giao hàng là 20.000 ₫.", said))


@pytest.mark.parametrize(
    "text",
    [
        "iPhone 15 giá 16.490.000 ₫.", "The iPhone 15 Plus costs 19,490,000 ₫.", "iPhone 15: $659.60", "Phí: 20.000 ₫.",
        "Giá gốc 18.000.000 ₫, đang giảm 8%.", "iPhone 15 rẻ hơn 3.000.000 ₫.", "iPhone 15 Đen còn 3.",
        "iPhone 15: 7 left.", "Đã lọc theo: “dưới 9.000.000 ₫”.", "iPhone 15 Plus in Đen is in stock, 5 left.",
    ],
)  # fmt: skip
def test_what_the_shop_says_passes(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "iPhone 15 giá 19.490.000 ₫.", "iPhone 15 Plus giá 16.490.000 ₫.", "Giá 1.000.000 ₫.", "iPhone 15: $16.49",
        "iPhone 15 giá 3.000.000 ₫.", "iPhone 15 Đen còn 6.", "iPhone 15 Plus: 7 left.",
    ],
)  # fmt: skip
def test_what_it_does_not_say_is_found(text: str) -> None:
    assert len(faults(text)) == 1


def test_what_the_shopper_named_may_be_repeated() -> None:
    assert faults("Không có mẫu nào dưới 9.000.000 ₫.", said="dưới 9.000.000 ₫") == []
