"""Asks the search, as the tests do."""

from typing import Any

from vici.domains.search.api import Results, SearchApi, SearchProducts


async def search(api: SearchApi, words: str = "", **asked: Any) -> Results:
    return await api.search(SearchProducts(words=words, **asked))


def ids(results: Results) -> list[str]:
    return [hit.card.product_id for hit in results.hits]
