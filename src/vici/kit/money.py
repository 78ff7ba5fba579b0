"""Money is an integer of minor units and a currency; VND has no minor unit, most have two decimals, some three."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated

from pydantic import Field, StringConstraints

from vici.kit.errors import Refusal, Why

DECIMALS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
"""ISO 4217: the decimals of the currencies whose minor unit is not a hundredth."""

# Larger than any price, and any sum of a page of them fits a signed 64-bit column.
MINOR_MAX = 10**15

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Minor = Annotated[int, Field(ge=0, le=MINOR_MAX)]


class BadAmount(Refusal):
    code = "money.bad_amount"
    why = Why.INVALID
    message = "{amount!r} is not an amount in {currency}: {reason}."


def decimals(currency: str) -> int:
    """How many decimals the currency is written with."""
    return DECIMALS.get(currency, 2)


def minor_units(amount: str | int | float | Decimal, currency: str) -> int:
    """The minor units of a decimal amount. Refuses what is negative, too large, not a number, or finer than the
    currency."""

    def refused(reason: str) -> BadAmount:
        return BadAmount(amount=str(amount), currency=currency, reason=reason)

    try:
        # Through text, so that the float 19.99 means 19.99 and not the binary fraction beside it.
        exact = Decimal(str(amount).strip())
    except InvalidOperation:
        raise refused("not a number") from None
    if not exact.is_finite():
        raise refused("not a number")
    if exact < 0:
        raise refused("negative")
    if exact > MINOR_MAX:
        raise refused("too large")
    scaled = exact.scaleb(decimals(currency))
    whole = scaled.to_integral_value(ROUND_HALF_UP)
    if whole != scaled:
        raise refused(f"more than {decimals(currency)} decimals")
    if whole > MINOR_MAX:
        raise refused("too large")
    return int(whole)


def decimal_amount(amount_minor: int, currency: str) -> Decimal:
    """The decimal amount of minor units: the inverse of `minor_units`."""
    return Decimal(amount_minor).scaleb(-decimals(currency))


def percent_off(amount_minor: int, original_minor: int) -> int:
    """What a discount takes off, in whole percent, never more than it does: 19.99 % is 19."""
    return 100 * (original_minor - amount_minor) // original_minor


def written(amount_minor: int, currency: str, language: str) -> str:
    """As a person of that language writes it: `15.990.000 ₫`, `$19.99`, `19,99 US$`."""
    places = decimals(currency)
    plain = f"{decimal_amount(amount_minor, currency):,.{places}f}"
    if language == "vi":
        plain = plain.translate(str.maketrans(",.", ".,"))
        return f"{plain} {'₫' if currency == 'VND' else 'US$' if currency == 'USD' else currency}"
    if currency == "VND":
        return f"{plain} ₫"
    symbol = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}.get(currency)
    return f"{symbol}{plain}" if symbol else f"{plain} {currency}"
