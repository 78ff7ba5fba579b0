"""Lists of products: words, filters, chips, more of them."""

from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from tests.web.markup import Page
from vici.domains.search.api import Sort
from vici.web.storefront.listing import PAGE, SHOWN_MAX, Listing, listing_of
from vici.web.storefront.site import Apis

names = st.text(min_size=1, max_size=20)
values = st.lists(names, max_size=3, unique=True).map(tuple)
listings: st.SearchStrategy[Listing] = st.builds(
    Listing,
    words=st.text(max_size=40).map(str.strip),
    categories=values,
    brands=values,
    shops=values,
    attributes=st.dictionaries(names, values.filter(bool), max_size=3),
    price_min=st.none() | st.integers(0, 10**12),
    price_max=st.none() | st.integers(0, 10**12),
    usual_currency=st.just("VND"),
    in_stock=st.booleans(),
    keep_words=values,
    correct=st.booleans(),
    sort=st.sampled_from(Sort),
    shown=st.integers(1, SHOWN_MAX // PAGE).map(lambda pages: pages * PAGE),
    cursor=st.none() | names,
).flatmap(
    # An address names another currency only where it holds a price.
    lambda listing: st.sampled_from(["VND", "USD", "KWD"] if listing.is_priced else ["VND"]).map(
        lambda currency: replace(listing, currency=currency)
    )
)


@given(listings)
def test_an_address_says_everything_about_a_list(listing: Listing) -> None:
    assert listing_of(QueryParams(listing.query()), "VND") == listing


@given(st.text(max_size=200), st.sampled_from(["VND", "USD"]))
def test_any_address_can_be_read(query: str, currency: str) -> None:
    listing = listing_of(QueryParams(query), currency)
    again = listing_of(QueryParams(listing.query()), currency)
    assert again == (listing if listing.is_priced else replace(listing, currency=currency))


@given(listings, st.data())
def test_a_filter_that_is_taken_back_leaves_the_others(listing: Listing, data: st.DataObject) -> None:
    chosen = [("brand", each) for each in listing.brands]
    chosen += [(f"attribute:{name}", each) for name, given in listing.attributes.items() for each in given]
    if not chosen:
        return
    field, value = data.draw(st.sampled_from(chosen))
    pairs = [pair for pair in listing.pairs() if pair[0] not in ("shown", "cursor")]
    left = listing.without(field, value).pairs()
    assert sorted(left) == sorted(pair for pair in pairs if pair != (field, value))


def test_a_price_may_be_typed_as_people_write_it() -> None:
    assert listing_of(QueryParams("price_max=2.500.000"), "VND").price_max == 2_500_000
    assert listing_of(QueryParams("price_max=19.99"), "USD").price_max == 1999
    assert listing_of(QueryParams("price_max=19.99&currency=USD"), "VND").price_max == 1999
    assert listing_of(QueryParams("price_max=rẻ&price_min="), "VND") == Listing()


async def shown(browser: httpx.AsyncClient, address: str, **headers: str) -> tuple[Page, httpx.Response]:
    answer = await browser.get(address, headers=headers)
    assert answer.status_code == 200
    return Page(answer.text), answer


async def test_filters_read_from_the_words_can_be_taken_back(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=trà+dưới+200k")
    assert "dưới 200.000 ₫" in page.text
    again, _ = await shown(browser, page.link("Bỏ lọc dưới 200.000 ₫"))
    assert "Bỏ lọc" not in str(again.tags)


async def test_a_corrected_spelling_is_told_and_can_be_insisted_on(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=tràa")
    assert "Đang hiện kết quả cho “trà”" in page.text
    insisted, _ = await shown(browser, page.link("exact=1"))
    assert "Có phải bạn tìm" in insisted.text
    assert "Chưa tìm thấy “tràa”" in insisted.text


async def test_what_was_given_up_is_said(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=trà+màu+tím")
    assert "Đã bỏ qua" in page.text
    assert "màu tím" in page.text


async def test_nothing_found_shows_ways_on(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/en/search?q=zebra")
    assert "Nothing found for “zebra”" in page.text
    assert "/en/categories/tea" in page.links()
    assert [each["data-vici-ask"] for each in page.all("button") if "data-vici-ask" in each] == ["zebra"]


async def test_a_chosen_filter_is_shown_and_can_be_removed(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=trà&brand=Sen&price_max=60000&in_stock=1")
    assert page.link("Bỏ lọc Sen") == "/search?q=tr%C3%A0&price_max=60000&in_stock=1"
    assert page.link("Bỏ lọc ≤ 60.000 ₫") == "/search?q=tr%C3%A0&brand=Sen&in_stock=1"
    boxes = [each for each in page.all("input") if each.get("type") == "checkbox" and each["name"] == "brand"]
    assert [(each["value"], "checked" in each) for each in boxes] == [("Sen", True)]


async def test_a_filter_that_no_facet_shows_is_still_sent_by_the_form(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?brand=Nobody&attribute:color=đỏ")
    hidden = {(each["name"], each["value"]) for each in page.all("input") if each.get("type") == "hidden"}
    assert {("brand", "Nobody"), ("attribute:color", "đỏ")} <= hidden


async def test_a_range_of_prices_is_a_link_and_keeps_the_rest(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=trà&brand=Sen")
    steps = [each for each in page.all("a") if each.get("id", "").startswith("f-price")]
    assert [each["href"] for each in steps] == [
        "/search?q=tr%C3%A0&brand=Sen&price_max=80000",
        "/search?q=tr%C3%A0&brand=Sen&price_min=80000",
    ]
    cheap, _ = await shown(browser, steps[0]["href"])
    assert [("aria-current" in each) for each in cheap.all("a") if each.get("id", "").startswith("f-price")] == [
        True,
        False,
    ]


async def test_more_is_a_real_address_and_a_piece_for_htmx(browser: httpx.AsyncClient) -> None:
    page, _ = await shown(browser, "/search?q=trà")
    (more,) = [each for each in page.all("a") if each.get("hx-target") == "#more"]
    longer, _ = await shown(browser, more["href"])
    assert len(longer.all("article")) == 2 * PAGE
    assert longer.all("article")[:PAGE] == page.all("article")
    piece, _ = await shown(browser, more["hx-get"], **{"HX-Request": "true", "HX-Target": "more"})
    assert piece.all("html") == []
    links = [each for each in piece.links() if each.startswith("/products/")]
    assert links == [each for each in longer.links() if each.startswith("/products/")][PAGE:]
    (next_more,) = [each for each in piece.all("a") if each.get("hx-target") == "#more"]
    whole, _ = await shown(browser, next_more["href"])
    assert len(whole.all("article")) == 61
    assert not [each for each in whole.all("a") if each.get("hx-target") == "#more"]


async def test_htmx_gets_the_results_with_the_address_to_show(browser: httpx.AsyncClient) -> None:
    asked = "/categories/tea?q=&price_min=&price_max=60000&brand=Sen"
    page, answer = await shown(browser, asked, **{"HX-Request": "true", "HX-Target": "results"})
    assert answer.headers["HX-Push-Url"] == "/categories/tea?brand=Sen&price_max=60000"
    assert page.all("html") == []
    assert [each["id"] for each in page.all("section")] == ["results"]
    assert {tag.attributes["id"] for tag in page.tags if "hx-swap-oob" in tag.attributes} == {"facets", "heard"}
    assert "HX-Request" in answer.headers["vary"]


async def test_a_category_searches_within_itself(browser: httpx.AsyncClient, apis: Apis) -> None:
    await shown(browser, "/categories/green%2Ftea?q=sen&sort=newest")
    asked = apis.search.asked[-1]  # type: ignore[attr-defined]
    assert (asked.words, asked.filters.category_ids, asked.sort) == ("sen", ("green/tea",), Sort.NEWEST)


async def test_suggestions_are_marked_where_they_match(browser: httpx.AsyncClient) -> None:
    page, answer = await shown(browser, "/en/suggest?q=sen")
    assert "Trà <mark>sen</mark>" in answer.text
    assert page.links() == ["/en/products/lotus/tea"]
    assert (await shown(browser, "/suggest?q="))[0].links() == []


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "a" * 900])
async def test_any_words_are_shown_as_they_were_typed(browser: httpx.AsyncClient, words: str) -> None:
    answer = await browser.get("/search", params={"q": words})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert words[:500] in page.text
    assert page.all("input")[0]["value"] == words[:500]
