"""What others may ask of the search."""

from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import AwareDatetime, Field, StringConstraints

from vici.kit.dto import NO_NUL, Dto, Key, Line
from vici.kit.errors import Refusal, Why
from vici.kit.money import Currency, Minor

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_NUL)]
"""What a shopper typed."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Sort(StrEnum):
    RELEVANCE = "relevance"
    PRICE_LOW = "price_low"
    PRICE_HIGH = "price_high"
    NEWEST = "newest"
    NAME = "name"


class Filters(Dto):
    """Everything given must hold; of several values of one field, any."""

    category_ids: tuple[Key, ...] = ()
    """A category stands for those below it too."""
    brands: tuple[Line, ...] = ()
    shop_ids: tuple[Key, ...] = ()
    attributes: dict[Line, tuple[Line, ...]] = {}
    """By name of an attribute or a variant option: `{"color": ["đen", "trắng"]}`. Letter case and accents do not
    matter."""
    not_category_ids: tuple[Key, ...] = ()
    """None of these, nor of those below them."""
    not_brands: tuple[Line, ...] = ()
    not_attributes: dict[Line, tuple[Line, ...]] = {}
    """Nothing that comes in these alone: what is to be had in black and in red is not ruled out by black."""
    price_min: Minor | None = None
    price_max: Minor | None = None
    currency: Currency | None = None
    """Of the price bounds; the shop's own when absent."""
    in_stock: bool | None = None


class SearchProducts(Dto):
    words: Words = ""
    """Empty lists everything that passes the filters."""
    language: Language = "vi"
    """Of the names in the answer; what the words are written in is worked out from them."""
    filters: Filters = Filters()
    keep_words: tuple[str, ...] = ()
    """Ids of chips the shopper took away: these words are searched for, not read as filters."""
    correct: bool = True
    """False after the shopper insisted on the spelling."""
    sort: Sort = Sort.RELEVANCE
    facets: bool = False
    cursor: str | None = None
    """The `next_cursor` of the same request. Sorted by price, age or name the list goes on behind the product last
    shown, whatever came or went since; by relevance it counts the products shown, so that one may be shown twice or
    passed over where the index changed in between."""
    limit: Annotated[int, Field(ge=1, le=200)] = 24


class Card(Dto):
    """A product as lists and carousels show it. Every figure is of the indexed version of the product and its stock."""

    product_id: Key
    name: Line
    brand: Line | None
    category: Line | None
    shop_id: Key
    shop_name: Line
    price_minor: Minor
    """The lowest of the variants' prices, in `currency`."""
    price_max_minor: Minor
    original_price_minor: Minor | None
    currency: Currency
    in_stock: bool
    available: int
    """Of all variants together."""
    url: str
    """Of its page: `/products/<id>`, percent-encoded. Pages in other languages put their prefix before it."""
    image_url: str | None
    version: int


class Span(Dto):
    """A part of a text that matched, from `start` up to, not including, `end`, in Unicode code points of the text as it
    is sent. (In JavaScript `[...text].slice(start, end)`: its strings count UTF-16 units, which differ behind an
    emoji.)"""

    start: int
    end: int


class Hit(Dto):
    card: Card
    score: float
    """Comparable within one answer only."""
    matched: tuple[Span, ...] = ()
    """In the card's name."""
    snippet: str | None = None
    """The piece of the description that matched best, when the name alone does not explain the hit."""
    snippet_matched: tuple[Span, ...] = ()


class Chip(Dto):
    """A filter that was read from the words, to be shown and taken back."""

    chip_id: str
    """Put into `keep_words` to take it back. The words of an exclusion are then passed over, those of others searched
    for."""
    kind: Literal["price", "category", "brand", "shop", "attribute", "stock", "exclusion"]
    """`exclusion`: a category, a brand or a value of an attribute that is not wanted."""
    label: str
    """In the language of the request: `dưới 20.000.000 ₫`, `trừ Samsung`."""
    words: str
    """The words it was read from."""


class FacetValue(Dto):
    value: str
    label: str
    count: int
    """Products that would be left, the other filters kept."""
    selected: bool


class Facet(Dto):
    field: str
    """`category`, `brand`, `shop`, `price`, `in_stock`, or `attribute:<name>`."""
    label: str
    values: tuple[FacetValue, ...]


class Correction(Dto):
    """How the words were spelt, and what was searched for instead."""

    original: str
    corrected: str
    applied: bool
    """False: searched as typed, shown as `did you mean`."""


class Relaxation(Dto):
    """Something that was asked for and given up because nothing fitted."""

    kind: Literal["attribute", "stock", "price", "exclusion", "brand", "category", "shop", "words"]
    label: str
    chosen: bool = False
    """The request itself named this filter. Nothing that fits the words passes it: what is shown instead has to be told
    apart from an answer."""


class Results(Dto):
    hits: tuple[Hit, ...]
    total: int
    next_cursor: str | None
    words: str
    """What was searched for, the words read as filters taken out."""
    applied: Filters
    """The request's filters and those read from the words, less what was relaxed."""
    chips: tuple[Chip, ...]
    correction: Correction | None
    relaxed: tuple[Relaxation, ...]
    facets: tuple[Facet, ...]


class Suggest(Dto):
    prefix: Words
    language: Language = "vi"
    limit: Annotated[int, Field(ge=1, le=20)] = 8


class Suggestion(Dto):
    kind: Literal["words", "product", "category", "brand"]
    text: str
    matched: tuple[Span, ...]
    url: str
    """`/products/<id>`, `/categories/<id>`, `/brands/<name>` or `/search?q=<words>`, percent-encoded."""
    image_url: str | None = None


class Suggestions(Dto):
    suggestions: tuple[Suggestion, ...]


class FindSimilar(Dto):
    product_id: Key
    language: Language = "vi"
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    min_score: Annotated[float, Field(ge=0, le=1)] = 0.0


class Neighbour(Dto):
    """A product whose vector is close to another's."""

    product_id: Key
    similarity_score: Annotated[float, Field(ge=0, le=1)]
    """1 is the same direction."""
    name: str
    category: str | None
    embedding_updated_at: AwareDatetime


class Neighbours(Dto):
    items: tuple[Neighbour, ...]


class GetCards(Dto):
    product_ids: tuple[Key, ...] = Field(max_length=200)
    language: Language = "vi"


class Cards(Dto):
    cards: tuple[Card, ...]


class NotIndexed(Refusal):
    code = "search.not_indexed"
    why = Why.UNKNOWN
    message = "The product {product_id!r} is not for sale."


class SearchApi(Protocol):
    async def search(self, request: SearchProducts) -> Results:
        """Only available products. The same request on the same index gives the same answer."""
        ...

    async def suggest(self, request: Suggest) -> Suggestions:
        """As one types: an empty prefix suggests nothing."""
        ...

    async def similar(self, request: FindSimilar) -> Results:
        """What else the shop has like this one, best first, itself left out; those in stock before those that are
        not."""
        ...

    async def neighbours(self, request: FindSimilar) -> Neighbours:
        """The same by the vectors alone, whether in stock or not."""
        ...

    async def cards(self, request: GetCards) -> Cards:
        """In the order asked for; what is not available is left out."""
        ...
