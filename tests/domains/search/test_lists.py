"""In which order products are listed, page by page, and what one may narrow a list by."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.domains.search.asking import ids, search
from tests.domains.search.shelves import later, product, ready, shelved
from vici.domains.search.api import Filters, Results, SearchApi, Sort
from vici.kit.pages import BadCursor, cursor_for


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> SearchApi:
    return ready(tmp_path_factory.mktemp("search"))


# Order and pages


async def test_a_list_of_everything_shows_something_of_each_category_first(api: SearchApi) -> None:
    results = await search(api, limit=200)
    assert len({hit.card.category for hit in results.hits[:7]}) == 7
    in_stock = [hit.card.in_stock for hit in results.hits]
    assert in_stock == sorted(in_stock, reverse=True)


async def test_a_thing_comes_before_what_is_made_for_it(api: SearchApi) -> None:
    assert ids(await search(api, "iphone 15"))[:2] == ["ip15", "ip15pm"]
    assert ids(await search(api, "ốp lưng iphone 15"))[0] == "case15"


async def test_a_thing_is_found_by_another_of_its_names(api: SearchApi) -> None:
    assert set(ids(await search(api, "máy tính xách tay"))[:4]) == {"dell", "acer", "asus", "hp"}
    assert ids(await search(api, "headset không dây", language="en"))[0] == "buds"


async def test_lists_are_sorted_as_asked(api: SearchApi) -> None:
    laptops = Filters(category_ids=("laptops",))
    assert ids(await search(api, filters=laptops, sort=Sort.PRICE_LOW)) == ["hp", "dell", "acer", "asus"]
    assert ids(await search(api, filters=laptops, sort=Sort.PRICE_HIGH)) == ["asus", "acer", "dell", "hp"]
    names = [hit.card.name for hit in (await search(api, sort=Sort.NAME, limit=50)).hits]
    assert names[0].startswith("Áo thun cổ tròn")
    assert names[-1].startswith("Túi")


async def test_the_newest_come_first_and_without_words_what_can_be_had(tmp_path: Path) -> None:
    products = [
        product("old", "Đèn cũ", created_at=later(0)),
        product("new", "Đèn mới", created_at=later(9)),
        product("none", "Đèn hết", created_at=later(20)),
    ]
    domain = shelved(tmp_path, products, {"none": 0})
    await domain.start()
    assert ids(await search(domain.api, sort=Sort.NEWEST)) == ["none", "new", "old"]
    assert ids(await search(domain.api)) == ["new", "old", "none"]
    await domain.close()


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("words", ["", "laptop iphone đèn"])
async def test_pages_together_are_the_whole_list(api: SearchApi, sort: Sort, words: str) -> None:
    whole = await search(api, words, sort=sort, limit=200)
    paged: list[str] = []
    cursor: str | None = None
    while True:
        page = await search(api, words, sort=sort, limit=3, cursor=cursor)
        assert page.total == whole.total
        paged += ids(page)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert paged == ids(whole)
    assert len(paged) == whole.total


@pytest.mark.parametrize("sort", [Sort.PRICE_LOW, Sort.PRICE_HIGH, Sort.NEWEST, Sort.NAME])
@pytest.mark.parametrize("words", ["", "đèn"])
async def test_a_sorted_list_goes_on_where_it_was_whatever_came_or_went(tmp_path: Path, sort: Sort, words: str) -> None:
    def lamp(number: int) -> Any:
        # Two of each price, name and age: the ids decide between them.
        half = number // 2
        return product(f"{number:02}", f"Đèn {half:02}", 100_000 + half * 1000, created_at=later(half))

    async def ask(numbers: Iterable[int], limit: int, cursor: str | None = None) -> Results:
        domain = shelved(Path(mkdtemp(dir=tmp_path)), [lamp(number) for number in numbers])
        await domain.start()
        found = await search(domain.api, words, sort=sort, limit=limit, cursor=cursor)
        await domain.close()
        return found

    before = range(4, 30)
    whole, first = ids(await ask(before, 200)), await ask(before, 7)
    gone = {int(first.hits[at].card.product_id) for at in (0, 3, 6)}
    after = {*before, 0, 1, 30, 31} - gone
    rest = ids(await ask(after, 200, first.next_cursor))
    assert [each for each in rest if int(each) in before] == whole[7:]
    # What came stands where it belongs, or on the pages before.
    assert set(map(int, rest)) - set(before) in ({0, 1}, {30, 31})


@pytest.mark.parametrize(
    "cursor", ["nonsense", cursor_for("p1"), cursor_for(3, "x"), cursor_for("name", 3), cursor_for("relevance", -1)]
)
async def test_a_cursor_of_another_list_is_refused(api: SearchApi, cursor: str) -> None:
    with pytest.raises(BadCursor):
        await search(api, cursor=cursor)


async def test_a_cursor_belongs_to_its_order(api: SearchApi) -> None:
    low = await search(api, sort=Sort.PRICE_LOW, limit=2)
    for sort in set(Sort) - {Sort.PRICE_LOW}:
        with pytest.raises(BadCursor):
            await search(api, sort=sort, limit=2, cursor=low.next_cursor)


# Facets


async def test_facets_count_what_each_choice_would_leave(api: SearchApi) -> None:
    results = await search(api, facets=True, filters=Filters(category_ids=("shirts",)))
    facets = {
        facet.field: {value.value: (value.count, value.selected) for value in facet.values} for facet in results.facets
    }
    assert facets["attribute:Màu"] == {"Đen": (2, False), "Trắng": (1, False), "Đỏ": (1, False), "Xám": (1, False)}
    assert facets["category"]["shirts"] == (2, True)
    assert facets["category"]["laptops"] == (4, False), "its own filter is taken away for counting"
    assert facets["in_stock"] == {"true": (2, False)}


@pytest.mark.parametrize(
    "words",
    ["", "laptop gaming 16gb", "laptop", "điện thoại samsung", "tai nghe sony không dây", "áo thun đen", "iphone 15",
     "laptop gaming dưới 20 triệu", "đèn bàn ngủ"],
)  # fmt: skip
async def test_a_facet_value_leaves_as_many_as_it_says(api: SearchApi, words: str) -> None:
    results = await search(api, words, facets=True)
    for facet in results.facets:
        for value in facet.values:
            filters = _chosen(facet.field, value.value)
            assert (await search(api, words, filters=filters)).total == value.count, (facet.field, value)


def _chosen(field: str, value: str) -> Filters:
    match field:
        case "category":
            return Filters(category_ids=(value,))
        case "brand":
            return Filters(brands=(value,))
        case "shop":
            return Filters(shop_ids=(value,))
        case "in_stock":
            return Filters(in_stock=True)
        case "price":
            low, _, high = value.partition("-")
            return Filters(price_min=int(low), price_max=int(high) if high else None)
        case _:
            return Filters(attributes={field.removeprefix("attribute:"): (value,)})
