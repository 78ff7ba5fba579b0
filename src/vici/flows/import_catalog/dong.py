"""Prices in đồng as people write them into a spreadsheet. Only what can mean one thing is read."""

import re

from vici.kit.text import folded

_SIGN = r"(?:vnd|dong|₫|d)"
# Marks between thousands must all be the same; a price in đồng has no decimals but zeros.
_WHOLE = re.compile(r"(\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3}){0,4}|\d{1,18})(?:[.,]0{1,2})?")
_UNIT = {"k": 10**3, "nghin": 10**3, "ngan": 10**3, "tr": 10**6, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_IN_UNITS = re.compile(rf"(\d{{1,4}})(?:[.,](\d{{1,2}}))? ?({'|'.join(_UNIT)})(?: ?(\d{{1,3}}|ruoi))?")


def dong(written: str) -> int | None:
    """`180.000đ`, `180,000 VND`, `65k`, `1tr2`, `1,5 triệu` as a whole number of đồng; nothing where it is no such
    price, or could be two (`1.200k`)."""
    plain = re.sub(r"\s+", " ", folded(written)).strip()
    plain = re.sub(rf"^{_SIGN} ?| ?{_SIGN}$", "", plain)
    if whole := _WHOLE.fullmatch(plain):
        return int(re.sub(r"\D", "", whole[1]))
    if not (units := _IN_UNITS.fullmatch(plain)):
        return None
    number, decimals, unit, rest = units.groups()
    if decimals and rest:
        return None
    # What follows the unit counts tenths, hundredths or thousandths of it: `1tr2` and `1tr200` are the same.
    fraction = "5" if rest == "ruoi" else rest or decimals or ""
    return (int(number) * 1000 + int(fraction.ljust(3, "0"))) * _UNIT[unit] // 1000
