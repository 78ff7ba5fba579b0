"""Routes over the search: for everyone."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.responses import Response

from vici.domains.search.api import (
    Card,
    Chip,
    Correction,
    Facet,
    Filters,
    FindSimilar,
    Hit,
    Language,
    Neighbours,
    Relaxation,
    Results,
    SearchApi,
    SearchProducts,
    Sort,
    Span,
    Suggest,
    Suggestions,
    Words,
)
from vici.kit.dto import Key, Line
from vici.kit.money import Currency, Minor

ATTRIBUTE, NOT_ATTRIBUTE = "attr.", "not_attr."

Lang = Annotated[
    Language, Query(description="Of names and labels in the answer; the words may be in any.", examples=["vi", "en"])
]


class Item(Card):
    """A product that was found: its card, and why it stands here."""

    score: float = Field(description="Comparable within one answer only.")
    matched: tuple[Span, ...] = Field(description="Where the words stand in `name`.")
    snippet: str | None = Field(description="A piece of the description, where the name alone does not explain it.")
    snippet_matched: tuple[Span, ...] = ()


class SearchAnswer(BaseModel):
    items: tuple[Item, ...]
    total: int
    next_cursor: str | None = Field(description="Ask for the next page with it; absent on the last.")
    words: str = Field(description="What was searched for, the words read as filters taken out.")
    applied: Filters = Field(description="The filters in effect: the request's and those read from the words.")
    chips: tuple[Chip, ...] = Field(description="The filters read from the words; `keep=<chip_id>` takes one back.")
    correction: Correction | None
    relaxed: tuple[Relaxation, ...] = Field(description="What was given up, because nothing fitted.")
    facets: tuple[Facet, ...]


class SimilarAnswer(BaseModel):
    items: tuple[Item, ...]


def routes(api: SearchApi) -> APIRouter:
    routes = APIRouter(tags=["search"])

    @routes.get(
        "/api/v1/products/search",
        summary="Find products by words and filters",
        response_model=SearchAnswer,
        description=(
            "Words in Vietnamese or English, with or without accents, with slips, model numbers, SKUs and barcodes. "
            "Price limits, categories, brands, colours and `còn hàng` are read from them and answered as `chips`. "
            "Further filters by attribute or option: `attr.<name>=<value>`, as in `attr.Màu=Đen`; repeated, any of the "
            "values will do; `not_attr.<name>=<value>` rules one out. Prices are in minor units of `currency`."
        ),
    )
    async def search(  # pyright: ignore[reportUnusedFunction]
        request: Request,
        q: Annotated[Words, Query(description="Empty lists everything.", examples=["laptop dưới 20 triệu"])] = "",
        category: Annotated[tuple[Key, ...], Query(description="Ids; those below one count, too.")] = (),
        brand: Annotated[tuple[Line, ...], Query(examples=["Samsung"])] = (),
        shop: Annotated[tuple[Key, ...], Query(description="Ids of shops.")] = (),
        not_category: Annotated[tuple[Key, ...], Query(description="Ids of what is not wanted.")] = (),
        not_brand: Annotated[tuple[Line, ...], Query(description="What is not wanted.", examples=["Samsung"])] = (),
        price_min: Annotated[Minor | None, Query(examples=[5000000])] = None,
        price_max: Annotated[Minor | None, Query(examples=[20000000])] = None,
        currency: Annotated[Currency | None, Query(description="Of the prices; the shop's own when absent.")] = None,
        in_stock: bool | None = None,
        keep: Annotated[tuple[str, ...], Query(description="Ids of chips not to be filters.")] = (),
        correct: Annotated[bool, Query(description="False searches for the words exactly as typed.")] = True,
        sort: Sort = Sort.RELEVANCE,
        facets: Annotated[bool, Query(description="Count what one may narrow the list by.")] = False,
        cursor: Annotated[
            str | None,
            Query(
                description="The answer's `next_cursor`, with the same parameters. Sorted by price, age or name the "
                "list goes on behind the product last shown, whatever came or went since; by relevance it counts the "
                "products shown, so one may come twice or be passed over where the index changed in between."
            ),
        ] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 24,
        lang: Lang = "vi",
    ) -> Response:
        try:
            filters = Filters(
                category_ids=category,
                brands=brand,
                shop_ids=shop,
                attributes=_attributes(request, ATTRIBUTE),
                not_category_ids=not_category,
                not_brands=not_brand,
                not_attributes=_attributes(request, NOT_ATTRIBUTE),
                price_min=price_min,
                price_max=price_max,
                currency=currency,
                in_stock=in_stock,
            )
        except ValidationError as error:  # only the names and values of attributes are not checked before
            raise RequestValidationError(error.errors(include_url=False)) from None
        asked = SearchProducts(
            words=q,
            language=lang,
            filters=filters,
            keep_words=keep,
            correct=correct,
            sort=sort,
            facets=facets,
            cursor=cursor,
            limit=limit,
        )
        return _json(_answer(await api.search(asked)))

    @routes.get("/api/v1/products/suggest", summary="What to offer as one types", response_model=Suggestions)
    async def suggest(  # pyright: ignore[reportUnusedFunction]
        q: Annotated[Words, Query(description="What is typed so far.", examples=["tai n"])] = "",
        limit: Annotated[int, Query(ge=1, le=20)] = 8,
        lang: Lang = "vi",
    ) -> Response:
        return _json(await api.suggest(Suggest(prefix=q, language=lang, limit=limit)))

    @routes.get(
        "/api/v1/products/{product_id}/similar",
        summary="What else there is like a product",
        description="Nearest first; what is out of stock comes last.",
        response_model=SimilarAnswer,
    )
    async def similar(  # pyright: ignore[reportUnusedFunction]
        product_id: Key,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
        min_score: Annotated[float, Query(ge=0, le=1)] = 0.0,
        lang: Lang = "vi",
    ) -> Response:
        asked = FindSimilar(product_id=product_id, language=lang, limit=limit, min_score=min_score)
        return _json(SimilarAnswer(items=tuple(map(_item, (await api.similar(asked)).hits))))

    @routes.get(
        "/recommendations/{product_id}/similar",
        summary="The nearest products by their vectors",
        description="With the similarity (1 is the same), best first, whether in stock or not.",
        response_model=Neighbours,
        tags=["recommendations"],
    )
    async def neighbours(  # pyright: ignore[reportUnusedFunction]
        product_id: Key,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
        min_score: Annotated[float, Query(ge=0, le=1)] = 0.0,
    ) -> Response:
        return _json(await api.neighbours(FindSimilar(product_id=product_id, limit=limit, min_score=min_score)))

    return routes


def _attributes(request: Request, prefix: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in request.query_params.multi_items():
        if name.startswith(prefix):
            attribute = name.removeprefix(prefix)
            found[attribute] = (*found.get(attribute, ()), value)
    return found


def _answer(results: Results) -> SearchAnswer:
    return SearchAnswer(
        items=tuple(map(_item, results.hits)),
        total=results.total,
        next_cursor=results.next_cursor,
        words=results.words,
        applied=results.applied,
        chips=results.chips,
        correction=results.correction,
        relaxed=results.relaxed,
        facets=results.facets,
    )


def _item(hit: Hit) -> Item:
    told: dict[str, Any] = {name: getattr(hit.card, name) for name in Card.model_fields}
    return Item.model_construct(
        **told, score=hit.score, matched=hit.matched, snippet=hit.snippet, snippet_matched=hit.snippet_matched
    )


def _json(answer: BaseModel) -> Response:
    # Made of our own frozen values: checking them against the schema once more would cost more than the search.
    return Response(answer.model_dump_json(), media_type="application/json")
