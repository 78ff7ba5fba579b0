"""What a search answers: products, filters read from the words, what it gave up, what one may narrow it by."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domains.search.asking import ids, search
from tests.domains.search.shelves import PRODUCTS, colored, english, product, ready, shelved
from vici.domains.search.api import Filters, Results, SearchApi, SearchProducts


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> SearchApi:
    return ready(tmp_path_factory.mktemp("search"))


def chips(results: Results) -> list[tuple[str, str]]:
    return [(chip.kind, chip.label) for chip in results.chips]


# Words


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("iphone 15", "ip15"),
        ("iphone15", "ip15"),
        ("iphone 15 pro max", "ip15pm"),
        ("dien thoai samsung a16", "a16"),
        ("op lung iphone 15", "case15"),
        ("ốp lưng a16", "casea16"),
        ("clear iphone case", "case15"),
        ("tn2110", "toner"),
        ("tn 2110", "toner"),
        ("TN-2110", "toner"),
        ("hop muc bother", "toner"),
        ("BRO.TN2110-BK", "toner"),
        ("bro tn2110 bk", "toner"),
        ("0012502615620", "toner"),
        ("12502615620", "toner"),
        ("wh1000xm5", "studio"),
        ("tai nhge khong day", "buds"),
        ("tainghe khongday", "buds"),
        ("lap top gaming", "acer"),
        ("lap gaming", "acer"),
        ("iphnoe 15", "ip15"),
        ("balo laptop", "bag"),
        ("đèn bàn", "lamp-desk"),
    ],
)
async def test_it_is_found_however_it_is_typed(api: SearchApi, words: str, first: str) -> None:
    assert ids(await search(api, words))[:1] == [first]


async def test_the_thing_comes_before_what_goes_with_it(api: SearchApi) -> None:
    found = ids(await search(api, "laptop"))
    assert set(found[:4]) == {"dell", "acer", "asus", "hp"}
    assert ids(await search(api, "samsung galaxy a16"))[0] == "a16"


async def test_nothing_is_found_for_words_the_shop_does_not_know(api: SearchApi) -> None:
    results = await search(api, "qwxzvj")
    assert (results.hits, results.total, results.relaxed) == ((), 0, ())


async def test_a_slip_is_told_with_what_was_searched_for_instead(api: SearchApi) -> None:
    results = await search(api, "điện thoại samsng")
    assert results.correction is not None
    assert (results.correction.original, results.correction.corrected) == ("điện thoại samsng", "điện thoại samsung")
    assert results.correction.applied
    insisted = await search(api, "điện thoại samsng", correct=False)
    assert insisted.correction is None


@pytest.mark.parametrize("words", ["xyzzy tre", "qwop zzyx balp"])
async def test_a_correction_that_leaves_most_words_unknown_is_none(api: SearchApi, words: str) -> None:
    results = await search(api, f"{words[:-1]}p", language="en")
    assert (results.correction, results.total) == (None, 0)


async def test_a_long_word_is_put_right_beside_one_that_is_unknown(api: SearchApi) -> None:
    results = await search(api, "oneplus samsng")
    assert results.correction is not None
    assert [each.label for each in results.relaxed] == ["oneplus"]


@pytest.mark.parametrize("words", ["size", "mom", "dad", "frost", "fridge", "blender", "want"])
async def test_words_of_the_language_are_no_slips(tmp_path: Path, words: str) -> None:
    near = ["Side", "Mot", "Dan", "Front", "Bridge", "Bender", "Wang"]
    domain = shelved(tmp_path, [product(f"{each}-{n}", f"{each} lamp {n}") for each in near for n in range(5)])
    await domain.start()
    results = await search(domain.api, f"lamp {words}", language="en")
    slip = await search(domain.api, "lamp bridgf", language="en")
    await domain.close()
    assert results.correction is None
    assert slip.correction is not None


async def test_a_model_the_shop_lacks_is_told_and_others_shown(tmp_path: Path) -> None:
    phones = [product(f"ip{n}", f"Điện thoại iPhone {n}", 9_000_000, "phones", brand="Apple") for n in range(14, 18)]
    holders = [
        product(f"h{n}", f"Giá đỡ ô tô {n}", category="bags", description="Hợp iPhone 12 trở lên, iPhone12 Pro Max")
        for n in range(3)
    ]
    cases = [product(f"c{n}", f"Ốp lưng cho iPhone {n}", category="cases") for n in range(14, 18)]
    domain = shelved(tmp_path, [*phones, *holders, *cases])
    await domain.start()
    lacking = await search(domain.api, "điện thoại 12")
    branded = await search(domain.api, "apple 12")
    there = await search(domain.api, "điện thoại 15")
    holder = await search(domain.api, "giá đỡ cho iphone 12")
    await domain.close()
    for each in (lacking, branded):
        assert [(given.kind, given.label) for given in each.relaxed] == [("words", "12")]
        assert set(ids(each)) == {"ip14", "ip15", "ip16", "ip17"}
    assert ids(there)[0] == "ip15"
    assert there.relaxed == ()
    assert set(ids(holder)[:3]) == {"h0", "h1", "h2"}


async def test_marks_count_code_points(tmp_path: Path) -> None:
    domain = shelved(tmp_path, [product("lamp", "🎄🎄 Đèn ngủ")])
    await domain.start()
    (hit,) = (await search(domain.api, "đèn")).hits
    await domain.close()
    assert [hit.card.name[span.start : span.end] for span in hit.matched] == ["Đèn"]


async def test_accents_are_highlighted_as_they_were_meant(api: SearchApi) -> None:
    def marked(results: Results, product_id: str) -> list[str]:
        (hit,) = [each for each in results.hits if each.card.product_id == product_id]
        return [hit.card.name[span.start : span.end] for span in hit.matched]

    assert marked(await search(api, "đèn bàn"), "lamp-desk") == ["Đèn bàn"]
    assert marked(await search(api, "den ban"), "lamp-desk") == ["Đèn bàn"]
    assert marked(await search(api, "iphone15"), "ip15") == ["iPhone 15"]


async def test_what_the_name_does_not_show_is_shown_from_the_description(api: SearchApi) -> None:
    (hit,) = (await search(api, "đèn chao vải lanh")).hits
    assert hit.snippet is not None
    assert [hit.snippet[span.start : span.end] for span in hit.snippet_matched] == ["chao vải lanh"]
    (plain,) = (await search(api, "tn2110")).hits
    assert plain.snippet is None


# Filters read from words


async def test_a_price_limit_is_read_and_shown(api: SearchApi) -> None:
    results = await search(api, "laptop dưới 15 triệu")
    assert set(ids(results)) == {"dell", "hp"}
    assert ("price", "dưới 15.000.000 ₫") in chips(results)
    assert (results.applied.price_max, results.applied.currency) == (15_000_000, "VND")


async def test_a_chip_taken_back_leaves_its_words_to_be_searched_for(api: SearchApi) -> None:
    price = next(chip for chip in (await search(api, "laptop dưới 15 triệu")).chips if chip.kind == "price")
    results = await search(api, "laptop dưới 15 triệu", keep_words=(price.chip_id,))
    assert "price" not in [chip.kind for chip in results.chips]
    assert results.applied.price_max is None
    assert "15" in results.words


async def test_bare_amounts_mean_what_buys_something_here(api: SearchApi) -> None:
    assert (await search(api, "laptop under 15")).applied.price_max == 15_000_000
    assert (await search(api, "ốp lưng dưới 100")).applied.price_max == 100_000
    assert (await search(api, "laptop trên 15")).applied.price_min == 15_000_000


async def test_prices_in_another_currency_are_compared_in_it(api: SearchApi) -> None:
    results = await search(api, "hộp mực under $40")
    assert ids(results) == ["toner"]
    card = results.hits[0].card
    assert (card.price_minor, card.currency) == (3_500, "USD")


async def test_a_brand_is_read_when_the_best_answers_are_of_it(api: SearchApi) -> None:
    results = await search(api, "tai nghe sony")
    assert ("brand", "Sony") in chips(results)
    assert set(ids(results)) == {"buds", "studio"}
    assert ("brand", "Samsung") not in chips(await search(api, "ốp lưng samsung"))


async def test_a_category_is_read_by_any_of_its_names(api: SearchApi) -> None:
    assert ("category", "Laptop") in chips(await search(api, "laptop"))
    assert ("category", "Điện thoại") in chips(await search(api, "phones"))
    assert ("category", "Laptops") in chips(await search(api, "laptop", language="en"))
    assert ("category", "Laptop") not in chips(await search(api, "balo laptop"))


async def test_a_color_is_read_with_its_accents(api: SearchApi) -> None:
    results = await search(api, "áo thun đỏ")
    assert ("attribute", "Đỏ") in chips(results)
    assert ids(results) == ["tee"]
    assert results.applied.attributes == {"Màu": ("Đỏ",)}
    assert set(ids(await search(api, "áo thun đen"))) == {"tee", "tee-long"}


async def test_a_color_in_a_name_counts_where_the_attribute_is_missing(tmp_path: Path) -> None:
    facts = [colored(f"lamp-{n}", ["Đen"], 100_000) for n in range(8)]
    products = [product(f"lamp-{n}", "Đèn bàn màu đen", **each) for n, each in enumerate(facts)]
    domain = shelved(tmp_path, [*products, product("bare", "Đèn bàn màu đen"), product("white", "Đèn bàn màu trắng")])
    await domain.start()
    results = await search(domain.api, "đèn bàn đen")
    assert ("attribute", "Đen") in chips(results)
    assert set(ids(results)) == {"bare", *(each.product_id for each in products)}
    await domain.close()


async def test_what_is_called_so_belongs_to_a_category_that_is_read_wherever_it_is_filed(tmp_path: Path) -> None:
    headphones = [product(f"h{n}", f"Tai nghe chụp tai số {n}", 500_000, "audio") for n in range(9)]
    others = [
        product("gaming", "Tai nghe gaming có micro", 900_000, "bags"),
        product("stand", "Giá treo tai nghe", 90_000, "bags"),
    ]
    domain = shelved(tmp_path, [*headphones, *others])
    await domain.start()
    results = await search(domain.api, "tai nghe")
    assert ("category", "Tai nghe") in chips(results)
    assert set(ids(results)) == {"gaming", *(each.product_id for each in headphones)}
    await domain.close()


async def test_stock_is_read(api: SearchApi) -> None:
    results = await search(api, "điện thoại samsung còn hàng")
    assert ("stock", "Còn hàng") in chips(results)
    assert ids(results) == ["a16"]
    assert results.applied.in_stock


async def test_the_words_that_remain_are_told(api: SearchApi) -> None:
    assert (await search(api, "laptop gaming dưới 20 triệu")).words == "gaming"


# Filters of the request


async def test_given_filters_hold_and_of_several_values_any(api: SearchApi) -> None:
    brands = await search(api, filters=Filters(brands=("sony", "DELL")))
    assert set(ids(brands)) == {"buds", "studio", "dell"}
    colors = await search(api, filters=Filters(attributes={"màu": ("đen",)}))
    assert set(ids(colors)) == {"tee", "tee-long", "lamp-night"}
    both = await search(api, filters=Filters(attributes={"MAU": ("xám", "Đỏ")}, category_ids=("shirts",)))
    assert set(ids(both)) == {"tee", "tee-long"}
    assert set(ids(await search(api, filters=Filters(in_stock=False)))) == {"s25", "lamp-desk"}
    assert (await search(api, filters=Filters(shop_ids=("nowhere",)))).total == 0


async def test_a_filter_of_the_request_wins_over_one_of_the_words(api: SearchApi) -> None:
    results = await search(api, "tai nghe sony", filters=Filters(brands=("Moondrop",)))
    assert results.applied.brands == ("Moondrop",)


async def test_numbers_and_truth_values_filter_by_their_written_form(api: SearchApi) -> None:
    assert ids(await search(api, filters=Filters(attributes={"Pin (giờ)": ("30",)}))) == ["studio"]
    assert ids(await search(api, filters=Filters(attributes={"bluetooth": ("false",)}))) == ["wired"]


async def test_options_are_called_and_found_in_the_shoppers_language(tmp_path: Path) -> None:
    mug = product(
        "mug",
        "Cốc gốm",
        translations=english("Mug", options={"Màu": "Colour", "Đỏ": "Red", "Đen": "Black"}),
        **colored("mug", ["Đỏ", "Đen"], 90_000),
    )
    bowl = product(
        "bowl",
        "Tô gốm",
        translations=english("Bowl", options={"Màu": "Colour", "Đen": "Black"}),
        **colored("bowl", ["Đen"], 90_000),
    )
    shelf = shelved(tmp_path, [mug, bowl])
    await shelf.start()
    results = await search(shelf.api, "red mug", language="en", facets=True)
    vietnamese = await search(shelf.api, facets=True)
    await shelf.close()
    assert ids(results)[0] == "mug"
    colors = next(each for each in results.facets if each.field == "attribute:Màu")
    assert (colors.label, {(each.value, each.label) for each in colors.values}) == (
        "Colour",
        {("Đỏ", "Red"), ("Đen", "Black")},
    )
    assert "Màu" in [each.label for each in vietnamese.facets]


# What is given up


async def test_what_nothing_fits_is_given_up_in_order_and_told(api: SearchApi) -> None:
    results = await search(api, "laptop dưới 1 triệu còn hàng")
    assert set(ids(results)) == {"dell", "acer", "asus", "hp"}
    assert [(each.kind, each.label) for each in results.relaxed] == [("price", "dưới 1.000.000 ₫")]
    assert results.applied.price_max is None
    assert results.applied.in_stock, "what is not to blame is kept"


async def test_words_no_product_has_are_told(api: SearchApi) -> None:
    results = await search(api, "tai nghe sony vàng")
    assert [(each.kind, each.label) for each in results.relaxed] == [("words", "vàng")]
    assert {"buds", "studio"} <= set(ids(results))


async def test_what_the_words_ask_for_is_given_up_before_what_the_shopper_chose(api: SearchApi) -> None:
    chosen = Filters(price_max=10_000_000, currency="VND")
    results = await search(api, "laptop asus dưới 20 triệu", filters=chosen)
    assert ids(results)[0] == "hp", "the one laptop at that price"
    assert results.applied.price_max == 10_000_000
    assert not any(each.chosen for each in results.relaxed)


async def test_a_chosen_filter_that_leaves_nothing_is_told_apart(api: SearchApi) -> None:
    results = await search(api, "tai nghe", filters=Filters(category_ids=("lamps",), in_stock=True))
    assert [(each.kind, each.chosen) for each in results.relaxed] == [("category", True)]
    assert results.applied.category_ids == ()
    assert results.applied.in_stock, "what is not to blame is kept"
    assert "buds" in ids(results)


async def test_words_that_fit_little_still_keep_to_a_chosen_filter(api: SearchApi) -> None:
    results = await search(api, "ốp lưng trong suốt iphone 15", filters=Filters(category_ids=("phones",)))
    assert ids(results)[0] == "ip15"
    assert {hit.card.category for hit in results.hits} == {"Điện thoại"}
    assert not any(each.chosen for each in results.relaxed)


async def test_a_plain_list_gives_nothing_up(api: SearchApi) -> None:
    results = await search(api, filters=Filters(brands=("Nobody",)))
    assert (results.total, results.relaxed) == (0, ())


# Cards


async def test_a_card_shows_the_product_in_the_language_asked_for(api: SearchApi) -> None:
    (hit,) = (await search(api, "tn2110", language="en")).hits
    assert hit.card.name == "Hộp mực Brother TN-2110", "its own name where there is no other"
    card = (await search(api, "ip15", language="en")).hits[0].card
    assert (card.name, card.category, card.brand) == ("iPhone 15 128GB phone", "Phones", "Apple")
    assert (card.url, card.image_url, card.shop_name) == ("/products/ip15", "/images/ip15.svg", "Chợ Nhỏ")


async def test_a_card_spans_the_prices_of_all_variants_and_counts_their_stock(api: SearchApi) -> None:
    card = next(hit.card for hit in (await search(api, "áo thun cổ tròn")).hits)
    assert (card.price_minor, card.price_max_minor, card.currency) == (199_000, 219_000, "VND")
    assert (card.available, card.in_stock) == (15, True)


async def test_the_same_question_gets_the_same_answer(api: SearchApi) -> None:
    request = SearchProducts(words="tai nghe sony dưới 7 triệu", facets=True)
    assert await api.search(request) == await api.search(request)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60),
    facets=st.booleans(),
)
async def test_any_words_are_answered(api: SearchApi, words: str, facets: bool) -> None:
    results = await search(api, words, facets=facets)
    assert len(results.hits) <= results.total <= len(PRODUCTS)
    assert all(one.score >= other.score for one, other in pairwise(results.hits))
