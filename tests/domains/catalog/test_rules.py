"""What a product must be, and what a partial update makes of it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domains.catalog.drafts import TEE, attributes, draft, drafts, images, lines, texts, variant, vnd
from tests.domains.catalog.test_products import SHOPS, TREE, drafted
from vici.domains.catalog import rules
from vici.domains.catalog.api import (
    BadProduct,
    CreateProduct,
    DeleteProduct,
    Price,
    ProductDraft,
    Status,
    UpdateProduct,
)
from vici.domains.catalog.service import CatalogService
from vici.infra.database.open import open_database
from vici.kit.clock import SystemClock
from vici.kit.ids import new_id
from vici.migrations import upgrade

USD = Price(currency="USD", amount_minor=1)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"variants": (variant("x"), variant("x"))}, "the variant 'x' stands 2 times"),
        ({"variants": (variant("x"), variant("y"))}, "'x' and 'y' differ in no option"),
        ({"variants": (variant("x", sku="S"), variant("y", sku="S"))}, "SKU 'S' stands 2 times"),
        ({"variants": (variant("x", barcode="1"), variant("y", barcode="1"))}, "barcode '1' stands 2 times"),
        ({"variants": (variant("x", options={"Cỡ": "M"}),)}, "differ in no options"),
        ({"options": ("Cỡ",)}, "the variant 'p1' has no options, but"),
        ({"options": ("Cỡ", "Cỡ")}, "option 'Cỡ' stands 2 times"),
        ({"variants": (variant("x", prices=(vnd(1), vnd(2))),)}, "'VND' stands 2 times"),
        ({"variants": (variant("x", prices=(vnd(2, 1),)),)}, "before the discount of 'x' is below"),
        ({"variants": (variant("x", prices=(vnd(0, 1),)),)}, "discounted price of 'x' is 0"),
        ({"images": ("/a", "/a")}, "image '/a' stands 2 times"),
        (
            {
                "options": ("Cỡ",),
                "variants": (
                    variant("x", options={"Cỡ": "M"}),
                    variant("y", options={"Cỡ": "L"}, prices=(USD, vnd(1))),
                ),
            },
            "not priced in the same currencies: 'VND', 'USD', 'VND'",
        ),
    ],
)
def test_a_product_that_contradicts_itself_is_refused(facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadProduct, match=reason):
        rules.kept(draft(**facts))


def test_what_keeps_the_rules_is_taken() -> None:
    assert rules.kept(TEE) == TEE
    assert [list(each.options) for each in rules.kept(TEE).variants] == [["Màu", "Cỡ"]] * 2
    rules.kept(draft(variants=(variant("x", prices=(vnd(0, 0), USD)),)))


updates = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(Status),
        "brand": st.none() | lines,
        "name": lines,
        "short_description": texts,
        "description": texts,
        "attributes": st.dictionaries(lines, st.none() | st.integers(0, 3), max_size=3),
        "images": st.lists(images, max_size=2, unique=True).map(tuple),
        "category_id": st.sampled_from([None, "shirts"]),
    },
)


def test_partial_updates_keep_what_they_do_not_name_and_count_their_changes(tmp_path: Path) -> None:
    """Against a plain dictionary as the model, through a real database."""
    with asyncio.Runner() as runner:
        database = open_database(f"sqlite:///{tmp_path}/catalog.db?synchronous=OFF", SystemClock())
        catalog = CatalogService(database, SystemClock(), new_id)

        async def prepare() -> None:
            await database.write(lambda connection: upgrade(connection, ("events", "catalog")))
            await catalog.put_shops(SHOPS)
            await catalog.put_categories(TREE)

        async def hold(first: ProductDraft, named: list[dict[str, Any]]) -> None:
            product = await catalog.create_product(CreateProduct(product=first))
            assert drafted(product) == first
            model = rules.kept(first).model_dump()
            for update in named:
                expected = model | {name: value for name, value in update.items() if name != "attributes"}
                together = model["attributes"] | update.get("attributes", {})
                expected["attributes"] = {name: value for name, value in together.items() if value is not None}
                changed = _written(expected) != _written(model)
                before = product.version
                product = await catalog.update_product(UpdateProduct(product_id="p1", **update))
                assert _written(drafted(product).model_dump()) == _written(expected)
                assert product.version == before + changed
                model = expected

        @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(drafts("p1", ("tees",)), st.lists(updates, min_size=1, max_size=3))
        def holds(first: ProductDraft, named: list[dict[str, Any]]) -> None:
            runner.run(catalog.delete_product(DeleteProduct(product_id="p1")))
            runner.run(hold(first, named))

        runner.run(prepare())
        holds()
        runner.run(database.close())


def _written(model: dict[str, Any]) -> str:
    """As JSON, where 1, 1.0 and true are three things."""
    return ProductDraft.model_validate(model).model_dump_json()


@given(attributes)
def test_an_attribute_keeps_its_value_and_its_kind(given_attributes: dict[str, Any]) -> None:
    product = ProductDraft.model_validate_json(draft(attributes=given_attributes).model_dump_json())
    assert [(type(value), value) for value in product.attributes.values()] == [
        (type(value), value) for value in given_attributes.values()
    ]


def test_no_product_has_the_address_of_another_route() -> None:
    description = json.loads((Path(__file__).parents[3] / "docs" / "reference" / "openapi.json").read_text())
    of_products = [path.removeprefix("/api/v1/products/") for path in description["paths"]]
    others = [path for path in of_products if not path.startswith("/") and path != "{product_id}"]
    assert len(others) >= 4
    for path in others:
        with pytest.raises(BadProduct):
            rules.kept(draft(path.replace("{product_id}", "p1")))
