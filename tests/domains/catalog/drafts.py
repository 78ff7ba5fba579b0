"""Products to test with: a plain one, and any that the catalogue takes."""

from typing import Any

from hypothesis import strategies as st

from vici.domains.catalog.api import Price, ProductDraft, Status, Translation, Variant


def vnd(amount: int, original: int | None = None) -> Price:
    return Price(currency="VND", amount_minor=amount, original_minor=original)


def variant(variant_id: str, **facts: Any) -> Variant:
    return Variant(variant_id=variant_id, **{"prices": (vnd(100_000),), **facts})


def draft(product_id: str = "p1", **facts: Any) -> ProductDraft:
    """One variant of the same id, 100,000 ₫."""
    return ProductDraft(
        product_id=product_id, **{"name": f"Product {product_id}", "variants": (variant(product_id),), **facts}
    )


TEE = draft(
    "tee",
    status=Status.DRAFT,
    brand="Mộc",
    category_id="shirts",
    name="Áo thun",
    short_description="Cotton hai chiều",
    description="Dòng một\nDòng hai \t<b>không phải HTML</b> '; DROP TABLE products; --",
    attributes={"Chất liệu": "cotton", "Nặng": 220, "Co giãn": 1.5, "Mới": False, "Số túi": 0, "Ghi chú": ""},
    translations={"en": Translation(name="T-shirt", attributes={"Material": "cotton"}), "fr": Translation()},
    options=("Màu", "Cỡ"),
    variants=(
        variant(
            "tee-b-m",
            sku="TEE-B-M",
            barcode="0893",
            options={"Màu": "Đen", "Cỡ": "M"},
            prices=(vnd(199_000, 249_000), Price(currency="USD", amount_minor=799)),
            image_url="/images/tee-b.svg",
        ),
        variant(
            "tee-w-m",
            options={"Cỡ": "M", "Màu": "Trắng"},
            prices=(vnd(0), Price(currency="USD", amount_minor=0)),
        ),
    ),
    images=("/images/tee.svg", "https://example.com/tee.jpg?size=1"),
)

# No surrogates (no JSON or database holds them) and no U+0000 (refused at the door).
_characters = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
lines = st.text(_characters, min_size=1, max_size=20).map(str.strip).filter(bool)
texts = st.text(_characters, max_size=60)
keys = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20)
values = st.one_of(
    st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), texts
)
attributes = st.dictionaries(lines, values, max_size=4)
images = st.from_regex(r"(https://[a-z]{1,5}\.vn)?/[a-z0-9/|?=&,;]{0,10}", fullmatch=True)
translations = st.dictionaries(
    st.sampled_from(["en", "fr", "ja"]),
    st.builds(
        Translation,
        name=st.none() | lines,
        short_description=st.none() | texts,
        description=st.none() | texts,
        attributes=attributes,
    ),
    max_size=2,
)


@st.composite
def _prices(draw: st.DrawFn, currencies: list[str]) -> tuple[Price, ...]:
    prices: list[Price] = []
    for currency in currencies:
        amount = draw(st.integers(0, 10**15))
        original = draw(st.none() | st.integers(amount, 10**15)) if amount else None
        prices.append(Price(currency=currency, amount_minor=amount, original_minor=original))
    return tuple(prices)


@st.composite
def drafts(draw: st.DrawFn, product_id: str, category_ids: tuple[str, ...] = ()) -> ProductDraft:
    """Any draft that keeps the rules. Codes begin with the product's id, so two products never share one."""
    options = draw(st.lists(lines, unique=True, max_size=2))
    count = draw(st.integers(1, 4)) if options else 1
    combinations = draw(st.lists(st.tuples(*(lines for _ in options)), min_size=count, max_size=count, unique=True))
    currencies = draw(st.lists(st.sampled_from(["VND", "USD", "KWD", "JPY"]), min_size=1, max_size=3, unique=True))
    variants = tuple(
        Variant(
            variant_id=f"{product_id}:{number}",
            sku=f"{product_id}-sku-{number}" if draw(st.booleans()) else None,
            barcode=f"{product_id}/{number}" if draw(st.booleans()) else None,
            options=dict(zip(options, combination, strict=True)),
            prices=draw(_prices(currencies)),
            image_url=draw(st.none() | images),
        )
        for number, combination in enumerate(combinations)
    )
    return ProductDraft(
        product_id=product_id,
        status=draw(st.sampled_from(Status)),
        shop_id=draw(st.sampled_from(["main", "second"])),
        brand=draw(st.none() | lines),
        category_id=draw(st.sampled_from([None, *category_ids])),
        language="vi",
        name=draw(lines),
        short_description=draw(texts),
        description=draw(texts),
        attributes=draw(attributes),
        translations=draw(translations),
        options=tuple(options),
        variants=variants,
        images=tuple(draw(st.lists(images, max_size=3, unique=True))),
    )
