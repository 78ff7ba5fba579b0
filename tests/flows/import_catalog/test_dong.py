"""Prices as Vietnamese spreadsheets write them."""

import pytest

from tests.flows.import_catalog.test_drafts import faults, one
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
