"""Choosing a variant."""

from hypothesis import given
from hypothesis import strategies as st

from tests.web.fakes import product
from vici.domains.catalog.api import Price, Product, Variant
from vici.web.storefront.choice import choice

SIZES, COLORS = ("S", "M", "L"), ("đỏ", "xanh")
PRICE = (Price(currency="VND", amount_minor=1),)


@st.composite
def shirts(draw: st.DrawFn) -> Product:
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(SIZES), st.sampled_from(COLORS)), min_size=1, max_size=6, unique=True)
    )
    variants = tuple(
        Variant(variant_id=f"{size}-{color}", options={"size": size, "color": color}, prices=PRICE)
        for size, color in pairs
    )
    return product("shirt", "Áo", options=("size", "color"), variants=variants)


@given(shirts(), st.data())
def test_each_value_leads_to_a_variant_that_has_it_and_keeps_the_rest_where_it_can(
    shirt: Product, data: st.DataObject
) -> None:
    by_id = {each.variant_id: each for each in shirt.variants}
    levels = data.draw(st.dictionaries(st.sampled_from(sorted(by_id)), st.integers(0, 3)))
    asked = data.draw(st.none() | st.sampled_from(sorted(by_id)) | st.just("unknown"))
    shown = choice(shirt, levels, asked)
    if asked in by_id:
        assert shown.variant.variant_id == asked
    elif any(levels.values()):
        assert shown.available
    for option in shown.options:
        assert sum(value.chosen for value in option.values) == 1
        for value in option.values:
            led_to = by_id[value.variant_id]
            assert led_to.options[option.name] == value.value
            assert value.in_stock == bool(levels.get(value.variant_id))
            wanted = {**shown.variant.options, option.name: value.value}
            if any(each.options == wanted for each in shirt.variants):
                assert led_to.options == wanted
            if value.chosen:
                assert led_to == shown.variant
