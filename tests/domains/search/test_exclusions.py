"""What the words rule out is left out, and only what they do."""

from pathlib import Path

import pytest

from tests.domains.search.shelves import ready
from vici.domains.search.api import Filters, Results, SearchApi, SearchProducts


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> SearchApi:
    return ready(tmp_path_factory.mktemp("search"))


async def search(api: SearchApi, words: str, language: str = "vi", **asked: object) -> Results:
    return await api.search(SearchProducts.model_validate({"words": words, "language": language, **asked}))


def ids(results: Results) -> set[str]:
    return {hit.card.product_id for hit in results.hits}


def ruled_out(results: Results) -> list[str]:
    return [chip.label for chip in results.chips if chip.kind == "exclusion"]


@pytest.mark.parametrize(
    "words",
    [
        "điện thoại trừ samsung", "dien thoai tru samsung", "điện thoại không phải samsung", "đt ko phải samsung",
        "điện thoại ngoài samsung", "điện thoại không lấy samsung", "điện thoại không phải của hãng samsung",
        "điện thoại nhưng không phải samsng", "phone not samsung", "phones but not samsung under 90 million",
        "phones except samsung", "phones except for samsung", "phone without samsung", "any phone other than samsung",
        "phones excluding samsung", "điện thoại không samsung", "i don't want samsung phone, phone",
    ],
)  # fmt: skip
async def test_a_brand_behind_an_excluding_word_is_left_out(api: SearchApi, words: str) -> None:
    results = await search(api, words)
    assert ruled_out(results) == ["trừ Samsung"]
    assert (results.applied.not_brands, results.applied.brands) == (("Samsung",), ())
    assert ids(results) == {"ip15", "ip15pm"}
    assert results.relaxed == ()


async def test_several_names_are_ruled_out_by_one_word(api: SearchApi) -> None:
    results = await search(api, "laptops except dell, hp and asus", "en")
    assert ruled_out(results) == ["not Dell", "not HP", "not ASUS"]
    assert ids(results) == {"acer"}


async def test_a_category_is_ruled_out(api: SearchApi) -> None:
    results = await search(api, "iphone 15 không phải ốp lưng")
    assert ruled_out(results) == ["trừ Ốp lưng"]
    assert results.applied.not_category_ids == ("cases",)
    assert ids(results) == {"ip15", "ip15pm"}


async def test_a_color_rules_out_what_comes_in_nothing_else(api: SearchApi) -> None:
    results = await search(api, "áo thun không phải màu đen hoặc xám")
    assert ruled_out(results) == ["trừ Đen", "trừ Xám"]
    assert ids(results) == {"tee", "tee-long"}
    again = await search(api, "áo thun", filters={"not_attributes": {"Màu": ["Đen", "Xám"]}})
    assert ids(again) == {"tee"}


async def test_an_exclusion_is_taken_back_without_looking_for_its_words(api: SearchApi) -> None:
    (chip,) = [each for each in (await search(api, "phone not samsung")).chips if each.kind == "exclusion"]
    results = await search(api, "phone not samsung", keep_words=[chip.chip_id])
    assert ruled_out(results) == []
    assert results.total == 4


async def test_what_is_applied_can_be_asked_for_again(api: SearchApi) -> None:
    first = await search(api, "laptop trừ dell và hp trên 5 triệu")
    again = await search(api, first.words, filters=first.applied.model_dump(exclude_defaults=True))
    assert ids(again) == ids(first) == {"acer", "asus"}


async def test_what_the_shopper_chose_is_not_ruled_out(api: SearchApi) -> None:
    results = await search(api, "điện thoại trừ samsung", filters=Filters(brands=("samsung",)))
    assert ids(results) == {"a16", "s25"}
    kept = await search(api, "điện thoại trừ samsung", filters=Filters(category_ids=("phones",)))
    assert ids(kept) == {"ip15", "ip15pm"}


async def test_facets_keep_to_what_is_ruled_out(api: SearchApi) -> None:
    results = await search(api, "laptop trừ dell", facets=True)
    (brands,) = [facet for facet in results.facets if facet.field == "brand"]
    assert {each.value: each.count for each in brands.values} == {"Acer": 1, "ASUS": 1, "HP": 1}
    for each in brands.values:
        assert (await search(api, "laptop trừ dell", filters={"brands": [each.value]})).total == each.count


@pytest.mark.parametrize(
    "words",
    [
        "tai nghe không dây", "tai nghe khong day sony", "chảo không gỉ", "no frost fridge", "without accents",
        "đèn ngoài",
        "not found", "điện thoại không", "có điện thoại không", "case without logo", "trừ", "bỏ túi laptop",
        "vỏ ngoài màu đen", "không quá 5 triệu",
    ],
)  # fmt: skip
async def test_other_words_rule_nothing_out(api: SearchApi, words: str) -> None:
    assert ruled_out(await search(api, words)) == []


async def test_what_nothing_else_fits_is_given_up_and_told(api: SearchApi, tmp_path: Path) -> None:
    results = await search(api, "hộp mực không phải brother")
    assert ids(results) == {"toner"}
    assert [(each.kind, each.label) for each in results.relaxed] == [("exclusion", "trừ Brother")]
