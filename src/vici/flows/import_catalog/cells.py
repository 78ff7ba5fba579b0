"""One row's cells, read as what the fields of a product need. What cannot be read is noted, so that a row's faults are
all told at once."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from vici.domains.catalog.api import Price, Status
from vici.flows.import_catalog.attributes import attributes_of, single_value, spec_table
from vici.flows.import_catalog.columns import CURRENCIES, PRICES, Columns
from vici.flows.import_catalog.dong import dong
from vici.flows.import_catalog.faults import Fault, shortened
from vici.flows.import_catalog.sources.rows import Cell, Row
from vici.kit.json_text import BadJson, read_json
from vici.kit.money import MINOR_MAX, BadAmount, decimals, minor_units
from vici.kit.text import folded

_STATUS = {
    word: status
    for status, words in {
        Status.DRAFT: "draft hidden inactive disabled unpublished pending private nhap an",
        Status.AVAILABLE: "available active enabled published visible public in_stock out_of_stock sold_out on_sale "
        "dang_ban con_hang het_hang",
        Status.DISCONTINUED: "discontinued archived deleted obsolete ended removed ngung_ban ngung_kinh_doanh",
    }.items()
    for word in words.split()
}
_CURRENCY_SIGNS = {"₫": "VND", "Đ": "VND", "VNĐ": "VND", "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}
# Where prices are counted in cents and nothing says of what, and the shop's own currency has none.
_CENTS_OF = "USD"
_NUMBER = "write a plain number such as 15990000 or 19.99"
_NONE_LEFT = {"het", "het hang", "da het", "da het hang", "out of stock", "sold out", "none"}


class Cells:
    def __init__(self, row: Row, columns: Columns, defaults: Mapping[str, str]) -> None:
        self.row = row.number
        self.columns = columns
        self.faults: list[Fault] = []
        self._cells = row.cells
        self._defaults = defaults

    def column(self, field: str) -> str:
        """The field's column, as the source calls it."""
        return self.columns.sources.get(field, field)

    def fault(self, field: str, value: object, reason: str) -> None:
        """Note what is wrong with a cell; the first thing is enough."""
        column = self.column(field)
        if all(fault.column != column for fault in self.faults):
            self.faults.append(Fault(self.row, column, shortened(value), reason))

    def value(self, field: str) -> Cell:
        """What the cell holds, else the field's default, else nothing."""
        value = self._cells.get(self.columns.sources.get(field, ""))
        return self._defaults.get(field) if _is_blank(value) else value

    def text(self, field: str) -> str | None:
        """As it stands, spaces too."""
        value = self.value(field)
        text = _as_text(value)
        if text is None and value is not None:
            self.fault(field, value, f"a {type(value).__name__} where text is expected")
        return text

    def line(self, field: str) -> str | None:
        """Without the spaces around it; nothing where nothing is left."""
        text = self.text(field)
        return (text.strip() or None) if text else None

    def status(self) -> Status:
        word = self.line("status")
        if word is None:
            return Status.AVAILABLE
        status = _STATUS.get(re.sub(r"\W+", "_", folded(word)))
        if status is None:
            self.fault("status", word, f"not a status: write {', '.join(Status)}")
        return status or Status.AVAILABLE

    def count(self) -> int | None:
        value = self.value("count")
        if value is None:
            return None
        text = _as_text(value) if not isinstance(value, bool) else None
        if text is not None and " ".join(folded(text).split()) in _NONE_LEFT:
            return 0
        if text is None or not re.fullmatch(r"\d{1,10}(\.0*)?", text.strip()):
            self.fault("count", value, "not a number of pieces: write 0, 1, 2 …")
            return None
        return int(text.partition(".")[0])

    def prices(self, currency: str) -> list[Price]:
        """The price in the row's own currency (`currency` where it names none), then the further ones."""
        faults = len(self.faults)
        main = self._price("", self._own_currency(currency))
        further = [self._price(f"_{code.lower()}", code) for code in self.columns.currencies]
        prices = [price for price in (main, *further) if price is not None]
        if not prices and len(self.faults) == faults:
            field = next(
                (name for name in self.columns.sources if name.startswith((*PRICES, "price_minor"))), PRICES[0]
            )
            self.fault(field, None, "empty: every product needs a price")
        return prices

    def _own_currency(self, currency: str) -> str:
        written = self.line("currency")
        if written is None:
            in_cents = self.value("price_minor") is not None
            return _CENTS_OF if in_cents and not decimals(currency) else currency
        code = _CURRENCY_SIGNS.get(written.upper(), written.upper())
        if code not in CURRENCIES:
            self.fault("currency", written, "not a currency: write three letters such as VND or USD (ISO 4217)")
        return code

    def _price(self, suffix: str, currency: str) -> Price | None:
        full_name, reduced_name = (f"{name}{suffix}" for name in PRICES)
        full = self._amount(full_name, currency)
        reduced = self._amount(reduced_name, currency)
        if not suffix and self.value("price_minor") is not None:
            reduced_name, reduced = "price_minor", self._minor()
        if reduced is None or (reduced == 0 and full):
            # Many exports write 0 where there is no discount; a product that is given away has no other price.
            return None if full is None else _priced(currency, full, None)
        if full is not None and full < reduced:
            self.fault(reduced_name, self.value(reduced_name), f"above {self.column(full_name)}: exchange the two")
            return None
        return _priced(currency, reduced, full if full != reduced else None)

    def _amount(self, field: str, currency: str) -> int | None:
        value = self.value(field)
        if value is None:
            return None
        if not isinstance(value, (str, int, float, Decimal)) or isinstance(value, bool):
            self.fault(field, value, f"not an amount: {_NUMBER}")
            return None
        # A number of a format that knows numbers is one; text is what somebody wrote.
        in_dong = dong(value) if currency == "VND" and isinstance(value, str) else None
        try:
            return minor_units(value if in_dong is None else in_dong, currency)
        except BadAmount as refusal:
            self.fault(field, value, f"{refusal.facts['reason']} for {currency}: {_NUMBER}")
            return None

    def _minor(self) -> int | None:
        value = self.value("price_minor")
        text = (_as_text(value) or "").strip()
        if not re.fullmatch(r"\d{1,16}(\.0*)?", text) or int(text.partition(".")[0]) > MINOR_MAX:
            self.fault("price_minor", value, "not a number of cents: write a whole number such as 1999")
            return None
        return int(text.partition(".")[0])

    def attributes(self, *, rest: bool) -> dict[str, Any]:
        """From the JSON of `attributes`, the table of `specifications`, the columns that are attributes, and, with
        `rest`, every column nobody knows. Of one name the first counts."""
        found: dict[str, Any] = attributes_of(self.json_object("attributes"))
        for name, value in spec_table(self.json_object("specifications")).items():
            found.setdefault(name, value)
        columns = dict(self.columns.attributes)
        if rest:
            columns = {name.strip(): name for name in self.columns.rest if name.strip()} | columns
        for name, column in columns.items():
            value = self._cells.get(column)
            single = None if _is_blank(value) else single_value(_plain(value))
            if single is not None:
                found.setdefault(name, single)
        return found

    def json_object(self, field: str) -> dict[str, Any]:
        value = self.value(field)
        if isinstance(value, str):
            if not value.strip():
                return {}
            try:
                value = read_json(value)
            except BadJson as error:
                self.fault(field, value, f'{error}: write it like {{"Màu": "Đen"}}')
                return {}
        if _is_pairs(value):
            value = dict(value)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(field, value, 'not an object: write it like {"Màu": "Đen"}')
            return {}
        return {str(name): each for name, each in cast("dict[Any, Any]", value).items()}

    def images(self) -> list[str]:
        """The main one, then the others: a JSON list, or addresses with spaces or `|` between them."""
        others: Any = self.value("images")
        if isinstance(others, str) and others.lstrip().startswith("["):
            try:
                others = read_json(others)
            except BadJson as error:
                self.fault("images", others, f'{error}: write it like ["/images/1.jpg"]')
                others = []
        if isinstance(others, str):
            others = re.split(r"[\s|]+", others.strip())
        if others is not None and not isinstance(others, list):
            self.fault("images", others, 'not a list: write it like ["/images/1.jpg"]')
            others = []
        first = self.image("image_url")
        texts = [(_as_text(each) or "").strip() for each in cast("list[Any]", others or [])]
        self._check_https("images", texts)
        return list(dict.fromkeys(text for text in (first, *texts) if text))

    def image(self, field: str) -> str | None:
        """One address."""
        address = self.line(field)
        self._check_https(field, [address or ""])
        return address

    def _check_https(self, field: str, addresses: Iterable[str]) -> None:
        for address in addresses:
            if address.startswith("http://"):
                self.fault(field, address, "not on https, and pages show no other: write https://… if its site has it")

    def options(self, field: str = "options") -> dict[str, str]:
        return dict(self._options(field))

    def _options(self, field: str) -> Iterator[tuple[str, str]]:
        for name, value in self.json_object(field).items():
            text = _as_text(value)
            if text is None or not text.strip() or not name.strip():
                self.fault(field, value, f"the option {name!r} needs one text as its value")
            else:
                yield name.strip(), text.strip()


def _priced(currency: str, amount: int, original: int | None) -> Price:
    # Checked already; a catalogue has as many prices as products.
    return Price.model_construct(currency=currency, amount_minor=amount, original_minor=original)


def _is_blank(value: Cell) -> bool:
    """Nothing there. Tables of numbers write nothing as "not a number"."""
    return value is None or value == "" or (isinstance(value, (float, Decimal)) and math.isnan(value))


def _is_pairs(value: Any) -> bool:
    """How Parquet hands out a map."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, tuple) and len(cast("tuple[Any, ...]", each)) == 2 for each in cast("list[Any]", value))


def _plain(value: Cell) -> Any:
    """Moments and exact numbers as text and numbers; the rest as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _as_text(value: Cell) -> str | None:
    """The cell as a person would write it: a whole number without a point, whatever the format made of it."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if math.isfinite(value) and value.is_integer():
            return f"{value:.0f}"
        case int() | float():
            return str(value)
        case Decimal():
            return f"{value.normalize():f}" if value.is_finite() and abs(value.adjusted()) < 100 else str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return None
