"""What every vector index promises. A new adapter joins by opening itself in `vectors_url`."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from vici.infra.search.open import VectorsUnavailable, open_vectors
from vici.infra.search.port import Vector, VectorEntry, VectorIndex

MOMENT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


@pytest.fixture(params=["embedded"])
def vectors_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"embedded": f"embedded:///{tmp_path}"}[request.param]


@pytest.fixture
async def open_index(vectors_url: str) -> AsyncIterator[Callable[[], VectorIndex]]:
    opened: list[VectorIndex] = []

    def open_another() -> VectorIndex:
        opened.append(open_vectors(vectors_url))
        return opened[-1]

    yield open_another
    for index in opened:
        await index.close()


@pytest.fixture
def index(open_index: Callable[[], VectorIndex]) -> VectorIndex:
    return open_index()


def pointing(*parts: float) -> Vector:
    vector = np.array(parts, np.float32)
    return vector / (float(np.linalg.norm(vector)) or 1)


EAST, NORTH, NORTH_EAST, WEST = pointing(1, 0), pointing(0, 1), pointing(1, 1), pointing(-1, 0)


def entry(entry_id: str, vector: Vector, **metadata: str | int | float | None) -> VectorEntry:
    return VectorEntry(entry_id, vector, metadata, MOMENT)


async def near(index: VectorIndex, vector: Vector, limit: int = 10, min_score: float = 0.0) -> list[tuple[str, float]]:
    return [(each.entry_id, round(each.score, 3)) for each in await index.find_similar(vector, limit, min_score)]


async def test_the_nearest_come_first_with_how_near_they_are(index: VectorIndex) -> None:
    await index.store([entry("n", NORTH), entry("ne", NORTH_EAST), entry("e", EAST), entry("w", WEST)])
    assert await near(index, EAST) == [("e", 1.0), ("ne", 0.707), ("n", 0.0), ("w", 0.0)]
    assert await near(index, EAST, limit=1) == [("e", 1.0)]
    assert await near(index, EAST, min_score=0.5) == [("e", 1.0), ("ne", 0.707)]
    assert await near(index, EAST, limit=0) == []


async def test_only_what_is_close_enough_is_similar_by_default(index: VectorIndex) -> None:
    await index.store([entry("e", EAST), entry("ne", NORTH_EAST)])
    assert [each.entry_id for each in await index.find_similar(EAST)] == ["e"]


async def test_equals_come_in_the_order_of_their_ids(index: VectorIndex) -> None:
    await index.store([entry(name, EAST) for name in ("c", "a", "b")])
    assert [name for name, _ in await near(index, EAST, limit=2)] == ["a", "b"]


async def test_what_is_told_beside_a_vector_comes_back(index: VectorIndex) -> None:
    told = {"name": "Đèn bàn", "category": None, "price": 0, "weight": 1.5}
    await index.store([entry("lamp", EAST, **told)])
    (found,) = await index.find_similar(EAST)
    assert found.metadata == told
    assert found.updated_at == MOMENT


async def test_a_vector_comes_back_as_it_was_stored(index: VectorIndex) -> None:
    await index.store([entry("ne", NORTH_EAST)])
    found = await index.get(["ne", "never there"])
    assert list(found) == ["ne"]
    assert np.allclose(found["ne"], NORTH_EAST, atol=1e-6)


async def test_storing_again_replaces(index: VectorIndex) -> None:
    await index.store([entry("a", EAST, price=1)])
    await index.store([entry("a", WEST, price=1), entry("a", NORTH, price=2)])
    assert await near(index, NORTH) == [("a", 1.0)]
    assert (await index.find_similar(NORTH))[0].metadata == {"price": 2}
    assert await index.count() == 1


async def test_what_is_deleted_is_gone_and_may_come_back(index: VectorIndex) -> None:
    await index.store([entry("a", EAST), entry("b", NORTH_EAST)])
    await index.delete(["a", "never there"])
    assert await near(index, EAST) == [("b", 0.707)]
    assert await index.get(["a"]) == {}
    await index.store([entry("a", NORTH), entry("c", EAST)])
    assert [name for name, _ in await near(index, NORTH)] == ["a", "b", "c"]
    assert await index.count() == 3


async def test_given_entries_are_scored_in_their_order(index: VectorIndex) -> None:
    await index.store([entry("e", EAST), entry("ne", NORTH_EAST), entry("w", WEST)])
    scores = await index.scores(EAST, ["w", "never there", "ne", "e", "ne"])
    assert np.allclose(scores, [0, 0, 0.7071, 1, 0.7071], atol=1e-3)
    assert len(await index.scores(EAST, [])) == 0


async def test_a_vector_of_zeros_is_like_nothing(index: VectorIndex) -> None:
    await index.store([entry("nothing", pointing(0, 0)), entry("e", EAST)])
    assert await near(index, EAST, min_score=0.1) == [("e", 1.0)]


async def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    await index.store([])
    assert await near(index, EAST) == []
    assert await index.count() == 0


async def test_once_cleared_it_takes_vectors_of_other_dimensions(index: VectorIndex) -> None:
    await index.store([entry("a", EAST)])
    await index.clear()
    assert await index.count() == 0
    await index.store([entry("a", pointing(1, 2, 3))])
    assert await near(index, pointing(1, 2, 3)) == [("a", 1.0)]


async def test_it_is_all_there_after_closing_and_opening(open_index: Callable[[], VectorIndex]) -> None:
    first = open_index()
    await first.store([entry("a", EAST, name="Đèn"), entry("b", NORTH), entry("c", WEST)])
    await first.delete(["b"])
    await first.close()
    second = open_index()
    assert await near(second, EAST) == [("a", 1.0), ("c", 0.0)]
    (found,) = await second.find_similar(EAST)
    assert (found.metadata, found.updated_at) == ({"name": "Đèn"}, MOMENT)
    await second.store([entry("d", NORTH)])
    assert await second.count() == 3


async def test_of_many_the_same_are_found_as_by_comparing_with_each(index: VectorIndex) -> None:
    chance = np.random.default_rng(5)
    matrix = chance.standard_normal((700, 16)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    for start in range(0, 700, 90):
        await index.store([entry(f"{n:03}", matrix[n]) for n in range(start, min(start + 90, 700))])
    await index.delete([f"{n:03}" for n in range(0, 700, 7)])
    for vector in matrix[:5]:
        expected = sorted((-float(matrix[n] @ vector), f"{n:03}") for n in range(700) if n % 7)[:20]
        assert [name for name, _ in await near(index, vector, 20)] == [name for _, name in expected]


def test_an_unknown_kind_of_index_is_refused() -> None:
    with pytest.raises(VectorsUnavailable, match="embedded"):
        open_vectors("cupboard:///top-shelf")
