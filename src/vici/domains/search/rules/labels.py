"""How filters are called, in the language of the request: Vietnamese, or English for any other."""

from vici.kit.money import written

_LABELS = {
    "price_most": ("dưới {high}", "under {high}"),
    "price_least": ("từ {low}", "from {low}"),
    "price_range": ("{low} – {high}", "{low} – {high}"),
    "exclusion": ("trừ {name}", "not {name}"),
    "in_stock": ("Còn hàng", "In stock"),
    "out_of_stock": ("Hết hàng", "Out of stock"),
    "true": ("Có", "Yes"),
    "false": ("Không", "No"),
    "category": ("Danh mục", "Category"),
    "brand": ("Thương hiệu", "Brand"),
    "shop": ("Cửa hàng", "Shop"),
    "price": ("Giá", "Price"),
}


# What options are called by shops that keep them in no language.
_OPTIONS = {"color": ("Màu sắc", "Colour"), "size": ("Kích cỡ", "Size"), "storage": ("Dung lượng", "Storage")}


def option_label(key: str, language: str) -> str | None:
    if key not in _OPTIONS:
        return None
    vietnamese, english = _OPTIONS[key]
    return vietnamese if language == "vi" else english


def label(name: str, language: str) -> str:
    vietnamese, english = _LABELS[name]
    return vietnamese if language == "vi" else english


def price_label(low: int | None, high: int | None, currency: str, language: str) -> str:
    """Of bounds in minor units, at least one of them given."""
    names = {"low": low, "high": high}
    amounts = {name: written(value, currency, language) for name, value in names.items() if value is not None}
    kind = "price_range" if len(amounts) == 2 else "price_least" if low is not None else "price_most"
    return label(kind, language).format(**amounts)


def exclusion_label(name: str, language: str) -> str:
    return label("exclusion", language).format(name=name)


def value_label(value: str, language: str) -> str:
    """Truth values are kept as `true` and `false`."""
    return label(value, language) if value in ("true", "false") else value
