"""The API for programmers, where the shop says it is."""

from collections.abc import Callable

import httpx


def test_the_reference_is_english_and_so_is_what_stands_around_it(server_url: Callable[[str], str]) -> None:
    answer = httpx.get(f"{server_url('shop')}/docs", headers={"Accept": "text/html"}, follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, "/en/docs")
    assert '<html lang="en"' in answer.text
    assert "/api/v1/images/{name}" in answer.text
