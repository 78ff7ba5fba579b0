"""What others may ask of the catalogue."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field, FiniteFloat, StringConstraints

from vici.kit.dto import NO_NUL, Dto, Key, Line, LongText
from vici.kit.errors import Refusal, Why
from vici.kit.money import Currency, Minor
from vici.kit.pages import Page, PageLimit

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""ISO 639-1: `vi`, `en`."""

ImageUrl = Annotated[str, StringConstraints(max_length=2000, pattern=r"^(https?://[^\s\x00]+|/[^\s\x00]*)$")]
"""An address on the web (https, for pages show no other), or a path of this shop such as `/images/p1.svg`."""

AttributeValue = (
    bool
    | Annotated[int, Field(ge=-(2**63), lt=2**63)]
    | FiniteFloat
    | Annotated[str, StringConstraints(max_length=10_000, pattern=NO_NUL)]
)

Attributes = Annotated[dict[Line, AttributeValue], Field(max_length=500)]
"""Named facts, in the order they are shown."""


VARIANTS_MAX = 200
"""Of one product."""


class Status(StrEnum):
    DRAFT = "draft"
    AVAILABLE = "available"
    DISCONTINUED = "discontinued"


class Price(Dto):
    """What one unit costs in one currency, in minor units."""

    currency: Currency
    amount_minor: Minor
    original_minor: Minor | None = None
    """The price before the discount; absent when there is none. Never below `amount_minor`, and only where that is
    above 0."""


class Variant(Dto):
    """What is actually sold: one colour, size or storage of a product, with its own SKU, price and stock."""

    variant_id: Key
    """Like the SKU and the barcode, it names one variant in the whole catalogue."""
    sku: Key | None = None
    barcode: Key | None = None
    options: dict[Line, Line] = {}
    """One value for each of the product's options: `{"color": "Đen", "storage": "256 GB"}`. No two variants of a
    product have the same."""
    prices: tuple[Price, ...] = Field(min_length=1, max_length=20)
    """One for each currency, the same currencies in the same order for all variants of a product; the first is the one
    to show where none is asked for."""
    image_url: ImageUrl | None = None


class Translation(Dto):
    """The product's texts in another language; what is absent falls back to the product's own."""

    name: Line | None = None
    short_description: LongText | None = None
    description: LongText | None = None
    attributes: Attributes = {}
    """Name and value as that language writes them, shown instead of the product's own."""
    options: Annotated[dict[Line, Line], Field(max_length=500)] = {}
    """How that language writes names and values of options: `{"Màu": "Colour", "Đen": "Black"}`. Only for showing:
    variants are told apart by the product's own."""


class CategoryRef(Dto):
    category_id: Key
    names: dict[Language, Line]


class Product(Dto):
    product_id: Key
    version: int
    """Grows by one with every change."""
    status: Status
    shop_id: Key
    shop_name: Line
    brand: Line | None
    categories: tuple[CategoryRef, ...]
    """From the widest to the narrowest, at most three; empty when it stands in none."""
    language: Language
    """Of `name`, the descriptions and the attributes."""
    name: Line
    short_description: LongText
    description: LongText
    attributes: Attributes
    translations: dict[Language, Translation]
    options: tuple[Line, ...]
    """The names of what variants differ in, in the order to choose them."""
    variants: tuple[Variant, ...]
    images: tuple[ImageUrl, ...]
    created_at: datetime
    updated_at: datetime


class ProductDraft(Dto):
    """A product as someone writes it: what `Product` has, less what the catalogue adds."""

    product_id: Key
    status: Status = Status.AVAILABLE
    shop_id: Key = "main"
    brand: Line | None = None
    category_id: Key | None = None
    """The narrowest category it stands in."""
    language: Language = "vi"
    name: Line
    short_description: LongText = ""
    description: LongText = ""
    attributes: Attributes = {}
    translations: dict[Language, Translation] = Field(default={}, max_length=20)
    """In other languages than its own."""
    options: tuple[Line, ...] = Field(default=(), max_length=10)
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=VARIANTS_MAX)
    images: tuple[ImageUrl, ...] = Field(default=(), max_length=50)


class CreateProduct(Dto):
    product: ProductDraft


IfVersion = Annotated[int, Field(ge=1, lt=2**31)]


class PutProduct(Dto):
    product: ProductDraft
    if_version: IfVersion | None = None
    """Refuse with `VersionConflict` unless the product still has this version, with `UnknownProduct` if it is gone."""


class ProductChanges(Dto):
    """What is named is replaced; what is not named stays. `translations` are merged by language, `attributes` by name.
    Null removes one of these, the brand or the category; anything else cannot be null."""

    status: Status | None = None
    shop_id: Key | None = None
    brand: Line | None = None
    category_id: Key | None = None
    language: Language | None = None
    name: Line | None = None
    short_description: LongText | None = None
    description: LongText | None = None
    attributes: Annotated[dict[Line, AttributeValue | None], Field(max_length=500)] | None = None
    translations: Annotated[dict[Language, Translation | None], Field(max_length=20)] | None = None
    options: Annotated[tuple[Line, ...], Field(max_length=10)] | None = None
    variants: Annotated[tuple[Variant, ...], Field(min_length=1, max_length=VARIANTS_MAX)] | None = None
    images: Annotated[tuple[ImageUrl, ...], Field(max_length=50)] | None = None


class UpdateProduct(ProductChanges):
    product_id: Key
    if_version: IfVersion | None = None
    """Refuse with `VersionConflict` unless the product still has this version."""


class DeleteProduct(Dto):
    product_id: Key
    if_version: IfVersion | None = None
    """Refuse with `VersionConflict` if the product is there with another version."""


class GetProduct(Dto):
    product_id: Key


class GetProducts(Dto):
    product_ids: tuple[Key, ...] = Field(max_length=1000)


class Products(Dto):
    products: tuple[Product, ...]


class ListProducts(Dto):
    status: Status | None = None
    shop_id: Key | None = None
    brand: Line | None = None
    category_id: Key | None = None
    """Products of this category and of those below it."""
    updated_since: AwareDatetime | None = None
    cursor: str | None = None
    limit: PageLimit = 50


class ProductVersion(Dto):
    product_id: Key
    version: int


class ListVersions(Dto):
    after: Key | None = None
    """Only products whose id sorts after this one (byte order)."""
    limit: Annotated[int, Field(ge=1, le=50_000)] = 10_000


class Versions(Dto):
    versions: tuple[ProductVersion, ...]
    """Of every product whatever its status, sorted by id. What reconciles an index with the catalogue."""


class Category(Dto):
    category_id: Key
    parent_id: Key | None = None
    names: dict[Language, Line] = Field(min_length=1, max_length=20)
    position: Annotated[int, Field(ge=-(2**31), lt=2**31)] = 0
    """Sorts the categories of one parent."""


class Shop(Dto):
    shop_id: Key
    name: Line
    currency: Currency = "VND"


class PutCategories(Dto):
    """Create or replace; parents and children in any order."""

    categories: tuple[Category, ...] = Field(max_length=1000)


class PutShops(Dto):
    shops: tuple[Shop, ...] = Field(max_length=1000)


class PutProducts(Dto):
    """Create these, or replace those that exist: what an import does."""

    shops: tuple[Shop, ...] = Field(default=(), max_length=1000)
    """Put before the products, as by `put_shops`."""
    categories: tuple[Category, ...] = Field(default=(), max_length=3000)
    """Put before the products, as by `put_categories`."""
    products: tuple[ProductDraft, ...] = Field(max_length=1000)
    dry_run: bool = False
    """Say what would become of each, and change nothing."""


class PutOutcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class PutResult(Dto):
    product_id: Key
    outcome: PutOutcome
    reason: str | None = None
    """Why it was refused, for people."""
    code: str | None = None
    """Why it was refused, for programs: `CodeTaken.code`."""


class PutResults(Dto):
    results: tuple[PutResult, ...]
    """One for each product of the request, in its order."""


class DeleteCategory(Dto):
    category_id: Key


class Everything(Dto):
    """No filter."""


class Categories(Dto):
    categories: tuple[Category, ...]
    """Parents before children."""


class Shops(Dto):
    shops: tuple[Shop, ...]


class BrandCount(Dto):
    name: Line
    products: int


class Brands(Dto):
    brands: tuple[BrandCount, ...]


class Done(Dto):
    changed: bool
    """False when there was nothing to do."""


class UnknownProduct(Refusal):
    code = "catalog.unknown_product"
    why = Why.UNKNOWN
    message = "There is no product {product_id!r}."


class ProductExists(Refusal):
    code = "catalog.product_exists"
    why = Why.CONFLICT
    message = "There is already a product {product_id!r}. Update it, or choose another id."


class VersionConflict(Refusal):
    code = "catalog.version_conflict"
    why = Why.CONFLICT
    message = "The product {product_id!r} is at version {version}, not {expected}. Read it again and repeat the change."


class CodeTaken(Refusal):
    code = "catalog.code_taken"
    why = Why.CONFLICT
    message = "The {kind} {value!r} belongs to the product {product_id!r}. An SKU or a barcode names one variant."


class BadProduct(Refusal):
    code = "catalog.bad_product"
    why = Why.INVALID
    message = "The product cannot be kept: {reason}."


class UnknownCategory(Refusal):
    code = "catalog.unknown_category"
    why = Why.INVALID
    message = "There is no category {category_id!r}. Create it first."


class UnknownShop(Refusal):
    code = "catalog.unknown_shop"
    why = Why.INVALID
    message = "There is no shop {shop_id!r}. Create it first."


class CategoryTooDeep(Refusal):
    code = "catalog.category_too_deep"
    why = Why.INVALID
    message = "The category {category_id!r} would be on level {level}; there are three."


class CategoryInUse(Refusal):
    code = "catalog.category_in_use"
    why = Why.CONFLICT
    message = "The category {category_id!r} still holds {children} categories and {products} products. Move them first."


class CatalogApi(Protocol):
    async def create_product(self, request: CreateProduct) -> Product:
        """Refuses an id, SKU or barcode that is taken."""
        ...

    async def put_product(self, request: PutProduct) -> Product:
        """Create it, or replace all of the one that exists. Repeating it changes nothing."""
        ...

    async def put_products(self, request: PutProducts) -> PutResults:
        """Each product alone is written or refused; one that equals what is there is left unchanged, its version
        too. One transaction: products that exchange an SKU can do so in one request. Of one product named twice, the
        second is refused."""
        ...

    async def update_product(self, request: UpdateProduct) -> Product:
        """Change what is named. A change that changes nothing keeps the version and announces nothing."""
        ...

    async def delete_product(self, request: DeleteProduct) -> Done:
        """Repeating it changes nothing."""
        ...

    async def product(self, request: GetProduct) -> Product: ...

    async def products(self, request: GetProducts) -> Products:
        """In the order asked for; those that do not exist are left out."""
        ...

    async def list_products(self, request: ListProducts) -> Page[Product]:
        """By id. A product that is there from the first page to the last is listed exactly once."""
        ...

    async def versions(self, request: ListVersions) -> Versions: ...

    async def put_categories(self, request: PutCategories) -> Categories:
        """All of them or none. Announces the products whose category's name or place changed. Returns all
        categories."""
        ...

    async def delete_category(self, request: DeleteCategory) -> Done:
        """Refuses while something stands in it."""
        ...

    async def categories(self, request: Everything) -> Categories: ...

    async def put_shops(self, request: PutShops) -> Shops:
        """All of them or none. Announces the products whose shop's name changed. Returns all shops."""
        ...

    async def shops(self, request: Everything) -> Shops: ...

    async def brands(self, request: Everything) -> Brands:
        """Of available products, with their number, most first."""
        ...
