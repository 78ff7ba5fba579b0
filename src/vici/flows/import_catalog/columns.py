"""Which column of a source is what: the import's own names, and those that shops and suppliers commonly use."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from vici.kit.text import folded

# A name like `price_usd` is told from `price_old` by them.
_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL "
)
CURRENCIES = frozenset(_ISO_4217.split())

CATEGORIES = ("category1", "category2", "category3")
TRANSLATED = ("product_name", "short_description", "product_description", "attributes", "options", *CATEGORIES)
"""May also stand with the code of a language behind: `product_name_en`."""

PRICES = ("original_price", "discount_price")
"""May also stand with the code of a currency behind: `discount_price_usd`."""

FIELDS = (
    "product_id",
    "variant_id",
    "product_name",
    "short_description",
    "product_description",
    *PRICES,
    "price_minor",
    "currency",
    *CATEGORIES,
    "status",
    "count",
    "shop_id",
    "shop_name",
    "brand",
    "sku",
    "barcode",
    "options",
    "image_url",
    "images",
    "variant_image_url",
    "attributes",
    "specifications",
    "language",
)

# `price` is the one to pay beside a crossed-out one, and the full one beside a reduced one: it takes what is free.
EITHER_PRICE = "price"

_ALIASES = {
    alias: name
    for name, aliases in {
        "product_id": "id handle item_id product_code ma_san_pham ma_sp ma_hang ma_hang_hoa",
        "product_name": "title product_title name item_name product ten_san_pham ten_sp ten_hang ten_hang_hoa ten",
        "short_description": "summary excerpt mo_ta_ngan",
        "product_description": "description long_description body_html body content mo_ta mo_ta_san_pham",
        "original_price": "list_price regular_price compare_at_price old_price msrp gia_goc gia_niem_yet",
        "discount_price": "sale_price selling_price special_price final_price gia_khuyen_mai gia_km gia_giam",
        EITHER_PRICE: "gia gia_ban unit_price",
        "price_minor": "price_cents",
        "currency": "currency_code",
        "category1": "category product_type danh_muc nhom_hang loai_hang nganh_hang",
        "status": "trang_thai",
        "count": "stock quantity qty inventory stock_quantity inventory_quantity so_luong sl so_luong_ton ton_kho ton",
        "shop_id": "store_id seller_id",
        "shop_name": "shop store store_name seller seller_name cua_hang ten_cua_hang",
        "brand": "vendor manufacturer thuong_hieu nhan_hieu",
        "sku": "variant_sku item_sku ma_sku",
        "barcode": "ean ean13 gtin gtin13 upc isbn variant_barcode ma_vach",
        "image_url": "image image_src image_link picture photo thumbnail hinh_anh anh",
        "images": "image_urls pictures photos gallery",
        "specifications": "specs thong_so thong_so_ky_thuat",
        "language": "lang",
    }.items()
    for alias in aliases.split()
}
# Reads like the Indonesian name of a category, and is the id of one in somebody else's system.
_NOT_TRANSLATED = {"category_id"}
_SUFFIXED = re.compile(r"(.+)_([a-z]{2,3})")


@dataclass(frozen=True)
class Columns:
    """What the columns of one source are."""

    sources: Mapping[str, str]
    """The source's column by our field; a field may end in a language (`product_name_en`) or a currency
    (`discount_price_usd`)."""
    languages: tuple[str, ...]
    """In which there are translations."""
    currencies: tuple[str, ...]
    """In which there are further prices, in the order of their columns."""
    attributes: Mapping[str, str]
    """The source's column by the attribute it becomes."""
    rest: tuple[str, ...]
    """Columns that are none of these."""
    missing: str | None
    """What no product can do without and no column gives, if anything."""

    def renamed(self) -> dict[str, str]:
        """Our field by the source's column, where they are not called the same."""
        return {theirs: ours for ours, theirs in self.sources.items() if ours != theirs}


@lru_cache(maxsize=10_000)
def _recognised(name: str) -> str | None:
    """The field a column's name means, whatever its case, accents and spaces. Besides `FIELDS` it may be
    `EITHER_PRICE`."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")
    return _meant(plain) or _suffixed(plain)


def _meant(plain: str) -> str | None:
    return plain if plain in FIELDS or plain == EITHER_PRICE else _ALIASES.get(plain)


def _suffixed(plain: str) -> str | None:
    match = _SUFFIXED.fullmatch(plain)
    if match is None or plain in _NOT_TRANSLATED:
        return None
    base, suffix = _meant(match[1]), match[2]
    if base in TRANSLATED and len(suffix) == 2:
        return f"{base}_{suffix}"
    if base in (*PRICES, EITHER_PRICE) and suffix.upper() in CURRENCIES:
        return f"{base}_{suffix}"
    return None


def is_known(name: str) -> bool:
    """Whether the import understands a column of this name."""
    return _recognised(name) is not None


def is_field(name: str) -> bool:
    """Whether this is, letter by letter, one of our own names."""
    return name in FIELDS or (_suffixed(name) is not None and name.rpartition("_")[0] in (*TRANSLATED, *PRICES))


def nearest_field(name: str) -> str | None:
    near = get_close_matches(name, FIELDS, n=1)
    return near[0] if near else None


def resolve(
    names: Sequence[str],
    mapped: Mapping[str, str],
    attributes: Mapping[str, str],
    defaults: Collection[str] = (),
) -> Columns:
    """`mapped` (our field → their column) and `attributes` (attribute → their column) come first; then our own names;
    then the common ones, of each kind the first column. Of fields with `defaults` no column is needed."""
    sources = {ours: theirs for ours, theirs in mapped.items() if theirs in names}
    named = {attribute: theirs for attribute, theirs in attributes.items() if theirs in names}
    taken = {*sources.values(), *named.values()}
    meanings = {name: meant for name in names if name not in taken and (meant := _recognised(name)) is not None}
    for name, meant in sorted(meanings.items(), key=_precedence):
        sources.setdefault(_priced(meant, sources), name)
    rest = [name for name in names if name not in {*taken, *sources.values()}]
    model = next((name for name in rest if folded(name).strip() == "name"), None)
    if model is not None:
        # Another column is the product's name, so this one is what its maker calls it.
        named.setdefault("model", model)
        rest.remove(model)
    if "product_id" not in sources and "sku" in sources:
        sources["product_id"] = sources["sku"]
    suffixes = [ours.rpartition("_") for ours in (*sources, *defaults)]
    return Columns(
        sources,
        tuple(dict.fromkeys(suffix for base, _, suffix in suffixes if base in TRANSLATED)),
        tuple(dict.fromkeys(suffix.upper() for base, _, suffix in suffixes if base in PRICES)),
        named,
        tuple(rest),
        _missing({*sources, *defaults}),
    )


def _precedence(column: tuple[str, str]) -> int:
    """Our own names first; what fits itself to the others last."""
    name, meant = column
    return 0 if is_field(name) else 2 if _is_either(meant) else 1


def _is_either(meant: str) -> bool:
    return meant == EITHER_PRICE or (meant.rpartition("_")[0] == EITHER_PRICE and meant not in FIELDS)


def _priced(meant: str, sources: Mapping[str, str]) -> str:
    if not _is_either(meant):
        return meant
    full, reduced = (f"{name}{meant.removeprefix(EITHER_PRICE)}" for name in PRICES)
    return reduced if full in sources else full


def _missing(fields: Collection[str]) -> str | None:
    if "product_id" not in fields:
        return "product_id (or id, sku)"
    if "product_name" not in fields:
        return "product_name (or title, name)"
    if not any(field.startswith((*PRICES, "price_minor")) for field in fields):
        return "original_price (or price, price_vnd, price_cents)"
    return None
