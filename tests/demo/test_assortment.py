"""What the demo shop sells: enough of everything, valid, in two languages, and ours in every word."""

import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
import yaml

from vici.demo.catalogue import FOLDER, Assortment, Item, barcode, read_assortment, with_check_digit
from vici.domains.catalog.api import ProductDraft, Status
from vici.domains.catalog.rules import kept

# What a shopper reads in a list of small cards; and at least two sentences of plain prose on the product's page.
SHORT_LETTERS = (10, 90)
TEXT_LETTERS = (100, 600)


@pytest.fixture(scope="module")
def assortment() -> Assortment:
    return read_assortment()


@pytest.fixture(scope="module")
def items(assortment: Assortment) -> tuple[Item, ...]:
    return assortment.items


@pytest.fixture(scope="module")
def products(items: tuple[Item, ...]) -> list[ProductDraft]:
    return [item.product for item in items]


def texts(product: ProductDraft) -> Iterator[str]:
    english = product.translations["en"]
    for text in (product.short_description, product.description, english.short_description, english.description):
        assert text, product.product_id
        yield text


def test_there_is_enough_to_search_filter_and_compare(assortment: Assortment, products: list[ProductDraft]) -> None:
    top = {category.category_id for category in assortment.categories if category.parent_id is None}
    parents = {category.category_id: category.parent_id for category in assortment.categories}

    def top_of(category: str) -> str:
        while (parent := parents[category]) is not None:
            category = parent
        return category

    in_category = Counter(top_of(product.category_id or "") for product in products)
    assert len(products) >= 360
    assert len(top) >= 14
    assert len(assortment.shops) >= 2
    assert {product.shop_id for product in products} == {shop.shop_id for shop in assortment.shops}
    assert set(in_category) == top
    assert min(in_category.values()) >= 10
    brands = defaultdict(set)
    for product in products:
        brands[top_of(product.category_id or "")].add(product.brand)
    assert min(len(names) for names in brands.values()) >= 5
    prices = [
        price.amount_minor for product in products for variant in product.variants for price in variant.prices[:1]
    ]
    assert min(prices) <= 50_000
    assert 70_000_000 <= max(prices) <= 80_000_000


def test_every_category_is_used_and_has_two_names(assortment: Assortment, products: list[ProductDraft]) -> None:
    parents = {category.parent_id for category in assortment.categories}
    used = {product.category_id for product in products}
    for category in assortment.categories:
        assert category.names.keys() == {"vi", "en"}
        assert category.category_id in used | parents, category.category_id
    assert len({category.category_id for category in assortment.categories}) == len(assortment.categories)


def test_every_product_would_be_accepted_by_the_catalogue(products: list[ProductDraft]) -> None:
    for product in products:
        assert kept(product) == product


def test_variants_differ_in_colour_size_and_storage(products: list[ProductDraft]) -> None:
    options = Counter(option for product in products for option in product.options)
    assert options["color"] >= 200
    assert options["size"] >= 40
    assert options["storage"] >= 30


def test_iphones_15_come_with_storage_and_colours(products: list[ProductDraft]) -> None:
    family = {product.product_id: product for product in products if product.product_id.startswith("iphone-15")}
    assert family.keys() == {"iphone-15", "iphone-15-plus", "iphone-15-pro", "iphone-15-pro-max"}
    options = [variant.options for variant in family["iphone-15"].variants]
    assert {"color": "Đen", "storage": "128 GB"} in options
    assert {"color": "Hồng", "storage": "256 GB"} in options


def test_stock_is_counted_for_every_variant_and_varies(items: tuple[Item, ...]) -> None:
    for item in items:
        assert [level.variant_id for level in item.levels] == [variant.variant_id for variant in item.product.variants]
        assert {level.product_id for level in item.levels} == {item.product.product_id}
    totals = {item.product.product_id: sum(level.available for level in item.levels) for item in items}
    available = [item.product.product_id for item in items if item.product.status == Status.AVAILABLE]
    assert sum(totals[product] == 0 for product in available) >= 3
    assert sum(0 < totals[product] <= 3 for product in available) >= 10
    assert sum(level.available == 0 for item in items for level in item.levels) >= 30


def test_some_products_are_drafts_and_some_are_discontinued(products: list[ProductDraft]) -> None:
    statuses = Counter(product.status for product in products)
    assert statuses[Status.DRAFT] >= 2
    assert statuses[Status.DISCONTINUED] >= 2
    assert statuses[Status.AVAILABLE] >= 360


def test_discounts_are_real_and_not_everywhere(products: list[ProductDraft]) -> None:
    shares: list[float] = []
    for product in products:
        for variant in product.variants:
            price = variant.prices[0]
            if price.original_minor is not None:
                assert price.amount_minor < price.original_minor, variant.sku
                shares.append(1 - price.amount_minor / price.original_minor)
    discounted = sum(product.variants[0].prices[0].original_minor is not None for product in products)
    assert 0 < discounted < len(products)
    assert max(shares) < 0.5


def test_some_products_are_priced_in_dollars_too_near_the_rate(products: list[ProductDraft]) -> None:
    priced = [product for product in products if len(product.variants[0].prices) > 1]
    assert len(priced) >= 8
    for product in priced:
        for variant in product.variants:
            dong, dollars = variant.prices
            assert (dong.currency, dollars.currency) == ("VND", "USD")
            assert 23_000 < dong.amount_minor / (dollars.amount_minor / 100) < 28_000, variant.sku


def test_skus_and_barcodes_name_one_variant_and_belong_to_nobody_else(products: list[ProductDraft]) -> None:
    variants = [variant for product in products for variant in product.variants]
    assert max(Counter(variant.sku for variant in variants).values()) == 1
    assert max(Counter(variant.barcode for variant in variants).values()) == 1
    for variant in variants:
        assert variant.barcode is not None
        assert re.fullmatch(r"20\d{11}", variant.barcode)
        assert with_check_digit(variant.barcode[:12]) == variant.barcode


@pytest.mark.parametrize("known", ["4006381333931", "5901234123457", "9780306406157"])
def test_check_digits_are_those_of_known_barcodes(known: str) -> None:
    assert with_check_digit(known[:12]) == known


def test_a_barcode_stays_the_same() -> None:
    assert barcode("IP15-BLK-128GB") == "2006368779242"


def test_every_product_speaks_both_languages(products: list[ProductDraft]) -> None:
    for product in products:
        assert product.language == "vi"
        english = product.translations["en"]
        assert english.name
        for short in (product.short_description, english.short_description or ""):
            assert SHORT_LETTERS[0] <= len(short) <= SHORT_LETTERS[1], (product.product_id, short)
        for text in (product.description, english.description or ""):
            assert TEXT_LETTERS[0] <= len(text) <= TEXT_LETTERS[1], (product.product_id, text)
            assert 2 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 6, (product.product_id, text)
            assert text.endswith("."), (product.product_id, text)


VIETNAMESE = re.compile("[ăâđêôơưàáạảãằắặẳẵầấậẩẫèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]", re.IGNORECASE)


def test_each_text_is_in_its_language(products: list[ProductDraft]) -> None:
    for product in products:
        english = product.translations["en"]
        assert len(VIETNAMESE.findall(product.description)) > 10, product.product_id
        # A Vietnamese title or name may be quoted; a sentence may not.
        assert len(VIETNAMESE.findall(english.description or "")) < 5, product.product_id


def test_attributes_are_named_alike_within_a_department_in_both_languages(products: list[ProductDraft]) -> None:
    pairs: set[tuple[str, str]] = set()
    for product in products:
        own = product.attributes
        english = {name: value for name, value in product.translations["en"].attributes.items() if name != "Colour"}
        assert len(own) == len(english), product.product_id
        for (name, value), (english_name, english_value) in zip(own.items(), english.items(), strict=True):
            pairs.add((name, english_name))
            assert type(value) is type(english_value), product.product_id
            if not isinstance(value, str):
                assert value == english_value
    with_attributes = sum(bool(product.attributes) for product in products)
    assert with_attributes / len(products) > 0.9
    # Many products share few names, so that there is something to filter by.
    assert len(pairs) < 200
    assert any(isinstance(value, int | float) for product in products for value in product.attributes.values())


def test_a_fact_is_always_of_one_type_in_a_department() -> None:
    for file in (FOLDER / "catalogue").glob("*.yaml"):
        kinds: dict[str, set[type]] = defaultdict(set)
        for entry in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["products"]:
            for name, value in entry.get("facts", {}).items():
                plain = value[0] if isinstance(value, list) else value
                kinds[name].add(float if isinstance(plain, int) else type(plain))
        assert all(len(found) == 1 for found in kinds.values()), (file.name, kinds)


def test_no_sentence_is_used_twice(products: list[ProductDraft]) -> None:
    sentences = Counter(
        sentence for product in products for text in texts(product) for sentence in re.split(r"(?<=[.?!;]) ", text)
    )
    assert [sentence for sentence, times in sentences.items() if times > 1 and len(sentence) > 16] == []


def test_names_are_unique_in_each_language(products: list[ProductDraft]) -> None:
    assert max(Counter(product.name for product in products).values()) == 1
    assert max(Counter(product.translations["en"].name for product in products).values()) == 1


def test_every_file_is_composed_unicode_without_stray_spaces() -> None:
    for file in [*FOLDER.rglob("*.yaml"), *(FOLDER / "pages").rglob("*.md")]:
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), file.name
        for number, line in enumerate(text.splitlines(), 1):
            assert line == line.rstrip(), f"{file.name}:{number}"
            assert not re.search(r" [,.;](?: |$)|\u00a0|\u200b|,,|\.\.", line), f"{file.name}:{number}: {line}"


def test_no_key_is_given_twice_in_a_file() -> None:
    """YAML would silently take the last."""

    def twice(node: yaml.Node) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            for key, times in Counter(key.value for key, _ in node.value).items():
                if times > 1:
                    yield f"{key} near line {node.start_mark.line + 1}"
        children = [] if isinstance(node, yaml.ScalarNode) else node.value
        for child in children:
            for part in child if isinstance(child, tuple) else (child,):
                yield from twice(part)

    for file in FOLDER.rglob("*.yaml"):
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert list(twice(node)) == [], file.name


def test_the_files_are_read_quickly() -> None:
    read_assortment()
    spent: list[float] = []
    for _ in range(3):
        start = time.process_time()
        read_assortment()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.3
