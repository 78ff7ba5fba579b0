from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.kit.money import MINOR_MAX, BadAmount, decimal_amount, decimals, minor_units, written

CURRENCIES = st.sampled_from(["VND", "USD", "KWD", "JPY", "EUR"])


@given(amount=st.integers(0, MINOR_MAX), currency=CURRENCIES)
def test_minor_units_and_decimal_amounts_are_inverse(amount: int, currency: str) -> None:
    assert minor_units(decimal_amount(amount, currency), currency) == amount
    assert minor_units(str(decimal_amount(amount, currency)), currency) == amount


@given(cents=st.integers(0, 10**9))
def test_a_float_means_what_it_is_written_as(cents: int) -> None:
    assert minor_units(float(f"{cents / 100:.2f}"), "USD") == cents


@given(text=st.text(max_size=40), currency=CURRENCIES)
def test_any_text_is_an_amount_or_refused(text: str, currency: str) -> None:
    try:
        amount = minor_units(text, currency)
    except BadAmount:
        return
    assert 0 <= amount <= MINOR_MAX


@pytest.mark.parametrize(
    ("amount", "currency", "reason"),
    [
        ("-1", "VND", "negative"),
        ("1.5", "VND", "more than 0 decimals"),
        ("1.005", "USD", "more than 2 decimals"),
        ("NaN", "USD", "not a number"),
        ("inf", "USD", "not a number"),
        ("1e400", "USD", "too large"),
        ("", "USD", "not a number"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(amount: str, currency: str, reason: str) -> None:
    with pytest.raises(BadAmount) as refusal:
        minor_units(amount, currency)
    assert refusal.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (15990000, "VND", "vi", "15.990.000 ₫"),
        (15990000, "VND", "en", "15,990,000 ₫"),
        (1999, "USD", "en", "$19.99"),
        (123456789, "USD", "vi", "1.234.567,89 US$"),
        (1500, "KWD", "en", "1.500 KWD"),
        (0, "VND", "vi", "0 ₫"),
    ],
)
def test_money_is_written_as_its_reader_writes_it(minor: int, currency: str, language: str, text: str) -> None:
    assert written(minor, currency, language) == text


def test_an_unknown_currency_has_two_decimals() -> None:
    assert decimals("XXX") == 2
    assert decimal_amount(150, "XXX") == Decimal("1.50")
