"""Several processes on one data folder: each tells what is so now, and only those that serve answer."""

import asyncio
from pathlib import Path

import pytest

from tests.contracts.test_event_bus import until
from tests.domains.catalog.drafts import draft, variant, vnd
from vici.domains.catalog.api import CreateProduct, PutShops, UpdateProduct
from vici.domains.catalog.api import Shop as Seller
from vici.domains.conversations.api import GetSession, Receive
from vici.domains.search.api import SearchProducts
from vici.settings import Settings
from vici.wiring import Shop, Work, open_shop


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "shop")


async def fill(shop: Shop) -> None:
    await shop.catalog.put_shops(PutShops(shops=(Seller(shop_id="main", name="Main"),)))
    await shop.catalog.create_product(CreateProduct(product=draft("kettle", shop_id="main")))
    await shop.settled()


async def prices(shop: Shop) -> list[int]:
    return [hit.card.price_minor for hit in (await shop.search.search(SearchProducts(words="kettle"))).hits]


async def test_a_second_process_that_serves_follows_the_catalogue(settings: Settings) -> None:
    async with open_shop(settings) as first:
        await fill(first)
        async with open_shop(settings) as second:
            for shop, price in ((first, 200_000), (second, 300_000)):
                dearer = (variant("kettle", prices=(vnd(price),)),)
                await shop.catalog.update_product(UpdateProduct(product_id="kettle", variants=dearer))

                async def both_know(price: int = price) -> bool:
                    return [await prices(first), await prices(second)] == [[price], [price]]

                await until(both_know)


async def test_an_import_answers_nobody_and_a_server_does(settings: Settings) -> None:
    async with open_shop(settings, work=Work.INDEXING) as importing:
        await fill(importing)
        asked = Receive(
            channel="web", session_id="s", user_id="u", message_id="m", text="kettle", new_session=True, quiet_ms=0
        )
        await importing.conversations.receive(asked)
        assert not [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("answering")]
        async with open_shop(settings) as serving:

            async def is_answered() -> bool:
                return len((await serving.conversations.session(GetSession(session_id="s"))).messages) > 1

            await until(is_answered)
