from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from tests.web.fakes import FakeCatalog, FakeInventory, FakeKnowledge, FakeSearch, document, product
from vici.apps.http.app import create_app
from vici.domains.catalog.api import Category, CategoryRef, Price, Shop, Status, Translation, Variant
from vici.infra.blobs.blobs import Blobs
from vici.infra.blobs.open import open_blobs
from vici.infra.limits.limiter import Limiter
from vici.settings import Settings
from vici.web.error_pages import ErrorPages
from vici.web.storefront.routes import sites, storefront
from vici.web.storefront.site import Apis

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def variant(variant_id: str, price: int, **options: str) -> Variant:
    return Variant(variant_id=variant_id, options=options, prices=(Price(currency="VND", amount_minor=price),))


@pytest.fixture
def catalog() -> FakeCatalog:
    tea = CategoryRef(category_id="tea", names={"vi": "Trà", "en": "Tea"})
    green = CategoryRef(category_id="green/tea", names={"vi": "Trà xanh", "en": "Green tea"})
    return FakeCatalog(
        [
            *(product(f"tea-{number}", f"Trà số {number}", 50_000 + 1000 * number) for number in range(60)),
            product(
                "lotus/tea",
                "Trà sen",
                categories=(tea, green),
                brand="Sen & Súng",
                translations={
                    "en": Translation(name="Lotus tea", attributes={"Weight": "100 g"}, options={"Đỏ": "Red"})
                },
                options=("size", "color"),
                variants=(
                    variant("s-red", 100_000, size="Nhỏ", color="Đỏ"),
                    variant("s-blue", 110_000, size="Nhỏ", color="Xanh"),
                    variant("l-red", 190_000, size="Lớn", color="Đỏ"),
                    Variant(
                        variant_id="l-blue",
                        sku="LOTUS-L-BLUE",
                        options={"size": "Lớn", "color": "Xanh"},
                        prices=(
                            Price(currency="VND", amount_minor=200_000, original_minor=250_000),
                            Price(currency="USD", amount_minor=899),
                        ),
                        image_url="/images/lotus-blue.svg",
                    ),
                ),
            ),
            product("draft", "Nháp", status=Status.DRAFT),
            product("gone", "Ngừng bán", status=Status.DISCONTINUED),
        ],
        [
            Category(category_id="tea", names={"vi": "Trà", "en": "Tea"}),
            Category(category_id="green/tea", parent_id="tea", names={"vi": "Trà xanh", "en": "Green tea"}),
            Category(category_id="cups", names={"vi": "Chén"}),
        ],
        [Shop(shop_id="main", name="Tiệm Nhà"), Shop(shop_id="second", name="Tiệm Hai")],
    )


@pytest.fixture
def apis(catalog: FakeCatalog) -> Apis:
    levels = {f"tea-{number}-1": number % 7 for number in range(60)}
    inventory = FakeInventory(levels | {"s-red": 3, "l-red": 40, "l-blue": 9}, catalog)
    knowledge = FakeKnowledge(
        [
            document(
                "delivery",
                "vi",
                "Giao hàng",
                "# Giao hàng\n\nGiao trong **24 giờ**.\n\n## Phí\n\n| Nơi | Phí |\n|--|--|\n| Gần | 0 ₫ |",
            ),
            document("delivery", "en", "Delivery", "Within a day. [Home](/)"),
            document("hours", "vi", "Giờ mở cửa", "Mỗi ngày <script>alert(1)</script> [bấm](javascript:alert(1))"),
        ]
    )
    return Apis(catalog, inventory, FakeSearch(catalog, inventory), knowledge)  # type: ignore[arg-type] # less than the whole of each


@pytest.fixture
async def blobs() -> Blobs:
    blobs = open_blobs("memory://")
    for name in (*(f"tea-{number}.svg" for number in range(60)), "lotus/tea.svg", "lotus-blue.svg", "gone.svg"):
        await blobs.put(name, SVG)
    await blobs.put("notes.html", b"<script>alert(1)</script>")
    return blobs


@pytest.fixture
def app(apis: Apis, blobs: Blobs) -> FastAPI:
    async def healthy() -> dict[str, str]:
        return {}

    async def nothing_waits() -> dict[str, int]:
        return {}

    pages = sites(apis, "Vici", "VND")
    settings = Settings(limit_client="off")
    app = create_app(settings, SecretStr("x"), (), (storefront(pages, blobs),), healthy, nothing_waits, Limiter())
    app.add_middleware(ErrorPages, sites=pages)
    return app


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Asks as a browser does."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test", headers=BROWSER) as client:
        yield client
