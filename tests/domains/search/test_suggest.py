"""What is offered as one types, and what else there is like a product."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domains.search.shelves import OUT_OF_STOCK, PRODUCTS, ready
from vici.domains.search.api import FindSimilar, GetCards, NotIndexed, SearchApi, Suggest


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> SearchApi:
    return ready(tmp_path_factory.mktemp("suggest"))


async def offered(api: SearchApi, prefix: str, language: str = "vi", limit: int = 20) -> list[tuple[str, str]]:
    found = (await api.suggest(Suggest(prefix=prefix, language=language, limit=limit))).suggestions
    return [(each.kind, each.text) for each in found]


@pytest.mark.parametrize("prefix", ["lap", "Lap", "lapt", "laptop"])
async def test_categories_products_and_ways_to_go_on_are_offered(api: SearchApi, prefix: str) -> None:
    found = await offered(api, prefix)
    assert ("category", "Laptop") in found
    assert ("words", "laptop") in found
    assert ("product", "Laptop Dell Inspiron 15 i5/16GB/512GB") in found


async def test_brands_are_offered(api: SearchApi) -> None:
    assert ("brand", "Samsung") in await offered(api, "sam")
    assert ("brand", "Sony") in await offered(api, "sony")


@pytest.mark.parametrize("prefix", ["tai n", "tai ng", "Tai N"])
async def test_the_last_word_is_completed_after_those_before(api: SearchApi, prefix: str) -> None:
    found = await offered(api, prefix)
    assert ("words", "tai nghe") in found
    assert all("nghe" in text.lower() for kind, text in found if kind == "product")


@pytest.mark.parametrize("prefix", ["dien th", "điện th", "điện thoại"])
async def test_accents_are_not_needed_and_are_offered(api: SearchApi, prefix: str) -> None:
    found = await offered(api, prefix)
    assert ("words", "điện thoại") in found
    assert ("category", "Điện thoại") in found


async def test_names_are_offered_in_the_language_asked_for(api: SearchApi) -> None:
    assert ("category", "Phones") in await offered(api, "phon", language="en")
    assert ("category", "Phones") in await offered(api, "dien thoai", language="en")
    assert ("product", "iPhone 15 128GB phone") in await offered(api, "iph", language="en")


@pytest.mark.parametrize("prefix", ["", "   ", "qwxz", "!?"])
async def test_nothing_is_offered_for_nothing(api: SearchApi, prefix: str) -> None:
    assert await offered(api, prefix) == []


async def test_each_leads_to_its_page_and_shows_what_matched(api: SearchApi) -> None:
    found = (await api.suggest(Suggest(prefix="tai n", limit=20))).suggestions
    urls = {(each.kind, each.text): each.url for each in found}
    assert urls["category", "Tai nghe"] == "/categories/audio"
    assert urls["words", "tai nghe"] == "/search?q=tai%20nghe"
    assert urls["product", "Tai nghe không dây Sony WF-C700N"] == "/products/buds"
    for each in found:
        assert each.text[each.matched[0].start : each.matched[0].end].lower().startswith("tai")
    assert next(each.image_url for each in found if each.kind == "product").startswith("/images/")
    (brand,) = [each for each in (await api.suggest(Suggest(prefix="son"))).suggestions if each.kind == "brand"]
    assert brand.url == "/brands/Sony"


async def test_no_more_is_offered_than_asked_for(api: SearchApi) -> None:
    assert len(await offered(api, "l", limit=3)) == 3


@settings(max_examples=60, deadline=None)
@given(prefix=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30))
async def test_anything_can_be_typed(api: SearchApi, prefix: str) -> None:
    for each in (await api.suggest(Suggest(prefix=prefix))).suggestions:
        assert all(0 <= span.start < span.end <= len(each.text) for span in each.matched)


# Similar products


async def test_what_is_alike_comes_first_itself_left_out(api: SearchApi) -> None:
    hits = (await api.similar(FindSimilar(product_id="dell", limit=3))).hits
    assert {hit.card.product_id for hit in hits} <= {"acer", "asus", "hp", "bag", "sleeve"}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


async def test_what_is_out_of_stock_comes_last(api: SearchApi) -> None:
    hits = (await api.similar(FindSimilar(product_id="ip15", limit=50))).hits
    stocked = [hit.card.in_stock for hit in hits]
    assert stocked == sorted(stocked, reverse=True)
    assert {hit.card.product_id for hit in hits} >= OUT_OF_STOCK


async def test_only_what_is_similar_enough_is_told(api: SearchApi) -> None:
    hits = (await api.similar(FindSimilar(product_id="ip15", limit=50, min_score=0.4))).hits
    assert hits
    assert all(hit.score >= 0.4 for hit in hits)


async def test_neighbours_are_told_with_their_similarity(api: SearchApi) -> None:
    items = (await api.neighbours(FindSimilar(product_id="ip15", limit=3))).items
    assert items[0].product_id == "ip15pm"
    assert items[0].category == "Điện thoại"
    assert 0 < items[0].similarity_score <= 1


async def test_what_is_not_for_sale_has_nothing_similar(api: SearchApi) -> None:
    for ask in (api.similar, api.neighbours):
        with pytest.raises(NotIndexed):
            await ask(FindSimilar(product_id="never there"))


async def test_cards_come_in_the_order_asked_for(api: SearchApi) -> None:
    asked = ("tee", "never there", "dell", "tee")
    cards = (await api.cards(GetCards(product_ids=asked))).cards
    assert [card.product_id for card in cards] == ["tee", "dell", "tee"]
    assert len((await api.cards(GetCards(product_ids=tuple(each.product_id for each in PRODUCTS)))).cards) == len(
        PRODUCTS
    )
