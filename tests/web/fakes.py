"""A small shop in memory, for tests of the pages alone."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from vici.domains.catalog.api import (
    BrandCount,
    Brands,
    Categories,
    Category,
    CategoryRef,
    Everything,
    GetProduct,
    ListProducts,
    Price,
    Product,
    Shop,
    Shops,
    Status,
    UnknownProduct,
    Variant,
)
from vici.domains.inventory.api import GetLevels, Level, Levels
from vici.domains.knowledge.api import Document, DocumentRef, Documents, ListDocuments, UnknownDocument
from vici.domains.search.api import (
    Card,
    Chip,
    Correction,
    Facet,
    FacetValue,
    Filters,
    FindSimilar,
    Hit,
    NotIndexed,
    Relaxation,
    Results,
    SearchProducts,
    Sort,
    Span,
    Suggest,
    Suggestion,
    Suggestions,
)
from vici.kit.pages import Page, cursor_for, position_of

WHEN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def product(product_id: str, name: str, price: int = 100_000, **more: object) -> Product:
    """An available product with one variant, except where `more` says otherwise."""
    whole: dict[str, object] = {
        "product_id": product_id,
        "version": 1,
        "status": Status.AVAILABLE,
        "shop_id": "main",
        "shop_name": "Tiệm Nhà",
        "brand": "Sen",
        "categories": (CategoryRef(category_id="tea", names={"vi": "Trà", "en": "Tea"}),),
        "language": "vi",
        "name": name,
        "short_description": "Ngắn gọn.",
        "description": "Đoạn một.\n\nĐoạn hai.",
        "attributes": {"Nặng (g)": 120, "Hữu cơ": True},
        "translations": {},
        "options": (),
        "variants": (Variant(variant_id=f"{product_id}-1", prices=(Price(currency="VND", amount_minor=price),)),),
        "images": (f"/images/{product_id}.svg",),
        "created_at": WHEN,
        "updated_at": WHEN,
    }
    return Product.model_validate(whole | more)


def document(slug: str, language: str, title: str, body: str) -> Document:
    return Document(slug=slug, language=language, title=title, body=body, version=1, updated_at=WHEN)


class FakeCatalog:
    def __init__(self, products: Iterable[Product], categories: Iterable[Category], shops: Iterable[Shop]) -> None:
        self.by_id = {each.product_id: each for each in products}
        self._categories = tuple(categories)
        self._shops = tuple(shops)

    async def product(self, request: GetProduct) -> Product:
        if request.product_id not in self.by_id:
            raise UnknownProduct(product_id=request.product_id)
        return self.by_id[request.product_id]

    async def list_products(self, request: ListProducts) -> Page[Product]:
        start = int(str(position_of(request.cursor, int)[0])) if request.cursor else 0
        chosen = [each for each in self.by_id.values() if request.status in (None, each.status)]
        end = start + request.limit
        return Page(items=tuple(chosen[start:end]), next_cursor=cursor_for(end) if end < len(chosen) else None)

    async def categories(self, request: Everything) -> Categories:
        return Categories(categories=self._categories)

    async def shops(self, request: Everything) -> Shops:
        return Shops(shops=self._shops)

    async def brands(self, request: Everything) -> Brands:
        counts: dict[str, int] = {}
        for each in self.by_id.values():
            if each.brand:
                counts[each.brand] = counts.get(each.brand, 0) + 1
        return Brands(brands=tuple(BrandCount(name=name, products=count) for name, count in counts.items()))


class FakeInventory:
    def __init__(self, levels: dict[str, int], catalog: FakeCatalog) -> None:
        self.levels_by_variant = levels
        self._catalog = catalog

    async def levels(self, request: GetLevels) -> Levels:
        return Levels(
            levels=tuple(
                Level(
                    variant_id=variant.variant_id, product_id=each, available=self.levels_by_variant[variant.variant_id]
                )
                for each in request.product_ids
                for variant in self._catalog.by_id[each].variants
                if variant.variant_id in self.levels_by_variant
            )
        )


class FakeKnowledge:
    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)

    async def document(self, request: DocumentRef) -> Document:
        for each in self._documents:
            if (each.slug, each.language) == (request.slug, request.language):
                return each
        raise UnknownDocument(slug=request.slug, language=request.language)

    async def list_documents(self, request: ListDocuments) -> Documents:
        return Documents(documents=tuple(each for each in self._documents if request.language in (None, each.language)))


class FakeSearch:
    """Finds every word in the name. Reads `dưới 200k` as a price, corrects `tràa`, gives up `màu tím`."""

    def __init__(self, catalog: FakeCatalog, inventory: FakeInventory) -> None:
        self._catalog = catalog
        self._inventory = inventory
        self.asked: list[SearchProducts] = []

    def _card(self, each: Product) -> Card:
        available = sum(self._inventory.levels_by_variant.get(v.variant_id, 0) for v in each.variants)
        prices = [variant.prices[0] for variant in each.variants]
        cheapest = min(prices, key=lambda price: price.amount_minor)
        return Card(
            product_id=each.product_id,
            name=each.name,
            brand=each.brand,
            category=each.categories[-1].names["vi"] if each.categories else None,
            shop_id=each.shop_id,
            shop_name=each.shop_name,
            price_minor=cheapest.amount_minor,
            price_max_minor=max(price.amount_minor for price in prices),
            original_price_minor=cheapest.original_minor,
            currency=cheapest.currency,
            in_stock=available > 0,
            available=available,
            url=f"/products/{each.product_id}",
            image_url=each.images[0] if each.images else None,
            version=each.version,
        )

    async def search(self, request: SearchProducts) -> Results:
        self.asked.append(request)
        words, chips, correction, relaxed = request.words, [], None, []
        filters = request.filters
        if "dưới 200k" in words and "c1" not in request.keep_words:
            words = words.replace("dưới 200k", "").strip()
            chips.append(Chip(chip_id="c1", kind="price", label="dưới 200.000 ₫", words="dưới 200k"))
            filters = filters.model_copy(update={"price_max": 200_000})
        if asked := re.search(r" (?:dưới|under) (\d+) (?:nghìn|thousand)$", words):
            words = words[: asked.start()]
            filters = filters.model_copy(update={"price_max": int(asked[1]) * 1000})
        if "tràa" in words:
            correction = Correction(original=words, corrected=words.replace("tràa", "trà"), applied=request.correct)
            words = correction.corrected if request.correct else words
        if "màu tím" in words:
            words = words.replace("màu tím", "").strip()
            relaxed.append(Relaxation(kind="attribute", label="màu tím"))
        cards = [
            self._card(each)
            for each in self._catalog.by_id.values()
            if each.status == Status.AVAILABLE and self._fits(each, words, filters)
        ]
        if request.sort == Sort.PRICE_LOW:
            cards.sort(key=lambda card: card.price_minor)
        start = int(str(position_of(request.cursor, int)[0])) if request.cursor else 0
        end = start + request.limit
        return Results(
            hits=tuple(Hit(card=card, score=1.0, matched=self._matched(card.name, words)) for card in cards[start:end]),
            total=len(cards),
            next_cursor=cursor_for(end) if end < len(cards) else None,
            words=words,
            applied=filters,
            chips=tuple(chips),
            correction=correction,
            relaxed=tuple(relaxed),
            facets=self._facets(cards, filters) if request.facets else (),
        )

    def _fits(self, each: Product, words: str, filters: Filters) -> bool:
        card = self._card(each)
        tests: list[Callable[[], bool]] = [
            lambda: all(word.lower() in each.name.lower() for word in words.split()),
            lambda: not filters.brands or each.brand in filters.brands,
            lambda: not filters.shop_ids or each.shop_id in filters.shop_ids,
            lambda: not filters.category_ids or any(ref.category_id in filters.category_ids for ref in each.categories),
            lambda: filters.price_min is None or card.price_minor >= filters.price_min,
            lambda: filters.price_max is None or card.price_minor <= filters.price_max,
            lambda: not filters.in_stock or card.in_stock,
        ]
        return all(test() for test in tests)

    @staticmethod
    def _matched(name: str, words: str) -> tuple[Span, ...]:
        found = [(name.lower().find(word.lower()), len(word)) for word in words.split()]
        return tuple(Span(start=start, end=start + length) for start, length in found if start >= 0)

    def _facets(self, cards: list[Card], filters: Filters) -> tuple[Facet, ...]:
        brands = dict.fromkeys(card.brand for card in cards if card.brand)
        values = tuple(
            FacetValue(
                value=brand,
                label=brand,
                count=sum(card.brand == brand for card in cards),
                selected=brand in filters.brands,
            )
            for brand in brands
        )
        steps = tuple(
            FacetValue(
                value=f"{low or 0}-{high or ''}",
                label=f"{low or ''}–{high or ''}",
                count=sum((low or 0) <= card.price_minor <= (high or card.price_minor) for card in cards),
                selected=(low, high) == (filters.price_min, filters.price_max),
            )
            for low, high in ((None, 80_000), (80_000, None))
        )
        stock = FacetValue(value="true", label="Còn hàng", count=1, selected=bool(filters.in_stock))
        return (
            Facet(field="brand", label="Thương hiệu", values=values),
            Facet(field="price", label="Giá", values=steps),
            Facet(field="in_stock", label="Còn hàng", values=(stock,)),
        )

    async def suggest(self, request: Suggest) -> Suggestions:
        cards = [
            self._card(each) for each in self._catalog.by_id.values() if request.prefix and request.prefix in each.name
        ]
        return Suggestions(
            suggestions=tuple(
                Suggestion(
                    kind="product",
                    text=card.name,
                    matched=self._matched(card.name, request.prefix),
                    url=card.url,
                    image_url=card.image_url,
                )
                for card in cards[: request.limit]
            )
        )

    async def similar(self, request: FindSimilar) -> Results:
        if request.product_id not in self._catalog.by_id:
            raise NotIndexed(product_id=request.product_id)
        found = await self.search(SearchProducts(limit=request.limit + 1))
        hits = tuple(hit for hit in found.hits if hit.card.product_id != request.product_id)
        return found.model_copy(update={"hits": hits[: request.limit]})
