"""Over the demo shop, the answers people expect stand where they expect them."""

import asyncio
from collections.abc import Mapping

import pytest

from tests.domains.search.demo_shop import ready
from tests.domains.search.judgements import Judged, read_judgements, unmet
from vici.domains.catalog.api import Product
from vici.domains.search.api import Results, SearchApi, SearchProducts

LIMIT = 24
# So many of the judgements must be met; what fails is told either way (`-rP` shows it when the test passes).
SHARE = 0.97


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchApi, Mapping[str, Product]]:
    return ready(tmp_path_factory.mktemp("demo"))


def test_what_people_expect_of_the_demo_shop_is_shown(demo: tuple[SearchApi, Mapping[str, Product]]) -> None:
    search, products = demo
    judged = read_judgements()

    async def answer(each: Judged) -> Results:
        asked = SearchProducts(words=each.judgement.q, language=each.judgement.lang, limit=LIMIT)
        return await search.search(asked)

    async def all_of_them() -> list[tuple[Judged, Results]]:
        return [(each, await answer(each)) for each in judged]

    failed = unmet(asyncio.run(all_of_them()), products)
    told = f"{len(failed)} of {len(judged)} are not answered as judged:\n" + "\n".join(failed)
    print(told)  # noqa: T201 — pytest keeps it for `-rP`
    assert 1 - len(failed) / len(judged) >= SHARE, told
