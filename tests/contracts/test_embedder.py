"""What every embedder promises. A new adapter joins by opening itself in `embedder_url`."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vici.infra.embeddings.open import EmbeddingsUnavailable, open_embedder
from vici.infra.embeddings.port import Embedder

_PHONES = ["Điện thoại iPhone 15 128GB", "Điện thoại Samsung Galaxy A16 128GB", "Điện thoại Xiaomi 14 256GB"]
_LAMPS = ["Đèn bàn gỗ ánh sáng vàng", "Đèn ngủ gỗ ánh sáng vàng", "Đèn cây phòng khách ánh sáng trắng"]
TEXTS = [f"{text} loại {number}" for number in range(5) for text in (*_PHONES, *_LAMPS)]


@pytest.fixture(params=["lsa"])
def embedder_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"lsa": f"lsa:///{tmp_path}"}[request.param]


@pytest.fixture
def open_another(embedder_url: str) -> Callable[[], Embedder]:
    return lambda: open_embedder(embedder_url)


@pytest.fixture
async def embedder(open_another: Callable[[], Embedder]) -> Embedder:
    opened = open_another()
    await opened.learn(TEXTS)
    return opened


async def test_vectors_have_the_stated_dimensions_and_length_1(embedder: Embedder) -> None:
    vectors = await embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


async def test_the_dimensions_are_those_of_the_vector_store(embedder: Embedder) -> None:
    assert embedder.dimensions == 384


async def test_what_is_alike_is_closer_than_what_is_not(embedder: Embedder) -> None:
    iphone, samsung, lamp = await embedder.embed([_PHONES[0], _PHONES[1], _LAMPS[0]])
    assert iphone @ samsung > iphone @ lamp + 0.2


async def test_one_text_and_many_are_embedded_the_same(embedder: Embedder) -> None:
    alone, among = (await embedder.embed([TEXTS[3]]))[0], (await embedder.embed(TEXTS))[3]
    assert np.allclose(alone, among, atol=1e-6)


async def test_of_what_nothing_is_known_the_vector_is_zero_or_of_length_1(embedder: Embedder) -> None:
    for length in np.linalg.norm(await embedder.embed(["", "qwxzv"]), axis=1):
        assert length == pytest.approx(0) or length == pytest.approx(1, abs=1e-5)
    assert (await embedder.embed([])).shape == (0, embedder.dimensions)


async def test_it_names_its_model_and_keeps_it_over_a_restart(
    embedder: Embedder, open_another: Callable[[], Embedder]
) -> None:
    again = open_another()
    assert again.model == embedder.model != ""
    assert np.allclose(await again.embed(TEXTS[:3]), await embedder.embed(TEXTS[:3]), atol=1e-6)


async def test_the_same_texts_teach_it_the_same(embedder: Embedder) -> None:
    model = embedder.model
    await embedder.learn(TEXTS)
    assert embedder.model == model


async def test_texts_without_anything_in_common_teach_nothing(open_another: Callable[[], Embedder]) -> None:
    opened = open_another()
    before = opened.model
    await opened.learn(["một"])
    await opened.learn([])
    assert opened.model == before
    assert (await opened.embed(["một"])).shape == (1, opened.dimensions)


async def test_a_damaged_file_of_what_was_learned_is_learned_again(tmp_path: Path) -> None:
    first = open_embedder(f"lsa:///{tmp_path}")
    await first.learn(TEXTS)
    (file,) = tmp_path.iterdir()  # noqa: ASYNC240 — a test may wait
    file.write_bytes(file.read_bytes()[:100])
    second = open_embedder(f"lsa:///{tmp_path}")
    assert second.model == ""
    await second.learn(TEXTS)
    assert second.model == first.model


def test_an_unknown_kind_of_embedder_is_refused() -> None:
    with pytest.raises(EmbeddingsUnavailable, match="lsa"):
        open_embedder("oracle://delphi")
