"""Prices, as feeds and as Vietnamese spreadsheets write them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.flows.import_catalog.test_drafts import faults, one
from vici.domains.catalog.api import Price
from vici.flows.import_catalog import Reading
from vici.flows.import_catalog.dong import dong


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("180000", 180_000),
        ("180.000đ", 180_000),
        ("180.000 ₫", 180_000),
        ("180,000 VND", 180_000),
        ("180 000 đồng", 180_000),
        ("₫180.000", 180_000),
        ("180.000", 180_000),
        ("15.990.000 VNĐ", 15_990_000),
        ("15,990,000.00", 15_990_000),
        ("19990.0", 19_990),
        ("65k", 65_000),
        ("65 K", 65_000),
        ("1,5k", 1_500),
        ("65 nghìn", 65_000),
        ("65 ngàn đồng", 65_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("2 triệu rưỡi", 2_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000),
        ("12tr", 12_000_000),
        ("1,2 tỷ", 1_200_000_000),
        # What is no price in đồng, or could be two.
        ("1.200k", None),
        ("1,5tr2", None),
        ("180.000,5", None),
        ("1.80.000", None),
        ("180.000-200.000", None),
        ("$180", None),
        ("19.99", None),
        ("-5000", None),
        ("k", None),
        ("liên hệ", None),
        ("", None),
    ],
)
def test_only_what_can_mean_one_price_is_read(written: str, amount: int | None) -> None:
    assert dong(written) == amount


def test_a_price_is_read_so_only_in_dong() -> None:
    assert one(original_price="1tr2", discount_price="999.000đ").draft.variants[0].prices[0].amount_minor == 999_000
    assert [fault.column for fault in faults(original_price="65k", currency="USD")] == ["original_price"]
    assert one(original_price="180.00", currency="USD").draft.variants[0].prices[0].amount_minor == 18_000


@pytest.mark.parametrize("word", ["hết", "Hết hàng", "out of  stock"])
def test_words_for_none_left_are_a_count_of_none(word: str) -> None:
    assert one(count=word).levels[0].available == 0


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"original_price": "19990"}, ("VND", 19990, None)),
        ({"original_price": "19990.00"}, ("VND", 19990, None)),
        ({"original_price": 19990.0}, ("VND", 19990, None)),
        ({"original_price": Decimal("19990.0")}, ("VND", 19990, None)),
        ({"original_price": "19.99", "currency": "USD"}, ("USD", 1999, None)),
        ({"original_price": 19.99, "currency": " usd "}, ("USD", 1999, None)),
        ({"original_price": "0.1", "currency": "$"}, ("USD", 10, None)),
        ({"original_price": "1.234", "currency": "KWD"}, ("KWD", 1234, None)),
        ({"original_price": "5", "currency": "₫"}, ("VND", 5, None)),
        ({"original_price": "20", "discount_price": "15"}, ("VND", 15, 20)),
        ({"original_price": "20", "discount_price": "20"}, ("VND", 20, None)),
        ({"original_price": "20", "discount_price": ""}, ("VND", 20, None)),
        ({"original_price": "20", "discount_price": "0"}, ("VND", 20, None)),
        ({"original_price": "", "discount_price": "15"}, ("VND", 15, None)),
        ({"original_price": "0"}, ("VND", 0, None)),
        ({"original_price": "", "price_minor": "1999"}, ("USD", 1999, None)),
        ({"original_price": "", "price_minor": 1999.0, "currency": "EUR"}, ("EUR", 1999, None)),
        ({"original_price": "25", "price_minor": "1999"}, ("USD", 1999, 2500)),
        ({"original_price": float("nan"), "discount_price": "7"}, ("VND", 7, None)),
    ],
)
def test_prices_are_exact(cells: dict[str, Any], expected: tuple[str, int, int | None]) -> None:
    [price] = one(**cells).draft.variants[0].prices
    assert (price.currency, price.amount_minor, price.original_minor) == expected


def test_cents_of_a_shop_that_has_cents_are_its_own() -> None:
    made = one(Reading(language="en", currency="EUR"), original_price="", price_minor="5")
    assert made.draft.variants[0].prices == (Price(currency="EUR", amount_minor=5),)


def test_further_currencies_follow_the_row_s_own() -> None:
    made = one(original_price="100", original_price_usd="2.50", discount_price_usd="1.99", discount_price_eur="")
    assert made.draft.variants[0].prices == (
        Price(currency="VND", amount_minor=100),
        Price(currency="USD", amount_minor=199, original_minor=250),
    )
