"""A small shop to search: phones and what goes with them, laptops and their bags, lamps, clothes."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from vici.apps.cli.evaluate.shop import ListedCatalog, ListedStock
from vici.domains import Domain
from vici.domains.catalog.api import CatalogApi, CategoryRef, Price, Product, Status, Translation, Variant
from vici.domains.inventory.api import InventoryApi, Level
from vici.domains.search import module
from vici.domains.search.api import SearchApi
from vici.infra.embeddings.open import open_embedder
from vici.infra.search.open import open_vectors

_CATEGORIES = {
    "phones": ("Điện thoại", "Phones"),
    "cases": ("Ốp lưng", "Phone cases"),
    "laptops": ("Laptop", "Laptops"),
    "bags": ("Balo laptop", "Laptop bags"),
    "lamps": ("Đèn", "Lamps"),
    "shirts": ("Áo thun", "T-shirts"),
    "audio": ("Tai nghe", "Headphones"),
}
_MORNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def product(product_id: str, name: str, price: int = 100_000, category: str | None = None, **facts: Any) -> Product:
    """One variant; in stock unless `available` says otherwise, which `shelved` reads."""
    categories: tuple[CategoryRef, ...] = ()
    if category:
        vietnamese, english = _CATEGORIES[category]
        categories = (CategoryRef(category_id=category, names={"vi": vietnamese, "en": english}),)
    told: dict[str, Any] = {
        "version": 1,
        "status": Status.AVAILABLE,
        "shop_id": "main",
        "shop_name": "Chợ Nhỏ",
        "brand": None,
        "categories": categories,
        "language": "vi",
        "short_description": "",
        "description": "",
        "attributes": {},
        "translations": {},
        "options": (),
        "variants": (Variant(variant_id=product_id, prices=(Price(currency="VND", amount_minor=price),)),),
        "images": (f"/images/{product_id}.svg",),
        "created_at": _MORNING,
        "updated_at": _MORNING,
    }
    return Product(product_id=product_id, name=name, **{**told, **facts})


def colored(product_id: str, colors: Sequence[str], price: int) -> dict[str, Any]:
    """The facts of a product with one variant for each colour."""
    variants = tuple(
        Variant(
            variant_id=f"{product_id}-{number}",
            options={"Màu": color},
            prices=(Price(currency="VND", amount_minor=price + number * 10_000),),
        )
        for number, color in enumerate(colors)
    )
    return {"options": ("Màu",), "variants": variants}


def english(name: str, **texts: Any) -> dict[str, Translation]:
    return {"en": Translation(name=name, **texts)}


PRODUCTS = [
    product(
        "ip15",
        "Điện thoại iPhone 15 128GB",
        16_490_000,
        "phones",
        brand="Apple",
        translations=english("iPhone 15 128GB phone"),
    ),
    product(
        "ip15pm",
        "Điện thoại iPhone 15 Pro Max 256GB",
        27_990_000,
        "phones",
        brand="Apple",
        translations=english("iPhone 15 Pro Max 256GB phone"),
    ),
    product(
        "a16",
        "Điện thoại Samsung Galaxy A16",
        4_590_000,
        "phones",
        brand="Samsung",
        translations=english("Samsung Galaxy A16 phone"),
    ),
    product(
        "s25",
        "Điện thoại Samsung Galaxy S25",
        18_990_000,
        "phones",
        brand="Samsung",
        translations=english("Samsung Galaxy S25 phone"),
    ),
    product(
        "case15",
        "Ốp lưng trong suốt cho iPhone 15",
        129_000,
        "cases",
        brand="Vihan",
        translations=english("Clear case for iPhone 15"),
    ),
    product(
        "casea16",
        "Ốp lưng chống sốc cho Samsung Galaxy A16",
        99_000,
        "cases",
        brand="Vihan",
        translations=english("Shockproof case for Samsung Galaxy A16"),
    ),
    product(
        "dell",
        "Laptop Dell Inspiron 15 i5/16GB/512GB",
        14_990_000,
        "laptops",
        brand="Dell",
        short_description="Màn hình 15.6 inch, pin 54 Wh",
    ),
    product("acer", "Laptop gaming Acer Nitro V i5/16GB/512GB", 19_490_000, "laptops", brand="Acer"),
    product("asus", "Laptop ASUS Vivobook i7/16GB/1TB", 21_990_000, "laptops", brand="ASUS"),
    product("hp", "Laptop HP 14s i3/8GB/256GB", 9_290_000, "laptops", brand="HP"),
    product(
        "bag",
        "Balo laptop Vihan Commute 15,6 inch",
        690_000,
        "bags",
        brand="Vihan",
        translations=english("Vihan Commute laptop backpack"),
    ),
    product("sleeve", "Túi chống sốc laptop Vihan Felt", 290_000, "bags", brand="Vihan"),
    product(
        "lamp-desk",
        "Đèn bàn gỗ sồi",
        450_000,
        "lamps",
        description="Ánh sáng vàng dịu. Cao 40 cm, thân gỗ sồi, chao vải lanh.",
    ),
    product("lamp-night", "Đèn ngủ mây tre", 320_000, "lamps", **colored("lamp-night", ["Đen", "Trắng"], 320_000)),
    product("tee", "Áo thun cổ tròn", 199_000, "shirts", **colored("tee", ["Đen", "Trắng", "Đỏ"], 199_000)),
    product("tee-long", "Áo thun dài tay", 249_000, "shirts", **colored("tee-long", ["Đen", "Xám"], 249_000)),
    product(
        "buds",
        "Tai nghe không dây Sony WF-C700N",
        1_990_000,
        "audio",
        brand="Sony",
        attributes={"Bluetooth": True, "Pin (giờ)": 15},
    ),
    product(
        "studio",
        "Tai nghe chụp tai Sony WH-1000XM5",
        6_990_000,
        "audio",
        brand="Sony",
        attributes={"Bluetooth": True, "Pin (giờ)": 30},
    ),
    product(
        "wired", "Tai nghe có dây Moondrop Chu II", 490_000, "audio", brand="Moondrop", attributes={"Bluetooth": False}
    ),
    product(
        "toner",
        "Hộp mực Brother TN-2110",
        890_000,
        brand="Brother",
        variants=(
            Variant(
                variant_id="toner",
                sku="BRO.TN2110-BK",
                barcode="0012502615620",
                prices=(Price(currency="VND", amount_minor=890_000), Price(currency="USD", amount_minor=3_500)),
            ),
        ),
    ),
]
OUT_OF_STOCK = {"s25", "lamp-desk"}


def shelved(
    folder: Path, products: Sequence[Product] = PRODUCTS, stock: Mapping[str, int] | None = None
) -> Domain[SearchApi]:
    """The search over these products, started once everything has its vector."""
    levels = [
        Level(
            variant_id=variant.variant_id,
            product_id=each.product_id,
            available=(stock or {}).get(each.product_id, 0 if each.product_id in OUT_OF_STOCK else 5),
        )
        for each in products
        for variant in each.variants
    ]
    return module.build(
        cast("CatalogApi", ListedCatalog(products)),
        cast("InventoryApi", ListedStock(levels)),
        open_embedder(f"lsa:///{folder}"),
        open_vectors(f"embedded:///{folder}"),
        folder=folder,
        currency="VND",
        embed_first=True,
    )


def ready(folder: Path) -> SearchApi:
    """The search over the shop's products, to be asked; it hears of no more changes."""
    domain = shelved(folder)

    async def index() -> None:
        await domain.start()
        await domain.close()

    asyncio.run(index())
    return domain.api


def later(minutes: int) -> datetime:
    return _MORNING + timedelta(minutes=minutes)
